"""How the documentation is built: from the packages, offline, with every warning an error (`make docs`)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "runas-spec"
author = "the runas-spec authors"
copyright = "the runas-spec authors, Apache-2.0"
extensions = ["myst_parser", "sphinx.ext.autodoc", "spec_site.extension"]
exclude_patterns = ["_build", "playground"]

myst_enable_extensions = ["attrs_inline", "deflist"]
myst_heading_anchors = 3
nitpicky = True
nitpick_ignore_regex = [(r"py:.*", r".*")]
default_role = "code"
smartquotes = False

autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "runas-spec"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
