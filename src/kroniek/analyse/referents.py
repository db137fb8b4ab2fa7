"""Words that may refer to somebody or something: names, descriptions and pronouns, with how they agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kroniek.analyse.antecedents import Antecedent, is_subject, quotation_at
from kroniek.analyse.coreference_pack import CoreferencePack
from kroniek.analyse.phrases import HEADS, MEMBER, noun_phrase, plural_verb
from kroniek.analyse.tree import Tree, is_relation, tokens_in
from kroniek.model import Analysis, Entity, EntityType, Mention, MentionKind, Span, Token

NOUNS = frozenset({"NOUN", "PROPN"})
PRONOUNS = frozenset({"PRON", "DET", "X", "PROPN", "ADJ"})
PARTS = frozenset({"flat", "fixed", "compound"})
NOBODY = frozenset({"geen", "wat", "niets", "iets"})
PEOPLE = frozenset({"I", "we", "you", "one"})  # forms that can only mean people
PERSON: frozenset[str] = frozenset({"PER"})
NO_KIND: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Referent:
    """Words that may refer. `head` and `first` are token indices, `noun` the head word in small letters.

    `form`: name, the, this, a, own, bare for noun phrases; he, she, ze, they, his, her, their, I, we,
    you, self, each, rel, dem, one for pronouns. `number` is s, p or ""; `gender` m, f, n or "";
    `kinds` are of PER, ORG, COUNTRY, CITY and the other types, empty when nothing shows. `entities` is what the linker says. `quotation` is
    the index of the quotation around it, -1 outside.
    """

    span: Span
    head: int
    first: int
    last: int
    sentence: int
    form: str
    noun: str
    number: str
    gender: str
    kinds: frozenset[str]
    subject: bool
    quotation: int
    entities: tuple[str, ...] = ()
    mention: Mention | None = None
    rule: str = ""  # of the pack, for a noun that it knows or a name that fits it
    defined: bool = (
        False  # whether a description says itself which: `de website van Apple`; not `de krant uit Gent`
    )
    sort: str = ""  # within the rule: `het ministerie` is no court
    renames: int = -1  # head token of what an apposition says again: `Kerry, een oude bekende`
    titles: tuple[str, ...] = ()  # nouns beside a name: `rapper` of `rapper Kanye West`
    origin: str = ""  # country code: of an entity, of an adjective (`de Franse bankier`), of `De Portugees`
    barred: frozenset[str] = frozenset()  # entities that a pronoun cannot mean: `volgens hem moet Assad weg`


def find_referents(
    analysis: Analysis, tree: Tree, pack: CoreferencePack, antecedents: Sequence[Antecedent]
) -> list[Referent]:
    """Return the document's referents in order of their heads; linear in its words."""
    sectors = {entity.id: entity for entity in analysis.entities}
    origins = {item.head: item for item in antecedents if item.mention.type is EntityType.NORP}
    known = {item.head: item for item in antecedents if not _is_other(item, tree, pack)}
    titled = _titles(known, tree)
    linked = {head: item for head, item in known.items() if not _named_with_role(item, known, tree)}
    inner = {
        index for item in known.values() if item.mention.kind is MentionKind.NAME
        for index in range(item.at, item.head + 1)
    } | {title.index for title in titled.values()}  # fmt: skip
    inner -= set(linked)
    inner |= {word.index for timex in analysis.timexes for word in tokens_in(analysis, timex.span)}
    found = []
    for token in analysis.tokens:
        if token.index in linked:
            item = linked[token.index]
            found.append(_linked(item, analysis, tree, pack, titled.get(token.index), sectors))
        elif token.upos in PRONOUNS and (form := pronoun_form(token, tree, pack)):
            found.append(_pronoun(token, form, analysis, tree))
        elif token.index not in inner and _is_noun(token, pack, origins) and not _is_part(token):
            referent = _nominal(token, analysis, tree, pack)
            if referent is not None:
                found.append(_with_origin(referent, origins, tree))
    return sorted([*found, *_pairs(linked, tree, pack)], key=lambda item: item.head)


def _with_origin(referent: Referent, origins: Mapping[int, Antecedent], tree: Tree) -> Referent:
    """Note whose people a description is of: `de Franse bankier`, and `De Portugees`, which means a person."""
    token = tree.tokens[referent.head]
    own = origins.get(referent.head)
    if own is not None and own.person:
        either = MEMBER.search(token.text) is not None  # `de VVD'er` may be a woman
        gender = "" if either else "f" if token.text.endswith("e") else "m"
        return replace(referent, kinds=PERSON, number="s", gender=gender, origin=own.origin)
    adjectives = (origins.get(child.index) for child in tree.children(token, "amod"))
    return replace(referent, origin=next((item.origin for item in adjectives if item is not None), ""))


def clause_of(token: Token, tree: Tree) -> int:
    """Return the index of the verb of a word's clause, -1 when there is none."""
    for word in tree.ancestors(token):
        if word.upos in ("VERB", "AUX") and not is_relation(word, "xcomp"):
            return word.index
    return -1


def _pairs(linked: Mapping[int, Antecedent], tree: Tree, pack: CoreferencePack) -> Iterator[Referent]:
    """Yield those who are joined by `en` as one: `Kerry en Lavrov`; its head is the conjunction."""
    for head, item in linked.items():
        others = [
            linked[child.index] for child in tree.children(tree.tokens[head], "conj") if child.index in linked
        ]
        joint = next(
            (word for other in others for word in tree.children(tree.tokens[other.head], "cc")), None
        )
        if joint is None or any(other.kind != item.kind for other in others):
            continue
        entities = tuple(dict.fromkeys(key for each in (item, *others) for key in each.entities))
        last = others[-1]
        span = Span(item.mention.span.start, last.mention.span.end)
        if len(entities) > 1 and joint.text.lower() in pack.words["and"]:
            yield Referent(
                span, joint.index, item.at, last.head, item.sentence, "name", "en", "p", "", frozenset({item.kind}),
                item.subject, item.quotation, entities,
            )  # fmt: skip


def _is_other(item: Antecedent, tree: Tree, pack: CoreferencePack) -> bool:
    """Tell whether a people's or party's name means something else: `Russische`, `de Democraat` (a person)."""
    head = tree.tokens[item.head]
    if item.person:
        return True
    partisan = item.unknown and head.text.lower() in pack.words["partisans"]
    if item.mention.type is not EntityType.NORP and not partisan:
        return False
    person = pack.description(head.text.lower()) if "Number=Plur" not in head.feats else None
    described = person is not None and "PER" in person.kinds and item.at == item.head
    return described or (item.mention.type is EntityType.NORP and head.upos == "ADJ")


def _named_with_role(item: Antecedent, linked: Mapping[int, Antecedent], tree: Tree) -> bool:
    """Tell whether a name only completes a role that means the same: `Poetin` of `president Poetin`."""
    token = tree.tokens[item.head]
    role = linked.get(token.head) if token.head != token.index else None
    beside = role is not None and 0 < item.at - role.head <= 1 and role.entities == item.entities
    return beside and item.mention.kind is MentionKind.NAME


def _titles(linked: Mapping[int, Antecedent], tree: Tree) -> dict[int, Token]:
    """Return the common noun that a name hangs on, by the name's head: `rapper Kanye West`."""
    found = {}
    for head, item in linked.items():
        token = tree.tokens[head]
        noun = tree.head(token)
        if item.mention.kind is not MentionKind.NAME or noun is None or noun.upos != "NOUN":
            continue
        close = 0 < item.at - noun.index <= 1 and token.deprel in ("appos", "flat", "nmod", "compound")
        if close and noun.index not in linked:
            found[head] = noun
    return found


def _is_noun(token: Token, pack: CoreferencePack, origins: Mapping[int, Antecedent]) -> bool:
    """Tell whether a word heads a noun phrase: also `34-jarige`, `Amerikaanse`, `verdachte` that stand alone."""
    aged = token.upos == "ADJ" and token.text.endswith(pack.age) and token.deprel != "amod"
    person = token.index in origins and origins[token.index].person
    called = (
        token.upos in ("ADJ", "VERB") and is_relation(token, *HEADS) and pack.description(token.text.lower())
    )
    return token.upos in NOUNS or aged or person or bool(called)


def _is_part(token: Token) -> bool:
    return token.deprel.partition(":")[0] in PARTS


def _linked(
    item: Antecedent, analysis: Analysis, tree: Tree, pack: CoreferencePack,
    title: Token | None, entities: Mapping[str, Entity],
) -> Referent:  # fmt: skip
    head = analysis.tokens[item.head]
    first, last = noun_phrase(tree, title or head)
    form = "name" if item.mention.kind is MentionKind.NAME else _determined(head, first, tree, pack)
    entity = entities.get(item.entities[0])
    titles = _titles_of(item, head, title)
    described = next((found for noun in titles if (found := pack.description(noun)) is not None), None)
    if form == "name":
        fitting = pack.kind_of(entity) if entity is not None else None
        kind = fitting or (
            described if described and item.kind == "ORG" and item.kind in described.kinds else None
        )
    else:
        kind = pack.description(head.text.lower()) if head.upos == "NOUN" else None
    return Referent(
        Span(analysis.tokens[first].start, analysis.tokens[last].end), item.head, first, last, item.sentence,
        form or "the", head.text.lower(), "p" if item.plural else "s", item.gender, frozenset({item.kind}),
        item.subject or (title is not None and is_subject(title, tree)), item.quotation, item.entities,
        item.mention, kind.rule if kind else "", sort=kind.sort if kind else "", titles=titles,
        origin=item.origin if item.kind in ("PER", "ORG") else "",
    )  # fmt: skip


def _titles_of(item: Antecedent, head: Token, title: Token | None) -> tuple[str, ...]:
    """Return the nouns beside a name: `rapper` of `rapper Kanye West`, `militie` of `YPG-militie`."""
    beside = (title.text.lower(),) if title is not None else ()
    tail = head.text[item.mention.span.end - head.start :] if item.mention.span.end < head.end else ""
    return (*beside, tail.lstrip("-").lower()) if tail.startswith("-") else beside


def _nominal(token: Token, analysis: Analysis, tree: Tree, pack: CoreferencePack) -> Referent | None:
    first, last = noun_phrase(tree, token)
    form = _determined(token, first, tree, pack)
    plural = "Number=Plur" in token.feats
    if token.upos == "PROPN" and form in ("", "bare"):
        form = "name"
    if not form or (token.deprel == "appos" and first == last and token.upos == "PROPN"):
        return None
    noun = token.text.lower()
    description = pack.description(noun)
    kinds = description.kinds if description else NO_KIND
    return Referent(
        Span(analysis.tokens[first].start, analysis.tokens[last].end), token.index, first, last,
        token.sentence, form, noun, "p" if plural else "s", _noun_gender(token, description), kinds,
        is_subject(token, tree), quotation_at(token.start, analysis.quotations),
        rule=description.rule if description else "", sort=description.sort if description else "",
        renames=_renamed(token, tree), defined=_is_defined(token, tree, pack),
    )  # fmt: skip


def _is_defined(token: Token, tree: Tree, pack: CoreferencePack) -> bool:
    cases = (tree.child(child, "case") for child in tree.children(token, "nmod"))
    return any(case is not None and case.text.lower() not in pack.words["from"] for case in cases)


def _renamed(token: Token, tree: Tree) -> int:
    """Return the head of what an apposition after a comma, or a predicate of `is`, says again; -1 for none."""
    if token.deprel == "appos" and token.head < token.index:
        return token.head
    for child in tree.children(token, "appos", "parataxis"):
        beside = child.index == token.index + 2 and tree.child(token, "case") is not None
        if is_relation(child, "parataxis") and not beside:  # `aldus de neef, Piet Maes`
            continue
        closed = child.index > token.index and child.upos == "PROPN" and _closed(tree, token, child)
        if closed:
            return child.index  # `De vader van Els, Jan Claes, zei`
    subject = tree.child(token, "nsubj") if tree.child(token, "cop") is not None else None
    return subject.index if subject is not None else -1


def _closed(tree: Tree, token: Token, child: Token) -> bool:
    """Tell whether an apposition stands between commas, or ends its sentence: no item of a list."""
    words = tree.subtree(child)
    after = tree.tokens[words[-1].index + 1] if words[-1].index + 1 < len(tree.tokens) else None
    between = tree.tokens[token.index + 1 : words[0].index]
    opened = words[0].text == "," or any(word.text == "," for word in between)
    if not opened or after is None:
        return opened
    closed = after.text == "," or words[-1].text == "," or after.sentence != token.sentence
    return closed or (after.text == "." and tree.child(token, "conj") is None)


def _noun_gender(token: Token, description: object | None) -> str:
    gender = getattr(description, "gender", "")
    if gender or description is not None:
        return str(gender)
    return "n" if "Gender=Neut" in token.feats and "Number=Plur" not in token.feats else ""


def _determined(token: Token, first: int, tree: Tree, pack: CoreferencePack) -> str:
    """Return the form of a noun phrase by its determiner, "" for one that refers to nothing."""
    opening = tree.tokens[first]
    word = opening.text.lower()
    if opening.index != token.index or token.upos == "PROPN":
        if word in pack.words["this"]:
            return "this"
        if word in pack.words["determiners"] or word in pack.words["articles_old"]:
            return "the"
        if word in NOBODY:
            return ""
        possessive = "Poss=Yes" in opening.feats and opening.index != token.index
        if possessive or opening.deprel == "nmod:poss":
            return "own"
        if opening.upos in ("DET", "NUM"):
            return "a"
    if "Number=Plur" in token.feats or token.upos == "PROPN":
        return "bare"
    called = is_relation(token, "parataxis", "vocative", "nsubj") and opening.index == token.index
    return "bare" if called and word in pack.words["people"] else ""


def pronoun_form(token: Token, tree: Tree, pack: CoreferencePack) -> str:
    """Return a pronoun's form as in `Referent`, "" for words that are none."""
    word = token.text.lower()
    kind = pack.pronouns.get(word, "")
    if word in pack.words["relatives"]:
        if "PronType=Rel" in token.feats:
            return "rel"
        stands_alone = token.deprel.partition(":")[0] in ("nsubj", "obj", "iobj")
        return "dem" if stands_alone and word in pack.words["this"] and word not in ("dat", "dit") else ""
    if kind in ("feminine", "plural") and (token.deprel == "nmod:poss" or "Poss=Yes" in token.feats):
        return "her" if kind == "feminine" else "their"
    if kind == "his" and token.upos not in ("PRON", "DET"):
        return ""
    return FORMS.get(kind, "")


FORMS = {
    "masculine": "he", "feminine": "she", "she_or_they": "ze", "plural": "they", "his": "his", "her": "her",
    "their": "their", "first": "I", "first_plural": "we", "second": "you", "reflexive": "self",
    "reciprocal": "each", "impersonal": "one",
}  # fmt: skip
NUMBER = {
    "he": "s",
    "she": "s",
    "they": "p",
    "his": "s",
    "her": "s",
    "their": "p",
    "I": "s",
    "we": "p",
    "each": "p",
}
GENDER = {"he": "m", "she": "f"}


def _pronoun(token: Token, form: str, analysis: Analysis, tree: Tree) -> Referent:
    number = NUMBER.get(form, "")
    gender = GENDER.get(form, "")
    if form in ("ze", "rel") and is_subject(token, tree):  # of an object the verb shows nothing
        number = "p" if plural_verb(token, tree) else "s"
        gender = "f" if form == "ze" and number == "s" else ""
    return Referent(
        token.span, token.index, token.index, token.index, token.sentence, form, token.text.lower(), number,
        gender, PERSON if form in PEOPLE else NO_KIND, is_subject(token, tree),
        quotation_at(token.start, analysis.quotations),
    )  # fmt: skip
