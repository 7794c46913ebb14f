"""What a screen reader, the keyboard and a finger find on a page of each kind, opened once on a phone and once on a desk."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from annotated_bib.site.structure import CHANGES, arranged, readable
from furo import THEME_PATH
from helpers import KINDS, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PHONE, DESK = 360, 1440
SCREENS = {PHONE: {"has_touch": True, "is_mobile": True}, DESK: {}}
LANDMARKS = {"banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"}
#: The targets of less than 24 pixels (WCAG 2.5.8), but for those in a sentence and the marks that the timeline’s table repeats.
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, label:not(.overlay), input:not(label *)")]
    .filter((node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !node.closest(".timeline"))
    .filter((node) => {
        const { width, height } = node.getBoundingClientRect();
        const said = node.closest("p, li, dd, td")?.textContent.replace(node.textContent, "") ?? "";
        return (width < 24 || height < 24) && !(getComputedStyle(node).display === "inline" && said.trim());
    })
    .map((node) => node.outerHTML.slice(0, 120))"""


class Part(NamedTuple):
    """A node of the accessibility tree: its role and name, and the parts in it, which end before the number *end*."""

    role: str
    name: str
    number: int
    end: int


class Seen(NamedTuple):
    """A page: its accessibility tree, what the first Tab reaches, and its small targets, with each drawer open in turn."""

    tree: list[Part]
    first: str
    small: list[str]

    def parts(self, role: str, within: Part | None = None) -> list[Part]:
        """The parts of a *role*, in the order in which they are read."""
        tree = self.tree[within.number + 1 : within.end] if within else self.tree
        return [part for part in tree if part.role == role]

    def names(self, role: str, within: Part | None = None) -> list[str]:
        """Their names."""
        return [part.name for part in self.parts(role, within)]


def read(page: Page) -> list[Part]:
    """What a screen reader is told of *page*, every part before the parts in it."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    known = {node["nodeId"]: node for node in nodes}
    parts: list[Part] = []

    def add(node: dict[str, Any]) -> None:
        number = len(parts)
        told = not node["ignored"] and node["role"]["value"] != "InlineTextBox"
        if told:
            parts.append(Part(node["role"]["value"], " ".join(node["name"]["value"].split()), number, number))
        for child in node["childIds"]:
            if child in known:
                add(known[child])
        if told:
            parts[number] = parts[number]._replace(end=len(parts))

    add(nodes[0])
    return parts


def look(page: Page) -> Seen:
    """Read *page*, its folds open, as its first Tab leaves it; then open its drawers."""
    if "search.html" in page.url:
        page.locator("#search-results li").first.wait_for()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent.trim()")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    tree, small = read(page), page.evaluate(SMALL)
    for drawer in page.locator(".sidebar-toggle").all():
        drawer.evaluate("toggle => { toggle.checked = true }")
        small += page.evaluate(SMALL)
        drawer.evaluate("toggle => { toggle.checked = false }")
    return Seen(tree, first, small)


@pytest.fixture(scope="module")
def site(browser: Browser, edition: Path) -> Iterator[dict[tuple[str, int], Seen]]:
    """Each page on each screen."""
    seen = {}
    with served(edition) as address:
        for width, options in SCREENS.items():
            with browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **options) as context:
                page = context.new_page()
                for path in KINDS:
                    page.goto(address + path)
                    seen[path, width] = look(page)
        return seen


def test_a_heading_has_the_name_of_its_text_and_its_permalink_another(site):
    for (path, _), page in site.items():
        headings, links = page.names("heading"), page.names("link")
        assert not any("¶" in name for name in headings + links), path
        named = {name.removeprefix("Lien permanent : ") for name in links if name.startswith("Lien permanent")}
        assert named <= set(headings), path
        assert named or path.startswith(("search", "selection", "404")), path


def test_landmarks_are_told_apart_and_none_is_empty(site):
    for place, page in site.items():
        landmarks = [part for part in page.tree if part.role in LANDMARKS]
        counted = Counter((part.role, part.name) for part in landmarks)
        assert [landmark for landmark, number in counted.items() if number > 1] == [], place
        several = {role for role, number in Counter(part.role for part in landmarks).items() if number > 1}
        assert [part for part in landmarks if part.role in several and not part.name] == [], place
        assert [part for part in landmarks if part.end == part.number + 1] == [], place
        alone = {part.role for part in landmarks} & {"banner", "contentinfo", "main"}
        assert alone == ({"main"} if place[0] == "404.html" else {"banner", "contentinfo", "main"}), place


def test_the_first_stop_leads_to_the_content(site):
    for place, page in site.items():
        assert page.first == ("Recherche" if place[0] == "404.html" else "Aller au contenu"), place


def test_previous_comes_before_next_in_a_landmark_of_their_own(site):
    page = site["sections/petrir.html", DESK]
    [around] = [part for part in page.parts("navigation") if part.name == "Pages précédente et suivante"]
    assert page.names("link", around) == [
        "Précédent Moudre : moulins, meules et meuniers",
        "Suivant Rompre le pain : tables, prix et partages",
    ]


def test_what_a_notice_offers_names_its_work(site):
    page = site["sections/petrir.html", PHONE]
    for role, offers in {
        "DisclosureTriangle": ["Citer"],
        "link": ["Page de l’œuvre", "BibTeX", "RIS"],
        "button": ["Copier (Référence)", "Copier (BibTeX)", "Copier (RIS)"],
    }.items():
        for offer in offers:
            names = [name for name in page.names(role) if name.startswith(offer)]
            assert f"{offer} Vasseur (2003)" in names
            assert len(set(names)) == len(names) == 4


def test_the_timeline_is_a_list_for_each_theme_and_nothing_else(site):
    page = site["index.html", DESK]
    [picture] = [part for part in page.parts("group") if part.name.startswith("Frise")]
    assert page.names("list", picture) == ["Moudre", "Pétrir", "Rompre le pain"]
    marks = [name for theme in page.parts("list", picture) for name in page.names("link", theme)]
    assert len(marks) == len(page.parts("listitem", picture)) == 11
    assert page.parts("StaticText", picture) == []


@pytest.mark.parametrize("path", KINDS)
def test_a_finger_has_24_pixels(site, path):
    assert site[path, PHONE].small == []


def test_on_a_wide_screen_what_the_edition_says_of_a_work_stands_beside_the_commentary(browser, edition):
    with served(edition) as address, browser.new_context(viewport={"width": DESK, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}oeuvres/vasseur2003.html")
        boxes = [page.locator(f".notice-{part}").bounding_box() for part in ("commentary", "apparatus")]
        assert boxes[1]["x"] > boxes[0]["x"] + boxes[0]["width"]
        assert boxes[1]["y"] < boxes[0]["y"]
        page.goto(f"{address}oeuvres/kerjean2016.html")  # which has none
        edges = [page.locator(f".notice-{part}").bounding_box()["x"] for part in ("apparatus", "reference")]
        assert edges[0] == edges[1]
        page.goto(f"{address}oeuvres/vasseur2003.html")
        page.set_viewport_size({"width": 1200, "height": 900})
        boxes = [page.locator(f".notice-{part}").bounding_box() for part in ("commentary", "apparatus")]
        assert boxes[1]["y"] > boxes[0]["y"] + boxes[0]["height"]
        assert page.evaluate("document.documentElement.scrollWidth") == 1200


# -- furo's templates ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", CHANGES)
def test_what_furo_no_longer_writes_is_a_warning(template, caplog):
    source = (THEME_PATH / template).read_text("utf-8")
    assert arranged(source, template) != source
    assert not caplog.records
    assert arranged("", template) == ""
    assert len(caplog.records) == len(CHANGES[template])
    assert f"furo n’écrit plus « {CHANGES[template][0][0]} » dans {template}" in caplog.records[0].getMessage()


def test_only_the_permalinks_of_headings_are_moved():
    link = '<a class="headerlink" href="#a" title="Lien">¶</a>'
    body = f"<h2>Un</h2><h2><em>A</em> &lt; {{B}}{link}</h2><p>{link}</p>"
    assert readable(body) == (
        '<h2>Un</h2><div class="heading"><h2><em>A</em> &lt; {B}</h2><a class="headerlink" href="#a" '
        f'title="Lien permanent\xa0: A &lt; {{B}}"><span aria-hidden="true">¶</span></a></div><p>{link}</p>'
    )
