"""The words for the whole inspection: board, check, search, pace, adding, over time, files, and always."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.cli.action import actions_text
from sqs_core.cli.compare import rescreening_text
from sqs_core.cli.console import columns
from sqs_core.cli.plain.line_io import Quit
from sqs_core.cli.plain.shell import Shell
from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.criteria.vocabulary import question_called
from sqs_core.errors import did_you_mean
from sqs_core.records.interview import check_person_id
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.intervals import wilson
from sqs_core.scoring.tally import Tally
from sqs_core.state import path_typed
from sqs_core.storage.check import check_inspection
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.text import capitalised, counted, valid_case_id
from sqs_core.workflow.commands import Command, by_section, word_called, words_in
from sqs_core.workflow.following import add_actions, new_action, noted_in_words
from sqs_core.workflow.navigation import ALL, Location
from sqs_core.workflow.outputs import report_kinds, report_output, tables_output
from sqs_core.workflow.pacing import inspection_pace, pace_sentences
from sqs_core.workflow.populations import ONE_ONLY, population_lines, population_meant
from sqs_core.workflow.rescreening import named_before, rescreening_of
from sqs_core.workflow.search import search

ROOM_HELP = {
    "question": (
        "Answer with the number of a line, its letter (y, n, x) or its words. Enter goes on.",
        "A number such as 3.2 alone goes to that question.",
    ),
    "facts": ('Type the number of a line, or number and value ("4 yes"). "all" asks one after the other.',),
    "cases": ("Type the number of a case. Enter opens the next one that is not complete.",),
    "review": ("Type the number of a line to go there.",),
    "details": ('Type the number of a line, a name and words ("signatory Jo Example"), or "recall".',),
    "list": ('Type "add", "change 2", "move 2 1", "link 2 2.3", "remove 2" or "take 1".',),
    "left": ('Type the number of a line to go there, or "accept 3" and why it can stay.',),
}


class OfTheInspection(Shell):
    """What concerns more than one case."""

    # ------------------------------------------------------------ the board

    def do_board(self, rest: str) -> None:
        """Say the board, its weakest lines first, one subset of cases, or one question with all behind it."""
        findings = findings_of(self.folder)
        subsets = {subset.id: subset for subset in self.criteria.subsets}
        word = rest.lower()
        question = question_called(self.criteria, word) if word else None
        if question:
            self.say_all(self._board_question(findings, question))
        elif word in subsets:
            self.say(f"Only the {self.criteria.many} {subsets[word].text}.")
            self.say_all(self._board(findings.subsets[word]))
        elif word == "weakest":
            self.say_all(self._weakest(findings))
        elif word not in ("", ALL):
            near = did_you_mean(word, [*subsets, ALL, "weakest"])
            self.say(f'There is no part of the board called "{rest}"; {near}, or a question such as 2.3.')
        else:
            self.say_all(self._board(findings))

    def _board(self, findings: Findings) -> Iterator[str]:
        enough, short = map(self.criteria.in_its_words, ("Good enough", "Not good enough"))
        yield f"{self.criteria.counted(len(findings.cases))} counted. {enough}, of those judged:"
        for theme in self.criteria.themes:
            yield f"Section {theme.label}, {theme.title}"
            for question in self.criteria.theme_questions(theme.id):
                tally = findings.tally(question.id)
                others = f" {short}: {' '.join(tally.other_cases)}." if tally.other_cases else ""
                yield f"{self.workspace.number(question.id)} {question.short}: {_count(tally)}.{others}"
        if findings.people:
            yield f"Staff: {len(findings.people)} interviewed, {len(findings.gave_views)} gave views."
            for asked in self.criteria.interview_questions:
                tally = findings.interviews[asked.id]
                others = f" Not: {' '.join(tally.other_cases)}." if tally.other_cases else ""
                yield f"{asked.short}: {_count(tally)}.{others}"

    def _weakest(self, findings: Findings) -> Iterator[str]:
        yield self.criteria.in_its_words("Good enough, of those judged, the weakest first:")
        judged = [tally for tally in findings.tallies.values() if tally.share is not None]
        for tally in sorted(judged, key=lambda tally: tally.share or 0):
            short = self.criteria.question(tally.question).short
            yield f"{self.workspace.number(tally.question)} {short}: {_count(tally)}."

    def _board_question(self, findings: Findings, name: str) -> Iterator[str]:
        question = self.criteria.question(name)
        tally = findings.tally(name)
        yield f"{self.workspace.number(name)} {question.text}"
        if tally.value:
            yield f"{capitalised(tally.value_words)}."
            for choice in question.choices:
                yield f"{choice.text}: {_listed(tally.value.choices[choice.id])}."
        else:
            yield f"{self.criteria.in_its_words('Good enough')}: {_count(tally)}."
        interval = wilson(tally.k, tally.n)
        if interval:
            low, high = round(interval.low * 100), round(interval.high * 100)
            yield f"95% range, as if these were a random sample: {low} to {high} per cent."
        texts = {o.id: str(o.text) for o in self.criteria.outcomes}
        for outcome, units in tally.outcomes.items():
            yield f"{texts[outcome].capitalize()}: {_listed(units)}."
        for state, units in tally.unjudged.items():
            if units:
                yield f"{state.value.replace('-', ' ').capitalize()}: {_listed(units)}."
        for reason, units in findings.reasons(name, tally.other_cases).items():
            yield f"Reason, {self.criteria.reason_of(question, reason).text}: {_listed(units)}."
        for subset in self.criteria.subsets:
            found = _count(findings.subsets[subset.id].tally(name))
            yield f"{capitalised(self.criteria.many)} {subset.text}: {found}."

    # ------------------------------------------------------------ check, search, pace

    def do_check(self, rest: str) -> None:
        """Say every inconsistency in the records."""
        broken, found = check_inspection(self.folder)
        self.say_all(f"{'Advice: ' if p.advice else ''}{p}" for p in (*broken, *found))
        errors = sum(not p.advice for p in found)
        advice = len(found) - errors
        self.say(f"{len(broken)} that cannot be read, {errors} to put right, {advice} to think about.")

    def do_search(self, rest: str) -> None:
        """Find a word in all notes."""
        if not rest:
            self.say("Search for what? For example: search curfew")
            return
        records, problems = self.folder.cases()
        hits = tuple(search(self.criteria, records, self.folder.interviews()[0], rest))
        for hit in hits:
            at = hit.location
            number = f", {self.workspace.number(at.item)}" if at.item else ""
            heading = self.criteria.heading(at.case)
            if at.case.startswith(f"{INTERVIEWS}/"):
                heading = self.criteria.staff.heading(at.case.removeprefix(f"{INTERVIEWS}/"))
            self.say(f"{heading}{number}, {hit.kind}: {hit.around}")
        self.say(f'{counted(len(hits), "note")} with "{rest}" in {self.criteria.counted(len(records))}.')
        self.say_all(f"Cannot be read: {problem}." for problem in problems)

    def do_pace(self, rest: str) -> None:
        """Say the minutes in each case, the pace, and the end."""
        found = inspection_pace(self.folder, self.workspace.now().astimezone())
        self.say_all(pace_sentences(self.criteria, found, self.folder.case_ids()))

    def do_population(self, rest: str) -> None:
        """Go to the cases of another population; without its name say which there are."""
        if not self.criteria.all_populations[1:]:
            self.say(ONE_ONLY)
        elif not rest:
            self.say_all(population_lines(self.folder))
        else:
            self.to_population(population_meant(self.folder, rest))

    def do_add(self, rest: str) -> None:
        """Add a case or a person."""
        kind, _, name = rest.lower().strip().rpartition(" ")
        name = rest.strip()[-len(name) :]
        one = self.criteria.one
        if kind not in ("case", "person", one.lower()) or not valid_case_id(name):
            person = ", or add person G" if self.criteria.whole.interview_questions else ""
            example = self.folder.next_part() or "15"
            self.say(f"Add what? For example: add {one} {example}{person}. A reference, never a name.")
        elif kind == "person":
            self._add_person(name)
        else:
            self._add_case(name)

    def _add_person(self, name: str) -> None:
        check_person_id(name)
        if self.folder.own_population != INTERVIEWS:
            self.to_population(INTERVIEWS)
        self._add_case(name)

    def _add_case(self, name: str) -> None:
        heading = self.criteria.heading(name)
        if name in self.folder.case_ids():
            self.say(f"{heading} is there already.")
        else:
            self.folder.add_case(self.folder.new_case(name))
            self.say_saved(f"{heading} added.")
        self.go(Location("question", name))

    # ------------------------------------------------------------ over time

    def do_actions(self, rest: str) -> None:
        """Say the actions; add one, or say where one stands."""
        folder = self.folder
        word, _, words = rest.partition(" ")
        if word.lower() == "add":
            area, colon, what = words.partition(":")
            made = new_action(folder, what if colon else words, area=area if colon else "")
            (number,) = add_actions(folder, [made])
            self.say_saved(f"Added as action {number}.")
        elif rest:
            self.say_saved(f"Action {word}: {noted_in_words(folder, word, words).state}.")
        else:
            found, today = folder.actions().record, folder.actor.clock().date()
            overdue = sum(one.is_overdue(today) for one in found.actions.values())
            self.say(f"{counted(len(found.actions), 'action')}, {overdue} overdue.")
            self.say_all(actions_text(found, today).splitlines())

    def do_compare(self, rest: str) -> None:
        """Say what is better or worse than in the inspection before, or cannot be told."""
        before = path_typed(rest) if rest else named_before(self.folder)
        if before is None:
            self.say(
                "Compare with which inspection? Type the folder of the one before: compare leeds-2026-03"
            )
            return
        found = rescreening_of(open_inspection(before), self.folder)
        self.say_all(f"Take care: {note}." for note in found.notes)
        self.say_all(line for line in rescreening_text(found, width=columns()).splitlines() if line)

    # ------------------------------------------------------------ files

    @property
    def _told_of(self) -> InspectionFolder:
        """What files are written about: from the interviews, the inspection that they are part of."""
        return self.folder.whole if self.folder.own_population == INTERVIEWS else self.folder

    def do_report(self, rest: str) -> None:
        """Write the letter or the board to a file; with "since 1" it ends with what changed since then."""
        if not rest:
            self.say(
                "Which file? For example: report letter.html, report board.svg, or with its kind: "
                f"report one-page sheet.html. Kinds: {', '.join(report_kinds())}."
            )
            return
        words, _, draft = rest.partition(" since ")
        self.say_written(self._told_of, report_output(self._told_of, words, since=draft.strip()))

    def do_export(self, rest: str) -> None:
        """Write the tables for analysts into a folder."""
        if not rest:
            self.say("Into which folder? For example: export leeds-data. Tables as CSV, without free text.")
            return
        self.say_written(self._told_of, tables_output(self._told_of, path_typed(rest)))

    # ------------------------------------------------------------ always

    def do_shared(self, rest: str) -> None:
        """Hide or show what is private."""
        self.workspace.shared = not self.workspace.shared
        if self.workspace.shared:
            self.say('Shared view on: your own notes and other cases are not shown. "shared" turns it off.')
        else:
            self.say("Shared view off.")

    def do_save(self, rest: str) -> None:
        """Say that everything is saved."""
        self.say(f"Everything entered is saved, each answer at once. It is {self.workspace.now():%H:%M:%S}.")

    def do_help(self, arg: str) -> None:
        """Say what can be typed here, by section; or all about one word."""
        found = word_called(arg, self.here.view) if arg else None
        if found:
            one = found[0]
            line = self._line(one)
            self.say(line + (f" Also: {', '.join(one.short)}." if one.short else ""))
            return
        for section, commands in by_section(words_in(self.here.view)):
            self.say(
                f"Words for {self.criteria.in_its_words(section)}:" if section != "always" else "Always:"
            )
            self.say_all(map(self._line, commands))
        self.say(*map(self.criteria.in_its_words, ROOM_HELP[self.here.view]))

    def _line(self, one: Command) -> str:
        """Return what help says of ``one``; its word is typed as it is, whatever the population."""
        return one.word + self.criteria.in_its_words(one.line.removeprefix(one.word))

    def do_quit(self, rest: str) -> None:
        """Stop."""
        raise Quit


def _count(tally: Tally) -> str:
    if tally.value:
        return tally.value_words
    return f"{tally.k} of {tally.n}" if tally.n else "not judged in any case"


def _listed(names: tuple[str, ...]) -> str:
    """Return "01 07 12", read aloud case by case."""
    return " ".join(names) or "none"
