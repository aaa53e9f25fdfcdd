"""The author's part of the letter: paragraphs of their own, summary, strengths, improvements, the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from types import MappingProxyType

from attrs import evolve

from sqs_core.errors import SqsError
from sqs_core.letter.document import Figure, Paragraph
from sqs_core.letter.live_figures import CHOICES
from sqs_core.records.narrative import EditedParagraph, Improvement, Strength
from sqs_core.text import without_forbidden
from sqs_tui.outside import Text
from sqs_tui.pictures.letter_parts import Stop
from sqs_tui.screens.view import ViewFrame

NO_FIGURE = "the mark is on no figure: → goes to the next"


class LetterText(ViewFrame):
    """A view on the letter in which its text can be written."""

    cursor: int

    def stops(self) -> list[Stop]:
        """Every place that can have the mark."""
        raise NotImplementedError

    @property
    def stop(self) -> tuple[Paragraph | None, Figure | None]:
        """The paragraph and the figure with the mark; None where there is none."""
        stops = self.stops()
        return stops[max(0, min(self.cursor, len(stops) - 1))] if stops else (None, None)

    def do_edit(self) -> None:
        """Write this paragraph yourself; what stands there now is the beginning."""
        paragraph, _ = self.stop
        plan = self.desk.criteria.letter
        if paragraph is None or plan is None:
            return
        if "." in paragraph.id and paragraph.id.split(".")[0] in ("strengths", "improvements"):
            self.sqs.say("a list item: add another with + or i, and mend this one in letter.toml")
            return
        section = next(
            (s for s in plan.sections if paragraph.id in (s.id, *(p.id for p in s.paragraphs))), None
        )
        if section is None and paragraph.id != "summary":
            self.sqs.say("this paragraph is made of what inspection.toml says: mend it there")
            return
        holds = section.holds if section is not None else "summary"
        if holds != "paragraphs":
            {"summary": self.do_summary, "strengths": self.do_strength}.get(holds, self.do_improvement)()
            return
        edit = self.desk.narrative.paragraphs.get(paragraph.id)
        text = edit.text if edit and edit.text else source_of(paragraph)
        says = {_reference(run): run.text for run in paragraph.runs if not isinstance(run, str)}
        keep = partial(self._edited, paragraph.id)
        self._write(f"paragraph {paragraph.number or paragraph.id}", text, paragraph.id, keep, says)

    def _write(
        self,
        name: str,
        text: str,
        what: str,
        keep: Callable[[str], None],
        says: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        from sqs_tui.screens.paragraph import ParagraphScreen

        def wrong() -> str:
            findings = self.desk.findings
            with suppress(SqsError):  # no letter while a case is shut: then nothing is said of it
                problems = self.desk.report(findings).document.problems if findings is not None else ()
                return next((p.what for p in problems if p.what.startswith(f"in '{what}': ")), "")
            return ""

        which = Text("letter", "", what)
        self.sqs.push_screen(ParagraphScreen(name, text, which, keep, figures=says, wrong=wrong))

    def _edited(self, where: str, words: str) -> None:
        narrative = self.desk.narrative
        before = narrative.paragraphs.get(where, EditedParagraph())
        text = without_forbidden(words)[0].strip()
        self._keep_paragraphs({**narrative.paragraphs, where: evolve(before, text=text)})

    def do_draft(self) -> None:
        """Back to the composed words."""
        narrative = self.desk.narrative
        paragraph, _ = self.stop
        where = paragraph.id if paragraph is not None else ""
        if where in narrative.paragraphs:
            self._keep_paragraphs({k: v for k, v in narrative.paragraphs.items() if k != where})
            self.sqs.say(f"paragraph {where} is composed again")
        else:
            self.sqs.say("this paragraph is composed: there is no text of your own")

    def _keep_paragraphs(self, paragraphs: dict[str, EditedParagraph]) -> None:
        self.desk.keep_narrative(evolve(self.desk.narrative, paragraphs=paragraphs))
        self._counted_anew()

    def _counted_anew(self) -> None:
        # Not while one types over it: it is done when the letter comes into view again.
        if self.is_current:
            self.sqs.count()
            self.draw()

    def do_wording(self) -> None:
        """Say this figure by its count or by the version's scale; in every place that names it."""
        _, figure = self.stop
        if figure is None:
            self.sqs.say(NO_FIGURE)
            return
        if figure.form not in CHOICES:
            self.sqs.say("this figure has one shape only; E writes the paragraph yourself")
            return
        form = next(choice for choice in CHOICES if choice != figure.form)
        narrative = self.desk.narrative
        wording = {**narrative.wording, figure.reference: form}
        self.desk.keep_narrative(evolve(narrative, wording=wording))
        self.sqs.say("said by its count" if form == "of" else "said by the phrase scale")
        self.sqs.count()
        self.draw()

    def do_compare(self) -> None:
        """What changed since the draft kept last."""
        from sqs_tui.screens.drafts import DraftsScreen

        if self.desk.findings is not None:
            self.sqs.push_screen(DraftsScreen(self.desk.report(self.desk.findings)))

    def do_summary(self) -> None:
        """Write the summary."""
        self._write("summary", self.desk.narrative.summary, "summary", self._summarised)

    def _summarised(self, words: str) -> None:
        self.desk.keep_narrative(evolve(self.desk.narrative, summary=without_forbidden(words)[0].strip()))
        self._counted_anew()

    def do_strength(self) -> None:
        """Add a strength."""

        def added(words: str) -> None:
            if words.strip():
                narrative = self.desk.narrative
                strength = Strength(without_forbidden(words)[0].strip())
                self.desk.keep_narrative(evolve(narrative, strengths=(*narrative.strengths, strength)))
                self.sqs.count()

        self.ask("Outstanding strength:", "", added)

    def do_improvement(self) -> None:
        """Add an area requiring improvement, linked to the question of the figure with the mark."""
        _, figure = self.stop
        measure = figure.measure if figure is not None else ""
        linked = (measure,) if measure and self.desk.criteria.has_question(measure) else ()

        def added(words: str) -> None:
            if words.strip():
                narrative = self.desk.narrative
                area = Improvement(without_forbidden(words)[0].strip(), linked)
                self.desk.keep_narrative(evolve(narrative, improvements=(*narrative.improvements, area)))
                self.sqs.count()

        self.ask("Area requiring improvement:", "", added)

    def do_export(self) -> None:
        """Write the letter to a file."""
        from sqs_tui.exports import ask_letter

        ask_letter(self)


def source_of(paragraph: Paragraph) -> str:
    """The paragraph as an author writes it: its figures as references, so that they stay live."""
    return "".join(run if isinstance(run, str) else _reference(run) for run in paragraph.runs)


def _reference(figure: Figure) -> str:
    # The shape "other" says by itself that it counts the rest.
    reference = figure.reference.replace(":other", "") if figure.form == "other" else figure.reference
    noun = " cases" if "case" in figure.text else ""
    return "{" + f"{reference}|{figure.form}{noun}" + "}"
