"""The settings of the edition: what it is called, what it is made of, how it is published."""

from datetime import date

project = "Documents and machines: ten works on finding, linking and remembering"
author = "The editors"
copyright = "2026, the editors"
version = release = "1.0.0"
language = "en"
include_patterns = ["index.md", "sections/*.md", "annexes/*.md"]
exclude_patterns = [".*", "_build"]  # folders in which there is nothing to read, but much to walk through
nitpicky = True

extensions = ["myst_parser", "annotated_bib"]
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]

# Who answers for the edition, and where: a name, and an e-mail or web address.
annotated_bib_publisher = "The editors of sphinx-annotated-bib"
annotated_bib_contact = ""
# The address of its licence, for example https://creativecommons.org/licenses/by/4.0/
annotated_bib_license = "https://creativecommons.org/licenses/by/4.0/"
annotated_bib_date = date(2026, 11, 26)
annotated_bib_standalone = True
annotated_bib_search = True
annotated_bib_selection = True
annotated_bib_policy = True
bibtex_bibfiles = ["refs.bib"]
annotated_bib_colours = {
    "documents": ("#2f4f8f", "#9fb8ec"),
    "finding": ("#855800", "#dcb466"),
    "linking": ("#74407f", "#d0a6dc"),
}

html_theme = "furo"
html_title = project
html_copy_source = False
html_use_index = False
html_show_sphinx = False
# The address of the site, for its canonical links, its map and its feeds.
html_baseurl = ""

typst_documents = [{"startdocname": "index", "targetname": "documents-and-machines", "title": project}]

epub_basename = "documents-and-machines"
epub_title = project
epub_publisher = annotated_bib_publisher or author
epub_uid = epub_identifier = "documents-and-machines"
epub_exclude_files = ["annexes/news.xhtml"]
epub_tocscope = "includehidden"
epub_tocdup = False
epub_show_urls = "no"
