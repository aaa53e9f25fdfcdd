"""A whole inspection in plain mode, and the transcript in the documentation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from scripts import script

Sqs = Callable[..., CompletedProcess[str]]
ROOT = Path(__file__).resolve().parents[3]
COMMANDS = """\
new leeds --service Leeds --dates 2026-11-23..2026-11-25 --cases 3
fact leeds 01 inspector=CN case_manager=KM assessed_with_case_manager=yes psr_prepared=yes order_type=YRO
answer leeds 01 lor.assess sufficient
answer leeds 01 lor.psr insufficient --reason custody --reason irrelevant --evidence Report,p.2
answer leeds 01 lor.plan sufficient --strength Joint
answer leeds 01 roh.assess not-known --later Ask
fact leeds 02 custody=yes vulnerability_identified=yes order_made=2026-09-12 order_length=8
answer leeds 02 vul.plan absent --evidence None
answer leeds 02 vul.assess sufficient --said Yes --learning More
fact leeds 03 custody=no
answer leeds 03 sen.comply not-applicable --discuss
interview leeds A staff.wanted=yes staff.training=no --role case-manager
"""
TYPED = """\
new
Leeds
2026-11-23..2026-11-25
3
1
CN
KM
1
y
done
facts
13 YRO
1.1
y
1.3
n
1 2

Report,p.2
.
1.5
1
strength
Joint
.
2.1
k
later Ask
case 2
facts
custody=yes
9 yes
15 2026-09-12
14 8
3.2
a

None
.
3.1
yes
said Yes
learning More
case 3
facts
5 no
4.6
x
discuss
add person A
1
y
yes

no
report text ../letter.txt
quit
"""


def records(folder: Path) -> dict[str, str]:
    """Every record under ``folder`` by name, without hidden files such as locks, and without the history."""
    files = sorted(folder.rglob("*.toml"))
    return {
        str(f.relative_to(folder)): f.read_text(encoding="utf-8") for f in files if not f.name.startswith(".")
    }


def test_plain_mode_and_the_commands_leave_the_same_records_and_the_same_letter(
    sqs: Sqs, tmp_path: Path
) -> None:
    by_command, by_talk = tmp_path / "commands" / "x", tmp_path / "talk" / "x"
    by_command.mkdir(parents=True)
    by_talk.mkdir(parents=True)

    for command in COMMANDS.splitlines():
        assert sqs(*command.split(), cwd=by_command).returncode == 0
    letter = sqs("report", "leeds", "-r", "text", cwd=by_command).stdout
    talk = sqs("screen", "leeds", "--plain", typed=TYPED.encode(), cwd=by_talk)

    assert talk.returncode == 0
    assert records(by_talk / "leeds") == records(by_command / "leeds")
    assert (tmp_path / "talk" / "letter.txt").read_text(encoding="utf-8") == letter


def test_practice_is_thrown_away(sqs: Sqs, tmp_path: Path) -> None:
    done = sqs("--plain", typed=("try", "7", "quit"), cwd=tmp_path, TMPDIR=str(tmp_path))

    assert "Case 07. Review." in done.stdout
    assert done.stdout.endswith("The practice was thrown away.\n")
    assert list(tmp_path.iterdir()) == []


def test_the_transcript_in_the_documentation_is_what_the_program_prints() -> None:
    module = script("docs/transcript.py")

    page = module.PAGE.read_text(encoding="utf-8")

    assert page == module.page(page), "run: PYTHONPATH=src:criteria python docs/transcript.py"
