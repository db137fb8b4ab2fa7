"""What hangs on a trigger: subjects, objects, prepositional phrases, by the paths that frames speak of.

Passives, relative clauses, coordination, control and raising are undone here, so that a frame need
only know the active main clause (Universal Dependencies v2; control as in de Marneffe et al. 2021).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kroniek.analyse.tree import Tree, is_relation
from kroniek.model import Token

RELATIVE = frozenset({"die", "dat", "wie", "welke", "hetwelk", "hetgeen"})
RECIPROCAL = frozenset({"elkaar", "mekaar", "elkander"})
PERSONAL = frozenset({"hij", "zij", "ze", "wij", "we", "ik", "men", "er"})  # can be subjects only
REFLEXIVE = frozenset({"zich", "zichzelf"})
MAX_CLIMB = 6  # verbs that an infinitive's subject is looked for above it
MAX_DEPTH = 2  # nouns with a clause of their own that are passed through on that way


@dataclass(slots=True)
class Slots:
    """The words around a trigger, by path: `subject`, `object`, `agent`, `iobj`, `van`, `tegen`, ...

    `clause_subject` and `clause_object` are those of the clause that it governs, whose verb is `clause_verb`:
    `eist dat Iran stopt`, `dreigt Iran te straffen`. Each path holds the head words of phrases, conjuncts included, in text order.
    """

    words: dict[str, list[Token]] = field(default_factory=dict)
    passive: bool = False
    reflexive: bool = False
    reciprocal: bool = False
    clause: str = ""  # dat, of, te, quote or ""
    governor: Token | None = None  # the verb that a noun hangs on, as subject or object
    relation: str = ""  # of a noun to its governor

    def add(self, path: str, tokens: list[Token]) -> None:
        """Append words to a path, each once."""
        held = self.words.setdefault(path, [])
        held.extend(token for token in tokens if token not in held)

    def of(self, path: str) -> list[Token]:
        """Return the words on a path."""
        return self.words.get(path, [])


def with_conjuncts(tree: Tree, token: Token) -> list[Token]:
    """Return a word and the words that are coordinated with it: `Kerry en Lavrov`.

    In `kanselier Merkel en president Poetin` the second may hang on the name beside the title.
    """
    heads = [token, *tree.children(token, "appos", "flat")]
    conjuncts = [child for head in heads for child in tree.children(head, "conj") if child.upos != "VERB"]
    return [token, *conjuncts]


def preposition_of(tree: Tree, token: Token) -> str:
    """Return the preposition of a phrase's head in lower case, "" when it has none."""
    case = tree.child(token, "case")
    return case.text.lower() if case else ""


def verb_slots(tree: Tree, verb: Token, depth: int = MAX_DEPTH) -> Slots:
    """Return what hangs on a verb, with passive and relative clause undone.

    `depth` bounds how often a subject is looked for through nouns above, for broken trees' sake.
    """
    slots = Slots()
    slots.passive = is_passive(tree, verb)
    pronoun = relative_object(tree, verb)
    for child in tree.children(verb):
        if child is pronoun:
            slots.add("object", _resolve_relative(tree, verb, child))
        else:
            _add_child(tree, verb, child, slots)
    if not slots.of("object"):
        slots.add("object", slots.of("iobj"))  # parsers differ: `liet de president vrij`
    if not slots.of("object") and not slots.passive:
        slots.add("object", slots.of("bare"))
    _add_head_noun(tree, verb, slots)
    head = tree.head(verb)
    if head is not None and is_relation(verb, "parataxis") and head.upos == "VERB":
        slots.add("clause_verb", [head])  # `X zal terugslaan, waarschuwde Y`
    if not slots.of("subject") and not slots.passive:
        slots.add("subject", list(_inherited_subject(tree, verb, depth)))
    if slots.passive and not slots.of("object"):
        slots.add("object", list(_inherited_subject(tree, verb, depth)))
    return slots


def is_passive(tree: Tree, verb: Token) -> bool:
    """Tell whether a verb is passive: `werd aangevallen`, `is gearresteerd`, `de vermoorde journalist`."""
    if tree.child(verb, "aux:pass") or tree.child(verb, "nsubj:pass") or tree.child(verb, "obl:agent"):
        return True
    past_participle = "VerbForm=Part" in verb.feats and not verb.text.lower().endswith(("end", "ende"))
    bare = not tree.children(verb, "aux", "nsubj", "obj")
    return past_participle and bare


def _add_child(tree: Tree, verb: Token, child: Token, slots: Slots) -> None:
    if is_relation(child, "nsubj"):
        path = "object" if slots.passive else "subject"
        held = slots.of(path)
        if not held and _follows_gap(tree, verb, child):
            slots.add("object", with_conjuncts(tree, child))
        elif not held:
            slots.add(path, _resolve_relative(tree, verb, child))
        elif (
            held[-1].upos == "NUM" and held[-1].index == child.index - 1
        ):  # `Duizenden boeren`, both hung on the verb
            slots.words[path] = with_conjuncts(tree, child)
        elif not slots.passive and not slots.of("object") and not _after_comma(tree, child):
            slots.add("object", with_conjuncts(tree, child))  # a parser's slip in `nadat X raketten afvuurde`
    elif is_relation(child, "obj", "iobj", "expl"):
        _add_object(tree, verb, child, slots)
    elif is_relation(child, "obl", "nmod") or (child.upos in {"ADV", "PRON"} and child.deprel == "advmod"):
        _add_oblique(tree, verb, child, slots)
    elif is_relation(child, "ccomp", "xcomp", "csubj", "parataxis") or _is_purpose(tree, child):
        _add_clause(tree, child, slots)
    if child.upos == "ADV" and is_relation(child, "advmod", "advcl"):
        for inner in tree.children(child, "obl", "nmod"):  # `bemiddelde samen met Egypte`
            _add_oblique(tree, verb, inner, slots)


def _follows_gap(tree: Tree, verb: Token, child: Token) -> bool:
    """Tell whether a subject is in truth the object, as its clause opens with the verb: `X kwam en waarschuwde Y`."""
    head = tree.head(verb)
    before = tree.tokens[verb.index - 1] if verb.index else verb
    opens = is_relation(verb, "conj") and before.upos == "CCONJ" and "VerbForm=Fin" in verb.feats
    gap = opens and child.index > verb.index and head is not None and bool(tree.children(head, "nsubj"))
    return gap and not tree.children(verb, "obj", "aux") and child.text.lower() not in PERSONAL


def _after_comma(tree: Tree, child: Token) -> bool:
    """`spraken elkaar, aldus het ministerie`: what follows a comma is no object."""
    first = tree.subtree(child)[0].index
    return any(word.text in {",", "-", "–"} for word in tree.tokens[max(0, first - 2) : first])


def _is_purpose(tree: Tree, child: Token) -> bool:
    """Parsers hang the `om te` of `vroeg X om te komen` as often on the verb's outside as on its inside.

    So too what `ermee` announces: `dreigt ermee de grens te sluiten`.
    """
    marks = {mark.text.lower() for mark in tree.children(child, "mark")}
    return is_relation(child, "advcl") and ("om" in marks or marks == {"te"})


def _add_object(tree: Tree, verb: Token, child: Token, slots: Slots) -> None:
    lower = child.text.lower()
    if lower in REFLEXIVE or child.deprel == "expl:pv":
        slots.reflexive = True
    elif lower in RECIPROCAL:
        _add_reciprocal(tree, child, slots)
    elif not is_relation(child, "expl"):
        path = "iobj" if is_relation(child, "iobj") else "object"
        held = slots.of("object")
        if path == "object" and held and is_relation(held[0], "nsubj") and not slots.passive:
            slots.words.update(iobj=held, object=[])  # `leverde Syrië luchtafweer`: two "subjects"
        elif path == "object" and held:
            path = "predicate"  # `noemde de aanval een misdaad`
        slots.add(path, _resolve_relative(tree, verb, child))


def _add_reciprocal(tree: Tree, child: Token, slots: Slots) -> None:
    """`dat de twee elkaar spraken`: parsers take `de twee elkaar` for one phrase, and its number is the subject."""
    slots.reciprocal = True
    slots.add("reciprocal", [child])
    if not slots.of("subject"):
        slots.add("subject", tree.children(child, "nummod"))


def _add_oblique(tree: Tree, verb: Token, child: Token, slots: Slots) -> None:
    preposition = preposition_of(tree, child)
    if is_relation(child, "obl:agent"):
        slots.add("agent", with_conjuncts(tree, child))
    elif preposition:
        if child.text.lower() in RECIPROCAL:
            slots.reciprocal = True
            slots.add("reciprocal", [child])
        if preposition == "door" and slots.passive:
            slots.add("agent", with_conjuncts(tree, child))
        slots.add(preposition, _resolve_relative(tree, verb, child))
    elif child.upos == "PROPN" and child.text[:1].isupper() and child.index > verb.index:
        slots.add("bare", with_conjuncts(tree, child))  # `vielen Oekraïne binnen`: an object to readers


def _add_clause(tree: Tree, child: Token, slots: Slots) -> None:
    mark = tree.child(child, "mark")
    word = mark.text.lower() if mark else ""
    if is_relation(child, "ccomp", "xcomp"):
        slots.add("clause_verb", [child])
    if not is_relation(child, "parataxis"):  # `..., zei X` is no part of what is asked
        for path, relation in (("clause_subject", "nsubj"), ("clause_object", "obj")):
            for inner in tree.children(child, relation):
                slots.add(path, with_conjuncts(tree, inner))
    if is_relation(child, "xcomp") and child.upos in {"NOUN", "PROPN", "ADJ", "PRON"}:
        slots.add("predicate", with_conjuncts(tree, child))
    elif word in {"dat", "of", "te"}:
        slots.clause = word
    elif word == "om" or is_relation(child, "xcomp"):
        slots.clause = "te"
    elif is_relation(child, "ccomp"):
        slots.clause = "dat" if mark else "quote"


def _resolve_relative(tree: Tree, verb: Token, word: Token) -> list[Token]:
    """Return a word with its conjuncts; for a relative pronoun, its antecedent: `de man die schoot`."""
    head = tree.head(verb)
    clause = is_relation(verb, "acl:relcl", "acl") and head is not None
    if (
        clause
        and head is not None
        and word.text.lower() in RELATIVE
        and word.upos in {"PRON", "DET", "SCONJ"}
    ):
        return with_conjuncts(tree, head)
    return with_conjuncts(tree, word)


def _add_head_noun(tree: Tree, verb: Token, slots: Slots) -> None:
    """A participle before a noun has that noun as object (`vermoorde`) or subject (`protesterende`)."""
    head = tree.head(verb)
    if head is None or not is_relation(verb, "amod", "acl") or is_relation(verb, "acl:relcl"):
        return
    if "VerbForm=Part" not in verb.feats or (verb.index > head.index + 1 and slots.of("object")):
        return
    slots.add("object" if slots.passive else "subject", with_conjuncts(tree, head))


def _inherited_subject(tree: Tree, verb: Token, depth: int) -> Iterator[Token]:
    """Yield the subject that a verb takes from above: conjunct, infinitive, `om te`, `na te hebben`.

    With `X vraagt Y te komen` the object is the subject of the infinitive, otherwise it is the subject.
    """
    current = verb
    for _ in range(MAX_CLIMB):
        head = tree.head(current)
        if head is None or not is_relation(
            current, "conj", "xcomp", "ccomp", "advcl", "acl", "csubj", "parataxis"
        ):
            return
        if is_relation(current, "ccomp", "csubj", "parataxis") and not _infinitive(tree, current):
            return
        if is_relation(current, "acl:relcl"):
            return
        if head.upos in {"NOUN", "PROPN"}:
            if depth:
                yield from _holders(tree, head, depth - 1)
            return
        controllers = _controllers(tree, head, control=not is_relation(current, "conj", "advcl"))
        if controllers:
            yield from controllers
            return
        current = head


def _infinitive(tree: Tree, verb: Token) -> bool:
    return "VerbForm=Inf" in verb.feats or any(
        mark.text.lower() == "te" for mark in tree.children(verb, "mark")
    )


def _controllers(tree: Tree, head: Token, *, control: bool) -> list[Token]:
    passive = is_passive(tree, head)
    if control and not passive:
        for child in tree.children(head, "iobj", "obj"):
            if child.text.lower() not in REFLEXIVE | RECIPROCAL and child.upos in {"NOUN", "PROPN", "PRON"}:
                return _resolve_relative(tree, head, child)
    for child in tree.children(head, "nsubj"):
        return _resolve_relative(tree, head, child)
    return []


def _holders(tree: Tree, noun: Token, depth: int) -> Iterator[Token]:
    """Yield who holds a noun with an infinitive: `Kims belofte om te ontwapenen`, `X doet de belofte om`."""
    slots = noun_slots(tree, noun, depth)
    for path in ("poss", "van", "subject"):
        if slots.of(path):
            yield from slots.of(path)
            return


def noun_slots(tree: Tree, noun: Token, depth: int = MAX_DEPTH) -> Slots:
    """Return what hangs on a noun, and on the verb that it is the subject or object of."""
    slots = Slots()
    for child in tree.children(noun):
        if is_relation(child, "nmod:poss") or (is_relation(child, "det") and "Poss=Yes" in child.feats):
            slots.add("poss", with_conjuncts(tree, child))
        elif is_relation(child, "nmod", "obl"):
            preposition = preposition_of(tree, child)
            if preposition or child.upos in {"NOUN", "PROPN", "PRON", "NUM"}:
                slots.add(preposition or "poss", with_conjuncts(tree, child))
        elif is_relation(child, "nsubj"):
            slots.add(
                "subject", with_conjuncts(tree, child)
            )  # a headline without verb: `VS en Rusland akkoord`
        elif is_relation(child, "amod"):
            slots.add("amod", [child])
        elif is_relation(child, "det"):
            slots.add("det", [child])
        elif is_relation(child, "case"):
            slots.add("case", [child])
        elif is_relation(child, "acl:relcl") or _reads_as_relative(tree, noun, child):
            _add_relative(tree, child, slots)
        elif is_relation(child, "acl", "ccomp") and tree.child(child, "mark"):
            slots.clause = "te" if _infinitive(tree, child) else "dat"
    _add_governor(tree, noun, slots, depth)
    return slots


def relative_object(tree: Tree, verb: Token) -> Token | None:
    """Return the relative pronoun that is a verb's object, None if there is none.

    Where a clause without object has another subject the pronoun is none, whatever a parser says: `dat de
    rebellen begonnen`.
    """
    objects = tree.children(verb, "obj")
    if objects:
        return next((word for word in objects if word.text.lower() in RELATIVE), None)
    subjects = tree.children(verb, "nsubj")
    pronouns = [word for word in subjects if word.text.lower() in RELATIVE]
    if pronouns and len(pronouns) < len(subjects) and is_relation(verb, "acl:relcl"):
        return pronouns[0]
    head = tree.head(verb)
    return tree.child(verb, "mark") if head is not None and _reads_as_relative(tree, head, verb) else None


def _reads_as_relative(tree: Tree, noun: Token, verb: Token) -> bool:
    """Tell whether a clause that parsers take for a subject is a relative one.

    `Een last is het offensief dat de rebellen zijn begonnen`: `dat` follows the noun, and its verb has no object.
    """
    mark = tree.child(verb, "mark")
    follows = mark is not None and mark.text.lower() in RELATIVE and mark.index == noun.index + 1
    return follows and is_relation(verb, "csubj", "ccomp") and not tree.children(verb, "obj")


def _add_relative(tree: Tree, verb: Token, slots: Slots) -> None:
    """`het offensief dat de rebellen zijn begonnen`: the clause's verb carries the noun that it stands by."""
    pronoun = relative_object(tree, verb)
    if pronoun is not None:
        for subject in tree.children(verb, "nsubj"):
            if subject is not pronoun:
                slots.add("subject", with_conjuncts(tree, subject))
        for child in tree.children(verb, "obl"):  # `de sancties die de EU aan Belarus oplegde`
            slots.add(preposition_of(tree, child) or "obl", with_conjuncts(tree, child))
        slots.governor, slots.relation = verb, "obj"


def _add_governor(tree: Tree, noun: Token, slots: Slots, depth: int) -> None:
    """Add the verb above a noun, and what hangs on that: `X bracht een bezoek aan Y`."""
    top = noun
    while is_relation(top, "conj") and (above := tree.head(top)) is not None and above.upos == "NOUN":
        top = above
    verb = tree.head(top)
    if verb is None or verb.upos not in {"VERB", "AUX", "ADJ"}:
        return
    if not is_relation(top, "obj", "nsubj", "obl", "xcomp", "iobj"):
        return
    if slots.governor is not None:
        return
    slots.governor, slots.relation = verb, top.deprel
    above_slots = verb_slots(tree, verb, depth)
    slots.passive, slots.reciprocal = above_slots.passive, above_slots.reciprocal
    for path, words in above_slots.words.items():
        if path not in {"case", "det", "amod", "door"}:
            rest = [word for word in words if word not in (noun, top) and word.upos != "ADJ"]
            slots.add("iobj" if path in {"object", "predicate"} else path, rest)
