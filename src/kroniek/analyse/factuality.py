"""Whether an event took place, and according to whom: certainty and polarity by source, shown as a status.

Operators are collected from the event's word upwards through the tree: negation and its scope,
modals, verbs and nouns of planning, failing, denying, marks of conditions and purposes. The reading by
rules up the dependency path follows the idea of the De Facto profiler (Sauri and Pustejovsky 2012).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kroniek.analyse.modality import OFF, Effect, ModalityWords, Reading
from kroniek.analyse.tense import finite_form, is_perfect
from kroniek.analyse.tree import Tree, is_relation
from kroniek.model import Token

QUOTES = frozenset("'\"‘’“”„«»")
# What verbs do to a clause with `om` that is theirs; after other verbs it tells what something is done for.
WITH_PURPOSE = frozenset(
    {Effect.POSSIBLE, Effect.PLANNED, Effect.CALLED_FOR, Effect.REFUSED, Effect.ATTEMPTED, Effect.OFFERED}
)
MAX_CLIMB = 10  # heads above an event's word that are looked at


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the effects on events of one document."""

    tree: Tree
    words: ModalityWords
    carriers: frozenset[str] = frozenset()  # verbs that only carry an event noun
    lemmas: Sequence[str] = ()  # joined lemmas per token, when the caller knows better than the tree

    def read(self, token: Token) -> Reading:
        """Return what the words around and above an event's word say about it."""
        effects = [*self._beside(token), *self._phrases(token, self.words.around, 8, 8)]
        verb = self.tree.head(token)
        if verb is not None and is_relation(token, "nsubj") and not effects:
            effects += self._phrases(
                verb, self.words.around, 2, 6
            )  # `een gesprek tussen X en Y zit er niet in`
        effects += self._phrases(token, self.words.before, 5, 0)
        effects += [effect for phrase, effect in self.words.adjacent if self._stands_before(token, phrase)]
        asks = True
        current = token
        for _ in range(MAX_CLIMB):
            head = self.tree.head(current)
            if head is None:
                break
            step = self._above(current, head)
            if step is None:
                asks = not is_relation(current, "ccomp", "acl", "advcl", "appos")
                break
            effects.extend(step)
            current = head
        return Reading(tuple(effects), asks and self._is_question(token))

    def _is_question(self, token: Token) -> bool:
        words = self.tree.words(self.tree.sentence(token))
        if not any(word.text == "?" for word in words[-2:]):
            return False
        after = [word.text for word in words if token.index < word.index]
        return not (
            after and after[-1] in QUOTES and QUOTES & set(after[:-1])
        )  # asked in a quotation after it

    def _lemma(self, token: Token) -> str:
        if self.lemmas:
            return self.lemmas[token.index]
        return (
            self.tree.lemma(token).lower()
            if token.upos in {"VERB", "AUX"}
            else token.lemma.replace("_", "").lower()
        )

    def _beside(
        self, token: Token, below: Token | None = None, *, inherited: bool = False
    ) -> Iterator[Effect]:
        """Yield the effects of a word's own auxiliaries, adverbs, adjectives, determiners and mark.

        `below` is the child that one came from: what it holds was read before.
        """
        for child in self.tree.children(token):
            if child is below:
                continue
            lemma = self._lemma(child)
            if is_relation(child, "aux"):
                yield from self._auxiliary(token, child, lemma)
            elif inherited:
                continue
            elif is_relation(child, "advmod") or child.upos == "ADV":
                over = _is_past(self.tree, token) or is_perfect(self.tree, token)
                found = self._look_up(self.words.adverbs, lemma)
                yield from (effect for effect in found if not (over and effect is Effect.ONGOING))
            elif is_relation(child, "amod"):
                form = child.text.lower()
                yield from self._look_up(self.words.adjectives, lemma, form, form.removesuffix("e"))
            elif is_relation(child, "det"):
                yield from self._look_up(self.words.determiners, lemma)
            elif token.upos == "NOUN" and self._is_bare_participle(child):
                yield from self._look_up(self.words.adjectives, child.text.lower())
            elif child.upos == "ADJ" and is_relation(child, "xcomp", "obj", "iobj"):
                if below is not None and is_relation(below, "nsubj") and self.tree.child(token, "obj"):
                    continue  # `de aanval maakte het transport onmogelijk`
                yield from self._look_up(self.words.predicates, lemma)  # `mogelijk te maken`
            elif is_relation(child, "mark"):
                yield from self._mark(token, child, lemma)
            elif is_relation(child, "obj", "nsubj", "obl", "iobj"):
                yield from self._negative_phrase(child)

    def _is_bare_participle(self, word: Token) -> bool:
        """Tell whether a participle says of a headline's noun what became of it: `Overleg over bestand uitgesteld`."""
        below = is_relation(word, "parataxis", "xcomp", "acl", "appos")
        return below and "VerbForm=Part" in word.feats and not self.tree.children(word, "aux", "nsubj", "obj")

    def _look_up(self, table: Mapping[str, Effect], *forms: str) -> Iterator[Effect]:
        for form in forms:
            if form in table:
                yield table[form]
                return

    def _negative_phrase(self, child: Token) -> Iterator[Effect]:
        """`geen enkel land steunde`, `niemand`: a negative subject or object negates the verb."""
        if self._lemma(child) in {"niemand", "niets"}:
            yield Effect.NEGATIVE
        for word in self.tree.children(child, "det"):
            if self._lemma(word) in self.words.determiners:
                yield Effect.NEGATIVE
        joints = (word for word in self.tree.subtree(child) if word.upos == "CCONJ")
        if any(word.text.lower() in self.words.neither for word in joints):
            yield Effect.NEGATIVE  # `Russische noch Syrische toestellen`

    def _auxiliary(self, token: Token, child: Token, lemma: str) -> Iterator[Effect]:
        if child.text.lower() in self.words.conditional:
            perfect = any(
                self._lemma(word) in {"hebben", "zijn"} for word in self.tree.children(token, "aux")
            )
            past = perfect and "VerbForm=Part" in token.feats
            yield Effect.ALLEGED if past else Effect.FUTURE
        elif self.words.auxiliaries.get(lemma) is Effect.CALLED_FOR and self._had_to(token):
            if self._lemma(token) not in self.words.lasting:  # `had een uur moeten duren`
                yield Effect.FAILED
        elif lemma in self.words.auxiliaries:
            yield self.words.auxiliaries[lemma]

    def _had_to(self, token: Token) -> bool:
        """`had aangekondigd moeten worden`: it was to be and was not."""
        words = self.tree.children(token, "aux")
        return any(word.text.lower() in {"had", "hadden"} for word in words)

    def _mark(self, token: Token, child: Token, lemma: str) -> Iterator[Effect]:
        """A purpose clause is planned; the `om` of a complement (`beloofde om te`) says nothing."""
        word = child.text.lower()
        if word in {"om", "teneinde"} and not is_relation(token, "advcl"):
            return
        if word == "als" and not self.tree.children(token, "nsubj", "nsubj:pass"):
            return
        if word in self.words.pending and not _is_past(self.tree, token) and not is_perfect(self.tree, token):
            yield Effect.CONDITIONAL
        yield from self._look_up(self.words.marks, word, lemma)

    def _phrases(
        self, token: Token, phrases: Sequence[tuple[tuple[str, ...], Effect]], before: int, after: int
    ) -> Iterator[Effect]:
        """Yield the effects of fixed groups of words that stand at most so many words from the event's word."""
        sentence = self.tree.words(self.tree.sentence(token))
        place = token.index - self.tree.sentence(token).first
        window = [word.text.lower() for word in sentence[max(0, place - before) : place + after + 1]]
        for phrase, effect in phrases:
            size = len(phrase)
            if any(tuple(window[start : start + size]) == phrase for start in range(len(window) - size + 1)):
                yield effect

    def _stands_before(self, token: Token, phrase: tuple[str, ...]) -> bool:
        first = max(self.tree.sentence(token).first, token.index - len(phrase))
        return tuple(word.text.lower() for word in self.tree.tokens[first : token.index]) == phrase

    def _above(self, current: Token, head: Token) -> Sequence[Effect] | None:
        """Return the effects that a head has on what hangs on it; None when its reach ends here."""
        if is_relation(current, "acl:relcl", "appos", "parataxis", "list", "dislocated", "vocative"):
            return None
        if head.upos == "ADV" and self.words.adverbs.get(self._lemma(head)) is Effect.NEGATIVE:
            return [Effect.NEGATIVE]  # parsers hang `eens` on the `niet` of `nog niet eens`
        if is_relation(current, "conj") and self._stands_alone(current, head):
            return []
        if is_relation(current, "conj"):
            return list(self._beside(head, inherited=not self.tree.children(current, "aux", "nsubj")))
        if self._is_hypothetical(current, head):
            return [Effect.POSSIBLE]
        if head.upos in {"NOUN", "PROPN"}:
            return self._noun_above(current, head)
        if is_relation(current, "advcl") and not self._is_complement(current, head):
            return None
        if self._is_adverbial(current, head):
            return [Effect.POSSIBLE] if self._may_come(current, head) else None
        return self._verb_above(current, head)

    def _stands_alone(self, current: Token, head: Token) -> bool:
        """`Zij zou bellen, maar dat gesprek is uitgesteld`: a main clause that only stands beside another."""
        subject = self.tree.child(current, "nsubj", "csubj")
        opens = subject is not None and subject.index < current.index and self.tree.child(current, "cc")
        return bool(opens and finite_form(self.tree, current) and not self.tree.child(head, "mark"))

    def _is_complement(self, current: Token, head: Token) -> bool:
        """`er niet in slagen een akkoord te bereiken`: with `er` the complement is tagged as an adverbial."""
        marks = {child.text.lower() for child in self.tree.children(current, "mark")}
        if self.tree.children(current, "nsubj", "csubj"):
            return False
        effect = self.words.verbs.get(self._lemma(head))
        if marks == {"om", "te"}:  # `overweegt om tanks te leveren`, not `stopte om te tanken`
            return effect in WITH_PURPOSE and not self.tree.children(head, "obj")
        return marks == {"te"} and effect is not None

    def _is_adverbial(self, current: Token, head: Token) -> bool:
        """`beloofde tijdens een ontmoeting`: the meeting is not what was promised."""
        case = self._case(current)
        cause = case == "door" and not self._is_passive(head)  # `door de aanval konden zij niet vertrekken`
        return is_relation(current, "obl") and (cause or case in self.words.adverbial)

    def _noun_above(self, current: Token, head: Token) -> Sequence[Effect] | None:
        if not is_relation(current, "nmod", "acl", "compound", "obl"):
            return None
        lemma = self._lemma(head)
        effect = self.words.nouns.get(lemma, self.words.turns.get(lemma))
        if effect is None and self._is_new(current):
            effect = self.words.outcomes.get(lemma)
        if effect is None and self._case(current) in self.words.aims:
            effect = self.words.talks.get(lemma)
        return None if effect is None else [effect, *self._beside(head, current)]

    def _is_new(self, noun: Token) -> bool:
        """`een vertrek`, `vertrek`: told of for the first time, not `het vertrek`."""
        return not any("Definite=Def" in word.feats for word in self.tree.children(noun, "det", "nmod:poss"))

    def _turn(self, current: Token, head: Token) -> Effect | None:
        """Return what a noun beside an event's phrase makes of it: `een streep halen door het overleg`."""
        if self._case(current) not in self.words.turned:
            return None
        nouns = (self._lemma(child) for child in self.tree.children(head, "obj", "nsubj"))
        return next((self.words.turns[noun] for noun in nouns if noun in self.words.turns), None)

    def _said_of(self, subject: Token, head: Token) -> Effect | None:
        """Return what a predicate makes of its subject: `een akkoord is mogelijk`, `er dreigt oorlog`.

        What is needed has been done where it is known or told as past: `de ingreep was noodzakelijk`.
        """
        if not is_relation(subject, "nsubj") or subject.upos in {"VERB", "AUX"}:
            return None
        if _is_past(self.tree, head) or self.tree.child(head, "obj") is not None:
            return None
        words = (head, *self.tree.children(head, "xcomp", "ccomp", "advmod"))
        forms = (form for word in words for form in (self._lemma(word), word.text.lower()))
        effect = next(self._look_up(self.words.said_of, *forms), None)
        return None if effect is Effect.CALLED_FOR and not self._is_new(subject) else effect

    def _is_hypothetical(self, subject: Token, head: Token) -> bool:
        """Tell whether a clause tells what a new event would, could or will bring: `een aanval zou een ramp zijn`."""
        new = is_relation(subject, "nsubj") and subject.upos == "NOUN" and self._is_new(subject)
        takes_place = self._carries(self._lemma(head)) and self.tree.child(head, "obj") is None
        if not new or takes_place or self._is_passive(head):
            return False
        return any(
            not is_perfect(self.tree, head)
            if word.text.lower() in self.words.conditional
            else self.words.auxiliaries.get(self._lemma(word)) in {Effect.ABLE, Effect.FUTURE}
            for word in self.tree.children(head, "aux")
        )

    def _brings_none(self, verb: Token) -> bool:
        """`Het gesprek bracht geen doorbraak`: what is denied is what came of it."""
        objects = self.tree.children(verb, "obj")
        denied = any(list(self._negative_phrase(word)) for word in objects)
        return denied and not self._is_passive(verb)

    def _carries(self, lemma: str) -> bool:
        return lemma in self.words.carriers or lemma in self.carriers

    def _verb_above(self, current: Token, head: Token) -> Sequence[Effect] | None:
        lemma = self._lemma(head)
        if (said := self._said_of(current, head)) is not None:
            return [said, *self._beside(head, current)]
        table = self.words.predicates if head.upos == "ADJ" else self.words.verbs
        effect = table.get(f"{lemma}:{self._case(current)}", table.get(lemma))
        effect = effect or self.words.nouns.get(lemma)  # taggers take `er gaan geruchten over` for a verb
        if self.words.auxiliaries.get(lemma) is Effect.FUTURE and current.upos not in {"VERB", "AUX"}:
            effect = None  # `het gaat om een aanval`
        if (turn := self._turn(current, head)) is not None:
            return [turn, *self._beside(head, current)]
        predicate = self.tree.child(head, "xcomp") if is_relation(current, "nsubj") else None
        if effect is Effect.ONGOING and predicate is not None and predicate.upos in {"ADJ", "VERB"}:
            return None  # `De aanval zal niet onbestraft blijven`: what is denied is that
        if effect is Effect.ONGOING and (_is_past(self.tree, head) or is_perfect(self.tree, head)):
            effect = None
        if is_relation(current, "nsubj") and self._brings_none(head):
            return None
        ends = effect in OFF | {Effect.ONGOING, Effect.CANCELLED, Effect.ENDED}
        if ends and is_relation(current, "nsubj") and self.tree.child(head, "obj") is not None:
            return None  # `het akkoord beëindigt de oorlog`
        if effect is None and current.upos in {"VERB", "AUX"}:
            effect = self.words.auxiliaries.get(lemma)  # `gaat spreken`, where the parser makes it a verb
        verbal = current.upos in {"VERB", "AUX"} or is_relation(current, "ccomp", "xcomp", "csubj")
        finite = is_relation(current, "ccomp") and finite_form(self.tree, current) is not None
        if finite and effect is Effect.ONGOING:
            return None  # `blijft erbij dat`: what he holds to does not go on with it
        if is_relation(current, "ccomp") and (effect is None or lemma in self.words.reporting):
            return None
        if effect is Effect.PLANNED and self._is_perfect(current):
            effect = None  # `kondigde aan dat de troepen zijn vertrokken`
        if effect is Effect.CALLED_FOR and is_relation(current, "nsubj") and not self._is_passive(head):
            effect = None  # `de aanslag eiste levens`: what demands is there
        if verbal:
            return ([effect] if effect else []) + list(self._beside(head, current))
        carries = self._carries(lemma) or self._is_means(current)
        if effect is None and not carries:
            return [Effect.POSSIBLE] if self._may_come(current, head) else None
        if (
            effect is not None
            and not carries
            and is_relation(current, "nsubj")
            and not self._is_passive(head)
        ):
            return [effect, *self._beside(head, current)] if ends else None
        return ([effect] if effect else []) + list(self._beside(head, current))

    def _case(self, word: Token) -> str:
        case = self.tree.child(word, "case")
        return "" if case is None else case.text.lower()

    def _may_come(self, noun: Token, verb: Token) -> bool:
        """`zal elke aanval beantwoorden`, `zal bij een aanval terugslaan`: one that has not been."""
        if not any(
            self.words.auxiliaries.get(self._lemma(aux)) is Effect.FUTURE
            for aux in self.tree.children(verb, "aux")
        ):
            return False
        case = self.tree.child(noun, "case")
        if case is not None and case.text.lower() in self.words.supposed:
            return self._is_new(noun)
        return any(self._lemma(word) in self.words.any for word in self.tree.children(noun, "det"))

    def _is_means(self, current: Token) -> bool:
        """`dreigt het voorstel met een veto te treffen`: what something is done with takes place if that does."""
        return is_relation(current, "obl") and self._case(current) == "met" and self._is_new(current)

    def _is_perfect(self, verb: Token) -> bool:
        auxiliaries = {self._lemma(word) for word in self.tree.children(verb, "aux")}
        return "VerbForm=Part" in verb.feats and bool(auxiliaries & {"hebben", "zijn"})

    def _is_passive(self, verb: Token) -> bool:
        return bool(self.tree.child(verb, "aux:pass", "nsubj:pass"))


def _is_past(tree: Tree, verb: Token) -> bool:
    finite = finite_form(tree, verb)
    return finite is not None and "Tense=Past" in finite.feats
