# Every target makes the virtual environment it needs. What is published stands in _build/; .cache/ is where it is built, so
# that a build that fails leaves the last good edition as it was.

PYTHON ?= python3
VENV := .venv
SIZES ?= 22 1000
RUN := $(VENV)/bin/python
CHECK := PYTHONPATH=_ext $(RUN) -m annotated_bib refs.bib
SPHINX := $(RUN) -m sphinx -n -W --keep-going

PAGES := index.md $(wildcard sections/*.md annexes/*.md)
SOURCES := conf.py refs.bib $(PAGES) sections annexes \
	$(shell find _ext _templates _static -type f -not -name '*.pyc' 2>/dev/null)
PDF := _build/pdf/cooperations.pdf
EPUB := _build/epub/cooperations.epub
SITE := _build/html/index.html

# Site, PDF and EPUB do not wait for one another.
MAKEFLAGS += --jobs=3

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all html pdf epub check test linkcheck serve bench clean help

## all        le site, le PDF et l’EPUB, dans _build/ (par défaut)
all: html

## html       le site, avec les fichiers à télécharger
html: $(SITE)

## pdf        le livre
pdf: $(PDF)

## epub       l’édition pour liseuses
epub: $(EPUB)

## check      les défauts de refs.bib et des pages, avec leur ligne
check: $(VENV)/ready
	@$(CHECK) $(PAGES)

## test       les tests
test: $(VENV)/ready
	$(RUN) -m pytest --numprocesses auto --dist loadfile

## linkcheck  les adresses que l’édition cite
linkcheck: $(VENV)/ready
	$(SPHINX) -b linkcheck -d .cache/doctrees/linkcheck . .cache/linkcheck

## serve      le site, reconstruit à chaque changement : http://localhost:8000
serve: $(VENV)/ready
	$(VENV)/bin/sphinx-autobuild -n --watch _ext --watch _templates \
		--re-ignore '/(\.venv|\.cache|\.git|_build|__pycache__)/' . .cache/serve/html

## bench      le coût d’une édition, rapporté à Sphinx seul : make bench SIZES="22 1000 4000"
bench: $(VENV)/ready
	$(RUN) bench/bench.py $(SIZES)

## clean      supprimer ce qui est construit
clean:
	rm -rf _build .cache

## help       cette liste
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

$(VENV)/ready: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python est introuvable : installez Python 3.11 ou plus récent." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 ou plus récent est nécessaire : installez-le, puis lancez make PYTHON=python3.11." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Il manque à Python son module venv : installez le paquet python3-venv." >&2; exit 1; }
	@echo "Préparation de l’environnement Python dans $(VENV)…"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

.cache/checked: $(SOURCES) $(VENV)/ready
	@$(CHECK) $(PAGES)
	@mkdir -p $(@D) && touch $@

# Each builder reads the pages for itself: it writes again only those that it has seen change. A warning is said when a page
# is read, so after a failure everything is read again.
define sphinx
	@$(SPHINX) -q -b $(1) -d .cache/doctrees/$(1) . .cache/$(1) || { rm -rf .cache/doctrees/$(1); exit 1; }
endef

$(PDF): .cache/checked
	$(call sphinx,pdf)
	@mkdir -p $(@D) && cp .cache/pdf/$(@F) $@.new && mv $@.new $@
	@echo "$@"

# All that lies in the builder's folder goes into the book, what an earlier build left there too.
$(EPUB): .cache/checked
	@rm -rf .cache/epub
	$(call sphinx,epub)
	@mkdir -p $(@D) && cp .cache/epub/$(@F) $@.new && mv $@.new $@
	@echo "$@"

.cache/written: .cache/checked
	$(call sphinx,html)
	@touch $@

$(SITE): .cache/written $(PDF) $(EPUB)
	@rm -rf _build/html.new && cp -R .cache/html _build/html.new
	@cp $(PDF) $(EPUB) _build/html.new && rm -rf _build/html.new/.buildinfo
	@rm -rf _build/html && mv _build/html.new _build/html && touch $@
	@echo "$@"
