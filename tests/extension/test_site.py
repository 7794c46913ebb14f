"""What a host and its robots find at the root of the site, whether or not it knows its own address."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from xml.etree import ElementTree

import pytest
from helpers import CONF, TWO_THEMES, build, java, soup, tool

#: What colours code, and copies it.
CODE_FILES = {"pygments.css", "copybutton.css", "clipboard.min.js", "copybutton.js"}
BASE = "https://example.org/biblio"


@pytest.fixture
def site(dossier):
    """Build a small dossier that is nothing but an edition."""

    def publish(**settings: object):
        return build(dossier(TWO_THEMES | {"conf.py": f'{CONF}html_title = "Dossier"\n'}), **settings)

    return publish


def ways_back(built):
    return [link["href"] for link in built.page("404").find_all("a")]


def test_a_site_that_knows_its_address_lists_its_pages(site):
    built = site(html_baseurl=BASE)
    listed = [node.text for node in ElementTree.parse(built.out / "sitemap.xml").iter() if node.tag.endswith("loc")]
    pages = {path.relative_to(built.out).as_posix() for path in built.out.rglob("*.html")}
    silent = {"404.html", "search.html", "genindex.html"}
    assert sorted(listed) == sorted(f"{BASE}/{page}" for page in pages - silent)
    assert f"Sitemap: {BASE}/sitemap.xml" in (built.out / "robots.txt").read_text()


def test_a_missing_address_leads_to_absolute_addresses_when_they_are_known(site):
    expected = [f"{BASE}/{page}.html" for page in ("search", "index")]
    assert ways_back(site(html_baseurl=BASE)) == expected


def test_without_an_address_there_is_no_sitemap_and_the_page_finds_its_root(site):
    built = site()
    assert not (built.out / "sitemap.xml").exists()
    assert "Sitemap" not in (built.out / "robots.txt").read_text()
    assert ways_back(built) == ["search.html", "index.html"]
    assert "(?:oeuvres)" in built.page("404").script.string


@pytest.mark.parametrize("settings", [{}, {"html_baseurl": BASE}])
def test_the_policy_of_the_missing_page_allows_what_it_holds_and_nothing_else(site, settings):
    page = site(**settings).page("404")
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    inline = [node.string for node in page.find_all(["script", "style"])]
    hashes = {b64encode(sha256(text.encode()).digest()).decode() for text in inline}
    assert set(re.findall(r"sha256-([^']+)", policy)) == hashes
    assert not page.find_all(src=True)
    assert not page.find_all("link")


def test_a_project_that_is_more_than_an_edition_has_its_own_files(site):
    built = site(annotated_bib_standalone=False)
    assert not [name for name in ("404.html", "robots.txt", "sitemap.xml") if (built.out / name).exists()]


def test_tables_leave_their_widths_to_the_stylesheet(edition):
    for path in edition.rglob("*.html"):
        assert ' style="' not in path.read_text("utf-8"), path.name


def test_a_page_says_once_how_wide_it_is(edition):
    for path in edition.rglob("*.html"):
        assert len(soup(path).find_all("meta", attrs={"name": "viewport"})) == 1, path.name


def test_a_page_asks_for_the_files_of_code_only_if_it_holds_some(edition):
    served = set()
    for path in edition.rglob("*.html"):
        page = soup(path)
        asked = {node.get("src") or node.get("href") for node in page.select("script[src], link[rel=stylesheet]")}
        names = {address.partition("?")[0].rpartition("/")[2] for address in asked}
        coded = bool(page.select_one(".highlight"))
        served.add(coded)
        assert names & CODE_FILES == (CODE_FILES if coded else set()), path.name
    assert served == {True, False}


def test_the_nu_html_checker_finds_no_error(edition):
    tool("java")  # which vnu would fetch
    done = java(tool("vnu"), "--skip-non-html", "--errors-only", "--verbose", edition)
    assert done.stderr == ""
    assert set(done.stdout.splitlines()) == {str(path) for path in edition.rglob("*.html")}
