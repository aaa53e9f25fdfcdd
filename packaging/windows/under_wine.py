"""Try the Windows package on Linux: unpack it, run its commands piped and in a console, drive its screens.

    python3.13 packaging/windows/under_wine.py dist/sqs-0.1.0-windows-x64.zip --tests tests/platform

Needs Debian's wine64.  It is the real Python of python.org that runs; what Wine 8 lacks is filled in on
the copy that is tried, never in the package.  Ends with exit 1 where a command ends in a traceback or
with another exit code than is written here, or a test fails.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
import zipfile
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WINE = next((found for name in ("wine64", "/usr/lib/wine/wine64") if (found := shutil.which(name))), "")
PROGRAMS = "drive_c/users/Public/My Programs"
DOCUMENTS = "drive_c/users/Public/My inspections"
WINDOWS_DOCUMENTS = "C:\\users\\Public\\My inspections"
TESTING = ("pytest>=9", "hypothesis>=6.130")

# The exit code that is right, and the command; a bar is a blank in a word.
COMMANDS = (
    (0, "--version"),
    (0, "--help"),
    (0, "help exit-codes"),
    (0, "new leeds --service Gwasanaeth|Tŷ|Newydd --dates 2026-11-23..2026-11-25 --cases 3"),
    (0, "fact leeds 01 rosh_identified=yes custody=no"),
    (0, "answer leeds 01 lor.assess sufficient --evidence ✓|Tŷ|→|“9”|–|né"),
    (0, "case add leeds 07a"),
    (0, "case import leeds facts.csv --apply"),
    (2, "case add leeds 07A"),
    (0, "interview leeds A --role case-manager staff.wanted=yes"),
    (0, "show leeds 07A"),
    (0, "show leeds 01"),
    (0, "show leeds 01 --json"),
    (0, "view leeds 01"),
    (0, "screen leeds --plain"),
    (0, "summary leeds"),
    (0, "history leeds"),
    (0, "verify leeds"),
    (0, "status leeds"),
    (0, "demo darlington --no-tui"),
    (0, "check darlington"),
    (0, "summary darlington --csv"),
    (0, "letter map darlington"),
    (0, "letter check darlington darlington\\letter.html"),
    (1, "letter disclose darlington"),
    (0, "letter details darlington --salutation Dear|Tŷ"),
    (0, "letter write darlington summary --text Work|was|good."),
    (0, "letter figures darlington roh"),
    (0, "letter wording darlington 2.2"),
    (0, "letter left darlington"),
    (0, "letter undo darlington"),
    (0, "letter redo darlington"),
    (0, "letter draft darlington"),
    (0, "letter compare darlington"),
    (0, "letter propose darlington"),
    (0, "letter accuracy darlington"),
    (0, "report --list"),
    (0, "report darlington -r docx -r pdf -r odt -o letters\\"),
    (0, "takeaway darlington 07"),
    (0, "actions darlington"),
    (0, "action add darlington --area ii --action Train|the|team --due 2027-01-31"),
    (0, "action set darlington 1 --state started --note Tŷ:|half|of|them --who AB"),
    (0, "action list darlington --overdue"),
    (0, "action bring darlington thematic.csv --source Tŷ|Newydd"),
    (3, "letter left synced"),
    (0, "letter left synced --drop 1"),
    (1, "compare synced darlington"),
    (0, "agreement darlington"),
    (0, "calibrate darlington --to jo-1 --inspector JO"),
    (0, "finish darlington 07"),
    (0, "reopen darlington 07 --why a|slip"),
    (0, "override darlington 07 roh.plan sufficient --why seen --authority CN"),
    (0, "export darlington --to out"),
    (0, "programme darlington --csv"),
    (1, "merge darlington leeds"),
    (0, "hold darlington --why a|complaint"),
    (5, "purge darlington 07 --why retention --apply"),
    (0, "criteria migrate darlington --to local-audit"),
    (0, "second draw darlington --n 1 --seed 11"),
    (0, "second status darlington"),
    (0, "criteria list"),
    (0, "criteria show sqs-2012"),
    (0, "criteria diff sqs-2012 local-audit"),
    (0, "criteria new my-audit.toml"),
    (0, "criteria lint my-audit.toml"),
    (0, "criteria preview sqs-2012 --fact custody=yes"),
    (2, "criteria letter my-audit.toml --to its-letter.toml"),
    (0, "criteria export sqs-2012 --to audit.xlsx"),
    (2, "criteria import audit.xlsx --to spring.toml"),
    (0, "criteria import audit.xlsx --to sqs-2012.toml"),
    (0, "synth practice --cases 5 --seed 4"),
    (0, "sample practice.csv --n 2 --seed 7 --any-date"),
    (0, "schema case"),
    (0, "completion powershell"),
    (0, "plugins"),
    (0, "doctor darlington"),
    (2, "tui leeds"),
)

# What these commands read.
TABLES = {
    "practice.csv": "case,order_type\nY1,RO\nY2,YRO\nY3,YRO\n",
    "facts.csv": "case,custody\n03,no\n",
    "thematic.csv": "action,owner,due,shown_by\nTrain the team in Tŷ,AB,2027-01-31,records\n",
}

# What screens.py leaves of the question that was answered with no.
SCREENED = '''outcome = "insufficient"
reasons = [
    "late",
    "other",
]
evidence = """
Tŷ “9”: three weeks late 📞
Seen in the editor: Mold"""
'''


def main() -> int:
    """Try the package, then the tests."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path, help="the zip that build.py made")
    parser.add_argument("--msi", type=Path, help="the MSI: installed, and asked for its version")
    parser.add_argument("--tests", nargs="*", default=[], help="tests to run with its Python")
    parser.add_argument("--needs", nargs="*", default=[], help="packages that these tests import besides")
    args = parser.parse_args()
    if not WINE:
        print("Wine is not installed: Windows was not tried (Debian: apt-get install wine64)")
        return 0
    with tempfile.TemporaryDirectory() as name:
        trial = Trial(Path(name), args.package)
        try:
            trial.add("pyte>=0.8.2", *((*TESTING, *args.needs) if args.tests else ()))
            trial.commands()
            trial.in_a_console()
            trial.screens()
            if args.msi:
                trial.installed(args.msi)
            if args.tests:
                trial.tests(args.tests)
        finally:
            trial.end()
    for line in trial.wrong:
        print(f"WRONG {line}")
    print(f"Windows under Wine: {len(trial.wrong)} wrong")
    return 1 if trial.wrong else 0


class Trial:
    """A Wine of its own with the package unpacked in a folder whose name has a blank."""

    def __init__(self, work: Path, package: Path) -> None:
        self.work = work
        self.wrong: list[str] = []
        self.began = time.monotonic()
        # Python dies at its start where a stream is a Unix file or /dev/null, so all are pipes.
        self.environment = {**os.environ, "WINEPREFIX": str(work / "wine"), "WINEDEBUG": "-all"}
        self.environment.pop("TERM", None)  # no shell of Windows has it
        self.prefix = work / "wine"
        self.said("a new Wine")
        self.wine("wineboot", "-i")
        self.wine("winecfg", "-v", "win10")
        self.prefix.joinpath("drive_c/windows/system32/bcryptprimitives.dll").write_bytes(bcryptprimitives())
        programs = self.prefix / PROGRAMS
        with zipfile.ZipFile(package) as archive:
            archive.extractall(programs)
        self.folder = next(programs.iterdir())
        fill_gaps(self.folder)
        self.documents = self.prefix / DOCUMENTS
        self.documents.mkdir(parents=True)
        self.python = self.folder / "python" / "python.exe"

    def add(self, *packages: str) -> None:
        """Give the copy of the package's Python what only trying it needs."""
        site = self.work / "needed"
        pip = [sys.executable, "-m", "pip", "install", "-q", "--target", str(site)]
        windows = ["--platform=win_amd64", "--python-version=3.13", "--only-binary=:all:"]
        subprocess.run([*pip, *windows, *packages], capture_output=True, check=True)
        pth = self.folder / "python" / "python313._pth"
        pth.write_text(f"{pth.read_text()}Z:{site}\n")

    def ordinary_python(self) -> Path:
        """Return a Python as one installs it, with what sqs needs and no plugin, as the tests expect it.

        It heeds PYTHONPATH and PYTHONIOENCODING, which tests set; the package's own does not.
        """
        folder = self.prefix / "drive_c/users/Public/Python"
        for source, target, but in (
            ("python", folder, ("*._pth",)),
            ("site", folder / "Lib" / "site-packages", ("sqs_docx*", "sqs_odf*", "sqs_pdf*", "sqs_xlsx*")),
        ):
            left_out = shutil.ignore_patterns(*but)
            shutil.copytree(self.folder / source, target, copy_function=os.link, ignore=left_out)
        (folder / "Lib" / "site-packages" / "needed.pth").write_text(f"Z:{self.work / 'needed'}\n")
        return folder / "python.exe"

    def said(self, what: str) -> None:
        """Say what comes now, and after how many seconds."""
        print(f"-- {what} ({time.monotonic() - self.began:.0f} s)", flush=True)

    def wine(self, *command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
        """Run a program of Windows with pipes for streams."""
        return subprocess.run(
            [WINE, *map(str, command)],
            input=b"",
            capture_output=True,
            env=self.environment,
            cwd=cwd,
            check=False,
        )

    def expect(self, code: int, done: subprocess.CompletedProcess[bytes], what: str) -> None:
        """Note where ``done`` ended otherwise than with ``code``, in a traceback, or not in UTF-8."""
        said = done.stdout + done.stderr
        if done.returncode != code or b"Traceback" in said or not is_utf8(said):
            self.wrong.append(
                f"{what}: exit {done.returncode}, not {code}\n{said.decode('utf-8', 'replace')[-2000:]}"
            )

    def commands(self) -> None:
        """Run the commands through pipes, and one that is none."""
        self.said("commands in pipes")
        lines = self.work / "commands.txt"
        lines.write_text("".join(f"{line}\n" for _, line in COMMANDS), "utf-8")
        for name, table in TABLES.items():
            (self.documents / name).write_text(table, "utf-8")
        synced = Path(shutil.copytree(ROOT / "examples" / "darlington-2012", self.documents / "synced"))
        shutil.copy(synced / "cases/07.toml", synced / "cases/07-LAPTOP123.toml")
        done = self.wine(self.python, HERE / "commands.py", f"Z:{lines}", cwd=self.documents)
        self.expect(0, done, "the commands")
        ended = re.findall(r"^##### (.*)$", done.stdout.decode("utf-8", "replace"), re.MULTILINE)
        for found, right in zip_longest(ended, [f"{code} {line}" for code, line in COMMANDS]):
            if found != right:
                self.wrong.append(f"sqs: {found}, where this was right: {right}")
        self.said("sqs.cmd")
        self.expect(2, self.wine("cmd", "/c", self.folder / "sqs.cmd", "nonsense"), "sqs.cmd")
        if not (self.documents / "synced-set-aside" / "cases-07-LAPTOP123.toml").is_file():
            self.wrong.append("the commands: a copy that a sync program made was not moved out")
        self.written("the commands", self.documents / "letters", "letter", ("docx", "pdf", "odt"))

    def in_a_console(self) -> None:
        """Run a command in a console: what it prints arrives, and it knows that somebody is there."""
        self.said("sqs.exe in a console")
        code, said = self.on_console(self.folder / "sqs.exe", "doctor", "darlington")
        if code != 0 or "console" not in said or "Traceback" in said:
            self.wrong.append(f"sqs doctor in a console: exit {code}\n{said[-2000:]}")

    def on_console(self, *command: str | Path) -> tuple[int, str]:
        """Run a program in a pseudo-terminal, its console: its exit code and what it drew."""
        master, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        process = subprocess.Popen(
            [WINE, *map(str, command)],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=self.environment,
            cwd=self.documents,
            start_new_session=True,
        )
        os.close(terminal)
        said = bytearray()
        end = time.monotonic() + 300
        while time.monotonic() < end:
            if select.select([master], [], [], 0.2)[0]:
                try:
                    said += os.read(master, 1 << 16)
                except OSError:  # nobody has the terminal any more
                    break
            elif process.poll() is not None:
                break
        if process.poll() is None:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        os.close(master)
        return process.wait(), said.decode("utf-8", "replace")

    def screens(self) -> None:
        """Screen a case on the terminal screens, key by key, write its letter, and look at what is there."""
        self.said("the screens")
        editor = self.documents / "my editor.cmd"
        editor.write_bytes(b'@echo Seen in the editor: Mold>>"%~1"\r\n')
        self.environment["VISUAL"] = f'"{WINDOWS_DOCUMENTS}\\{editor.name}"'
        seen = self.work / "seen.txt"
        code, said = self.on_console(self.python, HERE / "screens.py", f"Z:{seen}", "leeds")
        text = seen.read_text("utf-8") if seen.exists() else "nothing was drawn"
        if code != 0 or "in vain" in text:
            self.wrong.append(f"the screens: exit {code}\n{text[-4000:]}\n{said[-500:]}")
        record = (self.documents / "leeds/cases/02.toml").read_text("utf-8")
        if SCREENED not in record:
            self.wrong.append(f"the screens: another record\n{record}")
        self.written("the screens", self.documents / "leeds", "letter two", ("docx", "pdf"))

    def written(self, who: str, folder: Path, name: str, formats: Sequence[str]) -> None:
        """Note where a letter is not there in each format."""
        for ending in formats:
            path = folder / f"{name}.{ending}"
            if not (path.is_file() and path.read_bytes().startswith(b"%PDF" if ending == "pdf" else b"PK")):
                self.wrong.append(f"{who}: {path.name} is not there, or is something else")

    def installed(self, msi: Path) -> None:
        """Install the MSI and ask what it put into Program Files for its version."""
        self.said("the MSI")
        self.expect(0, self.wine("msiexec", "/i", msi.resolve(), "/qn"), "msiexec")
        folder = self.prefix / "drive_c/Program Files/sqs"
        if not folder.is_dir():
            self.wrong.append("the MSI put nothing into Program Files")
            return
        fill_gaps(folder)
        self.expect(0, self.wine(folder / "sqs.exe", "--version"), "sqs.exe in Program Files")
        self.expect(0, self.wine("msiexec", "/x", msi.resolve(), "/qn"), "msiexec /x")

    def tests(self, paths: list[str]) -> None:
        """Run tests of the checkout with the Python of the package."""
        self.said("tests")
        options = (
            "-p",
            "no:cacheprovider",
            "-o",
            "addopts=",
            "--import-mode=importlib",
            "-q",
            "--tb=short",
            "-rfE",
        )
        done_tests = self.wine(
            self.ordinary_python(), "-X", "utf8", "-m", "pytest", *options, *paths, cwd=ROOT
        )
        said = (done_tests.stdout + done_tests.stderr).decode("utf-8", "replace")
        print(re.sub(r"\A.*(?=\n={5,} short test summary)", "", said, flags=re.DOTALL).strip()[-3000:])
        if done_tests.returncode:
            self.wrong.append(f"tests: exit {done_tests.returncode}\n{said[-6000:]}")

    def end(self) -> None:
        """Stop this Wine."""
        server = next((s for n in ("wineserver", "/usr/lib/wine/wineserver64") if (s := shutil.which(n))), "")
        if server:
            subprocess.run([server, "-k"], env=self.environment, capture_output=True, check=False)
            subprocess.run([server, "-w"], env=self.environment, capture_output=True, check=False, timeout=60)


def is_utf8(data: bytes) -> bool:
    """Return whether ``data`` is text in UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def fill_gaps(folder: Path) -> None:
    """Take away of a copy of the package what Wine 8 cannot do, and real Windows can."""
    (folder / "python" / "_wmi.pyd").unlink()  # propsys.VariantToString is not implemented there
    # KERNEL32.CopyFile2 neither; this module is imported by each start of the program.
    (folder / "site" / "sitecustomize.py").write_text("import _winapi\ndel _winapi.CopyFile2\n")
    pth = folder / "python" / "python313._pth"
    pth.write_text(pth.read_text() + "import site\n")


def bcryptprimitives() -> bytes:
    """Return a library that Wine 8 lacks: packages in Rust take random bytes from it; another has them.

    It is one section with an export table whose only entry, ProcessPrng, is a forwarder.
    """
    at, raw, aligned = 0x1000, 0x200, 0x200
    name, export, forward = b"bcryptprimitives.dll\0", b"ProcessPrng\0", b"advapi32.SystemFunction036\0"
    tables = at + 40  # after the export directory: one function, one name, one ordinal
    texts = tables + 12
    names = (texts, texts + len(name), texts + len(name) + len(export))
    directory = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, names[0], 1, 1, 1, tables, tables + 4, tables + 8)
    data = directory + struct.pack("<IIHH", names[2], names[1], 0, 0) + name + export + forward
    head = b"MZ" + bytes(58) + struct.pack("<I", 64)
    head += struct.pack("<4sHHIIIHH", b"PE\0\0", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    head += struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, aligned, 0, 0, at)
    head += struct.pack(
        "<QIIHHHHHHIIIIHH", 0x180000000, 0x1000, aligned, 6, 0, 0, 0, 6, 0, 0, 0x2000, raw, 0, 3, 0x160
    )
    head += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    head += struct.pack("<II", at, len(data)) + bytes(15 * 8)
    head += struct.pack("<8sIIIIIIHHI", b".rdata", len(data), at, aligned, raw, 0, 0, 0, 0, 0x40000040)
    return head.ljust(raw, b"\0") + data.ljust(aligned, b"\0")


if __name__ == "__main__":
    raise SystemExit(main())
