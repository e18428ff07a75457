"""The dialogue of a review: shows a candidate beside its sentence, reads a key, takes the step, saves."""

import sys
from collections.abc import Callable, Iterable
from typing import Final

from laichau_kg._things import Value, kind_of, register_of
from laichau_kg.cli._review_form import Form, Sitting
from laichau_kg.cli._review_terminal import CLOSE, OPEN, Stop
from laichau_kg.cli._review_words import HELP, WORDS
from laichau_kg.errors import DataError
from laichau_kg.report import compact
from laichau_kg.reviewing import article_of, fact_of, passage, quotes
from laichau_kg.text import fold
from laichau_kg.vocab import LCK

__all__ = ["Dialogue"]

_TOLD: Final = (LCK.due, LCK.to)  # shown though empty: whoever reads the sentence sees what is not noted
_YES: Final = ("y", "yes", "c", "co")


class Dialogue:
    """One sitting of a review."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._form = Form(sitting)
        self._words = WORDS[sitting.lang]
        self._again: str | None = None

    def hold(self) -> None:
        """Go through what waits, then through what was accepted and yet has findings.

        Raises:
            Stop: the editor stops.
        """
        if not self._sitting.text:
            self._sitting.terminal.say(self._words["no-text"])
        seen: set[str] = set()
        while True:
            iri = self._again or self._sitting.review.next()
            self._again = None
            if iri is None:
                iri = self._with_findings(seen)
                if iri is None:
                    return
                if not seen:
                    self._sitting.terminal.say()
                    self._sitting.terminal.say(self._words["back"])
                seen.add(iri)
            self._treat(iri)

    def _with_findings(self, seen: set[str]) -> str | None:
        """Find what was accepted and has findings, which has not been shown for them."""
        review = self._sitting.review
        reviewed = {iri for iri in review.things if not review.is_candidate(iri)}
        found = review.judging(review.things, reviewed)
        grave = [finding.focus for finding in found if finding.severity == "violation"]
        return next((self._holder(iri) for iri in grave if self._holder(iri) not in seen), None)

    def _holder(self, iri: str) -> str:
        """Name the fact that evidence is of, for evidence is mended there."""
        if "#char=" not in iri:
            return iri
        mark = f"<{iri}>"
        things = self._sitting.review.things
        return min((name for name, block in things.items() if any(v == mark for _, v in block)), default=iri)

    def _treat(self, iri: str) -> None:
        self._show(iri)
        steps: dict[str, Callable[[str, str], bool]] = {
            "a": self._accept,
            "m": self._mend,
            "d": self._drop,
            "l": self._put_off,
            "all": self._accept_all,
            "u": self._undo,
            "s": self._show_again,
            "?": self._help,
        }
        while True:
            typed = self._sitting.terminal.ask(self._words["prompt"])
            key, _, rest = typed.partition(" ")
            if fold(key) == "q":
                raise Stop
            step = steps.get(fold(key))
            if step is None:
                self._sitting.terminal.say(
                    self._words["wrong"].format(typed=typed[:40], keys=self._words["keys"])
                )
            elif step(iri, rest.strip()):
                return

    def _accept(self, iri: str, _rest: str) -> bool:
        was_candidate = self._sitting.review.is_candidate(iri)
        self._form.answer(iri)
        while True:
            if not was_candidate and not self._sitting.review.against(iri):
                self._sitting.terminal.say(self._words["fine"])
                return True
            against = self._sitting.review.accept(iri)
            if not against:
                self._saved("accepted")
                return True
            finding = next((one for one in against if self._form.rows_of(iri, one)), None)
            known = next((one for one in against if self._sitting.review.looks_known(one)), None)
            if known is not None:
                done = self._form.identify(iri)
                if iri not in self._sitting.review.things:
                    return True
            elif finding is not None:
                self._sitting.terminal.say(f"! {self._form.said(finding)}")
                done = all(self._form.fill(iri, row) for row in self._form.rows_of(iri, finding))
            else:
                for one in against:
                    self._sitting.terminal.say(f"! {self._form.said(one)}")
                done = False
            if not done:
                self._sitting.terminal.say(self._words["left"])
                return False

    def _accept_all(self, iri: str, _rest: str) -> bool:
        chosen = self._sitting.review.like(iri)
        if not chosen:
            self._sitting.terminal.say(self._words["none-like"])
            return False
        self._sitting.review.accept_all(chosen, iri)
        self._sitting.save(self._sitting.review.things)
        rest = sum(kind_of(other) == kind_of(iri) for other in self._sitting.review.waiting())
        self._sitting.terminal.say(self._words["accepted-all"].format(count=len(chosen), rest=rest))
        return iri in chosen

    def _drop(self, iri: str, rest: str) -> bool:
        review, say = self._sitting.review, self._sitting.terminal.say
        try:
            would = review.would_drop(iri)
            reason = self._form.reason(iri, rest) if rest else ""
        except DataError:
            say(self._words["article-stays"])
            return False
        if reason is None:
            return False
        along = [name for name in would.gone if name != iri and "#char=" not in name]
        facts = [name for name in along if not register_of(name)]
        if facts:
            say(self._along(along, "would"))
            if fold(self._sitting.terminal.ask(self._words["sure"])) not in _YES:
                say(self._words["left"])
                return False
        said = self._along(along, "went")
        review.drop(iri, reason=reason)
        self._saved("dropped")
        if along and not facts:
            say(said)
        return True

    def _along(self, along: Iterable[str], when: str) -> str:
        names = "; ".join(f"{self._form.kind(name)} {self._form.name(name)}" for name in along)
        return self._words["along"].format(would=self._words[when], names=names)

    def _put_off(self, iri: str, _rest: str) -> bool:
        if self._sitting.review.is_candidate(iri):
            self._sitting.review.put_off(iri)
        self._sitting.terminal.say(self._words["later"])
        return True

    def _undo(self, _iri: str, _rest: str) -> bool:
        at = self._sitting.review.undo()
        if at is None:
            self._sitting.terminal.say(self._words["nothing-to-undo"])
            return False
        self._sitting.save(self._sitting.review.things)
        self._again = at or None
        self._sitting.terminal.say(self._words["undone"])
        return True

    def _mend(self, iri: str, rest: str) -> bool:
        if self._form.mend(iri, rest):
            self._show(iri)
        return False

    def _show_again(self, iri: str, _rest: str) -> bool:
        self._show(iri)
        return False

    def _help(self, _iri: str, _rest: str) -> bool:
        sys.stdout.write(HELP[self._sitting.lang])
        return False

    def _saved(self, word: str) -> None:
        self._sitting.save(self._sitting.review.things)
        self._sitting.terminal.say(self._words[word])

    def _show(self, iri: str) -> None:
        say, words = self._sitting.terminal.say, self._words
        block = self._sitting.review.things[iri]
        waiting = self._sitting.review.waiting()
        head = words["head"] if iri in waiting else words["open"]
        say()
        name = self._form.name(iri)
        name = "" if name == compact(iri) else f": {name}"
        say(head.format(left=len(waiting), kind=self._form.kind(iri)) + name)
        self._show_words(iri)
        for row in self._form.rows(iri):
            if row.values or row.field.least or row.field.path in _TOLD:
                shown = "; ".join(self._form.value(value) for value in row.values) or words["nothing"]
                say(f"{self._form.row_name(row)}: {shown}", indent="  ")
        for value in sorted(value for name, value in block if name == LCK.proposal):
            say(f"{words['proposal']}: {Value.read(value).text}", indent="  ")
        for finding in self._sitting.review.findings(iri):
            if finding.severity != "info":
                say(
                    f"{'!' if finding.severity == 'violation' else '~'} {self._form.said(finding)}",
                    indent="  ",
                )
        say(words["keys"])

    def _show_words(self, iri: str) -> None:
        things = self._sitting.review.things
        is_article = kind_of(iri) in {"article", "author"}
        block = things[article_of(things) if is_article else fact_of(things, iri)]
        shown = ""
        if self._sitting.text and not is_article:
            shown = passage(self._sitting.text, block, lambda words: f"{OPEN}{words}{CLOSE}")
        if shown:
            self._sitting.terminal.say(shown, indent="  | ")
        elif said := quotes(things, block):
            self._sitting.terminal.say(" … ".join(f"“{quote}”" for quote in said), indent="  | ")
