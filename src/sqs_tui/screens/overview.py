"""The overview: every case by every question, and the way into each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from string import ascii_uppercase

from attrs import frozen
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import INTERVIEWS, PARKED_MARK, RECORDED
from sqs_core.records import Interview
from sqs_core.records.dates import day
from sqs_core.scoring.by_role import count_by_role
from sqs_core.scoring.pace import PAUSE, Pace
from sqs_core.scoring.states import State
from sqs_core.storage.layout import cases_listed
from sqs_core.text import counted, valid_case_id
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.pacing import pace_of
from sqs_core.workflow.progress import CaseProgress
from sqs_tui.bindings import bindings_of
from sqs_tui.pace import Clock, Times
from sqs_tui.recent import Place
from sqs_tui.screens.inspection import InspectionScreen
from sqs_tui.styles import BAR, DIM, FLAG, GOOD, TITLE, WARN, outcome_word, role_of, text, wrapped
from sqs_tui.widgets.case_grid import CaseGrid, Columns, GridRows, head_words
from sqs_tui.widgets.case_panel import CasePanel
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.view_tabs import ViewTabs

SORTS = ("number", "left to do", "inspector")
MARKS = "✓ finished  ● all answered  ◐ begun  ○ not looked at"


class OverviewScreen(InspectionScreen):
    """Case by question.  Until the records are read it names the cases, where the grid then has them."""

    fits_room = True
    view = "cases"
    BINDINGS = bindings_of("cases", opens="open case")
    AUTO_FOCUS = "CaseGrid"
    help_text = (
        "Every line is a case and every character a question, theme by theme.  ↑ and ↓ choose a case, ← and "
        "→ a question, whose name stands under the grid; Enter opens the case at its next question, or at "
        f"the one chosen.  A blank is a question that the facts leave out; {PARKED_MARK} stands for an "
        "answer that is parked: kept, but not counted.  Time counts the minutes from change to change of a "
        "case, without pauses of more than a quarter of an hour; the settings hide it."
    )

    def __init__(self) -> None:
        super().__init__()
        self._sort = 0
        self._listed: tuple[str, ...] | None = None
        self._sums: tuple[int, Sums] | None = None
        self._pace: tuple[tuple[int, int, str], Pace] | None = None

    def compose_body(self) -> ComposeResult:
        """Yield the views, the grid with its head and sums, and the case under the cursor."""
        yield ViewTabs("cases")
        with Horizontal(id="middle"):
            with Vertical(id="cases"):
                yield LinesView(id="head")
                yield CaseGrid()
                yield LinesView(id="column")
                yield LinesView(id="sums")
                yield LinesView(id="pace")
            yield CasePanel()

    @property
    def _is_of_staff(self) -> bool:
        workspace = self.app.workspace
        return workspace is not None and workspace.folder.own_population == INTERVIEWS

    @property
    def grid(self) -> CaseGrid:
        """The grid."""
        return self.query_one(CaseGrid)

    # ------------------------------------------------------------ what is shown

    def update_view(self) -> None:
        """Show the cases; their names alone while they are read."""
        if self.app.workspace is None:
            self._show_names()
            return
        workspace, criteria = self.workspace, self.criteria
        self.query_one(ViewTabs).active = "interviews" if self._is_of_staff else "cases"
        clock = self._clock()
        width = self.grid.size.width or self.size.width
        timed = clock.shown and not self._is_of_staff
        columns = Columns.for_width(criteria, width, timed=timed)
        self.show_rows("#head", [Content.styled(head_words(criteria, columns), DIM)])
        names = self._order()
        self.grid.show_cases(GridRows(names, criteria, workspace.progress, columns, clock, workspace.blinded))
        sums = self._summed()
        self.show_rows("#sums", _sum_rows(criteria, sums, width, columns))
        self.show_rows("#pace", _pace_rows(criteria, clock, width) if timed else [])
        later = f"{sums.later} to come back to" if self.size.width >= 70 else f"⚑ {sums.later}"
        self.query_one(ViewTabs).aside = later if sums.later else ""
        self._show_cursor()

    def _show_names(self) -> None:
        if self._listed is None:
            folder = self.app.folder_asked_for
            self._listed = cases_listed(folder, second=self.app.second) if folder is not None else ()
        self.show_rows("#head", [Content.styled("      Case", DIM)])
        self.grid.show_cases(GridRows(self._listed))
        records = counted(len(self._listed), "record")
        self.show_tip(f"reading {records} …" if self._listed else "reading …")

    @on(CaseGrid.Moved)
    def _show_cursor(self) -> None:
        """Show the case and the question under the cursor."""
        if self.app.workspace is None:
            return
        case, question = self.grid.case, self.grid.question
        if case is None:
            self._show_rule(text(f" No {self.criteria.many} yet.  a adds one. "))
            self.query_one(CasePanel).clear()
            self._show_tip()
            return
        criteria, progress = self.criteria, self.workspace.progress(case)
        row = Content.empty()
        if isinstance(progress.record, Interview) and not question:
            row = text(f" {role_of(criteria, progress.record)} ")
        if question:
            asked = criteria.question(question)
            word = outcome_word(criteria, progress.record, asked, progress.states[question]) or "not asked"
            if progress.states[question] is State.UNANSWERED:
                word = "not answered yet"
            row = Content.styled(f" {asked.short} ", TITLE) + text(f"  {criteria.named(case)}: {word} ")
            if self._is_of_staff:
                row = row + text(self._by_role(question), DIM)
        self._show_rule(row)
        panel = self.query_one(CasePanel)
        if self.has_class("-wide"):
            clock = self._clock()
            minutes = clock.minutes(case) if clock.shown else "–"
            time_spent = f"{minutes.removesuffix('m')} min" if minutes != "–" else ""
            panel.show_case(criteria, progress, minutes=time_spent, opens=question or self._left_at(case))
        self._show_tip()

    def _left_at(self, case: str) -> str:
        """Return the question of ``case`` that one was at, which Enter opens again; "" where none."""
        known = self.app.recent.of(self.workspace.path)
        at = known.place if known is not None else Place()
        here = at.case == case and not self.workspace.progress(case).facts_first
        return at.question if here and self.criteria.has_question(at.question) else ""

    def _by_role(self, question: str) -> str:
        """Return how many of each role said yes, where nobody could be known by it."""
        workspace = self.workspace
        split = count_by_role(workspace.criteria, workspace.records(), question)
        return "".join(f"  {role}s {k} of {n} " for role, (k, n) in split.items())

    def _show_rule(self, words: Content) -> None:
        """Show ``words`` in the line between the grid and its sums."""
        width = max(0, self.grid.size.width - words.cell_length - 2)
        row = Content.styled("──", DIM) + words + Content.styled("─" * width, DIM)
        self.show_rows("#column", [row])

    def _show_tip(self) -> None:
        problems = len(self.workspace.problems)
        if problems:
            words = (
                f"! {counted(problems, 'problem')} with the records, not all are counted: key 5 tells which"
            )
            self.show_tip(words, WARN)
        elif self.workspace.blinded:
            blinded = ", ".join(self.workspace.blinded)
            self.show_tip(f"Blinded, being marked a second time: {blinded}", FLAG)
        else:
            names = self._order()
            sort = f"sorted by {SORTS[self._sort]}" if self._sort else ""
            more = (
                f"{self.criteria.counted(len(names))}, ↓↑ for more"
                if len(names) > self.grid.size.height
                else ""
            )
            tip = "   ".join(part for part in (more, sort) if part)
            marks = f"{MARKS}   " if len(MARKS) + 6 + len(tip) <= self.size.width else ""
            self.show_tip(f"{marks}{tip}")

    def _summed(self) -> Sums:
        # A thousand cases are summed once for each change, not for each arrow.
        workspace = self.workspace
        if self._sums is None or self._sums[0] != workspace.version:
            self._sums = (
                workspace.version,
                sums_of(workspace.criteria, map(workspace.progress, workspace.cases)),
            )
        return self._sums[1]

    def _clock(self) -> Clock:
        workspace, now = self.workspace, datetime.now().astimezone()
        made_of = (workspace.version, workspace.times.number, f"{now:%H:%M}")
        # A thousand cases are reckoned once for each change and minute, not for each arrow.
        if self._pace is None or self._pace[0] != made_of:
            cases = map(workspace.progress, workspace.cases)
            self._pace = made_of, pace_of(cases, workspace.times.spent, now)
        timer = self.app.settings.timer
        return Clock(now, self._pace[1], workspace.times.spent, workspace.inspection.first_day, timer)

    def _order(self) -> tuple[str, ...]:
        workspace = self.workspace
        cases = workspace.cases
        if SORTS[self._sort] == "left to do":
            return tuple(sorted(cases, key=lambda case: -workspace.progress(case).left))
        if SORTS[self._sort] == "inspector":
            return tuple(sorted(cases, key=lambda case: workspace.record(case).inspector or "~"))
        return cases

    # ------------------------------------------------------------ coming and going

    def on_screen_resume(self) -> None:
        """Come back: what was answered meanwhile shows its minutes."""
        self.look_at_times()

    def look_at_times(self) -> None:
        """Read what the history says since the last look, off the UI thread."""
        workspace = self.app.workspace
        if workspace is None or not self.app.settings.timer or self._is_of_staff:
            return

        def read() -> Times:
            from sqs_tui.loading import read_times

            return read_times(workspace.folder.path, workspace.times, second=workspace.second)

        def then(found: Times) -> None:
            if found is not workspace.times:
                workspace.times = found
                self.refresh_view()

        self.in_background(read, then)
        if self.app.autosave.writing:
            self.set_timer(1.0, self.look_at_times)

    def put_cursor(self, case: str) -> None:
        """Have the cursor on ``case``."""
        names = self._order()
        if case in names:
            self.grid.row = names.index(case)
            self.grid.call_after_refresh(self.grid.show_cursor)  # a row more may need to be laid out first

    def leave(self) -> None:
        """Go out to the start screen; the inspection stays open."""
        self.app.note_place(None)
        self.go_to(Location("start"))

    def jump_targets(self) -> Iterator[tuple[Widget, int, str, str]]:
        """The cases in view."""
        grid = self.grid
        top = grid.scroll_offset.y
        for row, case in enumerate(grid.cases.names[top : top + grid.size.height]):
            yield grid, row, "", case

    def jump_to(self, name: str) -> None:
        """Have the cursor on a case."""
        self.put_cursor(name)

    # ------------------------------------------------------------ what can be done

    @on(CaseGrid.Opened)
    def action_list_open(self) -> None:
        """Open the case: at the chosen question, else at its next one, or at its facts while they are "
        "blank."""
        if self.app.workspace is not None and self.grid.case is not None:
            self.go_to(Location("question", self.grid.case, self.grid.question))

    def action_case_facts(self) -> None:
        """Show the facts of the case."""
        self._go("facts")

    def action_case_takeaway(self) -> None:
        """Show the sheet for the case manager."""
        self._go("takeaway")

    def action_case_review(self) -> None:
        """Show what is to be put right before the case is finished."""
        self._go("review")

    def _go(self, view: str) -> None:
        if self.app.workspace is not None and self.grid.case is not None:
            self.go_to(Location(view, self.grid.case))  # type: ignore[arg-type]

    def action_inspection_add(self) -> None:
        """Add a case."""
        if self.app.workspace is not None:
            one = self.criteria.one
            which = "Letter of the person" if self._is_of_staff else f"Reference of the new {one}"
            self.app.ask(f"{which} (no name):", self._next_id(), self._add, does="add it")

    def action_interview_cite(self) -> None:
        """Quote the note on the person in the letter, or take the quote out again."""
        if not self._is_of_staff or self.grid.case is None:
            self.app.show_message("a note on a person is quoted from the interviews: key 3 goes there")
        elif not self.app.autosave.flush(2.0):
            self.app.show_message("not saved yet: try again in a moment")
        else:
            self.app.attempt(self._cite)

    def _cite(self) -> None:
        from sqs_core.workflow.letter_text import cite  # the letter's engine: not needed for the first frame

        place = cite(self.workspace.folder, str(self.grid.case))
        quoted = "quoted in the letter; key 4 shows it, and what could make a person known by it"
        self.app.show_message(quoted if place else "taken out of the letter")

    def _add(self, reference: str) -> None:
        self.workspace.add_case(reference.strip())
        self.update_view()  # although the box that asked still stands over the grid
        self.put_cursor(reference.strip())
        self.app.show_message(f"{self.criteria.named(reference.strip())} added; f sets its facts")

    def _next_id(self) -> str:
        if self._is_of_staff:
            return next((letter for letter in ascii_uppercase if letter not in self.workspace.cases), "")
        if part := self.workspace.folder.next_part(self.grid.case or ""):
            return part
        numbers = [int(case) for case in self.workspace.cases if case.isdigit()]
        wide = max([2, *(len(case) for case in self.workspace.cases if case.isdigit())])
        proposed = f"{max(numbers, default=0) + 1:0{wide}}"
        return proposed if valid_case_id(proposed) else ""

    def action_file_export(self) -> None:
        """Write the tables for analysts into a folder."""
        from sqs_tui.exports import ask_tables  # the first frame does without the letter and its formats

        if self.app.workspace is not None:
            ask_tables(self.app, self.workspace)

    def action_board_sort(self) -> None:
        """Take another order, the same case under the cursor."""
        if self.app.workspace is None:
            return
        case = self.grid.case
        self._sort = (self._sort + 1) % len(SORTS)
        self.refresh_view()
        if case is not None:
            self.put_cursor(case)


@frozen
class Sums:
    """Over all cases: how many still have to answer each question, and how many are not good enough."""

    left: Mapping[str, int]
    poor: Mapping[str, int]
    later: int
    parked: bool = False
    """Whether any answer is parked."""


def sums_of(criteria: Criteria, cases: Iterable[CaseProgress]) -> Sums:
    """Return the sums over ``cases``: progress, not findings; those are the board's."""
    left: dict[str, int] = {question.id: 0 for question in criteria.questions}
    poor = dict(left)
    later, parked = 0, False
    bad = {outcome.id for outcome in criteria.outcomes if outcome.counts == "insufficient"}
    for case in cases:
        later += case.later
        for question, state in case.states.items():
            parked = parked or state is State.PARKED
            if state is State.UNANSWERED:
                left[question] += 1
            elif state is State.ANSWERED and case.record.answer(question).outcome in bad:
                poor[question] += 1
    return Sums(left, poor, later, parked)


def _sum_rows(criteria: Criteria, sums: Sums, width: int, columns: Columns) -> list[Content]:
    many = any(count > 9 for count in (*sums.left.values(), *sums.poor.values()))
    short = criteria.in_its_words("not good enough")
    name = f"{short}, + over nine" if many else f"{short} so far, cases"
    wide = columns.people > 0
    return [
        _sum_row(criteria, "still to answer, cases" if wide else "to answer", sums.left, columns.lead),
        _sum_row(criteria, name if wide else f"not {criteria.enough}", sums.poor, columns.lead),
        Content.styled(_legend(criteria, width, parked=sums.parked), DIM),
    ]


def _sum_row(criteria: Criteria, name: str, sums: Mapping[str, int], lead: int) -> Content:
    # One character a question: beyond nine a plus, and the board has the figure.
    groups = (
        "".join(_digit(sums[q.id]) for q in criteria.theme_questions(theme.id)) for theme in criteria.themes
    )
    words = criteria.in_its_words(name)
    words = words if len(words) < lead - 1 else name.removesuffix(", cases")
    return Content.styled(f" {words}".ljust(lead), DIM) + Content(" ".join(groups))


def _digit(count: int) -> str:
    return "·" if not count else str(count) if count < 10 else "+"


def _legend(criteria: Criteria, width: int, *, parked: bool) -> str:
    """Return what the marks mean, in whole items: the version's own come first where room is short."""
    values = any(not question.is_judged for question in criteria.questions)
    outcomes = (*criteria.outcomes, RECORDED) if values else criteria.outcomes
    yes, no = map(criteria.in_its_words, (", good enough", ", not good enough"))
    texts = (str(o.text).removesuffix(no).removesuffix(yes) for o in outcomes)
    marks = [f"{o.mark} {words}" for o, words in zip(outcomes, texts, strict=True)]
    marks = [f"{PARKED_MARK} parked", *marks] if parked else marks
    for items, gap in ((["⚑ later", ". open", *marks], "  "), (marks, "  "), (marks, " ")):
        legend = " " + gap.join(items)
        if Content(legend).cell_length <= width:
            return legend
    while len(marks) > 1 and Content(" " + " ".join(marks)).cell_length > width:
        marks.pop()
    return " " + " ".join(marks)


def _pace_rows(criteria: Criteria, clock: Clock, width: int) -> list[Content]:
    """Return the days with a block for each case completed, and when the last case ends at this pace."""
    known = clock.pace
    left = sum(known.left.values())
    row = Content("  ")
    for when, count in list(known.days.items())[-3:]:
        row += Content.assemble((f"{_day(clock, when)}  ", DIM), ("█" * min(count, 12), BAR), f" {count}    ")
    if known.undated and known.days:
        row += Content.assemble(("no day known  ", DIM), f"{known.undated}    ")
    if left:
        row += Content(f"{left} left")
    elif known.days or known.undated:
        row += text(f"every {criteria.one} is complete", GOOD)
    else:
        row += text(f"no {criteria.many} yet", DIM)
    rows = [row]
    if left:
        for place, words in enumerate(wrapped(criteria.in_its_words(forecast(clock)), width - 6, FLAG)):
            rows.append(Content.styled("    " if place else "  ! ", FLAG) + words)
    if known.timed or clock.spent:
        explanation = f"Time counts from change to change; a pause of more than {PAUSE} minutes is left out."
        rows += [Content("    ") + words for words in wrapped(explanation, width - 6, DIM)]
    return rows


def forecast(clock: Clock) -> str:
    """Return when the last case ends at this pace, and who has how many left."""
    known = clock.pace
    named = [f"{who} has {count}" for who, count in known.left.items() if who]
    shares = f"{', '.join(named)} left." if named else ""
    if known.left.get(""):
        shares += f" {known.left['']} with no inspector yet."
    if known.minutes is None or known.ends is None:
        return f"{shares.strip()} No pace yet: it comes with the first complete case."
    away = known.ends - clock.now
    # Beyond a day's work an hour of the clock would be a pretence.
    if known.ends.date() != clock.now.date() or known.ends.hour >= 20:
        hours = max(1, round(away.total_seconds() / 3600))
        ends = f"{counted(hours, 'hour')} of work are left" if hours > 1 else "an hour of work is left"
    else:
        ends = f"the last one ends {known.ends:%H:%M}"
    return f"At {known.minutes} minutes a case {ends}. {shares.strip()}"


def _day(clock: Clock, when: date) -> str:
    if clock.first_day and 0 <= (place := (when - clock.first_day).days) < 14:
        return f"day {place + 1}"
    return day(when)
