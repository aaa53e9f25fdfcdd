"""What Sphinx is told; ``python docs/build.py`` runs it."""

from sphinx.application import Sphinx
from sphinx.util.docstrings import prepare_docstring

import sqs_core

project = "sqs"
html_title = "sqs: Short Quality Screening"
version = release = sqs_core.__version__
language = "en-GB"
smartquotes = False  # what is quoted is often to be typed
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
add_module_names = False
html_theme = "furo"
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None  # the same bytes from the same sources
html_static_path: list[str] = []
# Colours of code that are legible on their ground, light and dark: WCAG 2.2 AA.
pygments_style = "default"
pygments_dark_style = "monokai"
highlight_language = "text"


def setup(app: Sphinx) -> None:
    """Keep what is said of a property in its order: napoleon takes all before a colon for its type."""

    def as_written(
        _app: Sphinx, what: str, _name: str, value: object, _options: object, lines: list[str]
    ) -> None:
        if what == "property" and any(line.startswith(":type:") for line in lines):
            lines[:] = prepare_docstring(value.__doc__ or "")

    app.connect("autodoc-process-docstring", as_written, priority=600)
