"""The site in a browser, served from a sub-path as a host may do: what a reader sees, hears, types and touches."""

from __future__ import annotations

import gzip
import re
import time
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest
from bs4 import BeautifulSoup
from helpers import KINDS, PHONE, unfold, violations
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = (*KINDS, "annexes/apropos.html", "annexes/nouveautes.html", "annexes/contribuer.html", "annexes/accessibilite.html")
THEME = "sections/petrir.html"
WORK = "oeuvres/vasseur2018.html"


def preview(page: Page):
    return page.locator(".preview")


def citation(page: Page, text: str):
    return page.locator("article p a.citation", has_text=text).first


def spoken(page: Page):
    return page.locator(".said[role=status]")


def fold(text: str) -> str:
    bare = "".join(letter for letter in normalize("NFD", text) if not "\u0300" <= letter <= "\u036f")
    return bare.lower().replace("œ", "oe")


# -- Search ------------------------------------------------------------------------------------------------------------


def ask(page: Page, text: str) -> None:
    page.get_by_label("Mots, nom ou année").fill(text)
    page.get_by_role("button", name="Chercher").click()


def found(page: Page) -> list[dict[str, Any]]:
    """The results that are shown, once their number has been said."""
    expect(page.locator("#search-status")).not_to_be_empty()
    items = BeautifulSoup(page.locator("#search-results").inner_html(), "html5lib").find_all("li")
    return [
        {
            "address": item.a["href"].rpartition("/")[2],
            "title": item.h2.get_text(),
            "reference": item.find(class_="search-work").get_text(),
            "passage": passage.get_text() if (passage := item.find(class_="search-passage")) else "",
            "marked": [mark.get_text() for mark in item.find_all("mark")],
        }
        for item in items
    ]


def addresses(page: Page) -> list[str]:
    return [result["address"] for result in found(page)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Etat", "tournier2014"),
        ("2003", "hamon2003"),
        ("oeuvre", "vasseur2003"),
        ("œuvre", "vasseur2003"),
        ("interministerielle", "vasseur2003"),
        ("boulan", "vasseur2018"),
    ],
)
def test_a_word_is_found_as_it_is_typed(visit, query, expected):
    results = found(visit(f"search.html?q={query}"))
    names = [result["address"] for result in results]
    assert f"{expected}.html" in names
    assert len(names) == len(set(names)), "each work once"
    for result in results:
        assert result["marked"], result
        assert all(re.fullmatch(rf"{fold(query)}\w*", fold(mark)) for mark in result["marked"]), result


def test_a_result_is_a_work_a_sentence_of_its_commentary_and_its_reference(visit):
    results = found(visit("search.html?q=crédit+épicerie"))
    [work] = [result for result in results if result["address"] == "vasseur2018.html"]
    assert work["title"].startswith("Le pain qu’on partage")
    assert work["passage"].startswith("On demandait à la tournée du pain, des nouvelles et du «\xa0“crédit”\xa0»")
    assert work["passage"].endswith("Qui passe, le matin, chez ceux qui ne sortent plus\u202f?")
    assert work["reference"].startswith("VASSEUR, Odile. Le pain qu’on partage")
    assert set(work["marked"]) == {"crédit", "épicerie"}


def test_a_result_shows_where_a_word_stands_and_never_an_address(visit):
    results = found(visit("search.html?q=carte"))
    [work] = [result for result in results if result["address"] == "ducrocq2021.html"]
    assert work["reference"].startswith("DUCROCQ, Ève. Carte des moulins à eau")
    for query, address, said in (
        ("lemoine", "vasseur2018.html", "Le livre y est signé Odile Vasseur-Lemoine."),
        ("secours", "vasseur2018.html", "œuvres de secours"),
    ):
        page = visit(f"search.html?q={query}")
        assert addresses(page) == [address]
        expect(page.locator(".search-passage").last).to_contain_text(said)
        assert "example.org" not in page.locator("#search-results").inner_text()
    page = visit("search.html?q=example.org")
    expect(page.locator("#search-status")).to_contain_text("Aucun résultat")


def test_small_words_are_not_marked_beside_others(visit):
    results = found(visit("search.html?q=le+prix+du+pain"))
    assert {fold(mark) for result in results for mark in result["marked"]} <= {"prix", "pain", "pains"}


def test_what_is_found_is_said_once_nothing_more_is_typed(visit):
    page = visit("search.html")
    page.clock.install(time=0)
    page.reload()
    found(page)
    page.clock.pause_at(60_000)  # when what the page says of itself has been said
    page.evaluate("document.addEventListener('annotated-bib-say', ({ detail }) => (window.told ??= []).push(detail))")
    box = page.get_by_label("Mots, nom ou année")
    typed = ""
    for letter in "levain":
        box.press(letter)
        typed += letter
        page.clock.run_for(250)
        expect(page.locator("#search-status")).to_contain_text(f"« {typed} »")
    assert page.evaluate("window.told") is None
    page.clock.run_for(2000)
    expect(spoken(page)).to_contain_text("« levain »")
    assert len(page.evaluate("window.told")) == 1


@pytest.mark.parametrize(("options", "number"), [({}, 4), (PHONE, 0)], ids=["wide", "phone"])
def test_facets_are_open_where_there_is_room(visit, options, number):
    page = visit("search.html", **options)
    found(page)
    expect(page.locator(".search-facets details[open]")).to_have_count(number)
    page.locator(".search-facets summary").first.click()
    ask(page, "levain")
    expect(page.locator("#search-status")).to_contain_text("levain")
    expect(page.locator(".search-facets details[open]")).to_have_count(abs(number - 1))


def test_a_passage_is_set_in_french(visit):
    page = visit("search.html?q=vivante")
    found(page)
    text = page.locator("#search-results").inner_text()
    assert "«\xa0vivante\xa0»" in text
    assert not re.search(r"« | [»:;!?]|’ ", text)


def test_a_value_that_no_work_has_is_no_filter_of_the_language(visit):
    page = visit("search.html?theme=constructor&author=__proto__")
    expect(page.locator("#search-status")).to_contain_text("Aucun résultat")
    assert not page.locator("#search-results li").count()


def test_spellings_find_the_same_works(visit):
    page = visit("search.html?q=Etat")
    plain = set(addresses(page))
    for spelling in ("état", "l’État"):
        ask(page, spelling)
        expect(page.locator("#search-status")).to_contain_text(spelling)
        assert set(addresses(page)) == plain


def test_without_a_word_everything_is_listed_and_nothing_is_marked(visit):
    page = visit("search.html")
    results = found(page)
    assert len([result for result in results if result["reference"] != "Introduction d’un thème"]) == 11
    assert not page.locator("mark").count()


def test_what_cannot_be_found_is_said_and_does_no_harm(visit):
    page = visit("search.html")
    for query in ("<img src=x onerror=alert(1)>", "\"'&#x27;</script>", "zzzzzz", "%%%", "…"):
        ask(page, query)
        expect(page.locator("#search-status")).to_contain_text(f"Aucun résultat pour « {query} ».")
        assert not page.locator("#search-results li, article img").count()


def test_the_box_of_every_page_leads_to_the_search(visit):
    page = visit(THEME)
    page.locator(".sidebar-search").fill("pétrissage")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=p%C3%A9trissage")
    assert addresses(page)


def test_facets_count_combine_and_stay_in_the_address(visit):
    page = visit("search.html?q=farine")
    everything = addresses(page)

    def choose(facet: str, rank: int) -> int:
        group = page.get_by_role("group", name=facet)
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        label = group.locator("label").nth(rank)
        count = int(re.search(r"\((\d+)\)", label.inner_text())[1])
        label.click()
        page.wait_for_url("**&**")
        expect(page.locator("#search-results li")).to_have_count(count)
        return count

    by_decade = choose("Années", -1)
    assert 0 < by_decade < len(everything)
    decade = page.url
    by_both = choose("Genre", 0)
    assert 0 < by_both < by_decade
    both, narrow = page.url, addresses(page)
    assert "decade=" in both
    assert "kind=" in both
    page.reload()
    assert addresses(page) == narrow
    page.go_back()
    assert page.url == decade
    expect(page.locator("#search-results li")).to_have_count(by_decade)
    page.go_back()
    expect(page.locator("#search-results li")).to_have_count(len(everything))


def test_the_back_button_returns_to_the_results(visit):
    page = visit("search.html")
    ask(page, "levain")
    expect(page.locator("#search-status")).to_contain_text("levain")
    before = addresses(page)
    page.locator("#search-results a").first.click()
    page.wait_for_url("**/oeuvres/*")
    page.go_back()
    assert page.get_by_label("Mots, nom ou année").input_value() == "levain"
    assert addresses(page) == before


# -- Previews ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "cited", "author", "said"),
    [
        (THEME, "Société des amis du levain (2009)", "Société des amis du levain", "Ce précis veut"),
        ("annexes/apropos.html", "Kerjean, 2016", "Kerjean", "Sans commentaire."),
        (WORK, "Tournier et Hamon (2014)", "Tournier", ""),
        ("annexes/catalogue.html", "Le temps de la pâte", "Vasseur", ""),
    ],
)
def test_a_work_is_shown_under_the_pointer(visit, path, cited, author, said):
    page = visit(path)
    link = citation(page, cited.replace(" (", "\xa0("))
    link.hover()
    expect(preview(page)).to_be_visible()
    expect(preview(page)).to_have_role("tooltip")
    expect(preview(page).locator(".notice-reference")).to_contain_text(author)
    expect(preview(page).locator("p").nth(1)).to_contain_text(said)
    assert len(preview(page).locator("p").nth(1).inner_text()) < 250


def test_a_preview_can_be_entered_dismissed_and_left(visit):
    page = visit(THEME)
    link = citation(page, "Vasseur\xa0(2003)")
    link.hover()
    preview(page).hover()
    page.mouse.move(5, 5)
    expect(preview(page)).to_be_hidden()
    link.hover()
    expect(preview(page)).to_be_visible()
    preview(page).hover()
    link.hover()
    page.keyboard.press("Escape")
    expect(preview(page)).to_be_hidden()
    link.hover(position={"x": 3, "y": 3})
    page.wait_for_timeout(400)
    expect(preview(page)).to_be_hidden()


def test_the_keyboard_shows_and_dismisses_a_preview(visit):
    page = visit(THEME)
    link = citation(page, "Vasseur\xa0(2011)")
    citation(page, "Société des amis").focus()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(preview(page)).to_contain_text("Qui tient la pâte")
    expect(link).to_have_accessible_description(re.compile("Vasseur, Odile"))
    page.keyboard.press("Escape")
    expect(preview(page)).to_be_hidden()
    expect(link).to_be_focused()
    assert not link.get_attribute("aria-describedby")
    page.keyboard.press("Enter")
    page.wait_for_url("**#vasseur2011")


def test_a_finger_shows_first_and_follows_next(visit):
    page = visit(THEME, **PHONE)
    link = citation(page, "Hamon et al.")
    link.tap()
    expect(preview(page)).to_be_focused()
    expect(preview(page)).to_have_role("dialog")
    expect(preview(page)).to_have_accessible_name("Aperçu de l’œuvre")
    page.locator("h1").tap()
    expect(preview(page)).to_be_hidden()
    link.tap()
    preview(page).get_by_role("link", name="Lire la notice").tap()
    page.wait_for_url("**/moudre.html#hamon2003")
    page.go_back()
    citation(page, "Vasseur\xa0(2003)").tap()
    expect(preview(page)).to_contain_text("Le temps de la pâte")
    citation(page, "Vasseur\xa0(2003)").tap()
    page.wait_for_url("**#vasseur2003")


def test_a_finger_is_answered_however_slow_the_connection(visit):
    page = visit(THEME, **PHONE)
    page.route("**/moudre.html", lambda route: (time.sleep(0.6), route.continue_()))
    citation(page, "Hamon et al.").tap()
    expect(preview(page)).to_be_focused()
    expect(preview(page)).to_contain_text("Hamon")


def test_a_preview_stays_on_a_narrow_screen_and_off_its_link(visit):
    page = visit(THEME, viewport={"width": 320, "height": 640})
    for name in ("Vasseur\xa0(2011)", "Société des amis", "Kerjean", "Hamon et al."):
        citation(page, name).hover()
        expect(preview(page)).to_be_visible()
        link, shown = citation(page, name).bounding_box(), preview(page).bounding_box()
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= 320
        assert shown["y"] >= link["y"] + link["height"] or shown["y"] + shown["height"] <= link["y"]
        page.keyboard.press("Escape")


def test_what_a_preview_shows_is_text(visit):
    page = visit(THEME)
    trap = '<section class="notice" id="hamon2003"><p class="notice-reference">A <b><img alt=x>b</b> <em>c</em></p>'
    page.route("**/moudre.html", lambda route: route.fulfill(body=trap, content_type="text/html"))
    citation(page, "Hamon et al.").hover()
    expect(preview(page)).to_be_visible()
    assert preview(page).locator("p").first.inner_html() == 'A <span class="">b</span> <em class="">c</em>'


def test_a_work_that_cannot_be_read_has_no_preview_and_its_link_still_leads(visit, faults):
    page = visit(THEME, **PHONE)
    fetched = lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()  # noqa: E731
    page.route("**/moudre.html", fetched)
    citation(page, "Hamon et al.").tap()
    page.wait_for_url("**/moudre.html#hamon2003")
    faults.clear()


def test_opened_from_a_folder_the_pages_keep_what_they_can(visit, edition, faults):
    page = visit(THEME, base=f"{edition.as_uri()}/")
    citation(page, "Société des amis").hover()
    expect(preview(page)).to_contain_text("Précis de conduite d’un levain")
    assert page.evaluate("getComputedStyle(document.querySelector('.notice')).borderTopStyle") == "solid"
    page.goto(f"{edition.as_uri()}/search.html")
    expect(page.locator("#search-status")).to_contain_text("Elle ne fonctionne pas quand le site s’ouvre depuis un dossier")
    faults.clear()  # Chromium says that it imports nothing from a folder


# -- Copies, appearance, drawers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("Référence", "VASSEUR, Odile."), ("BibTeX", "@book{Vasseur2018,"), ("RIS", "TY  - BOOK")],
)
def test_a_copy_is_made_and_said(visit, name, beginning):
    page = visit(WORK, permissions=["clipboard-read", "clipboard-write"])
    page.locator("summary", has_text="Citer").click()
    button = page.get_by_role("button", name=f"Copier ({name}) Vasseur (2018)", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(spoken(page)).to_have_text("Copié\u202f!")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(beginning)
    assert copied.strip() == page.locator("pre", has_text=beginning).first.inner_text().strip()


def test_the_appearance_changes_is_said_and_is_kept(visit):
    page = visit(THEME, color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator(".theme-toggle:visible").click()
    expect(page.locator("body")).to_have_attribute("data-theme", "dark")
    expect(spoken(page)).to_have_text("Apparence sombre")
    page.goto(page.url.replace(THEME, WORK))
    assert page.evaluate(ground) != light


def test_drawers_open_and_close_from_the_keyboard(visit):
    page = visit(THEME, viewport={"width": 360, "height": 740})
    inside = page.locator(".sidebar-tree a", has_text="Catalogue")
    expect(inside).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(inside).to_be_visible()
    page.keyboard.press("Escape")
    expect(inside).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator(".toc-tree a", has_text="Le temps de la pâte").click()
    expect(page.locator(".toc-tree a").first).to_be_hidden()


# -- Everyone ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*KINDS, "annexes/nouveautes.html"])
def test_axe_finds_no_fault(visit, path):
    assert violations(visit(path)) == []


def test_axe_finds_no_fault_on_a_phone(visit):
    assert violations(visit("annexes/catalogue.html", **PHONE)) == []


def test_axe_finds_no_fault_in_a_preview(visit):
    page = visit(WORK, **PHONE)
    citation(page, "Tournier et Hamon").tap()
    expect(preview(page)).to_be_visible()
    assert violations(page) == []


#: Scroll to a height, and let the page do what it does then.
SCROLLED = """height => new Promise((done) => {
    addEventListener("scroll", () => requestAnimationFrame(() => requestAnimationFrame(done)), { once: true });
    scrollTo(0, height);
})"""


def test_axe_finds_no_fault_once_the_way_back_to_the_top_is_shown(visit):
    page = visit(THEME, **PHONE)
    for height in (900, 600):  # furo shows it when one scrolls up again
        page.evaluate(SCROLLED, height)
    expect(page.get_by_role("contentinfo").get_by_role("link", name="Haut de page")).to_be_visible()
    assert violations(page) == []


def test_on_a_screen_of_320_pixels_nothing_overflows_or_is_too_small(visit, address):
    wide = """[document.documentElement, ...document.querySelectorAll(".content, .content *")]
        .filter((node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 1)
        .filter((node) => node === document.documentElement || /auto|scroll/.test(getComputedStyle(node).overflowX))
        .map((node) => node.outerHTML.slice(0, 80))"""
    page = visit("", viewport={"width": 320, "height": 640})
    for path in PAGES:
        page.goto(address + path)
        unfold(page)
        assert page.evaluate(wide) == [], path
        assert page.evaluate(SMALL) == [], path
        page.set_viewport_size({"width": 1280, "height": 800})
        assert page.evaluate(SMALL) == [], f"{path}, on a wide screen"
        page.set_viewport_size({"width": 320, "height": 640})


SMALL = """[...document.querySelectorAll("body, body *")]
    .filter((node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim()))
    .filter((node) => node.checkVisibility() && parseFloat(getComputedStyle(node).fontSize) < 12)
    .map((node) => node.outerHTML.slice(0, 80))"""


def test_a_mark_of_the_timeline_has_the_name_of_its_work(visit):
    mark = visit("index.html").locator(".timeline a").first
    expect(mark).to_have_accessible_name(re.compile(r"^Ducrocq \(2021\), Carte des moulins .* ce qui tourne encore$"))


#: The controls that can be seen, as a set from which each one is taken as it is reached.
CONTROLS = """() => {
    const all = [...document.querySelectorAll("a[href], button, input, summary")];
    window.controls = new Set(all.filter((node) => node.checkVisibility({ visibilityProperty: true })));
    return window.controls.size;
}"""
#: The focused control, if neither it nor what stands for it shows that it is.
UNSEEN = """() => {
    const node = document.activeElement;
    window.controls.delete(node);
    const label = node.matches(".sidebar-toggle") && document.querySelector(`label:not(.overlay)[for=${node.id}]`);
    const shows = (part) => {
        const { outlineStyle, stroke, strokeWidth } = getComputedStyle(part);
        return outlineStyle !== "none" || (stroke !== "none" && parseFloat(strokeWidth) > 1);
    };
    const parts = [node, label, node.closest(".sidebar-search-container"), node.querySelector("circle + circle")];
    return parts.filter(Boolean).some(shows) ? [] : [node.outerHTML.slice(0, 120)];
}"""


@pytest.mark.parametrize(("path", "width"), [("index.html", 1280), (WORK, 360), ("search.html?q=farine", 1280)])
def test_the_keyboard_reaches_every_control_and_its_focus_is_seen(visit, path, width):
    page = visit(path, viewport={"width": width, "height": 800})
    unfold(page)
    unseen = []
    for _ in range(page.evaluate(CONTROLS)):
        page.keyboard.press("Tab")
        unseen += page.evaluate(UNSEEN)
    assert unseen == []
    assert page.evaluate("[...window.controls].map((node) => node.outerHTML.slice(0, 120))") == []


def test_without_scripts_everything_can_be_read(visit):
    page = visit(THEME, java_script_enabled=False)
    page.locator("#vasseur2003 summary").click()
    expect(page.locator("#vasseur2003 pre").first).to_be_visible()
    expect(page.locator(".theme-toggle:visible")).to_have_count(0)
    page.locator(".sidebar-search").fill("four")
    page.keyboard.press("Enter")
    page.locator("noscript a").first.click()
    expect(page.locator("h1")).to_contain_text("Catalogue")


def test_a_printed_page_is_only_what_is_read(visit):
    page = visit(THEME)
    page.emulate_media(media="print")
    hidden = "header, .sidebar-drawer, .toc-drawer, footer, .headerlink, details, .copybtn, .theme-toggle, .notice-page"
    expect(page.locator(hidden).locator("visible=true")).to_have_count(0)
    expect(page.locator(".notice-reference").first).to_be_visible()
    page.goto(page.url.replace(THEME, "annexes/apropos.html"))
    link = page.locator("section > p > a.external").first
    assert "example.org" in link.evaluate("link => getComputedStyle(link, '::after').content")


# -- A good guest ------------------------------------------------------------------------------------------------------


def test_no_script_runs_but_the_site_s_own(visit, faults):
    page = visit(THEME)
    page.evaluate("""() => {
        document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }));
        document.querySelector("h1").setAttribute("style", "color: red");
    }""")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") != "rgb(255, 0, 0)"
    assert len(faults) == 2
    faults.clear()


def test_the_home_page_is_light(visit, browser, address):
    weights = {}
    with browser.new_context() as context:
        page = context.new_page()
        page.on("response", lambda answer: weights.update({answer.url: len(gzip.compress(answer.body()))}))
        page.goto(f"{address}index.html", wait_until="networkidle")
    assert sum(weights.values()) < 150_000, weights


@pytest.mark.parametrize("missing", ["nulle-part", "sections/a/b"])
def test_a_missing_address_leads_back_to_the_site(visit, faults, missing):
    page = visit(missing)
    expect(page.locator("h1")).to_have_text("Cette page n’existe pas")
    assert page.locator("link[rel=icon]").get_attribute("href").startswith("data:image/svg+xml;base64,")
    page.get_by_role("link", name="Catalogue des œuvres").click()
    expect(page.locator("h1")).to_contain_text("Catalogue")
    faults.clear()  # Chromium says that the first address was missing
