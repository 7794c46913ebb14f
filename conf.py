"""The edition: what it is called, what it is made from, how it is published. Data only."""

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

# -- Project -----------------------------------------------------------------------------------------------------------

project = "Coopérer dans l’action publique. Bibliographie annotée"
author = "Les éditeurs de la bibliographie"
copyright = "les éditeurs de la bibliographie, CC BY 4.0"
version = release = "1.0.0"
language = "fr"
root_doc = "index"
include_patterns = ["index.md", "sections/*.md", "annexes/*.md"]
templates_path = ["_templates"]
nitpicky = True

# -- Extensions --------------------------------------------------------------------------------------------------------

extensions = ["myst_parser", "sphinx_copybutton", "annotated_bib"]

# -- MyST --------------------------------------------------------------------------------------------------------------

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 2
smartquotes = False  # annotated_bib does French typography, in the pages and in the bibliography alike

# -- Bibliography ------------------------------------------------------------------------------------------------------

bibtex_bibfiles = ["refs.bib"]

# -- HTML --------------------------------------------------------------------------------------------------------------

html_theme = "furo"
html_title = "Coopérer dans l’action publique"
html_static_path = ["_static"]
html_css_files = ["edition.css"]
html_show_sphinx = False
html_copy_source = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1d4e6b", "color-brand-content": "#1d4e6b"},
    "dark_css_variables": {"color-brand-primary": "#8cc4e4", "color-brand-content": "#8cc4e4"},
}
copybutton_copy_empty_lines = True

# -- PDF ---------------------------------------------------------------------------------------------------------------

typst_template = "book"
typst_date = date(2026, 11, 22)
typst_documents = [
    {
        "startdocname": "index",
        "targetname": "cooperations",
        "title": "Coopérer dans l’action publique",
        "metadata": {
            "subtitle": "Bibliographie annotée",
            "description": "Vingt-deux travaux sur la coopération dans l’action publique, 1989-2006",
        },
    }
]

# -- EPUB --------------------------------------------------------------------------------------------------------------

epub_basename = "cooperations"
epub_show_urls = "no"

# -- Link check --------------------------------------------------------------------------------------------------------

linkcheck_timeout = 20
linkcheck_retries = 2
