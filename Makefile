# Every target makes the virtual environment that it needs. `annotated-bib build` does the work: what is published stands in
# _build/, .cache/ is where it is made.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
BIB := $(VENV)/bin/annotated-bib
SIZES ?= 22 1000
SAMPLE ?= 20
SEED ?= 1
FORMAT ?= text

.DEFAULT_GOAL := all
.NOTPARALLEL:
.PHONY: all html pdf epub check test mutants lint messages linkcheck outdated serve bench clean help

## all        le site, le PDF et l’EPUB, dans _build/ (par défaut)
all: $(VENV)/ready
	@$(BIB) build --format=$(FORMAT)

## html       le site, avec les fichiers à télécharger
## pdf        le livre
## epub       l’édition pour liseuses
html pdf epub: $(VENV)/ready
	@$(BIB) build --format=$(FORMAT) --only=$@

## check      les défauts de refs.bib, des pages et de conf.py, avec leur ligne ; STRICT=1 : les conseils en sont
check: $(VENV)/ready
	@$(BIB) check --format=$(FORMAT) $(if $(STRICT),--strict)

## test       les tests
test: $(VENV)/ready
	$(RUN) -m pytest --numprocesses auto --dist loadfile

## mutants    ce que les tests ne voient pas : make mutants SAMPLE=20 SEED=1 ROOMS="exports source/dates.py"
mutants: $(VENV)/ready
	$(RUN) workshop/mutants.py $(SAMPLE) $(SEED) $(ROOMS)

## lint       le code, lu par ruff et mypy
lint: $(VENV)/ready
	$(VENV)/bin/ruff check --quiet . && $(VENV)/bin/ruff format --quiet --check . && $(VENV)/bin/mypy

## messages   les catalogues, mis à jour d’après le code
messages: $(VENV)/ready
	$(RUN) workshop/messages.py

## linkcheck  les adresses que l’édition cite
linkcheck: $(VENV)/ready
	$(RUN) -m sphinx -n -W --keep-going -b linkcheck -d .cache/doctrees-linkcheck . .cache/linkcheck

## outdated   les paquets dont une version plus récente a paru
outdated: $(VENV)/ready
	$(RUN) -m pip list --outdated

## serve      le site, reconstruit à chaque changement (le PDF et l’EPUB non) : http://localhost:8000
serve: $(VENV)/ready
	@$(BIB) serve

## bench      le coût d’une édition, à côté de Sphinx seul et d’autres outils : make bench SIZES="22 1000 4000"
bench: $(VENV)/ready
	$(RUN) workshop/bench $(SIZES)

## clean      supprimer ce qui est construit
clean:
	@if [ -x $(BIB) ]; then $(BIB) clean; else rm -rf _build .cache; fi

## help       cette liste
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

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
