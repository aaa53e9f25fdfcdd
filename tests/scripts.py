"""The scripts that write pages and examples, loaded as modules: each test asks whether what is kept is current."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

CHECKOUT = Path(__file__).resolve().parent.parent


def script(path: str) -> ModuleType:
    """Return the script at ``path`` of the checkout, run but for its ``main``."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, CHECKOUT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
