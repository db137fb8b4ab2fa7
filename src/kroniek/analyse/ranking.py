"""What speaks for a referent's belonging to a chain: the features that the ranker weighs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kroniek.analyse.chains import NOMINAL, Chain
from kroniek.analyse.referents import Referent, clause_of
from kroniek.analyse.tree import Tree, is_relation
from kroniek.analyse.turns import Turns, voices_of
from kroniek.model import Token

LOOK_BACK = 12  # referents of a chain looked through for its last sentence
SAME_SENTENCE = 4  # of which at most so many are weighed
LEAD = 3  # sentences that tell what a report is about
CONTENT = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "VERB"})
ROLES = {"nsubj": "s", "obj": "o", "iobj": "i", "obl": "p", "nmod": "n"}  # relation -> in features
# Pronouns that go on with each other: `hij ... zijn`.
ALIKE = {"he": "m", "his": "m", "she": "f", "her": "f", "ze": "f", "they": "p", "their": "p"}


@dataclass(frozen=True)
class Context:
    """What features look at besides the chains: trees, turns, and the sentences told plainly."""

    tree: Tree
    told: Sequence[int]  # sentence -> how many sentences outside quotations stand before it
    turns: Turns
    chain_of: Mapping[int, Chain]  # head token -> chain
    sayers: frozenset[int] = frozenset()  # head tokens of the subjects of verbs of saying, and after `aldus`
    people: frozenset[str] = frozenset()  # nouns of people
    person_endings: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()  # nouns for what is written, which is nobody
    kin: frozenset[str] = frozenset()  # nouns for relatives
    names: Mapping[str, str] = field(default_factory=dict)  # entity -> its name
    resuming: frozenset[int] = frozenset()  # those of them who say more: `voegde hij toe`, `zei hij nog`
    owners: dict[str, int] = field(default_factory=dict)  # noun -> chain of the last possessive beside it
    counts: Mapping[tuple[str, ...], int] = field(default_factory=dict)  # entities or a noun -> referents

    def note(self, referent: Referent, chain: Chain) -> None:
        """Remember what a referent was found to mean, for those after it."""
        self.turns.note(referent, chain)
        if owned := self.owned(referent):
            self.owners[owned] = chain.number

    def owned(self, referent: Referent) -> str:
        """Return the noun beside a possessive: `vrouw` for `zijn` in `zijn vrouw`; "" for other words."""
        token = self.tree.tokens[referent.head]
        noun = self.tree.head(token) if token.deprel == "nmod:poss" else None
        return noun.text.lower() if noun is not None else ""

    def told_often(self, chain: Chain) -> int:
        """Return how often the document names what a chain means, or uses its noun: 0 to 4, by doubling steps."""
        first = chain.referents[0]
        key = chain.entities or ((first.noun,) if first.form in NOMINAL else ())
        count = self.counts.get(key, 0)
        return 0 if count < 2 else 1 if count < 5 else 2 if count < 12 else 3 if count < 30 else 4

    def surname(self, chain: Chain) -> str:
        """Return the last word of the full name of a chain's one entity, "" without one."""
        words = self.names.get(chain.entities[0], "").split() if len(chain.entities) == 1 else []
        return words[-1].lower() if len(words) > 1 else ""

    def speaking_kinds(self, noun: str) -> frozenset[str]:
        """Return what a noun that the pack does not know means when it says something, by its ending."""
        if noun in self.documents:
            return frozenset()
        return frozenset({"PER"}) if noun.endswith(self.person_endings) else frozenset({"ORG"})

    def distance(self, referent: Referent, earlier: Referent) -> int:
        """Return how many sentences lie between; quoted ones do not count for the reporter's words."""
        if referent.quotation < 0 and earlier.quotation < 0:
            return self.told[referent.sentence] - self.told[earlier.sentence]
        return abs(referent.sentence - earlier.sentence)


def answers(referent: Referent, candidates: Sequence[Chain], context: Context) -> list[list[str]]:
    """Return the features of a referent with each of its candidates, which stand the most recent first."""
    largest = max((len(chain.referents) for chain in candidates), default=0)
    held = _held(referent, candidates)
    voices = voices_of(referent, context.turns) if candidates else []
    people, found = 0, []
    for rank, chain in enumerate(candidates):
        person = chain.kind == "PER"
        features = _features(referent, chain, context)
        features.append(f"r{min(rank, 4)}")
        features.append(f"P{min(people, 4)}" if person else f"N{min(people, 2)}")
        features += [
            feature for voice, own, others in voices if (feature := own if voice == chain.number else others)
        ]
        if 1 < len(chain.referents) == largest:
            features.append("told of most")
        if held and held[0] is chain:
            features.append(f"held {min(abs(referent.sentence - held[1].sentence), 3)}{int(held[1].subject)}")
        elif held:
            features.append("other held")
        people += person
        found.append(features)
    return found


def _held(referent: Referent, candidates: Sequence[Chain]) -> tuple[Chain, Referent] | None:
    """Return the chain that the last pronoun of the same gender meant, and that pronoun: `hij ... zijn ... hem`."""
    alike = ALIKE.get(referent.form, "")
    alike = "p" if alike == "f" and referent.number == "p" else alike
    best: tuple[Chain, Referent] | None = None
    for chain in candidates if alike else ():
        for item in reversed(chain.referents[-SAME_SENTENCE:]):
            same = ALIKE.get(item.form, "") == alike and (item.quotation < 0) == (referent.quotation < 0)
            if same and item.head < referent.head:
                if best is None or item.head > best[1].head:
                    best = chain, item
                break
    return best


def _features(referent: Referent, chain: Chain, context: Context) -> list[str]:
    recent = latest(referent, chain)
    last = recent[0]
    away = context.distance(referent, last)
    far = away if away < 4 else 4 if away < 8 else 8 if away < 16 else 16
    near = min(far, 2)
    size = len(chain.referents)
    found = [
        f"d{far}", f"s{int(last.subject)}{int(referent.subject)}{near}",
        f"f{_class(last.form)}", f"g{_gender(referent, chain)}{chain.kind}",
        f"c{size if size < 3 else 3 if size < 6 else 6 if size < 15 else 15}",
        f"q{_quoted(referent, last)}",
        f"R{_role(referent, context)}{_role(last, context)}{near}",
        f"b{chain.referents[0].form if chain.referents[0].form in NOMINAL else ''}",
    ]  # fmt: skip
    if last.form == referent.form:
        found.append("same form")
    if chain.referents[0].sentence < LEAD:
        found.append("in the lead")
    found.append("linked" if chain.entities else "not linked")
    if chain.kind != "PER":
        found.append(f"human {_human(chain, context)}")
    found.append(f"t{context.told_often(chain)}")
    found.extend(_roles(referent, recent, context, near))
    found.extend(_often(referent, chain))
    owner = context.owners.get(context.owned(referent))
    if owner is not None:
        found.append("owned it" if owner == chain.number else "another owned it")
    if 2 * chain.subjects > size:
        found.append("often subject")
    if referent.number:
        found.append(f"p{int(chain.plural == (referent.number == 'p'))}")
    found.extend(_nouns(referent, chain, context))
    found.extend(_places(referent, last, context))
    return found


def _role(referent: Referent, context: Context) -> str:
    if referent.subject:
        return "s"
    if referent.form in ("his", "her", "their"):
        return "h"
    return ROLES.get(context.tree.tokens[referent.head].deprel.partition(":")[0], "")


def _often(referent: Referent, chain: Chain) -> Iterator[str]:
    """Yield how often a chain was spoken of lately, and whether with the same word."""
    close = wide = 0
    same = other = False
    for item in reversed(chain.referents[-LOOK_BACK:]):
        away = abs(referent.sentence - item.sentence)
        close += away <= 3
        wide += away <= 10
        if item.form == referent.form:
            same = same or item.noun == referent.noun
            other = other or item.noun != referent.noun
    yield f"n{min(close, 4)}"
    yield f"w{min(wide, 8) // 2}"
    if referent.form not in NOMINAL and (same or other):
        yield f"word {int(same)}{int(other)}"


def latest(referent: Referent, chain: Chain, *, before: int = -1) -> list[Referent]:
    """Return a chain's referents in the sentence in which it was last spoken of, the last one first.

    For the reporter's own words those are what the reporter said, if there is any. With `before` only
    sentences before that one count; [] when there are none.
    """
    plain = referent.quotation < 0 and chain.told
    found: list[Referent] = []
    for item in reversed(chain.referents[-LOOK_BACK:]):
        if (plain and item.quotation >= 0) or (before >= 0 and item.sentence >= before):
            continue
        if found and (item.sentence != found[0].sentence or len(found) == SAME_SENTENCE):
            break
        found.append(item)
    return found or ([] if before >= 0 else [chain.last])


def _roles(referent: Referent, recent: Sequence[Referent], context: Context, far: int) -> Iterator[str]:
    """Yield who says and who is the subject of a main clause, here and where the chain was last."""
    says = referent.head in context.sayers
    said = any(item.head in context.sayers for item in recent)
    yield f"y{int(says)}{int(said)}{far}"
    main = any(main_subject(item, context) for item in recent)
    yield f"m{int(main)}{int(referent.subject)}{far}"
    if main and says:
        yield f"main subject, now says {far}"


def main_subject(referent: Referent, context: Context) -> bool:
    """Tell whether a referent is the subject of a main clause."""
    if not referent.subject:
        return False
    token = context.tree.tokens[referent.head]
    while is_relation(token, "appos", "flat", "conj"):
        above = context.tree.head(token)
        if above is None or above.index >= token.index:
            break
        token = above
    head = context.tree.head(token)
    return head is not None and head.deprel in ("root", "conj", "parataxis")


def owns_subject(referent: Referent, context: Context) -> bool:
    """Tell whether a referent owns the subject of a main clause: `De stem van Graham`, `zijn studenten`."""
    token = context.tree.tokens[referent.head]
    noun = context.tree.head(token)
    if noun is None or not is_relation(token, "nmod", "det") or not is_relation(noun, "nsubj"):
        return False
    verb = context.tree.head(noun)
    return verb is not None and is_relation(verb, "root", "conj", "parataxis")


def tags(referent: Referent, context: Context) -> bool:
    """Tell whether a referent stands behind its verb, and that behind what is said: `Assad moet weg, zegt hij`."""
    tokens = context.tree.tokens
    verb = context.tree.head(tokens[referent.head])
    if verb is None or not verb.index or referent.head < verb.index:
        return False
    before = tokens[verb.index - 1]
    return before.sentence == verb.sentence and before.upos == "PUNCT"


def governs(owner: Referent, referent: Referent, context: Context) -> bool:
    """Tell whether one is the subject of the verb on which the other's own verb hangs: `X zei dat hij`."""
    tree = context.tree
    verb, own = tree.head(tree.tokens[referent.head]), tree.head(tree.tokens[owner.head])
    above = tree.head(verb) if verb is not None else None
    subject = is_relation(tree.tokens[owner.head], "nsubj")
    return subject and above is not None and own is not None and above.index == own.index


def new_features(referent: Referent, candidates: Sequence[Chain]) -> list[str]:
    """Return the features of a referent that begins a chain of its own."""
    found = ["new", f"new s{int(referent.subject)}", f"new q{int(referent.quotation >= 0)}"]
    if not candidates:
        found.append("new alone")
    if any(referent.noun in chain.nouns for chain in candidates):
        found.append("new though same noun")
    if referent.form in NOMINAL:
        found.append(f"new length {min(referent.last - referent.first, 4)}")
        found.append(f"new rule {referent.rule}")
    return found


def _class(form: str) -> str:
    return form if form in NOMINAL else "pronoun"


def _gender(referent: Referent, chain: Chain) -> str:
    if not referent.gender:
        return "-" + chain.gender
    return "?" if not chain.gender else "=" if chain.gender == referent.gender else "x"


def _quoted(referent: Referent, last: Referent) -> str:
    if referent.quotation < 0:
        return "out" if last.quotation < 0 else "from"
    if last.quotation < 0:
        return "into"
    return "within" if last.quotation == referent.quotation else "across"


def _nouns(referent: Referent, chain: Chain, context: Context) -> Iterator[str]:
    if referent.form not in NOMINAL:
        return
    if referent.noun in chain.nouns:
        yield "same noun"
        if referent.form == "own":
            owner = owner_of(referent, context)
            same = any(owner >= 0 and owner == owner_of(item, context) for item in chain.referents[-8:])
            yield "same owner" if same else "other owner"
        yield f"same noun {referent.last - referent.first if referent.last - referent.first < 3 else 3}"
        yield f"more words {_more_words(referent, chain, context)}"
        if any(item.noun == referent.noun and item.form == referent.form for item in chain.referents[-8:]):
            yield "same noun and form"
    elif referent.rule and referent.rule in chain.rules:
        yield "same rule"
    elif referent.rule:
        yield "rule fits" if not chain.rules else "rule differs"
        if not (chain.nouns - {""}):
            yield "never named"


def _more_words(referent: Referent, chain: Chain, context: Context) -> str:
    """Return whether a phrase says more than the last with its noun, and it more than this one: 0 or 1 each."""
    words = _content(referent, context.tree)
    for item in reversed(chain.referents[-LOOK_BACK:]):
        if item.form in NOMINAL and item.noun == referent.noun:
            other = _content(item, context.tree)
            return f"{int(bool(words - other))}{int(bool(other - words))}"
    return ""


def _content(referent: Referent, tree: Tree) -> frozenset[str]:
    tokens = tree.tokens[referent.first : referent.last + 1]
    return frozenset(
        token.text.lower() for token in tokens if token.upos in CONTENT and token.index != referent.head
    )


def _human(chain: Chain, context: Context) -> str:
    """Return what shows that a chain of no known kind may mean somebody: it says something, or its noun does."""
    recent = chain.referents[-LOOK_BACK:]
    if any(item.head in context.sayers for item in recent):
        return "says"
    nouns = [item.noun for item in recent if item.form in NOMINAL]
    if any(noun in context.people for noun in nouns):
        return "known"
    if any(noun.endswith(context.person_endings) for noun in nouns):
        return "ending"
    return "no"


def owner_of(referent: Referent, context: Context) -> int:
    """Return the chain number of the possessive in a phrase (`zijn` of `zijn vrouw`), -1 for none."""
    chain = context.chain_of.get(referent.first) if referent.form == "own" else None
    return chain.number if chain is not None else -1


def _places(referent: Referent, last: Referent, context: Context) -> Iterator[str]:
    tree = context.tree
    token, other = tree.tokens[referent.head], tree.tokens[last.head]
    if token.sentence != other.sentence:
        if last.first == tree.sentences[last.sentence].first:
            yield "opens"
        return
    yield "after" if referent.head > last.head else "before"
    head, above = tree.head(token), tree.head(other)
    if head is not None and above is not None and head.index == above.index:
        yield "same verb"
        if last.subject:
            yield "subject of the same verb"
    if is_relation(token, "appos") and head is not None and head.index == other.index:
        yield "apposition"
    if is_relation(other, "nsubj") and other.head == token.index:
        yield "predicate"
    if referent.form in ("his", "her", "their", "self", "each") and last.subject:
        clause = clause_of(token, tree)
        yield "clause subject" if clause == clause_of(other, tree) else "other clause"
    if referent.form == "rel":
        clause_head = next((word for word in tree.ancestors(token) if is_relation(word, "acl")), None)
        yield "antecedent" if clause_head is not None and clause_head.head == other.index else "no antecedent"
        yield f"words between {min(token.index - last.last, 4)}"
        yield f"{referent.noun} {_shape(other)}"


def _shape(token: Token) -> str:
    return ("n" if "Gender=Neut" in token.feats else "c") + ("p" if "Number=Plur" in token.feats else "s")
