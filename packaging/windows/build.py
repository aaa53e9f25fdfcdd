"""Build sqs for Windows on Linux: a zip to unpack anywhere, and an MSI where wixl is installed.

    python3.13 packaging/windows/build.py -o dist

Everything comes from PyPI by the versions and hashes in packages.txt, tools.txt and python.txt
(``--lock`` makes these anew); the same source gives the same bytes.  Python 3.13 is needed, as the byte
code of the program is made by it.
"""

from __future__ import annotations

import argparse
import compileall
import hashlib
import io
import os
import py_compile
import re
import shutil
import subprocess
import sys
import tempfile
import uuid
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PLUGINS = ("sqs-docx", "sqs-odf", "sqs-pdf", "sqs-xlsx")
TARGET = (
    "--platform",
    "win_amd64",
    "--python-version",
    "3.13",
    "--implementation",
    "cp",
    "--only-binary=:all:",
)
STAMP = (2026, 1, 1, 0, 0, 0)
"""The date of every file in the package: that of no build, so that each gives the same bytes."""
EPOCH = "1767225600"  # the same, in seconds
NAMESPACE = uuid.UUID("5a1c5a0e-6f0b-5d4e-9b53-0d7f2e1c9a40")
"""From which the MSI's ids are made: Windows knows an upgrade by them, so they stay."""


def main() -> int:
    """Build, or make the lock files anew."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-o", "--out", type=Path, default=ROOT / "dist", help="where to (dist)")
    parser.add_argument("--lock", action="store_true", help="write packages.txt, tools.txt and python.txt")
    parser.add_argument("--embed", type=Path, metavar="ZIP", help="another embeddable Python 3.13")
    args = parser.parse_args()
    if sys.version_info[:2] != (3, 13):
        parser.error(
            f"run it with Python 3.13, whose byte code goes into the package, not {sys.version.split()[0]}"
        )
    os.environ.update(SOURCE_DATE_EPOCH=EPOCH, PYTHONHASHSEED="0", TZ="UTC")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        if args.lock:
            lock(work)
            return 0
        args.out.mkdir(parents=True, exist_ok=True)
        folder = assemble(work, args.embed)
        made = [pack(folder, args.out / f"{folder.name}.zip")]
        if shutil.which("wixl"):
            made.append(installer(folder, args.out / f"{folder.name}.msi"))
        else:
            print("wixl is not installed: no MSI (Debian: apt-get install wixl)")
        for path in made:
            print(f"{path}  {path.stat().st_size / 1e6:.1f} MB  sha256 {digest(path)}")
    return 0


# ------------------------------------------------------------ the lock files


def lock(work: Path) -> None:
    """Write the versions and hashes that the registry gives today of what our wheels and the build need."""
    bin_ = python_with(work, "setuptools", "hatchling")
    ours = own_wheels(bin_, work)
    # A workbook of criteria is read by what an extra brings, and the package has no pip to bring it.
    with_extras = (f"{wheel}[spreadsheet]" if "screening" in wheel.name else wheel for wheel in ours)
    wanted: dict[str, tuple[str | Path, ...]] = {
        "packages": (*TARGET, *with_extras),
        "tools": ("-r", HERE / "tools.in"),
        "python": ("--no-deps", "--no-binary=:all:", "-r", HERE / "python.in"),
    }
    for name, options in wanted.items():
        pip(bin_, "download", "-q", "--no-build-isolation", "-d", work / name, *options)
        lines = []
        for path in sorted((work / name).iterdir(), key=lambda path: path.name.lower()):
            project, version = re.split(r"-(?=\d)", path.name, maxsplit=1)
            version = version.removesuffix(".tar.gz").split("-")[0]
            if path.name not in {wheel.name for wheel in ours}:
                lines.append(f"{project.replace('_', '-').lower()}=={version} --hash=sha256:{digest(path)}\n")
        (HERE / f"{name}.txt").write_text("".join(lines))
        print(f"{name}.txt: {len(lines)} packages")


def own_wheels(bin_: Path, work: Path) -> list[Path]:
    """Build the wheels of the program and of the plugins that go into the package."""
    sources = [ROOT, *(ROOT / "plugins" / name for name in PLUGINS)]
    pip(bin_, "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", work / "ours", *sources)
    return sorted((work / "ours").iterdir())


def python_with(work: Path, *options: str | Path) -> Path:
    """Make an environment with what ``options`` of pip say, and give the folder of its programs."""
    run(sys.executable, "-m", "venv", "--without-pip", work / "venv")
    pip(work / "venv/bin", "install", "-q", *options)
    return work / "venv/bin"


def pip(bin_: Path, *words: str | Path) -> None:
    """Run the pip of this Python for the environment whose programs are in ``bin_``."""
    run(sys.executable, "-m", "pip", "--python", bin_ / "python", *words)


# ------------------------------------------------------------ the folder


def assemble(work: Path, embed: Path | None) -> Path:
    """Put the folder together that gets packed, and give it."""
    bin_ = python_with(work, "--require-hashes", "-r", HERE / "tools.txt")
    ours = own_wheels(bin_, work)
    download(bin_, work / "wheels", "packages", *TARGET)
    version = next(wheel.name.split("-")[1] for wheel in ours if "screening" in wheel.name)
    folder = work / f"sqs-{version}-windows-x64"
    for wheel in (*ours, *sorted((work / "wheels").iterdir())):
        unpack(wheel, folder / "site")
    write_python(bin_, work, folder / "python", embed)
    for name in ("sqs.cmd", "START.txt"):
        # cmd reads no file safely whose lines end in LF alone.
        (folder / name).write_bytes((HERE / name).read_bytes().replace(b"\n", b"\r\n"))
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    write_launcher(bin_, folder)
    compile_all(folder / "site")
    return folder


def download(bin_: Path, folder: Path, name: str, *options: str) -> None:
    """Fetch into ``folder`` what a lock file names, and nothing whose hash is another."""
    listed = ("--no-deps", "--require-hashes", "-r", HERE / f"{name}.txt")
    pip(bin_, "download", "-q", "-d", folder, *options, *listed)


def unpack(wheel: Path, site: Path) -> None:
    """Put the packages of ``wheel`` into ``site``, with its metadata and licences."""
    with zipfile.ZipFile(wheel) as archive:
        # Not "NAME.data/": manual pages and programs, which have no use here.
        names = [name for name in archive.namelist() if not name.split("/")[0].endswith(".data")]
        archive.extractall(site, names)


def write_python(bin_: Path, work: Path, folder: Path, embed: Path | None) -> None:
    """Write the embeddable Python as it was signed, but for the file that says where packages are."""
    if embed is None:
        download(bin_, work / "embed", "python", "--no-build-isolation", "--no-binary=:all:")
        source = next((work / "embed").iterdir())
        shutil.unpack_archive(source, work / "embed", filter="data")
        embed = next((work / "embed").glob("*/src3.13/*/data.zip"))
    with zipfile.ZipFile(embed) as archive:
        for name in archive.namelist():
            if not name.endswith("/"):
                target = folder / name.removeprefix("cp313/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
    # Without "import site": nothing of the computer's own Pythons gets in.
    (folder / "python313._pth").write_text("python313.zip\r\n.\r\n..\\site\r\n", newline="")


def write_launcher(bin_: Path, folder: Path) -> None:
    """Write sqs.exe: the launcher that pip uses, told where Python is and what to run."""
    distlib = next((bin_.parent / "lib").glob("python*/site-packages/distlib"))
    program = io.BytesIO()
    with zipfile.ZipFile(program, "w") as archive:
        archive.writestr(zipfile.ZipInfo("__main__.py", STAMP), (HERE / "launcher.py").read_bytes())
    launcher = (distlib / "t64.exe").read_bytes()
    (folder / "sqs.exe").write_bytes(
        launcher + b"#!<launcher_dir>\\python\\python.exe\r\n" + program.getvalue()
    )
    licence = next(distlib.parent.glob("distlib-*.dist-info/**/LICENSE.txt"))
    shutil.copy(licence, folder / "LICENSE-launcher.txt")


def compile_all(site: Path) -> None:
    """Make the byte code: a folder that cannot be written, such as Program Files, would never get any."""
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH  # whatever dates unpacking gives
    if not compileall.compile_dir(site, quiet=1, stripdir=site, prependdir="site", invalidation_mode=mode):
        raise SystemExit("byte code could not be made")


# ------------------------------------------------------------ zip and MSI


def pack(folder: Path, target: Path) -> Path:
    """Write the zip: one folder, its files in the order of their names and of one date."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files_of(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return target


def installer(folder: Path, target: Path) -> Path:
    """Write the MSI, which puts the folder into Program Files for everybody of the computer."""
    source = folder.with_name("sqs.wxs")
    source.write_text(wix(folder))
    for path in files_of(folder):
        os.utime(path, (int(EPOCH), int(EPOCH)))
    run("wixl", "-a", "x64", "-o", target.resolve(), source, cwd=folder)  # it takes relative paths alone
    settle(target, source.read_text())
    return target


def settle(target: Path, source: str) -> None:
    """Give the MSI the package code of its contents and one date: wixl takes a random one and the clock's."""
    data = bytearray(target.read_bytes())
    known = {guid.upper() for guid in re.findall(r"'([0-9a-f]{8}-[0-9a-f-]{27})'", source)}
    codes = [m for m in re.finditer(rb"\{([0-9A-F]{8}-[0-9A-F-]{27})\}", data) if m[1].decode() not in known]
    if len(codes) != 1:
        raise SystemExit(f"{len(codes)} package codes in the MSI; one was to be found")
    wanted = re.search(r"<Package Id='([^']+)'", source)
    assert wanted
    at = codes[0].start(1)
    data[at : at + 36] = wanted[1].upper().encode()
    filetime = (int(EPOCH) + 11_644_473_600) * 10_000_000  # in tenths of a microsecond since 1601
    dated = re.compile(rb"\x40\0\0\0.{6}[\xd0-\xe5]\x01", re.DOTALL)  # VT_FILETIME, of this century
    for match in list(dated.finditer(data, at - 1024, at + 1024)):
        data[match.start() + 4 : match.end()] = filetime.to_bytes(8, "little")
    target.write_bytes(data)


def wix(folder: Path) -> str:
    """Return the source of the MSI."""
    version = re.sub(r"[^0-9.]", "", folder.name.split("-")[1])
    listed = "".join(f"{path.relative_to(folder)} {digest(path)}\n" for path in files_of(folder))
    contents = uuid.uuid5(NAMESPACE, listed)
    product = uuid.uuid5(NAMESPACE, f"product {contents}")
    refs: list[str] = []

    def directory(path: Path, indent: str) -> str:
        lines = []
        for entry in sorted(path.iterdir()):
            name = entry.relative_to(folder).as_posix()
            key = "f" + hashlib.sha256(name.encode()).hexdigest()[:32]
            if entry.is_dir():
                inside = directory(entry, indent + " ")
                opened = f"{indent}<Directory Id='{key}' Name={quoteattr(entry.name)}>\n"
                lines.append(f"{opened}{inside}{indent}</Directory>\n")
            else:
                refs.append(key)
                lines.append(
                    f"{indent}<Component Id='{key}' Guid='{uuid.uuid5(NAMESPACE, name)}' Win64='yes'>"
                    f"<File Id='{key}' Name={quoteattr(entry.name)} Source={quoteattr(name)} KeyPath='yes'/>"
                    "</Component>\n"
                )
        return "".join(lines)

    inside = directory(folder, "     ")
    return f"""<?xml version='1.0' encoding='utf-8'?>
<Wix xmlns='http://schemas.microsoft.com/wix/2006/wi'>
 <Product Id='{product}' Name='sqs' Language='1033' Version='{version}'
  Manufacturer='sqs' UpgradeCode='{uuid.uuid5(NAMESPACE, "upgrade")}'>
  <Package Id='{contents}' InstallerVersion='200' Compressed='yes' InstallScope='perMachine'
   Description='Short Quality Screening'/>
  <MajorUpgrade DowngradeErrorMessage='A newer sqs is installed.'/>
  <Media Id='1' Cabinet='sqs.cab' EmbedCab='yes'/>
  <Directory Id='TARGETDIR' Name='SourceDir'>
   <Directory Id='ProgramFiles64Folder'>
    <Directory Id='INSTALLDIR' Name='sqs'>
{inside}    </Directory>
   </Directory>
   <Directory Id='ProgramMenuFolder'>
    <Component Id='menu' Guid='{uuid.uuid5(NAMESPACE, "menu")}' Win64='yes'>
     <Shortcut Id='start' Name='sqs' Description='Short Quality Screening' Target='[INSTALLDIR]sqs.cmd'/>
     <RegistryValue Root='HKCU' Key='Software\\sqs' Name='installed' Type='integer' Value='1' KeyPath='yes'/>
    </Component>
   </Directory>
  </Directory>
  <Feature Id='all' Level='1'>
   <ComponentRef Id='menu'/>
{"".join(f"   <ComponentRef Id='{key}'/>" + chr(10) for key in refs)}  </Feature>
 </Product>
</Wix>
"""


# ------------------------------------------------------------ small things


def files_of(folder: Path) -> list[Path]:
    """Return every file in ``folder``, in the order of their names."""
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def digest(path: Path) -> str:
    """Return the SHA-256 of the file at ``path``, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run ``command``; where it fails, end with what it said."""
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{done.stdout}{done.stderr}\n{' '.join(map(str, command))}: exit {done.returncode}")


if __name__ == "__main__":
    raise SystemExit(main())
