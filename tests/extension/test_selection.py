"""The reader's selection in a browser: works are ticked anywhere, listed on a page, and taken away from it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from annotated_bib.source import bibfile
from bs4 import BeautifulSoup
from helpers import CONF, EDITION, ENTRY, NOTICES, PHONE, build, served, soup, violations
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

THEME = "sections/petrir.html"
PAGE = "selection.html"
#: Three works as an address may have them, and in the order of a bibliography.
SHARED = f"{PAGE}#societelevain2009,vasseur2018,vasseur2011"
KEYS = ["SocieteLevain2009", "Vasseur2018", "Vasseur2011"]
COPIES = {"permissions": ["clipboard-read", "clipboard-write"]}


def tick(page: Page, title: str) -> Locator:
    return page.get_by_role("checkbox", name=f"Dans ma sélection\xa0: {title}").first


def link(page: Page) -> Locator:
    """The link of the sidebar."""
    return page.locator(".sidebar-container .selection-link")


def listed(page: Page, number: int) -> list[str]:
    """The references of the list, once there are *number* of them."""
    expect(page.locator(".selection-works .notice-reference")).to_have_count(number)
    return page.locator(".selection-works .notice-reference").all_inner_texts()


def printed(edition: Path, key: str) -> str:
    """The reference that the page of the work *key* prints."""
    return soup(edition / "oeuvres" / f"{key.lower()}.html").select_one(".notice-reference").get_text()


def downloaded(page: Page, form: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=form, exact=True).click()
    assert download.value.suggested_filename.startswith("selection.")
    return download.value.path().read_bytes().decode("utf-8")


# -- A selection is made -------------------------------------------------------------------------------------------------


def test_a_work_ticked_in_a_notice_is_counted_said_and_listed(visit, edition):
    page = visit(THEME)
    expect(link(page)).to_have_text("Ma sélection")
    tick(page, "Pétrissage, fatigue").check()
    expect(link(page)).to_have_text("Ma sélection (1)")
    expect(page.locator(".said[role=status]")).to_have_text("1\xa0œuvre dans la sélection.")
    page.locator("#vasseur2011 .notice-select a").click()
    assert listed(page, 1) == [printed(edition, "Vasseur2011")]
    page.get_by_role("link", name="Lire la notice\xa0: Pétrissage").click()
    page.wait_for_url("**/oeuvres/vasseur2011.html")
    expect(tick(page, "Pétrissage, fatigue")).to_be_checked()
    tick(page, "Pétrissage, fatigue").uncheck()
    expect(link(page)).to_have_text("Ma sélection")
    expect(page.locator(".said[role=status]")).to_have_text("La sélection est vide.")


def test_works_are_ticked_in_the_catalogue_and_in_another_window(visit, address):
    page = visit("annexes/catalogue.html")
    other = page.context.new_page()
    other.goto(f"{address}{PAGE}")
    tick(page, "Le pain qu’on partage").check()
    tick(page, "Carte des moulins").check()
    expect(page.locator(".selection-line a")).to_have_text("Ma sélection (2)")
    listed(other, 2)
    other.get_by_role("button", name=re.compile("Retirer.*Carte")).click()
    expect(tick(page, "Carte des moulins")).not_to_be_checked()
    expect(tick(page, "Le pain qu’on partage")).to_be_checked()


def test_results_of_a_search_are_taken_one_by_one_or_all(visit):
    page = visit("search.html?q=levain")
    expect(page.locator("#search-status")).to_contain_text("levain")
    works = page.locator("#search-results .select input")
    works.first.check()
    expect(page.locator("#search-selection a")).to_have_text("Ma sélection (1)")
    page.get_by_role("button", name="Prendre ces résultats").click()
    number = works.count()
    assert number > 1
    expect(page.locator("#search-results .select :checked")).to_have_count(number)
    page.locator("#search-selection a").click()
    listed(page, number)


def test_the_keyboard_is_enough(visit):
    page = visit("oeuvres/vasseur2018.html")
    tick(page, "Le pain qu’on partage").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{PAGE}")
    listed(page, 1)
    page.get_by_role("button", name="Tout retirer").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("La sélection est vide.").first).to_be_visible()
    expect(page.get_by_role("button", name="Les remettre")).to_be_focused()
    page.keyboard.press("Enter")
    listed(page, 1)
    expect(page.locator("h1")).to_be_focused()
    page.get_by_role("button", name=re.compile("Retirer.*Le pain")).focus()
    page.keyboard.press("Enter")
    listed(page, 0)
    expect(page.locator("h1")).to_be_focused()


def test_focus_goes_to_the_next_work_when_one_is_removed(visit):
    page = visit(SHARED)
    page.get_by_role("button", name="Les ajouter à ma sélection").click()
    page.get_by_role("button", name=re.compile("Retirer.*Pétrissage")).click()
    listed(page, 2)
    expect(page.get_by_role("button", name=re.compile("Retirer.*Le pain"))).to_be_focused()


def test_a_browser_that_keeps_nothing_has_a_selection_in_its_tab(visit, address, faults):
    page = visit(THEME)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })")
    page.reload()
    tick(page, "Pétrissage, fatigue").check()
    page.goto(f"{address}annexes/catalogue.html")
    expect(tick(page, "Pétrissage, fatigue")).to_be_checked()
    link(page).click()
    listed(page, 1)
    expect(page.locator(".selection-kept:visible")).to_contain_text("Votre navigateur ne garde rien")
    faults.clear()  # furo’s own script asks for what is refused


# -- A selection is shared -----------------------------------------------------------------------------------------------


def test_an_address_brings_its_works_and_adds_them_to_one_s_own_when_asked(visit, edition, address):
    page = visit(THEME)
    tick(page, "Trois nuits").check()
    page.goto(address + SHARED)
    assert listed(page, 3) == [printed(edition, key) for key in KEYS]
    expect(page.get_by_text("Ces œuvres sont celles de l’adresse")).to_be_visible()
    expect(link(page)).to_have_text("Ma sélection (1)")
    page.get_by_role("button", name="Les ajouter à ma sélection").click()
    listed(page, 4)
    assert page.url == address + PAGE
    expect(link(page)).to_have_text("Ma sélection (4)")
    page.go_back()
    listed(page, 3)
    expect(page.get_by_role("button", name="Les ajouter à ma sélection")).to_be_hidden()


def test_the_address_that_is_copied_shows_the_same_list_to_another_reader(visit, address):
    page = visit(SHARED, **COPIES)
    works = listed(page, 3)
    page.get_by_role("button", name="Copier l’adresse").click()
    expect(page.locator(".said[role=status]")).to_have_text("L’adresse est copiée.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}{PAGE}#societelevain2009,vasseur2011,vasseur2018"
    assert listed(visit(copied.removeprefix(address)), 3) == works


def test_what_an_address_names_wrongly_is_said_and_does_no_harm(visit, faults):
    page = visit(f"{PAGE}#../search,<img src=x>,%3Cb%3E,toString,nowhere1900,vasseur2018")
    listed(page, 1)
    expect(page.locator(".selection-works li")).to_have_count(2)
    expect(page.locator(".selection-works")).to_contain_text("n’est pas dans l’édition, ou n’y est plus\xa0: nowhere1900")
    assert not page.locator(".selection img, .selection b").count()
    assert page.locator("#selection-address").inner_text().endswith("#vasseur2018")
    faults.clear()  # Chromium says that the page of nowhere1900 is missing


# -- A selection is taken away -------------------------------------------------------------------------------------------


def test_each_form_holds_what_the_edition_exports_of_the_works(visit, edition):
    page = visit(SHARED)
    works = listed(page, 3)
    entries = {entry.key: entry for entry in bibfile.split(downloaded(page, "BibTeX")).entries}
    source = {entry.key: entry for entry in bibfile.read(EDITION / "refs.bib").entries}
    assert list(entries) == KEYS
    assert {key: entry.raw for key, entry in entries.items()} == {key: source[key].raw for key in KEYS}
    records = re.findall(r"TY  - .*?ER  - \r\n\r\n", (edition / "refs.ris").read_bytes().decode("utf-8"), re.DOTALL)
    wanted = [record for key in KEYS for record in records if f"ID  - {key}\r\n" in record]
    assert downloaded(page, "RIS") == "".join(wanted)
    items = {item["id"]: item for item in json.loads((edition / "refs.json").read_text("utf-8"))}
    assert json.loads(downloaded(page, "CSL-JSON")) == [items[key] for key in KEYS]
    *references, source_line = downloaded(page, "Texte").strip().split("\n\n")
    assert [reference.lower() for reference in references] == [work.lower() for work in works]
    assert references[1].startswith("VASSEUR, Odile. ")
    origin, address = source_line.split("\n")
    assert origin == "Du grain au pain\xa0: bibliographie annotée. Édition 2.3, 21\xa0juin 2025."
    assert address == page.locator("#selection-address").get_attribute("href")


def test_references_are_copied_with_their_italics(visit):
    page = visit(SHARED, **COPIES)
    listed(page, 3)
    page.get_by_role("button", name="Copier les références").click()
    expect(page.locator(".said[role=status]")).to_have_text("Les références sont copiées.")
    read = "async (type) => (await (await navigator.clipboard.read())[0].getType(type)).text()"
    rich = page.evaluate(read, "text/html")
    paragraphs = BeautifulSoup(rich, "html5lib").find_all("p")
    assert [line.em.get_text() for line in paragraphs][:2] == [
        "Précis de conduite d’un levain\xa0: l’entretenir, le donner, le reprendre",
        "Le pain qu’on partage\xa0: de la tournée du boulanger à l’épicerie commune",
    ]
    plain = page.evaluate(read, "text/plain").split("\n\n")
    assert [line.get_text() for line in paragraphs] == plain[:3]


def test_on_paper_there_is_the_list_and_where_it_comes_from(visit, address):
    page = visit(SHARED)
    listed(page, 3)
    page.emulate_media(media="print")
    shown = [line for line in page.locator("body").inner_text().splitlines() if line.strip()]
    assert shown[0] == "Ma sélection"
    assert len(shown) == 6, shown
    assert "Édition 2.3" in shown[4]
    assert shown[5].endswith(f"{address}{PAGE}#societelevain2009,vasseur2011,vasseur2018")


# -- Everyone, anywhere --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "options"), [(PAGE, {}), (SHARED, PHONE)], ids=["empty", "phone"])
def test_axe_finds_no_fault_in_a_selection(visit, path, options):
    page = visit(path, **options)
    listed(page, 3 if "#" in path else 0)
    assert violations(page) == []
    if "#" in path:
        page.get_by_role("button", name="Les ajouter à ma sélection").click()
        expect(page.get_by_role("button", name="Tout retirer")).to_be_visible()
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_nothing_is_offered_that_does_not_work(visit, address):
    page = visit(THEME, java_script_enabled=False)
    expect(page.get_by_text("sélection", exact=False)).to_have_count(0)
    page.goto(address + PAGE)
    expect(page.locator("noscript p").first).to_contain_text("La sélection a besoin de JavaScript.")
    files = [node.get_attribute("href") for node in page.locator("noscript a").all()]
    assert files == ["annexes/catalogue.html", "refs.bib", "refs.ris", "refs.json"]
    assert not page.locator("article").get_by_role("button").locator("visible=true").count()


def test_opened_from_a_folder_the_page_says_what_it_cannot(visit, edition, faults):
    page = visit(THEME, base=f"{edition.as_uri()}/")
    tick(page, "Pétrissage, fatigue").check()
    link(page).click()
    expect(page.get_by_role("alert")).to_contain_text("quand le site s’ouvre depuis un dossier")
    page.get_by_role("link", name="Lire la notice\xa0: vasseur2011").click()
    expect(page.locator("h1")).to_contain_text("Pétrissage")
    faults.clear()  # Chromium says that it fetches nothing from a folder


SMALL = {
    "refs.bib": ENTRY % ("A1", "A study", "page", "A word.") + ENTRY % ("B2", "Another", "page", "A word."),
    "page.md": f"# Page\n\n{{cite:t}}`A1` and {{cite:t}}`B2`.\n\n{NOTICES}",
    "conf.py": CONF.replace('"fr"', '"en"') + "annotated_bib_selection = True\n",
}


def test_another_edition_has_it_in_its_language_its_theme_and_its_addresses(dossier, browser):
    built = build(dossier(SMALL), "dirhtml", html_theme="alabaster")
    assert built.warnings == []
    with served(built.out) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}page/")
        page.get_by_role("checkbox", name="In my selection: A study").check()
        expect(page.locator(".said[role=status]")).to_have_text("1 work in the selection.")
        page.get_by_role("link", name="My selection (1)").click()
        page.wait_for_url("**/selection/")
        expect(page.locator(".selection-works .notice-reference")).to_contain_text("A study")
        page.goto(f"{address}selection/#a1,b2")
        expect(page.locator(".selection-works .notice-reference")).to_have_count(2)
        assert [entry.key for entry in bibfile.split(downloaded(page, "BibTeX")).entries] == ["A1", "B2"]


def test_a_site_has_it_only_where_it_is_asked_for_and_can_be(dossier):
    built = build(dossier(SMALL), annotated_bib_selection=False)
    assert not (built.out / PAGE).exists()
    assert "annotated-bib-selection" not in (built.out / "page.html").read_text("utf-8")
    with pytest.raises(SystemExit):
        build(dossier(SMALL), annotated_bib_work_pages="")
    with pytest.raises(SystemExit):
        build(dossier(SMALL | {"selection.md": "# Ours\n"}))
