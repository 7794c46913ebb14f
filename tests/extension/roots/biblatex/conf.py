extensions = ["myst_parser", "annotated_bib"]
project = "Une autre édition"
author = copyright = "Une autre équipe"
version = "2"
language = "fr"
smartquotes = False
bibtex_bibfiles = ["source.bib"]
include_patterns = ["index.md", "parties/*.md"]
typst_documents = [{"startdocname": "index", "targetname": "autre", "title": project}]
