"""The edition: what it is called, what it is made from, how it is published. Data only."""

from datetime import date

# -- Project -----------------------------------------------------------------------------------------------------------

project = "Coopérer dans l’action publique : bibliographie annotée"
author = "Les éditeurs de la bibliographie"
copyright = "les éditeurs de la bibliographie, CC BY 4.0"
version = release = "1.1.0"
language = "fr"
root_doc = "index"
include_patterns = ["index.md", "sections/*.md", "annexes/*.md"]
exclude_patterns = [".*", "_build"]  # folders in which there is nothing to read, but much to walk through
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
annotated_bib_date = date(2026, 11, 26)
annotated_bib_changelog = "CHANGELOG.md"
annotated_bib_license = "https://creativecommons.org/licenses/by/4.0/"
# The DOI of the edition, once it is deposited: « 10.5281/zenodo.1 ».
annotated_bib_doi = ""
annotated_bib_standalone = True
annotated_bib_signposting = True
annotated_bib_search = True
annotated_bib_selection = True
annotated_bib_policy = True
annotated_bib_work_pages = "oeuvres"
annotated_bib_accessibility = ("annexes/accessibilite", "Accessibilité : non conforme")
annotated_bib_colours = {  # of sections/NAME.md, on a light and on a dark ground
    "penser-le-partenariat": ("#2f4f8f", "#9fb8ec"),
    "travail-social": ("#2c6a45", "#8ac7a0"),
    "education-partagee": ("#855800", "#dcb466"),
    "habitants-mediateurs": ("#a03a2b", "#eda08f"),
    "action-concertee": ("#74407f", "#d0a6dc"),
    "gouverner-la-ville": ("#11656d", "#7fc8d0"),
}

# -- HTML --------------------------------------------------------------------------------------------------------------

html_theme = "furo"
html_title = "Coopérer dans l’action publique"
html_static_path = ["_static"]
pygments_dark_style = "a11y-dark"
html_favicon = "_static/favicon.svg"
html_show_sphinx = False
html_copy_source = False
html_use_index = False
copybutton_copy_empty_lines = True

# -- PDF ---------------------------------------------------------------------------------------------------------------

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
epub_exclude_files = [
    "_static/favicon.svg",
    "annexes/nouveautes.xhtml",
    "annexes/accessibilite.xhtml",
    "annexes/contribuer.xhtml",
]
epub_tocscope = "includehidden"
epub_tocdup = False
epub_show_urls = "no"

# -- Link check --------------------------------------------------------------------------------------------------------

linkcheck_timeout = 20
linkcheck_retries = 2
