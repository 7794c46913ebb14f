"""An invented edition, with everything on: what the extension can do, the tests see here."""

from datetime import date

project = "Du grain au pain : bibliographie annotée"
author = "Les amis du fournil"
copyright = "les amis du fournil, CC BY 4.0"
version = release = "2.3"
language = "fr"
include_patterns = ["index.md", "sections/*.md", "annexes/*.md"]
nitpicky = True

extensions = ["myst_parser", "sphinx_copybutton", "annotated_bib"]
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 2
smartquotes = False

bibtex_bibfiles = ["refs.bib"]
annotated_bib_date = date(2025, 6, 21)
annotated_bib_license = "https://creativecommons.org/licenses/by/4.0/"
annotated_bib_standalone = True
annotated_bib_search = True
annotated_bib_selection = True
annotated_bib_policy = True
annotated_bib_work_pages = "oeuvres"
annotated_bib_accessibility = ("annexes/accessibilite", "Accessibilité : à l’essai")
annotated_bib_colours = {  # of two pages out of three
    "moudre": ("#2f4f8f", "#9fb8ec"),
    "petrir": ("#855800", "#dcb466"),
}

html_theme = "furo"
html_title = "Du grain au pain"
html_static_path = ["_static"]
pygments_dark_style = "a11y-dark"
html_favicon = "_static/favicon.svg"
html_show_sphinx = False
html_copy_source = False
html_use_index = False
copybutton_copy_empty_lines = True

typst_documents = [
    {
        "startdocname": "index",
        "targetname": "grain",
        "title": "Du grain au pain",
        "metadata": {
            "subtitle": "Bibliographie annotée",
            "description": "Onze travaux inventés sur le pain, 1996-2021",
            "keywords": ["pain", "farine", "moulins"],
            "source": "« Du grain au pain », liste de lectures d’une société savante",
            "licence": "Creative Commons Attribution 4.0 International (CC BY 4.0)",
        },
    }
]

epub_basename = "grain"
epub_title = html_title
epub_description = "Bibliographie annotée"
epub_publisher = epub_contributor = author
epub_uid = epub_identifier = "grain-bibliographie-annotee"
epub_exclude_files = [
    "_static/favicon.svg",
    "annexes/nouveautes.xhtml",
    "annexes/accessibilite.xhtml",
    "annexes/contribuer.xhtml",
]
epub_tocscope = "includehidden"
epub_tocdup = False
epub_show_urls = "no"
