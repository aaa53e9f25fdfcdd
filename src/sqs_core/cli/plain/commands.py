"""What each word does.  Every function is given what followed the word, and says where to be next."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqs_core.cli.plain import moving
from sqs_core.cli.plain.authoring import write_part
from sqs_core.cli.plain.board import board_lines
from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.ends import End, Quit
from sqs_core.cli.plain.finishing import finish_case, reopen_case
from sqs_core.cli.plain.handing import export_lines, report_lines, takeaway_lines
from sqs_core.cli.plain.interviews import items
from sqs_core.cli.plain.letter import letter_lines
from sqs_core.cli.plain.merging import merge_folder
from sqs_core.cli.plain.moderation import moderate
from sqs_core.cli.plain.notes import TITLES, come_back, discuss, put_note, write_note
from sqs_core.cli.plain.overriding import override_answer
from sqs_core.cli.plain.pacing import pace_lines
from sqs_core.cli.plain.places import CASES, Place
from sqs_core.cli.plain.proofing import cite, drafts_lines, proof_lines, say_otherwise
from sqs_core.cli.plain.question import ask_reasons, heading
from sqs_core.cli.plain.reading import open_text, quote
from sqs_core.cli.plain.review import answers_lines
from sqs_core.cli.plain.saving import sentence
from sqs_core.cli.plain.sheets import search_lines
from sqs_core.cli.plain.undoing import step
from sqs_core.cli.plain.words import WORDS, help_lines, word_called
from sqs_core.errors import SqsError, did_you_mean
from sqs_core.records.interview import refuse_name
from sqs_core.storage.check import check_inspection
from sqs_core.text import one_line, valid_case_id

Action = Callable[[Desk, Place, str], Place]


def dispatch(desk: Desk, here: Place, line: str) -> Place:
    """Do what ``line`` says; the place to be next, ``here`` to stay."""
    found = word_called(line)
    try:
        if found:
            word, rest = found
            if word.rooms and here.room not in word.rooms:
                desk.talk.say(f'"{word.name}" works {_WHERE[word.rooms]}; "goto" leads there.')
                return here
            if desk.second and word.name in FIRST_ONLY:
                desk.talk.say(f'"{word.name}" is no part of a second marking.')
                return here
            return ACTIONS[word.name](desk, here, rest)
        return _bare(desk, here, line)
    except SqsError as error:
        desk.talk.say(sentence(error))
        return here


FIRST_ONLY = (
    *("interviews", "cite", "letter", "write", "wording", "draft", "proof", "report", "export"),
    *("add", "reopen", "moderate", "merge", "override"),
)
"""Words that do nothing on second markings: what they show or change rests on the first ones."""
_WHERE = {
    ("question",): "at a question",
    ("interview",): "in an interview",
    ("question", "facts", "review"): "in a case",
}


def _bare(desk: Desk, here: Place, line: str) -> Place:
    """A line that begins with no word: "3.2", "case 9", or something not understood."""
    if "." in line or line.lower().startswith("case "):
        place = moving.called(desk, here, line)
        if isinstance(place, Place):
            return place
    desk.unclaimed = line
    if here.room == "question":
        options = desk.criteria.outcomes_of(desk.criteria.question(here.item))
        letters = " ".join(o.key for o in options)
        fits = f"a number from 1 to {len(options) + 1}, a letter ({letters}), a question such as 3.2"
        more = '; "keep" puts the line into the evidence'
    else:
        fits, more = _FITS[here.room], ""
    names = [word.name for word in WORDS if not word.rooms or here.room in word.rooms]
    close = did_you_mean(line.split()[0].lower(), names, most=0).partition(" known")[0]
    close = f" {close[0].upper()}{close[1:]}" if close.startswith("did") else ""
    desk.talk.say(f'"{one_line(line, 40)}" means nothing here.{close} Type {fits}, or "help"{more}.')
    return here


_FITS = {
    "facts": "yes, no, a value, or the number of a line",
    "cases": "the number of a case",
    "review": "the number of a line",
    "interviews": "the letter of a person",
    "interview": "the number of an answer",
}


def _goto(desk: Desk, here: Place, rest: str) -> Place:
    """Go where ``rest`` says; "goto board" is "board"."""
    found = word_called(rest)
    if found and found[0].name not in ("later", "goto"):
        return dispatch(desk, here, rest)
    return moving.goto(desk, here, rest)


def _saying(lines: Callable[[Desk, Place, str], Iterator[str] | list[str]], alone: str = "") -> Action:
    """An action that only says something; refused in the shared view where it tells of other cases."""

    def act(desk: Desk, here: Place, rest: str) -> Place:
        if alone and desk.shared:
            desk.talk.say(f'{alone} would show other cases; "shared" turns the shared view off.')
            return here
        for line in lines(desk, here, rest):
            desk.talk.say(line)
        return here

    return act


def _guidance(desk: Desk, here: Place, rest: str) -> list[str]:
    words = str(desk.criteria.question(here.item).guidance).strip()
    return [words or "There is no guidance for this question."]


def _check(desk: Desk, here: Place, rest: str) -> list[str]:
    broken, found = check_inspection(desk.folder)
    lines = [f"{'Advice: ' if p.advice else ''}{p}" for p in (*broken, *found)]
    errors = sum(not p.advice for p in found)
    return [
        *lines,
        f"{len(broken)} that cannot be read, {errors} to put right, {len(found) - errors} to think about.",
    ]


def _note(name: str) -> Action:
    def write(desk: Desk, here: Place, rest: str) -> Place:
        if rest:
            put_note(desk, here, name, rest)
        else:
            write_note(desk, here, name)
        return here

    return write


def _keep(desk: Desk, here: Place, rest: str) -> Place:
    name = rest.lower() or "evidence"
    if name not in TITLES:
        desk.talk.say(f'There is no note "{rest}"; the notes are {", ".join(TITLES)}.')
    elif not desk.unclaimed:
        desk.talk.say("There is no line to keep: every line was understood.")
    else:
        put_note(desk, here, name, desk.unclaimed)
        desk.unclaimed = ""
    return here


def _reasons(desk: Desk, here: Place, rest: str) -> Place:
    return ask_reasons(desk, here, desk.criteria.question(here.item), dispatch)


def _later(desk: Desk, here: Place, rest: str) -> Place:
    try:
        why = rest or desk.talk.ask("Why? One line, Enter for none:")
    except End:
        come_back(desk, here, "")
        raise
    come_back(desk, here, why)
    return here


def _done(desk: Desk, here: Place, rest: str) -> Place:
    if desk.record(here.case).answer(here.item).later is None:
        desk.talk.say(f"{desk.number(here.item)} was not marked to come back to.")
    else:
        come_back(desk, here, None)
    return here


def _discuss(desk: Desk, here: Place, rest: str) -> Place:
    discuss(desk, here)
    return here


def _none(desk: Desk, here: Place, rest: str) -> Place:
    if desk.change(here.case, lambda s: s.judging(here.item, None), "an answer taken away"):
        desk.talk.say(f"Answer: none. {desk.saved}")
    return here


def _add(desk: Desk, here: Place, rest: str) -> Place:
    kind, _, name = rest.partition(" ")
    name = name.strip()
    if kind.lower() not in ("case", "person") or not valid_case_id(name):
        desk.talk.say("Add what? For example: add case 15, or add person G. A reference, never a name.")
        return here
    if kind.lower() == "person":
        if name not in desk.folder.people():
            refuse_name(name)
            desk.change_interview(name, lambda p: p, f"interview {name}")
            desk.talk.say(f"Interview {name} added. {desk.saved}")
        return Place("interview", name, items(desk)[0])
    if name in desk.folder.case_ids():
        desk.talk.say(f"There is a case {name} already.")
    else:
        desk.folder.add_case(desk.folder.new_case(name))
        desk.talk.say(f"Case {name} added. {desk.saved}")
    return Place("question", name) if not desk.record(name).blank else Place("facts", name, "all")


def _write(desk: Desk, here: Place, rest: str) -> Place:
    if desk.shared:
        desk.talk.say('The letter tells of other cases; "shared" turns the shared view off.')
    else:
        write_part(desk, rest)
    return here


def _shared(desk: Desk, here: Place, rest: str) -> Place:
    desk.shared = not desk.shared
    if desk.shared:
        desk.talk.say('Shared view on: your own notes and other cases are not shown. "shared" turns it off.')
    else:
        desk.talk.say("Shared view off.")
    return here


def _save(desk: Desk, here: Place, rest: str) -> list[str]:
    return [f"Everything entered is saved, each answer at once. It is {desk.now():%H:%M:%S}."]


def _quit(desk: Desk, here: Place, rest: str) -> Place:
    raise Quit


def _to(place: Callable[[Place], Place]) -> Action:
    return lambda desk, here, rest: place(here)


ACTIONS: dict[str, Action] = {
    "next": moving.go_next,
    "back": moving.go_back,
    "forward": moving.in_order(1),
    "backward": moving.in_order(-1),
    "goto": _goto,
    "cases": _to(lambda here: CASES),
    "facts": _to(lambda here: Place("facts", here.case)),
    "review": _to(lambda here: Place("review", here.case)),
    "interviews": moving.interviews,
    "read": _saying(lambda desk, here, rest: heading(desk, here.case, desk.criteria.question(here.item))),
    "guidance": _saying(_guidance),
    "reasons": _reasons,
    **{name: _note(name) for name in TITLES},
    "keep": _keep,
    "text": _saying(open_text),
    "quote": quote,
    "later": _later,
    "done": _done,
    "discuss": _discuss,
    "none": _none,
    "answers": _saying(lambda desk, here, rest: answers_lines(desk, here.case)),
    "takeaway": _saying(lambda desk, here, rest: takeaway_lines(desk, here.case, rest)),
    "finish": finish_case,
    "reopen": reopen_case,
    "override": override_answer,
    "moderate": moderate,
    "merge": merge_folder,
    "undo": step(redo=False),
    "redo": step(redo=True),
    "board": _saying(lambda desk, here, rest: board_lines(desk, rest), "The board"),
    "letter": _saying(lambda desk, here, rest: letter_lines(desk, rest), "The letter"),
    "write": _write,
    "wording": say_otherwise,
    "draft": _saying(lambda desk, here, rest: drafts_lines(desk, rest), "The letter"),
    "proof": _saying(lambda desk, here, rest: proof_lines(desk, rest), "The letter"),
    "cite": cite,
    "report": _saying(lambda desk, here, rest: report_lines(desk, rest)),
    "export": _saying(lambda desk, here, rest: export_lines(desk, rest)),
    "pace": _saying(lambda desk, here, rest: pace_lines(desk, rest), "The pace"),
    "check": _saying(_check, "This check"),
    "search": _saying(lambda desk, here, rest: search_lines(desk, rest)),
    "add": _add,
    "shared": _shared,
    "save": _saying(_save),
    "help": _saying(lambda desk, here, rest: help_lines(here.room, rest)),
    "quit": _quit,
}
