"""What changed in the letter since a draft that was kept: which words, which figures, by which cases."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.errors import SqsError
from sqs_core.letter.drafts import Draft, FigureChange, changes, draft_of
from sqs_core.letter.report import Report
from sqs_core.storage.drafts import draft_numbers, load_draft, save_draft
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import EMPTY, Line, line, rule, styled, wrapped
from sqs_tui.screens.page import Page


class DraftsScreen(Page):
    """The paragraphs whose words changed, with the reason."""

    deeds = (
        Deed("drafts.keep", "K", "keep a draft", "Keep the letter as it is now as the next draft", foot=1),
        Deed("drafts.earlier", "left", "draft before", "Compare with the draft before", foot=2),
        Deed("drafts.later", "right", "draft after", "Compare with the draft after"),
        Deed(
            "drafts.export", "x", "export", "Write the letter to a file, with what changed at its end", foot=3
        ),
    )
    help_text = (
        "A paragraph stands here when its words differ from the draft's.  Under it stands each figure "
        "that changed, and the cases whose answers changed it.  K keeps the letter as it is now; x "
        "writes it to a file that ends with what changed, for whoever checks it."
    )

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report
        self.number = 0
        self.draft: Draft | None = None

    def on_mount(self) -> None:
        """Compare with the draft kept last."""
        try:
            self._show(0)
        except SqsError as error:
            self.sqs.warn(error)

    def where(self) -> str:
        """The draft it is compared with."""
        return "Letter ▸ " + (f"compared with draft {self.number}" if self.draft else "drafts")

    def footer_deeds(self) -> Sequence[Deed]:
        """Without a draft there is nothing to go back to, nor to tell the changes since."""
        deeds = super().footer_deeds()
        return deeds if self.draft or self.asking else [d for d in deeds if d.id == "drafts.keep"]

    def lines(self, width: int) -> Sequence[Line]:
        """Paragraph by paragraph: was, is, because."""
        rows: list[Line] = [rule(width), EMPTY]
        if self.draft is None:
            return [*rows, line("  No draft has been kept yet: K keeps the letter as it is now.")]
        now = draft_of(self.report.document, self.report.findings, self.number + 1)
        found = changes(self.draft, now)
        if not found:
            return [*rows, line((f"  ✓ The letter is as in draft {self.number}.", "good"))]
        for change in found:
            rows.append(line((f"  {change.name}", "title")))
            for label, words, style in (("was", change.before, "dim"), ("now", change.after, "")):
                folded = wrapped(words or "–", width - 12)
                rows += styled(
                    [f"  {label if not i else '':<5} {row}" for i, row in enumerate(folded)], style
                )
            told = [_told(figure) for figure in change.figures] or ["no figure changed: the text was edited"]
            rows += [line(("        " + row, "flag")) for t in told for row in wrapped(t, width - 12)]
            rows.append(EMPTY)
        return rows

    def do_keep(self) -> None:
        """Keep the letter as it is now."""
        folder = self.desk.folder
        number = max(draft_numbers(folder.path), default=0) + 1
        save_draft(folder, draft_of(self.report.document, self.report.findings, number))
        self._show(0)
        self.sqs.say(f"kept as draft {number}")

    def do_earlier(self) -> None:
        """The draft before."""
        self._show(-1)

    def do_later(self) -> None:
        """The draft after."""
        self._show(1)

    def do_export(self) -> None:
        """The letter, with what changed since this draft at its end."""
        from sqs_tui.exports import ask_letter

        if self.draft is None:
            self.sqs.say("no draft has been kept yet: K keeps the letter as it is now")
        else:
            ask_letter(self, since=self.number)

    def _show(self, step: int) -> None:
        numbers = draft_numbers(self.desk.folder.path)
        if numbers:
            place = numbers.index(self.number) + step if step and self.number in numbers else -1
            self.number = numbers[max(0, min(place, len(numbers) - 1)) if step else -1]
            self.draft = load_draft(self.desk.folder.path, self.number)
        self.top = 0
        self.draw()


def _told(change: FigureChange) -> str:
    was = f"{change.before.k} of {change.before.n}" if change.before else "not said"
    now = f"{change.after.k} of {change.after.n}" if change.after else "not said"
    why = f" ({'; '.join(change.because)})" if change.because else ""
    return f"{change.reference}: {was} → {now}{why}"
