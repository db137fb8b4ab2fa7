"""What speaks for a referent's belonging to a chain, and the ranker that weighs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kroniek.analyse.chains import NOMINAL, Chain
from kroniek.analyse.referents import Referent, clause_of
from kroniek.analyse.tree import Tree, is_relation

LOOK_BACK = 12  # referents of a chain looked through for its last sentence
SAME_SENTENCE = 4  # of which at most so many are weighed
LEAD = 3  # sentences that tell what a report is about
Weights = Mapping[str, float]
SpeakerOf = Callable[[int, bool], int]  # quotation, only if named beside it -> chain number, -1 when unknown


@dataclass(frozen=True)
class Context:
    """What features look at besides the chains: trees, who speaks, and the sentences told plainly.

    `spoken` and `addressed` are filled while the text is read: quotation -> chain number.
    """

    tree: Tree
    told: Sequence[int]  # sentence -> how many sentences outside quotations stand before it
    speaker: SpeakerOf
    chain_of: Mapping[int, Chain]  # head token -> chain
    sayers: frozenset[int] = frozenset()  # head tokens of the subjects of verbs of saying, and after `aldus`
    person_endings: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()  # nouns for what is written, which is nobody
    kin: frozenset[str] = frozenset()  # nouns for relatives
    names: Mapping[str, str] = field(default_factory=dict)  # entity -> its name
    resuming: frozenset[int] = frozenset()  # those of them who say more: `voegde hij toe`, `zei hij nog`
    spoken: dict[int, int] = field(default_factory=dict)
    addressed: dict[int, int] = field(default_factory=dict)
    plain: dict[str, int] = field(default_factory=dict)  # `ik`, `we`, `je` outside quotations -> chain number

    def surname(self, chain: Chain) -> str:
        """Return the last word of the full name of a chain's one entity, "" without one."""
        words = self.names.get(chain.entities[0], "").split() if len(chain.entities) == 1 else []
        return words[-1].lower() if len(words) > 1 else ""

    def speaking_kinds(self, noun: str) -> frozenset[str]:
        """Return what a noun that the pack does not know means when it says something, by its ending."""
        if noun in self.documents:
            return frozenset()
        return frozenset({"PER"}) if noun.endswith(self.person_endings) else frozenset({"ORG"})

    def speaks(self, quotation: int) -> int:
        """Return the chain number of who speaks in a quotation, as named beside it or said in it; or -1."""
        named = self.speaker(quotation, True)
        return named if named >= 0 else self.spoken.get(quotation, -1)

    def voices(self, referent: Referent) -> list[int]:
        """Return the chains that a first or second person may mean: the narrator, or who talk here."""
        if referent.form not in ("I", "we", "you"):
            return []
        here = referent.quotation
        if here < 0:
            return [self.plain.get(referent.form, -1)]
        near = [self.speaks(here), self.speaker(here, False), self.addressed.get(here, -1)]
        for step in (1, 2, -1):
            near += [self.speaks(here - step), self.addressed.get(here - step, -1)]
        return list(dict.fromkeys([*near, self.spoken.get(-1, -1)]))

    def note(self, referent: Referent, chain: Chain) -> None:
        """Remember whom `ik` and `je` meant in a quotation, or outside (-1)."""
        if referent.quotation < 0 and referent.form in ("I", "we", "you"):
            self.plain[referent.form] = chain.number
        if referent.form == "I":
            self.spoken[referent.quotation] = chain.number
        elif referent.form == "you":
            self.addressed[referent.quotation] = chain.number

    def distance(self, referent: Referent, earlier: Referent) -> int:
        """Return how many sentences lie between; quoted ones do not count for the reporter's words."""
        if referent.quotation < 0 and earlier.quotation < 0:
            return self.told[referent.sentence] - self.told[earlier.sentence]
        return abs(referent.sentence - earlier.sentence)


def features_of(referent: Referent, candidates: Sequence[Chain], rank: int, context: Context) -> list[str]:
    """Return the features of a referent with one of its candidates, which stand the most recent first."""
    chain = candidates[rank]
    recent = latest(referent, chain)
    last = recent[0]
    away = context.distance(referent, last)
    far = away if away < 4 else 4 if away < 8 else 8 if away < 16 else 16
    size = len(chain.referents)
    found = [
        f"d{far}", f"r{min(rank, 4)}", f"s{int(last.subject)}{int(referent.subject)}{min(far, 2)}",
        f"f{_class(last.form)}", f"g{_gender(referent, chain)}{chain.kind}",
        f"c{size if size < 3 else 3 if size < 6 else 6 if size < 15 else 15}",
        f"q{_quoted(referent, last)}",
    ]  # fmt: skip
    if last.form == referent.form:
        found.append("same form")
    if size > 1 and all(size >= len(other.referents) for other in candidates):
        found.append("told of most")
    if chain.referents[0].sentence < LEAD:
        found.append("in the lead")
    found.append("linked" if chain.entities else "not linked")
    found.extend(_roles(referent, recent, context, min(far, 2)))
    if 2 * chain.subjects > size:
        found.append("often subject")
    if referent.number:
        found.append(f"p{int(chain.plural == (referent.number == 'p'))}")
    found.extend(_nouns(referent, chain, context))
    found.extend(_places(referent, last, context))
    found.extend(_speakers(referent, chain, context))
    return found


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
        if any(item.noun == referent.noun and item.form == referent.form for item in chain.referents[-8:]):
            yield "same noun and form"
    elif referent.rule and referent.rule in chain.rules:
        yield "same rule"
    elif referent.rule:
        yield "rule fits" if not chain.rules else "rule differs"
        if not (chain.nouns - {""}):
            yield "never named"


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


def _speakers(referent: Referent, chain: Chain, context: Context) -> Iterator[str]:
    """Yield how a chain stands to who speaks and is spoken to, here and in the quotations around."""
    quotation, number = referent.quotation, chain.number
    if context.spoken.get(-1, -1) == number:
        yield "narrates"
    if quotation < 0:
        return
    speaker = context.speaker(quotation, True)
    if speaker == number:
        yield "speaks"
    elif speaker >= 0:
        yield "another speaks"
    elif context.speaker(quotation, False) == number:
        yield "may speak on"
    if context.spoken.get(quotation, -1) == number:
        yield "said I here"
    elif quotation in context.spoken:
        yield "another said I here"
    if context.addressed.get(quotation, -1) == number:
        yield "addressed here"
    elif quotation in context.addressed:
        yield "another addressed here"
    for step in (1, 2, 3, -1):
        if context.speaks(quotation - step) == number:
            yield f"spoke {step}"
        if context.addressed.get(quotation - step, -1) == number:
            yield f"addressed {step}"


def score(form: str, features: Sequence[str], weights: Weights) -> float:
    """Return the sum of the weights of features, each as it counts for a form."""
    return sum(weights.get(f"{form} {feature}", 0.0) for feature in features)
