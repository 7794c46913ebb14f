# Every target makes the virtual environment it needs. What is published stands in _build/; .cache/ is where it is built, so
# that a build that fails leaves the last good edition as it was.

PYTHON ?= python3
VENV := .venv
SIZES ?= 22 1000
FORMAT ?= text
RUN := $(VENV)/bin/python
CHECK := $(VENV)/bin/annotated-bib check --format=$(FORMAT)
SPHINX := $(RUN) -m sphinx -n -W --keep-going

PAGES := index.md $(wildcard sections/*.md annexes/*.md)
EXTENSION := $(shell find _ext -type f -not -name '*.pyc' 2>/dev/null)
SOURCES := conf.py refs.bib $(PAGES) sections annexes $(shell find _static 2>/dev/null)
PDF := _build/pdf/cooperations.pdf
EPUB := _build/epub/cooperations.epub
SITE := _build/html/index.html

# One build at a time: a second one waits for the first to end, however that ends, since the system holds the lock. In it,
# make calls itself, and site, PDF and EPUB do not wait for one another.
ALONE = +@mkdir -p .cache && $(RUN) -c 'import fcntl, os, sys; lock = os.open(".cache/lock", os.O_CREAT | os.O_RDWR); \
	fcntl.flock(lock, fcntl.LOCK_EX); os.set_inheritable(lock, True); os.execvp(sys.argv[1], sys.argv[1:])' \
	$(MAKE) --no-print-directory LOCKED=1
ifdef LOCKED
READY := $(wildcard $(VENV)/ready)
else
READY := $(VENV)/ready
MAKEFLAGS += --jobs=3
endif

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PRECIOUS: $(SITE) $(PDF) $(EPUB)
.PHONY: all html pdf epub published check test lint linkcheck outdated serve bench clean help

## all        le site, le PDF et l’EPUB, dans _build/ (par défaut)
all: $(READY)
	$(ALONE) published

## html       le site, avec les fichiers à télécharger
html: $(READY)
	$(ALONE) $(SITE)

## pdf        le livre
pdf: $(READY)
	$(ALONE) $(PDF)

## epub       l’édition pour liseuses
epub: $(READY)
	$(ALONE) $(EPUB)

## check      les défauts de refs.bib et des pages, avec leur ligne
check: $(READY)
	@$(CHECK)

## test       les tests
test: $(READY)
	$(RUN) -m pytest --numprocesses auto --dist loadfile

## lint       le code, lu par ruff et mypy
lint: $(READY)
	$(VENV)/bin/ruff check --quiet . && $(VENV)/bin/ruff format --quiet --check . && $(VENV)/bin/mypy

## linkcheck  les adresses que l’édition cite
linkcheck: $(READY)
	$(SPHINX) -b linkcheck -d .cache/doctrees/linkcheck . .cache/linkcheck

## outdated   les paquets dont une version plus récente a paru
outdated: $(READY)
	$(RUN) -m pip list --outdated

## serve      le site, reconstruit à chaque changement (le PDF et l’EPUB non) : http://localhost:8000
serve: all
	@mkdir -p .cache/serve/html && cp $(PDF) $(EPUB) .cache/serve/html
	$(VENV)/bin/sphinx-autobuild -n --re-ignore '/(\.venv|\.cache|\.git|_build|__pycache__)/' . .cache/serve/html

## bench      le coût d’une édition, rapporté à Sphinx seul : make bench SIZES="22 1000 4000"
bench: $(READY)
	$(RUN) bench/bench.py $(SIZES)

## clean      supprimer ce qui est construit
clean:
	rm -rf _build .cache

## help       cette liste
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

ifndef LOCKED
$(VENV)/ready: requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python est introuvable : installez Python 3.11 ou plus récent." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 ou plus récent est nécessaire : installez-le, puis lancez make PYTHON=python3.11." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Il manque à Python son module venv : installez le paquet python3-venv." >&2; exit 1; }
	@echo "Préparation de l’environnement Python dans $(VENV)…"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
endif

# Sphinx sees what changes in pages and settings, not in the extension or in other packages: then it starts anew.
.cache/extension: $(READY) $(EXTENSION)
	@rm -rf .cache/doctrees .cache/html .cache/serve
	@mkdir -p $(@D) && touch $@

.cache/checked: $(SOURCES) .cache/extension
	@$(CHECK)
	@touch $@

# Each builder reads the pages for itself: it writes again only those that it has seen change. A warning is said when a page
# is read, so after a failure everything is read again.
define sphinx
	@$(SPHINX) $(2) -b $(1) -d .cache/doctrees/$(1) . .cache/$(1) || { rm -rf .cache/doctrees/$(1); exit 1; }
	@touch $@
endef

# Alone, each builder says how far it is; together, the site does. Sphinx copies its static files each time, but removes none.
.cache/html.built: .cache/checked
	@rm -rf .cache/html/_static
	$(call sphinx,html)

.cache/pdf.built: .cache/checked
	@echo "Composition du livre…"
	$(call sphinx,pdf,$(QUIET))

.cache/epub.built: .cache/checked
	@echo "Composition de l’EPUB…"
	$(call sphinx,epub,$(QUIET))

# All of an edition is there before any of it is published; then each part changes in one stroke.
published: $(SITE)
	@$(MAKE) --no-print-directory $(PDF) $(EPUB)

$(SITE): QUIET := --quiet
$(SITE): .cache/html.built .cache/pdf.built .cache/epub.built
	@mkdir -p $(@D) && rm -rf _build/html.new _build/html.old && cp -R .cache/html _build/html.new
	@cp .cache/pdf/$(notdir $(PDF)) .cache/epub/$(notdir $(EPUB)) _build/html.new
	@rm -f _build/html.new/.buildinfo* _build/html.new/.written.json && touch _build/html.new/index.html
	@trap '' HUP INT TERM; mv _build/html _build/html.old && mv _build/html.new _build/html && rm -rf _build/html.old
	@echo "$@"

$(PDF): .cache/pdf.built
	$(publish)

$(EPUB): .cache/epub.built
	$(publish)

define publish
	@mkdir -p $(@D) && cp $(patsubst _build/%,.cache/%,$@) $@.new && mv $@.new $@
	@echo "$@"
endef
