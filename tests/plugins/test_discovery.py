"""What is found without ``importlib.metadata`` is what ``importlib.metadata`` finds."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.metadata import Distribution, PathDistribution, entry_points
from pathlib import Path

import pytest

from conftest import CHECKOUT
from sqs_core.plugins.discovery import points

HEAD = "Metadata-Version: 2.1\nName: {}\nVersion: {}\n\nName: the description\n"


def lay(
    place: Path, folder: str, entries: str, *, name: str = "", version: str = "1.0", told: str = HEAD
) -> None:
    """A distribution in ``place``, as an installer lays it down."""
    info = place / folder
    info.mkdir(parents=True)
    name = name or folder.partition("-")[0]
    metadata = "PKG-INFO" if folder.endswith(".egg-info") else "METADATA"
    (info / metadata).write_text(told.format(name, version))
    (info / "entry_points.txt").write_text(entries)


def plain(place: Path) -> None:
    lay(place, "two_words-1.0.dist-info", "[other]\nx = json\n\n[sqs]\n# one\nb = json\na= os.path:join\n")


def nobodys(place: Path) -> None:
    lay(place, "sqslike-1.0.dist-info", "[sqs-like]\nx = json\n[console_scripts]\nsqs = json:tool.main\n")


def twice(place: Path) -> None:
    lay(place, "Two.Words-2.0.dist-info", "[sqs]\nnew = json:loads\n", name="Two.Words", version="2.0")
    lay(place.parent / "second", "two_words-1.0.dist-info", "[sqs]\nold = json\n")


def hidden_by_one_without(place: Path) -> None:
    lay(place, "two_words-2.0.dist-info", "")
    lay(place.parent / "second", "two_words-1.0.dist-info", "[sqs]\nold = json\n")


def in_an_egg(place: Path) -> None:
    lay(place, "egged.egg-info", "[sqs]\nx = json\n")


def in_capitals(place: Path) -> None:
    lay(place, "Loud-1.0.DIST-INFO", "[sqs]\nx = json\n")


def with_extras(place: Path) -> None:
    lay(place, "extra-1.0.dist-info", "[sqs]\nx = json : loads [fast]\n")


def oddly_headed(place: Path) -> None:
    lay(place, "odd-1.0.dist-info", "[[sqs]]\nx = json\n[ sqs ]\ny = json\n[sqs] \nz = json\n")


def with_folded_metadata(place: Path) -> None:
    lay(
        place,
        "folded-1.0.dist-info",
        "[sqs]\nx = json\n",
        told="NAME: {}\nSummary: a\n Name: b\nVersion: {}\n",
    )


def zipped(place: Path) -> None:
    place.rmdir()
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("zipped-1.0.dist-info/METADATA", HEAD.format("zipped", "1.0"))
        archive.writestr("zipped-1.0.dist-info/entry_points.txt", "[sqs]\nx = json\n")


def without_a_name(place: Path) -> None:
    lay(place, "-1.0.dist-info", "[sqs]\nx = json\n", name="nameless")


@pytest.mark.parametrize(
    "laid",
    [
        plain,
        nobodys,
        twice,
        hidden_by_one_without,
        in_an_egg,
        in_capitals,
        with_extras,
        oddly_headed,
        with_folded_metadata,
        zipped,
        without_a_name,
    ],
)
def test_it_finds_what_the_standard_library_finds(
    laid: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [tmp_path / "first", tmp_path / "second"]
    for place in places:
        place.mkdir()
    laid(places[0])
    monkeypatch.setattr(sys, "path", [*map(str, places), str(tmp_path / "nowhere"), *sys.path])
    expected = [(p.dist.name, p.dist.version, p.name, p.load()) for p in entry_points(group="sqs") if p.dist]
    found = [(p.distribution, p.version, p.name, p.load()) for p in points("sqs")]
    assert found == sorted(expected, key=lambda point: (point[0], point[2]))


def test_what_a_finder_of_its_own_knows_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, "remote-1.0.dist-info", "[sqs]\nx = json\n")

    class Elsewhere:
        def find_distributions(self, _context: object) -> list[Distribution]:
            return [PathDistribution(tmp_path / "remote-1.0.dist-info")]

    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Elsewhere()])
    assert ("remote", "1.0", "x") in [point[:3] for point in points("sqs")]


def test_a_plugin_is_found_without_loading_what_knows_of_all_distributions(tmp_path: Path) -> None:
    lay(tmp_path, "mine-1.0.dist-info", "[sqs]\nmine = json\n")
    code = f"""
import sys
sys.path[:0] = ["src", {str(tmp_path)!r}]
from sqs_core.plugins.discovery import points
print([point[:3] for point in points("sqs") if point.distribution == "mine"])
print("importlib.metadata" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[('mine', '1.0', 'mine')]\nFalse\n"
