"""What is new: the page that says it, and the feeds as a feed reader reads them."""

from __future__ import annotations

from time import struct_time
from typing import TYPE_CHECKING

import feedparser
import html5lib
import pytest
from annotated_bib.site import feeds
from annotated_bib.source import changelog
from bs4 import BeautifulSoup
from helpers import CONF, TRAP, build, edit, links

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

BASE = "https://example.org/pain/"
CHANGELOG = "# Journal\n\n## [Unreleased]\n\n## [2.0] - 2025-06-01\n\nUn *mot*.\n\n## 1.0 — 2025-01-02\n"
FILES = {
    "conf.py": CONF + 'author = "Les amis"\nannotated_bib_changelog = "journal.md"\ninclude_patterns = ["*.md", "sections/*.md"]\n'
    'exclude_patterns = ["journal.md"]\nrelease = "9"\nhtml_title = "Du pain"\n',
    "journal.md": CHANGELOG,
    "index.md": "# Dossier\n\n```{toctree}\nsections/terrain\nsections/theorie\nnouveautes\n```\n",
    "sections/terrain.md": "# Terrain : essais\n\n```{notices}\n```\n",
    "sections/theorie.md": "# Théorie\n\n```{notices}\n```\n",
    "nouveautes.md": "# Nouveautés\n\n```{whats-new}\n```\n",
    "refs.bib": r"""
@book{Un,
  author = {Durand, Élise and Roux, Paul}, title = {Le grain & l’eau : essai}, year = {2001},
  theme = {terrain}, added = {2025-01-02},
  annotation = {Avant \cite{Deux}, \emph{tout} de \url{https://example.net/a?b=1&c}.\par « Oui » ; et ?}, related = {Deux},
  options = {related=false}, relatedwhy = {\cite{Deux} la suite}, completed = {year}, completedfrom = {Catalogue.},
}
@book{Deux, author = {Petit, Anne}, title = {On bread}, year = {2002}, theme = {theorie}, added = {2025-03-04}, langid = {english},
  annotation = {Un mot.}}
@book{Trois, title = {Sans nom}, year = {2003}, theme = {terrain}, added = {2025-03-04}, lacuna = {Le commentaire manque.}}
@book{Quatre, author = {Noir, Ève}, title = {Sans jour}, year = {2004}, theme = {terrain}, annotation = {Un autre mot.}}
""".replace("& l", r"\& l"),
}


def read(path: Path) -> feedparser.FeedParserDict:
    """The feed at *path*, which has no fault."""
    feed = feedparser.parse(path.read_bytes(), response_headers={"content-type": "application/atom+xml"})
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    return feed


def titles(path: Path) -> list[str]:
    return [entry.title.replace("\xa0", " ") for entry in read(path).entries]


def plain(node: Tag) -> str:
    return node.get_text().replace("\xa0", " ")


def day(moment: struct_time) -> str:
    assert moment[3:6] == (0, 0, 0)
    return "{}-{:02}-{:02}".format(*moment)


def content(entry: feedparser.FeedParserDict) -> BeautifulSoup:
    """The text of *entry*, in which nothing is relative."""
    (text,) = entry.content
    assert text.type == "text/html"
    html = BeautifulSoup(text.value, "html5lib")
    assert all(link["href"].startswith("https://") for link in html.find_all("a"))
    return html


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    source = tmp_path_factory.mktemp("news") / "dossier"
    for name, text in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    return build(source, html_baseurl=BASE)


def test_a_feed_reader_reads_what_is_new_the_newest_first(site):
    assert site.warnings == []
    feed = read(site.out / "feed.atom")
    assert (feed.feed.title, feed.feed.author, feed.feed.language) == ("Du pain", "Les amis", "fr")
    assert (feed.feed.id, feed.feed.link) == (f"{BASE}feed.atom", f"{BASE}nouveautes.html")
    assert day(feed.feed.updated_parsed) == "2025-06-01"
    assert [(day(entry.published_parsed), day(entry.updated_parsed)) for entry in feed.entries] == [
        (told, told) for told in ("2025-06-01", "2025-03-04", "2025-03-04", "2025-01-02", "2025-01-02")
    ]
    assert titles(site.out / "feed.atom") == [
        "Édition 2.0",
        "Petit (2002), On bread",
        "Sans nom (2003)",
        "Édition 1.0",
        "Durand et Roux (2001), Le grain & l’eau : essai",
    ]
    assert len({entry.id for entry in feed.entries}) == 5


def test_the_entry_of_a_work_has_what_its_notice_says(site):
    entry = read(site.out / "feed.atom").entries[-1]
    text = content(entry)
    notice = site.page("oeuvres/un").find("section", id="un")
    for name in ("reference", "commentary", "note", "related"):
        assert text.find(class_=f"notice-{name}").get_text() == notice.find(class_=f"notice-{name}").get_text()
    assert text.find(class_="notice-commentary").em.get_text() == "tout"
    assert len(text.find(class_="notice-commentary").find_all("p")) == 2
    assert set(links(text).values()) == {f"{BASE}sections/theorie.html#deux", "https://example.net/a?b=1&c"}
    assert not text.find_all(["details", "section", "h2"])
    assert (entry.id, entry.link) == (f"{BASE}oeuvres/un.html", f"{BASE}oeuvres/un.html")
    assert [author.name for author in entry.contributors] == ["Élise Durand", "Paul Roux"]
    assert [(tag.term, tag.label) for tag in entry.tags] == [("terrain", "Terrain\xa0: essais")]


def test_a_theme_has_its_own_feed(site):
    assert titles(site.out / "sections" / "theorie.atom") == ["Petit (2002), On bread"]
    terrain = site.out / "sections" / "terrain.atom"
    assert titles(terrain) == ["Sans nom (2003)", "Durand et Roux (2001), Le grain & l’eau : essai"]
    assert read(terrain).feed.title == "Du pain – Terrain\xa0: essais"
    assert read(terrain).feed.link == f"{BASE}sections/terrain.html"


def test_each_page_names_the_feeds(site):
    def named(page: str) -> list[str]:
        found = site.page(page).find_all("link", rel="alternate", type="application/atom+xml")
        assert all(link["title"].startswith("Du pain") for link in found)
        return [((site.out / page).parent / link["href"]).resolve().relative_to(site.out).as_posix() for link in found]

    for page in ("index", "nouveautes", "oeuvres/un", "search"):
        assert named(page) == ["feed.atom"]
    assert named("sections/terrain") == ["feed.atom", "sections/terrain.atom"]


def test_the_page_says_what_is_new_day_by_day(site):
    page = site.page("nouveautes")
    said = {
        plain(term): [plain(part) for part in term.find_next_sibling("dd").find_all("p")]
        for term in page.find("dl", class_="whats-new").find_all("dt")
    }
    assert list(said) == ["1er juin 2025", "4 mars 2025", "2 janvier 2025"]
    assert said["1er juin 2025"] == ["Édition 2.0"]
    assert said["4 mars 2025"] == ["Petit (2002), On bread", "Sans nom (2003)"]
    assert said["2 janvier 2025"] == ["Édition 1.0", "Durand et Roux (2001), Le grain & l’eau : essai"]
    assert links(page.find("dl", class_="whats-new"))["Sans nom (2003)"] == "sections/terrain.html#trois"
    addresses = [link["href"] for paragraph in page.select("h1 ~ p") for link in paragraph.find_all("a")]
    assert addresses == [f"{BASE}feed.atom", f"{BASE}sections/terrain.atom", f"{BASE}sections/theorie.atom"]
    assert [address for address in addresses if not (site.out / address.removeprefix(BASE)).is_file()] == []


def test_a_site_that_does_not_know_its_address_has_no_feed(dossier):
    built = build(dossier(FILES))
    assert built.warnings == []
    assert list(built.out.rglob("*.atom")) == []
    page = built.page("nouveautes")
    assert not page.find("link", type="application/atom+xml")
    assert "flux" not in page.get_text()
    assert len(page.find("dl", class_="whats-new").find_all("dt")) == 3


def test_an_entry_leads_where_the_work_is(dossier):
    source = dossier(FILES)
    folders = build(source, "dirhtml", html_baseurl=BASE).out
    assert read(folders / "feed.atom").entries[-1].link == f"{BASE}oeuvres/un/"
    assert links(content(read(folders / "feed.atom").entries[-1]))["Petit (2002)"] == f"{BASE}sections/theorie/#deux"
    themes = build(source, fresh=True, html_baseurl=BASE, annotated_bib_work_pages="").out
    assert read(themes / "sections" / "theorie.atom").entries[0].id == f"{BASE}sections/theorie.html#deux"


def test_who_answers_for_the_edition_is_the_author(dossier):
    settings = {"annotated_bib_publisher": "Le fournil", "annotated_bib_contact": "pain@example.org"}
    settings |= {"annotated_bib_license": "https://example.org/by"}
    feed = read(build(dossier(FILES), html_baseurl=BASE, **settings).out / "feed.atom")
    assert dict(feed.feed.author_detail) == {"name": "Le fournil", "email": "pain@example.org"}
    assert [link.href for link in feed.feed.links if link.rel == "license"] == ["https://example.org/by"]


def test_text_stays_text(dossier):
    trap = TRAP.replace("theme = {page}", "theme = {terrain}, added = {2025-09-09}")
    feed = read(build(dossier(FILES | {"refs.bib": FILES["refs.bib"] + trap}), html_baseurl=BASE).out / "feed.atom")
    entry = feed.entries[0]
    assert "</title>" in entry.title_detail.value
    assert entry.title_detail.type == "text/plain"
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(entry.content[0].value)
    assert "</script>& fin" in "".join(tree.itertext())
    assert {node.tag for node in tree.iter() if isinstance(node.tag, str)} <= {"DOCUMENT_FRAGMENT", "div", "p", "span", "em"}


def test_an_edition_without_a_changelog_is_the_one_of_conf_py(dossier):
    dated = "import datetime\nannotated_bib_date = datetime.date(2025, 5, 1)\n"
    conf = FILES["conf.py"].replace('annotated_bib_changelog = "journal.md"\n', dated)
    assert titles(build(dossier(FILES | {"conf.py": conf}), html_baseurl=BASE).out / "feed.atom")[0] == "Édition 9"


def test_where_nothing_has_a_day_the_page_says_so(dossier):
    bib = FILES["refs.bib"].replace("added =", "x-added =")
    built = build(dossier(FILES | {"refs.bib": bib, "journal.md": "# Rien\n"}), html_baseurl=BASE)
    assert built.warnings == []
    assert built.page("nouveautes").find("p").get_text() == "Aucune œuvre ne dit quand elle est entrée dans l’édition."
    assert list(built.out.rglob("*.atom")) == []


def test_an_edit_of_what_a_feed_says_is_followed(dossier):
    source = dossier(FILES)
    out = build(source, html_baseurl=BASE).out
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.atom")}
    edit(source / "refs.bib", "{Un mot.}", "{Un mot de plus.}")
    build(source, html_baseurl=BASE)
    assert "Un mot de plus." in (out / "sections" / "theorie.atom").read_text("utf-8")
    assert {path.name for path, moment in before.items() if path.stat().st_mtime_ns != moment} == {"feed.atom", "theorie.atom"}
    edit(source / "journal.md", "2025-06-01", "2024-12-31")
    page = build(source, html_baseurl=BASE).page("nouveautes")
    assert titles(out / "feed.atom")[-1] == "Édition 2.0"
    assert plain(page.find("dl", class_="whats-new").find_all("dt")[-1]) == "31 décembre 2024"
    edit(source / "refs.bib", "theme = {theorie}, added = {2025-03-04}", "theme = {theorie}")
    build(source, html_baseurl=BASE)
    assert {path.name for path in out.rglob("*.atom")} == {"feed.atom", "terrain.atom"}
    build(source)
    assert list(out.rglob("*.atom")) == []


def test_a_feed_has_the_newest_entries_alone(dossier, monkeypatch):
    monkeypatch.setattr(feeds, "LIMIT", 1)
    out = build(dossier(FILES), html_baseurl=BASE).out
    assert titles(out / "feed.atom") == ["Édition 2.0"]
    assert titles(out / "sections" / "terrain.atom") == ["Sans nom (2003)"]


def test_the_editions_are_the_headings_of_the_changelog_that_have_a_day():
    text = (
        "# Changelog\n\n## [Unreleased]\n## 3.0 - soon\n## [2.1.0](https://example.org/v2.1.0) - 2025-02-03\n### 9 - 2025-02-03\n"
        "## [2.0.0-rc.1] – 2025-02-02 [YANKED]\n- ## 8 - 2025-01-01\n## 1.0 — 2025-02-30\n##\t0.9  -  2024-12-31\n"
    )
    assert [(release.version, release.day.isoformat()) for release in changelog.releases(text)] == [
        ("2.1.0", "2025-02-03"),
        ("2.0.0-rc.1", "2025-02-02"),
        ("0.9", "2024-12-31"),
    ]
