"""The words of the site's templates and scripts come from the catalogue; an edition in English speaks English."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from annotated_bib.language import catalogue
from annotated_bib.site import furo, words
from annotated_bib.site.builder import _STATIC
from annotated_bib.site.templates import FOLDER
from babel.messages.pofile import read_po
from helpers import CONF, Built, build, served
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

FRENCH = Path(catalogue.__file__).parent / "locale" / "fr" / "LC_MESSAGES" / f"{catalogue.DOMAIN}.po"
SCRIPTS = sorted(_STATIC.glob("*.js"))
USED = re.compile(r'annotatedBibWords\[\s*"([^"]+)"\s*\]')
TOLD = re.compile(r"""words\((["'])(.+?)\1""")
LANGUAGE = 'language = "fr"'
ENGLISH = {
    "conf.py": CONF.replace(LANGUAGE, 'language = "en"').replace('"basic"', '"furo"').replace("oeuvres", "works")
    + 'annotated_bib_policy = annotated_bib_search = True\nhtml_title = "A small dossier"\n',
    "trades.md": "# Trades\n\nAs {cite:t}`Doe2001` and {cite:t}`Roe1999` say.\n\n```{notices}\n```\n",
    "lists.md": "# Lists\n\n```{catalogue}\n```\n",
    "authors.md": "# Authors\n\n```{work-index} author\n```\n",
    "refs.bib": """
@book{Doe2001, author = {Doe, Jane}, title = {The author’s tale}, year = {2001}, theme = {trades},
  annotation = {The editors’ commentary on the “trades” of others; nobody’s.}}
@book{Roe1999, author = {Roe, Max}, title = {Other works}, year = {1999}, theme = {trades}, lacuna = {Its commentary is lost.}}
""",
}


def told(script: str) -> dict[str, str]:
    """The words that the *script* made by the site holds."""
    text = re.fullmatch(r"const annotatedBibWords = (\{.*\});\n", script, re.DOTALL)[1]
    return json.loads(text)


# -- The catalogue -------------------------------------------------------------------------------------------------------


def test_the_scripts_name_the_words_that_they_are_given_and_no_others():
    used = [word for script in SCRIPTS for word in USED.findall(script.read_text("utf-8"))]
    assert set(used) == set(words.WORDS)
    assert len(words.WORDS) == len(set(words.WORDS))
    named = sum(script.read_text("utf-8").count("annotatedBibWords") for script in SCRIPTS)
    assert named == len(used), "a word is looked up in another way"


def test_scripts_and_templates_hold_no_words_of_their_own():
    sources = [*SCRIPTS, *(path for path in FOLDER.rglob("*") if path.is_file())]
    for path in sources:
        code = re.sub(r"//[^\n]*|/\*.*?\*/|\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search("[àâçéèêîôùû]|l’|d’", code.replace("[cdjlmnst]", "")), path.name


def test_the_french_catalogue_has_them_all():
    with FRENCH.open("rb") as file:
        french = read_po(file)
    templates = [path.read_text("utf-8") for path in FOLDER.rglob("*") if path.is_file()]
    messages = {message for text in templates for _, message in TOLD.findall(text)}
    assert sum(text.count("words(") for text in templates) >= len(messages) > 15
    of_furo = {message for table in furo.WORDS.values() for message in table} | {furo._MADE, furo._MADE_WITH_SPHINX, furo._TOGGLE}
    asked = [*((message, None) for message in {*words.WORDS, *messages}), *((message, "furo") for message in of_furo)]
    missing = [message for message, context in asked if not (entry := french.get(message, context)) or not entry.string]
    assert missing == []


def test_the_words_of_a_script_are_safe_in_it(tmp_path):
    catalogues = tmp_path / "fr" / "LC_MESSAGES"
    catalogues.mkdir(parents=True)
    wicked = '</script><!-- \u2028\u2029 \' \\\\ \\"{{text}}\\"'
    (catalogues / f"{catalogue.DOMAIN}.po").write_text(f'msgid "Copy"\nmsgstr "{wicked}"\n', "utf-8")
    catalogue.use("fr", [tmp_path])
    script = words.script()
    assert not re.search("</|\u2028|\u2029", script)
    assert told(script)["Copy"] == '</script><!-- \u2028\u2029 \' \\ "{text}"'
    assert told(script)["Theme"] == "Thème"


# -- An edition in English -----------------------------------------------------------------------------------------------


@pytest.fixture
def english(dossier) -> Built:
    return build(dossier(ENGLISH))


@pytest.fixture
def address(english: Built) -> Iterator[str]:
    with served(english.out) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose console says nothing, but that the site has no favicon."""
    said: list[str] = []
    page = browser.new_page()
    page.route("**/favicon.ico", lambda route: route.fulfill(body=""))
    page.on("console", lambda message: message.type in ("error", "warning") and said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.close()
    assert said == []


def test_an_english_site_speaks_no_french(english):
    assert english.warnings == []
    assert set(told((english.out / "_static" / words.FILE).read_text("utf-8")).items()) == {(word, word) for word in words.WORDS}
    for path in english.out.rglob("*.html"):
        page = english.page(path.relative_to(english.out).with_suffix("").as_posix())
        assert page.html["lang"] == "en", path.name
        labels = [node["aria-label"] for node in page.find_all(attrs={"aria-label": True})]
        text = page.get_text() + " ".join(labels)
        assert not re.search(r"[àâçéèêîôùûœ«»\u202f]|\bRecherche|\bSommaire|\bPanneaux|\bPlan\b|\bChercher", text), path.name
    missing = english.page("404")
    assert missing.title.get_text() == "Page not found - A small dossier"
    assert [link.get_text() for link in missing.find_all("a")] == ["Search", "Catalogue of works", "Index", "Home and themes"]
    foot = " ".join(english.page("index").find(class_="left-details").get_text().split())
    assert foot.endswith("Made with Sphinx and @pradyunsg's Furo")


def test_without_scripts_the_search_leads_to_the_lists(english):
    [note] = english.page("search").find_all("noscript")
    said = " ".join(note.get_text().split())
    assert said == (
        "The search needs JavaScript. "
        "Without it, the catalogue has all works, the index their authors, years, organisations and keywords."
    )
    assert [link["href"] for link in note.find_all("a")] == ["lists.html", "authors.html"]


def test_an_english_word_is_found_as_it_is_typed(address, page):
    for query, number in (("author's", 1), ("author’s", 1), ("authors", 1), ("editors", 1), ("nobody’s", 1), ("trades", 2)):
        page.goto(f"{address}search.html?q={query}")
        results = "1 result" if number == 1 else f"{number} results"
        expect(page.locator("#search-status")).to_have_text(f"{results} for “{query}”.")
    page.goto(f"{address}search.html?q=editors")
    expect(page.locator(".search-passage")).to_contain_text("The editors’ commentary on the “trades” of others; nobody’s.")
    page.goto(f"{address}search.html?q=zzz")
    expect(page.locator("#search-status")).to_have_text("No result for “zzz”. Try a shorter word, or remove a filter.")
    page.goto(f"{address}search.html")
    expect(page.locator("#search-status")).to_have_text("3 results.")
    expect(page.locator(".search-facets summary")).to_have_text(["Theme", "Author", "Years", "Kind"])


def test_an_english_page_says_what_it_does(address, page):
    page.goto(f"{address}trades.html")
    page.locator("p a.citation", has_text="Roe (1999)").first.hover()
    expect(page.locator(".preview")).to_contain_text("No commentary.")
    page.locator(".theme-toggle-content .theme-toggle").click()
    expect(page.locator(".said[role=status]")).to_have_text(re.compile("(Automatic|Light|Dark) appearance"))


def test_opened_from_a_folder_the_words_are_there(english, browser):
    page = browser.new_page()
    page.goto(f"{english.out.as_uri()}/search.html")
    expect(page.locator("#search-status")).to_contain_text("The search did not start.")
    page.close()
