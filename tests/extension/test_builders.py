"""Our nodes in builders that were not thought of: nothing fails, and text stays text."""

from __future__ import annotations

import gc

import pytest
from annotated_bib.__main__ import main
from helpers import CONF, ENTRY, build


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub", "latex", "text", "man", "texinfo", "xml", "pdf"])
def test_every_builder_prints_a_dossier(root, builder):
    assert not build(root("biblatex"), builder).warnings


@pytest.mark.parametrize("make", [build, lambda folder: main(["check", str(folder)])], ids=["build", "check"])
def test_afterwards_garbage_is_collected_as_before(root, make):
    before = gc.get_threshold()
    gc.unfreeze()
    gc.set_threshold(701, 9, 8)  # whatever an earlier test has left
    try:
        make(root("biblatex"))
        assert (gc.get_threshold(), gc.get_freeze_count()) == ((701, 9, 8), 0)
    finally:
        gc.set_threshold(*before)


def test_biblatex_spellings_and_hostile_text_on_a_site(root):
    built = build(root("biblatex"))
    page = built.page("parties/sources")
    hostile = page.find("section", id="hostile")
    assert hostile.h2.get_text().startswith('<script>alert(1)</script> #read("/etc/passwd") "] #panic() *gras* _x_ @ref')
    assert not hostile.find_all(["script", "img", "b", "strong"], string=True, recursive=False)
    assert not page.select("section script, section img, section b")
    assert "Presses d’ailleurs et fils, 2019" in hostile.find(class_="notice-reference").get_text()
    reference = page.find("section", id="these").find(class_="notice-reference").get_text()
    assert reference == (
        "Éluard, Ève. Une thèse\xa0: et son sous-titre. Thèse de doctorat. Ailleurs\xa0: Université d’ailleurs, 15\xa0juin\xa02020."
    )


def test_plain_text_prints_surnames_in_capitals(root):
    text = (build(root("biblatex"), "text").out / "parties" / "outils.txt").read_text("utf-8")
    assert "ZOLA, Anna et al. « Un article »" in text.replace("\xa0", " ").replace("\n", " ")
    assert "COMITÉ DES ŒUVRES" in text


def test_the_list_and_the_footnotes_of_sphinxcontrib_bibtex_print_the_same_references(dossier):
    entry = "@book{Durand2002, author={Durand, Zoé}, title={Deux}, year={2002}, publisher={PUF}, theme={index}, annotation={Mot.}}"
    page = "# Titre\n\nMot {footcite}`Durand2002`.\n\n```{notices}\n```\n\n```{footbibliography}\n```\n\n"
    page += "```{bibliography}\n:all:\n```\n"
    source = dossier({"conf.py": CONF + 'bibtex_default_style = "iso690"', "refs.bib": entry, "index.md": page})
    said = " ".join(build(source).page("index").get_text().split())
    assert said.count("Durand, Zoé. Deux. PUF, 2002.") == 3


def test_notices_print_in_another_style_of_pybtex_where_conf_py_names_one(dossier):
    entry = "@book{Durand2002, author={Durand, Zoé}, title={Deux}, year={2002}, publisher={A \\& B}, theme={index}}"
    files = {"refs.bib": entry, "index.md": "# Titre\n\n```{notices}\n```\n"}
    built = build(dossier({**files, "conf.py": CONF + 'bibtex_default_style = "plain"'}))
    assert built.warnings == []
    assert built.page("index").find(class_="notice-reference").get_text() == "Zoé Durand. Deux. A & B, 2002."


def test_a_style_that_pybtex_does_not_have_is_named(dossier, capsys):
    source = dossier(
        {
            "refs.bib": ENTRY % ("A", "T", "page", "Un mot."),
            "page.md": "# Page\n\n```{notices}\n```\n",
            "conf.py": CONF + 'bibtex_default_style = "plein"',
        }
    )
    assert main(["check", str(source)]) == 1
    said = capsys.readouterr().err
    assert "conf.py" in said
    assert "« plein »" in said
    assert "Traceback" not in said
