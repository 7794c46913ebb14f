"""The site's own words are French, also those that only a screen reader says."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from annotated_bib.language import catalogue
from annotated_bib.site.furo import WORDS, in_words, label_toggles, pieces
from bs4 import BeautifulSoup, Comment
from furo import THEME_PATH
from helpers import CONF, TWO_THEMES, build, soup

LABELS = ("aria-label", "title", "alt", "placeholder", "data-tooltip")
#: Where furo's templates hold words: gettext calls and blocks, labels, titles of icons.
HOLDERS = (
    r"""_\(\s*["'](.+?)["']\s*\)""",
    r"\{%-?\s*trans\b.*?%\}(.*?)\{%-?\s*endtrans",
    rf"""(?:{"|".join(LABELS)})="([^"]+)\"""",
    r"<title>(.+?)</title>",
)
SAME_IN_FRENCH = {"Index", "Logo", "Menu", "Versions", "versions", "Sphinx", "Furo"}
SPHINX_WORDS = {"Link to this heading", "Permalink", "Search Results", "Searching", "Contents", "Table of Contents"}


def furo_words() -> set[str]:
    """What furo says in English, read from the templates of the furo that is installed."""
    found = set()
    for path in THEME_PATH.rglob("*.html"):
        source = path.read_text("utf-8")
        for holder in HOLDERS:
            for said in re.findall(holder, source, re.DOTALL):
                pieces = re.split(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", unescape(said), flags=re.DOTALL)
                found.update(" ".join(piece.split()) for piece in pieces)
    return {word for word in found if re.search("[A-Za-z]{4}", word)} - SAME_IN_FRENCH


def interface(page: BeautifulSoup) -> list[str]:
    """The labels of *page*, and its text but for what the edition wrote."""
    labels = [node[label] for label in LABELS for node in page.find_all(**{label: True})]
    texts = [text for text in page.find_all(string=True) if not text.find_parent(["section", "script", "style"])]
    return [" ".join(text.split()) for text in (*labels, *texts) if text.strip() and not isinstance(text, Comment)]


@pytest.fixture(scope="module")
def pages(edition: Path) -> dict[str, BeautifulSoup]:
    return {path.relative_to(edition).with_suffix("").as_posix(): soup(path) for path in edition.rglob("*.html")}


def test_no_page_speaks_english(pages):
    english = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(furo_words() | SPHINX_WORDS)))})\b")
    assert english.search("Skip to content"), "furo's words are no longer where they were looked for"
    said = {(name, text) for name, page in pages.items() for text in interface(page) if english.search(text)}
    assert not said


@pytest.mark.parametrize("name", ["index", "sections/petrir", "search"])
def test_a_page_says_in_french_what_furo_says(pages, name):
    said = interface(pages[name])
    for words in ("Aller au contenu", "Afficher ou masquer le sommaire du site", "Haut de page", "Recherche"):
        assert words in said


def test_every_page_is_french_and_its_headings_are_in_order(pages):
    for name, page in pages.items():
        levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
        assert page.html["lang"] == "fr", name
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


TEMPLATES = (*WORDS, "sidebar/navigation.html")


@pytest.mark.parametrize("template", TEMPLATES)
def test_furo_still_says_every_word_that_is_translated(template):
    source = (THEME_PATH / template).read_text("utf-8")
    replaced = list(pieces(source, template))
    assert len(replaced) >= len(WORDS.get(template, "1"))
    assert [said for said, _ in replaced if said not in source] == []


@pytest.mark.parametrize("language", ["en", "en_GB", "xx"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_what_furo_says_is_left_as_it_is_where_there_are_no_other_words(language, template, caplog):
    catalogue.use(language)
    source = (THEME_PATH / template).read_text("utf-8")
    assert in_words(source, template) == source
    assert in_words("", template) == ""
    assert not caplog.records


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ('aria-label="Toggle navigation of Les &lt;œuvres&gt;"', 'aria-label="Déplier ou replier Les &lt;œuvres&gt;"'),
        ("aria-label='Toggle navigation of Le \"fait\"'", 'aria-label="Déplier ou replier Le &quot;fait&quot;"'),
    ],
)
def test_what_unfolds_the_contents_is_labelled(label, said):
    assert label_toggles(f"<li><input {label} id=a></li>") == f"<li><input {said} id=a></li>"


def test_a_word_that_furo_no_longer_says_is_a_warning(caplog):
    assert in_words("<title>Sections<", "partials/icons.html") == "<title>Sections<"
    warned = [record.getMessage() for record in caplog.records]
    assert len(warned) == len(WORDS["partials/icons.html"])
    assert "furo ne dit plus « <title>Contents< » dans partials/icons.html" in warned[0]


def test_a_sentence_that_furo_no_longer_says_is_a_warning(caplog):
    assert in_words("", "page.html") == ""
    warned = [record.getMessage() for record in caplog.records]
    assert len(warned) == len(WORDS["page.html"]) + 1
    assert "furo ne dit plus « Made with Sphinx and @pradyunsg’s Furo » dans page.html" in warned[-1]


def test_the_foot_of_a_page_names_sphinx_unless_the_project_does_not(dossier):
    source = dossier(TWO_THEMES | {"conf.py": f'{CONF}html_theme = "furo"\nannotated_bib_search = False\n'})
    for shown, said in ((True, "Réalisé avec Sphinx et, de @pradyunsg, Furo"), (False, "Réalisé avec Furo")):
        foot = build(source, html_show_sphinx=shown).page("index").find(class_="left-details").get_text()
        assert " ".join(foot.split()).endswith(said)
