"""What the tests share: the example as it ships, and a way to run the real command."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests import warm

from sqs_core.criteria import Criteria
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.library import load_criteria

CHECKOUT = Path(__file__).resolve().parent.parent
EXAMPLE = CHECKOUT / "examples" / "darlington-2012"
settings.register_profile("unhurried", deadline=None)  # a busy machine is slow, and nothing is wrong with it
settings.load_profile("unhurried")
# A shell starts what it runs in the background with Ctrl-C ignored, and so would be all that is started here.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Garbage is looked for after more of it than is usual: each screen makes much, and there is room for it.
gc.set_threshold(50_000, 20, 50)
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept from one start to the next stays out of the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def criteria() -> Criteria:
    """The criteria version ``sqs-2012``."""
    return load_criteria("sqs-2012", plugins=False)


@pytest.fixture(scope="session")
def example() -> InspectionFolder:
    """The Darlington example as it ships; read only."""
    return open_inspection(EXAMPLE)


@pytest.fixture
def darlington(tmp_path: Path) -> Path:
    """A copy of the Darlington example that a test may change."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "darlington"))


Staged = Callable[[Callable[[Path], object], Path], Path]


@pytest.fixture(scope="session")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """The example as ``how`` leaves it, with what it put beside it, copied into a folder.

    It is made once: what syncs dozens of records would have each test wait for the disk.
    """
    made: dict[Callable[[Path], object], Path] = {}

    def stage(how: Callable[[Path], object], into: Path) -> Path:
        if how not in made:
            place = tmp_path_factory.mktemp("staged")
            how(Path(shutil.copytree(EXAMPLE, place / EXAMPLE.name)))
            made[how] = place
        shutil.copytree(made[how], into, dirs_exist_ok=True)
        return into / EXAMPLE.name

    return stage


@pytest.fixture
def sqs(tmp_path: Path) -> Run:
    """Run ``sqs`` as a process of its own, in ``tmp_path``, without a terminal."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        sources = (*warm.SOURCES, os.environ.get("PYTHONPATH", ""))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sources))}
        return warm.read(warm.run(arguments, cwd=tmp_path, env=environment))

    return run
