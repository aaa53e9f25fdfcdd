"""Each way a plugin can misbehave, as a real distribution on disk, and the sentence the user sees."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CHECKOUT, Run
from systems import ABORTED, posix, signals

HEAD = """
import os, sys, time
from sqs_core.plugins import Renderer, hookimpl

def render(report):
    {body}

def prepare():
    {ahead}

@hookimpl
def sqs_register_renderers():
    return [Renderer("{name}", ".txt", "text/plain", "a test", render, prepare=prepare)]
"""
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Lay a distribution ``sqs-NAME`` 1.2 where Python finds it, as an installer would."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH")))))

    def lay(name: str, source: str = "", *, body: str = "", offers: str = "", ahead: str = "pass") -> None:
        module = f"sqs_{name}"
        (site / f"{module}.py").write_text(source or HEAD.format(name=offers or name, body=body, ahead=ahead))
        info = site / f"{module}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: sqs-{name}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[sqs]\n{name} = {module}\n")

    return lay


def without_draft(stderr: str) -> str:
    """``stderr`` without the line that says that the example is not finished."""
    return "".join(line for line in stderr.splitlines(True) if not line.startswith("DRAFT: "))


def begin(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """``sqs report`` of ``folder`` as the first of a process group of its own."""
    paths = os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT / "criteria"), os.environ["PYTHONPATH"]))
    return subprocess.Popen(
        [sys.executable, "-m", "sqs_core.cli", "report", str(folder), *options],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("raise ValueError('no such font')", "ValueError: no such font"),
        ("return None", "it gave NoneType instead of a file"),
        ("return 'text'", "it gave str instead of a file"),
        ("return b''", "it gave no bytes instead of a file"),
        ("sys.exit(0)", "it called sys.exit(0)"),
        ("os._exit(0)", "it ended its process with exit code 0"),
        ("os.abort()", ABORTED),
        ("import a_module_nobody_has", "ModuleNotFoundError: No module named 'a_module_nobody_has'"),
        ("report.document.title = 'mine'", "FrozenInstanceError: can't set attribute"),
    ],
)
def test_a_renderer_that_fails_writes_nothing_and_is_named_with_its_distribution(
    sqs: Run, install: Install, leeds: Path, tmp_path: Path, body: str, sentence: str
) -> None:
    install("bad", body=body)
    done = sqs("report", leeds, "-r", "bad", "-o", tmp_path / "letter.txt")
    assert done.returncode == 4
    assert done.stderr == f"sqs: renderer 'bad' of sqs-bad 1.2 failed: {sentence}; it wrote nothing\n"
    assert not (tmp_path / "letter.txt").exists()


def test_a_renderer_that_hangs_is_stopped_after_the_time_limit(
    sqs: Run, install: Install, leeds: Path
) -> None:
    install("slow", body="time.sleep(60)")
    done = sqs("report", leeds, "-r", "slow", "--time-limit", "0.2")
    assert done.returncode == 4
    assert "'slow' of sqs-slow 1.2 failed: it took longer than 0.2 seconds and was stopped" in done.stderr


@pytest.mark.parametrize("seconds", ["-1", "nan", "inf"])
def test_a_time_limit_that_is_none_is_refused(sqs: Run, leeds: Path, seconds: str) -> None:
    done = sqs("report", leeds, "--time-limit", seconds)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"sqs: --time-limit takes 0 (never) to 86400 seconds, not {seconds}\n"


def test_what_a_renderer_prepares_is_there_when_it_renders(sqs: Run, install: Install, leeds: Path) -> None:
    install("keen", ahead="sys.modules['ready'] = 'ready'", body="return sys.modules['ready'].encode()")
    assert sqs("report", leeds, "-r", "keen").stdout == "ready"


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        ("import a_module_nobody_has", "ModuleNotFoundError: No module named 'a_module_nobody_has'"),
        ("os._exit(3)", "it ended its process with exit code 3"),
        ("time.sleep(60)", "it took longer than 0.5 seconds and was stopped"),
    ],
)
def test_a_renderer_that_fails_before_there_is_a_report_is_told_likewise(
    sqs: Run, install: Install, tmp_path: Path, ahead: str, sentence: str
) -> None:
    # Its report is larger than a pipe holds, and nobody reads it.
    assert sqs("synth", tmp_path / "many", "--cases", "200").returncode == 0
    install("bad", ahead=ahead, body="return b'fine'")
    done = sqs("report", tmp_path / "many", "-r", "bad", "--time-limit", "0.5")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.splitlines()[-1] == (
        f"sqs: renderer 'bad' of sqs-bad 1.2 failed: {sentence}; it wrote nothing"
    )


PIPES = """
import gc
from multiprocessing.connection import Connection
pipes = [each.fileno() for each in gc.get_objects() if isinstance(each, Connection)]
"""


@posix
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "[os.write(pipe, bytes([0, 0, 0, 99]) + b'half') for pipe in pipes]; os._exit(3)",
            "it ended its process with exit code 3",
        ),
        (
            "[os.close(pipe) for pipe in pipes]; time.sleep(60)",
            "it took longer than 0.5 seconds and was stopped",
        ),
        ("os.closerange(3, 256); time.sleep(60)", "it took longer than 0.5 seconds and was stopped"),
    ],
)
def test_a_renderer_that_meddles_with_the_pipe_it_answers_through_is_told_likewise(
    sqs: Run, install: Install, leeds: Path, body: str, sentence: str
) -> None:
    install("bad", body=f"exec({PIPES!r}, globals()); {body}")
    done = sqs("report", leeds, "-r", "bad", "--time-limit", "0.5")
    assert (done.returncode, done.stdout, without_draft(done.stderr)) == (
        4,
        "",
        f"sqs: renderer 'bad' of sqs-bad 1.2 failed: {sentence}; it wrote nothing\n",
    )


@posix
def test_where_the_records_cannot_be_read_no_renderer_is_left_waiting(install: Install, leeds: Path) -> None:
    install("keen", body="return b'fine'")
    (leeds / "cases" / "01.toml").write_text("case = ")
    running = begin(leeds, "-r", "keen")
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (3, b"")
    assert b"cases/01.toml:1" in err
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)


@signals
def test_ctrl_c_ends_a_renderer_that_hangs(install: Install, leeds: Path, tmp_path: Path) -> None:
    install("slow", body=f"open({str(tmp_path / 'begun')!r}, 'w').close(); time.sleep(60)")
    running = begin(leeds, "-r", "slow", "--time-limit", "0")
    while not (tmp_path / "begun").exists():
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (130, b"", b"")


def test_what_a_renderer_prints_does_not_end_up_in_the_letter(
    sqs: Run, install: Install, leeds: Path
) -> None:
    install("chatty", body="print('hello'); os.write(1, b'from C'); return b'the letter'")
    done = sqs("report", leeds, "-r", "chatty")
    assert (done.returncode, done.stdout, without_draft(done.stderr)) == (0, "the letter", "")


def test_a_renderer_that_fails_does_not_cost_the_other_formats(
    sqs: Run, install: Install, leeds: Path, tmp_path: Path
) -> None:
    install("bad", body="raise ValueError('no')")
    done = sqs("report", leeds, "-r", "text", "-r", "bad", "-o", tmp_path / "out")
    assert done.returncode == 4
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.txt"]
    assert "sqs: renderer 'bad' of sqs-bad 1.2 failed: ValueError: no; it wrote nothing\n" in done.stderr


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "import a_module_nobody_has",
            "loading: ModuleNotFoundError: it needs the module 'a_module_nobody_has', which is not installed",
        ),
        ("def broken(:", "loading: SyntaxError: invalid syntax (sqs_bad.py, line 1)"),
        ("import sys; sys.exit(0)", "loading: it called sys.exit(0)"),
        ("raise RuntimeError('not today')", "loading: RuntimeError: not today"),
        (
            "from sqs_core.plugins import hookimpl\n@hookimpl\ndef sqs_register_renderer():\n    return []",
            "registering: there is no hook 'sqs_register_renderer'; did you mean 'sqs_register_renderers'? "
            "known: sqs_register_renderers, sqs_register_criteria, sqs_register_readers",
        ),
        (
            "def sqs_register_renderers():\n    return []",
            "registering: offers nothing: it has none of the hooks "
            "sqs_register_renderers, sqs_register_criteria, sqs_register_readers",
        ),
        (
            "from sqs_core.plugins import hookimpl\n@hookimpl\ndef sqs_register_renderers():\n    pass",
            "asking for renderers: sqs_register_renderers gave NoneType, not a list of what it offers",
        ),
        (
            "from sqs_core.plugins import hookimpl\n@hookimpl\ndef sqs_register_renderers():\n    return ['html']",
            "asking for renderers: a renderer must be a sqs_core.plugins.Renderer, not str",
        ),
        (
            "from sqs_core.plugins import hookimpl\n@hookimpl\ndef sqs_register_criteria():\n    return [1]",
            "asking for criteria: a criteria version must be a .toml file, not int",
        ),
        (
            HEAD.format(name="bad", body="return b'x'", ahead="pass").replace(
                "prepare=prepare", "stem='../bad'"
            ),
            "asking for renderers: the stem of 'bad' must be a file's name such as 'letter', not '../bad'",
        ),
        (
            HEAD.format(name="bad", body="return b'x'", ahead="pass").replace(
                "prepare=prepare", "options=['fonts']"
            ),
            "asking for renderers: the options of 'bad' must be a mapping of names to what they do, "
            "not ['fonts']",
        ),
        (
            HEAD.format(name="bad", body="return b'x'", ahead="pass").replace(
                "renderers():", "renderers(config):"
            ),
            "registering: a hook takes no arguments; sqs_register_renderers, sqs_register_criteria, "
            "sqs_register_readers are called with none",
        ),
        (
            HEAD.format(name="My Renderer", body="return b'x'", ahead="pass"),
            "asking for renderers: a renderer's name is small letters, digits and hyphens, not 'My Renderer'",
        ),
    ],
)
def test_a_plugin_that_does_not_load_is_told_and_costs_only_its_own_offer(
    sqs: Run, install: Install, leeds: Path, source: str, sentence: str
) -> None:
    install("bad", source)
    install("good", body="return b'fine'")
    listed = sqs("plugins")
    assert listed.returncode == 4
    assert listed.stdout.splitlines()[-1] == f"failed: plugin 'bad' of sqs-bad 1.2: {sentence}"
    done = sqs("report", leeds, "-r", "good")
    told = f"sqs: plugin 'bad' of sqs-bad 1.2: {sentence}\n"
    assert (done.stdout, without_draft(done.stderr)) == ("fine", told)


def test_a_plugin_that_hangs_while_it_loads_is_stopped(install: Install, tmp_path: Path) -> None:
    install("slow", "import time; time.sleep(60)")
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from sqs_core.plugins import registry\n"
        "registry.LOAD_SECONDS = 0.2\n"
        "print(*registry.load_plugins().faults)"
    )
    command = [sys.executable, "-c", code, str(CHECKOUT / "src"), str(CHECKOUT / "criteria")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout == (
        "plugin 'slow' of sqs-slow 1.2: loading: it took longer than 0.2 seconds and was stopped\n"
    )


def test_where_what_writes_such_files_failed_to_load_that_is_said(
    install: Install, leeds: Path, sqs: Run
) -> None:
    install("docx", "raise OSError('no disk')")
    refused = sqs("report", leeds, "-o", "letter.docx")
    assert refused.returncode == 4
    assert refused.stderr.splitlines()[-1] == (
        "sqs: plugin 'docx' of sqs-docx 1.2: loading: OSError: no disk; "
        "try again, and where it stays so, install it anew"
    )


def test_of_two_distributions_with_one_name_neither_is_used_until_one_is_chosen(
    sqs: Run, install: Install, leeds: Path
) -> None:
    install("one", body="return b'one'", offers="same")
    install("two", body="return b'two'", offers="same")
    refused = sqs("report", leeds, "-r", "same")
    assert refused.returncode == 4
    assert refused.stderr == (
        "sqs: renderer 'same' is offered by sqs-one and sqs-two, so neither is used; "
        "say sqs-one:same or sqs-two:same\n"
    )
    assert sqs("report", leeds, "-r", "sqs-two:same").stdout == "two"
    listed = sqs("plugins")
    assert (listed.returncode, listed.stdout.splitlines()[-1]) == (
        4,
        "clash: renderer 'same' is offered by sqs-one and sqs-two, so neither is used; "
        "say sqs-one:same or sqs-two:same",
    )


def test_a_distribution_is_found_however_its_name_is_written(sqs: Run, install: Install, leeds: Path) -> None:
    install("odd_name", body="return b'odd'", offers="odd")
    assert sqs("report", leeds, "-r", "Sqs.Odd-Name:odd").stdout == "odd"


def test_a_format_of_ours_that_is_not_installed_is_told_with_where_it_comes_from(
    sqs: Run, leeds: Path
) -> None:
    done = sqs("report", leeds, "-r", "docx", "--no-plugins")
    assert done.stderr.startswith(
        "sqs: no renderer named 'docx' (it comes with sqs-docx, which is not installed here); "
    )


def test_what_ships_cannot_be_replaced_by_a_plugin_of_the_same_name(
    sqs: Run, install: Install, darlington: Path
) -> None:
    install("mine", body="return b'mine'", offers="text")
    assert (
        sqs("report", darlington, "-r", "text").stdout.splitlines()[2] == "Inspectorate of Casework (example)"
    )
    assert sqs("report", darlington, "-r", "sqs-mine:text").stdout == "mine"
    listed = sqs("plugins")
    assert (listed.returncode, listed.stdout.splitlines()[-1]) == (
        0,
        "clash: renderer 'text' is the one that ships; say sqs-mine:text for the other",
    )


def test_asking_for_what_a_failed_plugin_may_have_offered_tells_why_it_failed(
    sqs: Run, install: Install, leeds: Path
) -> None:
    install("bad", "raise RuntimeError('not today')")
    done = sqs("report", leeds, "-r", "bad")
    assert done.returncode == 4
    assert "no renderer named 'bad'" in done.stderr
    assert "plugin 'bad' of sqs-bad 1.2: loading: RuntimeError: not today" in done.stderr


def test_an_option_that_no_renderer_knows_is_refused(sqs: Run, leeds: Path) -> None:
    done = sqs("report", leeds, "-r", "text", "--option", "letterhead=x.docx")
    assert done.returncode == 2
    assert "no option 'letterhead' for 'text'" in done.stderr


def test_freeze_prints_the_line_that_installs_everything_again(sqs: Run, install: Install) -> None:
    install("good", body="return b'fine'")
    words = sqs("plugins", "--freeze").stdout.split()
    assert words[:4] == ["python", "-m", "pip", "install"]
    assert "sqs-good==1.2" in words
    assert any(word.startswith("sqs-screening==") for word in words)


def test_a_plugin_that_the_inspection_needs_and_lacks_is_named_when_it_is_wanted(
    sqs: Run, darlington: Path
) -> None:
    file = darlington / "inspection.toml"
    file.write_text(file.read_text().replace("[sample]", 'needs = ["sqs-cymraeg"]\n\n[sample]', 1))
    assert sqs("report", darlington, "-r", "text").returncode == 0
    done = sqs("report", darlington, "-r", "cymraeg")
    assert done.returncode == 4
    assert done.stderr.splitlines()[-1] == (
        "sqs: this inspection needs sqs-cymraeg, not installed here; "
        "install it if you know who makes it: whoever sent the folder can say, and why it is needed"
    )
    checked = sqs("check", darlington)
    assert checked.returncode == 0
    assert "C301 this inspection needs sqs-cymraeg, which is not installed" in checked.stdout
