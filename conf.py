"""The edition: what it is called, what it is made from, how it is published. Data only."""

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

# -- Project -----------------------------------------------------------------------------------------------------------

project = "Coopérer dans l’action publique : bibliographie annotée"
author = "Les éditeurs de la bibliographie"
copyright = "les éditeurs de la bibliographie, CC BY 4.0"
version = release = "1.1.0"
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
# Who answers for the edition, and the e-mail or web address at which they do: to be filled in before it is published.
annotated_bib_publisher = ""
annotated_bib_contact = ""
annotated_bib_license = "https://creativecommons.org/licenses/by/4.0/"

# -- HTML --------------------------------------------------------------------------------------------------------------

html_theme = "furo"
html_title = "Coopérer dans l’action publique"
html_static_path = ["_static"]
html_css_files = ["colours.css", "edition.css"]
html_js_files = [("edition.js", {"defer": "defer"})]
pygments_dark_style = "a11y-dark"
html_favicon = "_static/favicon.svg"
html_show_sphinx = False
html_copy_source = False
html_use_index = False
html_theme_options = {
    # color-theme-NAME is the colour of the page sections/NAME.md; a theme without one has the brand's.
    "light_css_variables": {
        "color-foreground-primary": "#1f1d1a",
        "color-background-primary": "#fdfcf9",
        "color-background-secondary": "#f6f4ee",
        "color-background-border": "#e2ded4",
        "color-brand-primary": "#1d4e6b",
        "color-brand-content": "#1d4e6b",
        "color-brand-visited": "#5a4a78",
        "color-code-background": "#f6f4ee",
        "color-code-foreground": "#1f1d1a",
        "color-theme-penser-le-partenariat": "#2f4f8f",
        "color-theme-travail-social": "#2c6a45",
        "color-theme-education-partagee": "#855800",
        "color-theme-habitants-mediateurs": "#a03a2b",
        "color-theme-action-concertee": "#74407f",
        "color-theme-gouverner-la-ville": "#11656d",
    },
    "dark_css_variables": {
        "color-foreground-primary": "#d8d5ce",
        "color-foreground-muted": "#9a9890",
        "color-background-primary": "#171614",
        "color-background-secondary": "#1e1d1a",
        "color-background-border": "#37342f",
        "color-brand-primary": "#8cc4e4",
        "color-brand-content": "#8cc4e4",
        "color-brand-visited": "#bdb0dc",
        "color-code-background": "#1e1d1a",
        "color-code-foreground": "#d8d5ce",
        "color-theme-penser-le-partenariat": "#9fb8ec",
        "color-theme-travail-social": "#8ac7a0",
        "color-theme-education-partagee": "#dcb466",
        "color-theme-habitants-mediateurs": "#eda08f",
        "color-theme-action-concertee": "#d0a6dc",
        "color-theme-gouverner-la-ville": "#7fc8d0",
    },
}
copybutton_copy_empty_lines = True

# -- PDF ---------------------------------------------------------------------------------------------------------------

typst_template = "book"
typst_date = date(2026, 11, 26)
typst_documents = [
    {
        "startdocname": "index",
        "targetname": "cooperations",
        "title": "Coopérer dans l’action publique",
        "metadata": {
            "subtitle": "Bibliographie annotée",
            "description": "Vingt-deux travaux sur la coopération dans l’action publique, 1989-2006",
            "keywords": ["coopération", "partenariat", "action publique", "politique de la ville", "travail social"],
            "source": "« Partenariat-coopération dans l’action publique », liste de lectures liée à l’Atelier régional de la "
            "ville n° 11 du CRPV-PACA (13 avril 2007), probablement son dossier de ressources",
            "licence": "Creative Commons Attribution 4.0 International (CC BY 4.0)",
        },
    }
]

# -- EPUB --------------------------------------------------------------------------------------------------------------

epub_basename = "cooperations"
epub_title = html_title
epub_description = "Bibliographie annotée"
epub_publisher = epub_contributor = annotated_bib_publisher or author
epub_uid = epub_identifier = "cooperations-bibliographie-annotee"
epub_cover = ("_images/cover.png", "epub-cover.html")
epub_css_files = ["epub-edition.css"]
epub_exclude_files = [f"_static/{name}" for name in ("edition.css", "search.css", "colours.css", "favicon.svg")]
epub_exclude_files += ["annexes/accessibilite.xhtml", "annexes/contribuer.xhtml"]
epub_tocscope = "includehidden"
epub_tocdup = False
epub_show_urls = "no"

# -- Link check --------------------------------------------------------------------------------------------------------

linkcheck_timeout = 20
linkcheck_retries = 2
