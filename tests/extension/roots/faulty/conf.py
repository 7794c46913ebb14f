extensions = ["myst_parser", "annotated_bib"]
project = "Un dossier fautif"
language = "fr"
smartquotes = False
# perdus.bib holds entries that cannot be read; without it, an empty theme is reported too.
bibtex_bibfiles = ["refs.bib", "perdus.bib"]
typst_documents = [{"startdocname": "index", "targetname": "fautif", "title": project}]
