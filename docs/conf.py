"""How the pages are built: Sphinx with MyST and Furo; the reference is written from the code."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from reference_pages import write_pages  # noqa: E402

from sidestep import __version__  # noqa: E402

project = "Sidestep"
author = "The Sidestep developers"
project_copyright = f"2026, {author}"
release = __version__

extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = "Sidestep"
html_copy_source = False

write_pages(HERE / "reference" / "generated")
