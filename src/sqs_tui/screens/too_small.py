"""What stands there when the window has no room for a screen; the sizes that the style sheets tell apart."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

LEAST = (60, 18)
"""The least window that has room for a screen: columns and rows."""
HORIZONTAL = [(0, "-too-narrow"), (LEAST[0], "-narrow"), (80, "-normal"), (110, "-wide")]
VERTICAL = [(0, "-too-short"), (LEAST[1], "-short"), (24, "-medium"), (36, "-tall")]


def size_classes(size: Size) -> tuple[str, str]:
    """Return the classes of a window of ``size``, as Textual gives them to a screen later."""
    across = max(stop for stop in HORIZONTAL if stop[0] <= size.width)
    down = max(stop for stop in VERTICAL if stop[0] <= size.height)
    return across[1], down[1]


class TooSmall(Widget):
    """Says which size is needed; the style sheet shows it in place of everything else."""

    DEFAULT_CSS = """
    TooSmall { display: none; }
    Screen.-too-narrow > *, Screen.-too-short > * { display: none; }
    Screen.-too-narrow > TooSmall, Screen.-too-short > TooSmall { display: block; width: 100%; height: 100%; }
    """

    def render(self) -> Content:
        """Say which size is needed."""
        width, height = self.app.size
        needed = f"needs {LEAST[0]}×{LEAST[1]}, this window is {width}×{height};"
        return Content(f"\n {needed}\n your work is saved.")
