"""What a host and its robots find at the root of the site, whether or not it knows its own address."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from hashlib import sha256
from subprocess import CompletedProcess
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from annotated_bib.site import search
from furo import THEME_PATH
from helpers import CONF, EDITION, TWO_THEMES, build, java, soup, tool

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
    assert (built.out / "robots.txt").read_text("utf-8") == f"User-agent: *\nAllow: /\nSitemap: {BASE}/sitemap.xml\n"


def test_a_missing_address_leads_to_absolute_addresses_when_they_are_known(site):
    expected = [f"{BASE}/{page}.html" for page in ("search", "index")]
    assert ways_back(site(html_baseurl=BASE)) == expected


def test_without_an_address_there_is_no_sitemap_and_the_page_finds_its_root(site):
    built = site()
    assert not (built.out / "sitemap.xml").exists()
    assert (built.out / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
    assert ways_back(built) == ["search.html", "index.html"]
    assert "(?:oeuvres)" in built.page("404").script.string


def policy(page):
    """What the policy of *page* lets in, by the kind of thing, and the hashes of its inline scripts and styles."""
    content = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    allowed = {kind: sources.split() for kind, _, sources in (part.strip().partition(" ") for part in content.split(";"))}
    inline = {name: [node.string for node in page.find_all(name) if not node.attrs] for name in ("script", "style")}
    return allowed, {
        name: [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts] for name, texts in inline.items()
    }


def test_the_policy_of_a_page_lets_in_its_own_site_and_nothing_else(edition):
    for name in ("index", "sections/petrir"):
        allowed, hashes = policy(soup(edition / f"{name}.html"))
        own = ["'self'", "file:"]
        assert hashes["style"] == []
        assert hashes["script"]
        assert {*hashes["script"]} <= {*allowed["script-src"][3:]}
        assert allowed | {"script-src": allowed["script-src"][:3]} == {
            "default-src": ["'none'"], "script-src": [*own, "'wasm-unsafe-eval'"], "style-src": own, "img-src": [*own, "data:"],
            "font-src": own, "connect-src": ["'self'"], "form-action": own, "base-uri": ["'none'"],
        }  # fmt: skip


@pytest.mark.parametrize("settings", [{}, {"html_baseurl": BASE}])
def test_the_policy_of_the_missing_page_allows_what_it_holds_and_nothing_else(site, settings):
    page = site(**settings).page("404")
    allowed, hashes = policy(page)
    assert hashes["style"]
    assert allowed == {
        "default-src": ["'none'"], "img-src": ["data:"], "script-src": hashes["script"] or ["'none'"], "style-src": hashes["style"],
        "base-uri": ["'none'"],
    }  # fmt: skip
    assert not page.find_all(src=True)
    assert not page.find_all("link")


def test_a_project_that_is_more_than_an_edition_has_its_own_files(site):
    built = site(annotated_bib_standalone=False)
    assert not [name for name in ("404.html", "robots.txt", "sitemap.xml") if (built.out / name).exists()]


def test_the_missing_page_holds_the_icon_of_the_site(edition):
    (link,) = soup(edition / "404.html").find_all("link", rel="icon")
    icon = b64encode((EDITION / "_static" / "favicon.svg").read_bytes()).decode()
    assert link["href"] == f"data:image/svg+xml;base64,{icon}"


@pytest.mark.parametrize(("said", "told"), [("no\n room", "no room"), ("", "pagefind: 3")])
def test_a_search_index_that_cannot_be_written_is_a_warning(site, monkeypatch, said, told):
    monkeypatch.setattr(search.subprocess, "run", lambda command, **options: CompletedProcess(command, 3, "", said))
    assert [warning.partition(" [")[0] for warning in site(annotated_bib_search=True).warnings] == [
        f"WARNING: l’index de recherche n’a pu être écrit : {told}"
    ]


def test_a_disk_that_is_full_after_the_search_index_is_an_error(site, monkeypatch):
    monkeypatch.setattr(search.shutil, "disk_usage", lambda folder: SimpleNamespace(free=0))
    with pytest.raises(OSError, match=r"No space left on device: '.*/doctrees/pagefind'"):
        site(annotated_bib_search=True)


@pytest.fixture(scope="module")
def records(edition):
    """What the search index holds of each page, by the name that it gives its record."""
    texts = {path.stem: gzip.decompress(path.read_bytes()) for path in (edition / "pagefind" / "fragment").iterdir()}
    return {name: json.loads(text[text.index(b"{") :]) for name, text in texts.items()}


def test_the_search_knows_what_a_result_shows_and_in_which_words_it_is_found(records):
    by_page = {record["url"]: record for record in records.values()}
    assert len(by_page) == 14
    found = by_page["/oeuvres/tournier2014.html"]
    commentary = (
        "L’article suit, de taxe en dispense, un prix que le préfet affichait. Fixer le prix de la miche, c’était fixer celui de la"
        " farine, puis celui de l’heure : l’État s’est fait boulanger sans le vouloir. Les auteurs retiennent quatre moments, dont"
        " deux grèves, et publient en annexe les affiches."
    )
    note = "Le DOI vient du site de la revue. Le commentaire s’arrête avant la fin du tarif."
    reference = (
        "TOURNIER, Blaise et HAMON, Cécile. « L’État et le prix du pain : un siècle de tarifs et d’affiches »."
        " Cahiers des subsistances, 7 mars 2014, n° 12, p. 31-58. ISSN 2000-0014."
    )
    assert {name: re.sub(r"\s", " ", text) for name, text in found["meta"].items()} == {
        "title": "L’État et le prix du pain : un siècle de tarifs et d’affiches", "key": "tournier2014", "reference": reference,
        "commentary": commentary, "note": note, "keywords": "prix, État, boulangers",
    }  # fmt: skip
    words = f"{commentary} {note} {reference} prix, État, boulangers. 10.5555/subsistances.2014.12.31."
    assert re.sub(r"\s", " ", found["content"]) == words.replace("’", "’ ")
    assert "note" not in by_page["/oeuvres/vasseur2003.html"]["meta"]
    theme = by_page["/sections/moudre.html"]
    assert theme["meta"].keys() == {"title", "reference", "commentary"}
    assert theme["meta"]["reference"] == "Introduction d’un thème"
    assert theme["meta"]["commentary"].startswith("Quatre textes vont du moulin au meunier. ")
    assert theme["content"].startswith("Moudre : moulins, meules et meuniers. Quatre textes ")


def test_the_facets_of_the_search_tell_works_by_theme_author_decade_and_kind(edition, records):
    facets = json.loads((edition / "pagefind" / "facets.json").read_text("utf-8"))
    assert set(facets) == {"theme", "author", "decade", "kind"}
    page = {name: record["url"].rpartition("/")[2].removesuffix(".html") for name, record in records.items()}
    of = {
        facet: {value: " ".join(sorted(page[name] for name in names)) for value, names in values.items()}
        for facet, values in facets.items()
    }
    assert of["theme"]["Rompre le pain\xa0: tables, prix et partages"] == "fourssd rompre tournier2014 vasseur2018"
    assert of["author"] == {
        "Ducrocq, Ève": "ducrocq2021", "Vasseur, Odile": "vasseur2003 vasseur2011 vasseur2018", "Kerjean, Armelle": "kerjean2016",
        "Tournier, Blaise": "tournier2014", "Hamon, Cécile": "hamon2003 tournier2014", "Ashby, Helen": "ashby1998",
        "Société des amis du levain": "societelevain2009", "Ogier de la Brède, Anselme": "ogierbrede1996",
    }  # fmt: skip
    assert of["decade"] == {
        "2020-2029": "ducrocq2021", "2010-2019": "kerjean2016 tournier2014 vasseur2011 vasseur2018",
        "2000-2009": "hamon2003 societelevain2009 vasseur2003", "1990-1999": "ashby1998 ogierbrede1996", "Date perdue": "fourssd",
    }  # fmt: skip
    assert of["kind"] == {
        "Livre": "ashby1998 vasseur2003 vasseur2018", "Article": "tournier2014", "Chapitre": "ogierbrede1996",
        "Document en ligne": "ducrocq2021", "Mémoire de master 2": "kerjean2016", "Cahier technique": "hamon2003",
        "Genre non précisé": "fourssd societelevain2009 vasseur2011", "Introduction d’un thème": "moudre petrir rompre",
    }  # fmt: skip


def luminance(colour):
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(*colours):
    """The contrast of two colours, as WCAG computes it."""
    low, high = sorted(map(luminance, colours))
    return (high + 0.05) / (low + 0.05)


def test_the_colours_of_an_edition_are_some_of_furo_s_and_readable_by_day_and_by_night(edition):
    light, dark, follows, *themes = (edition / "_static" / "annotated-bib-colours.css").read_text("utf-8").splitlines()
    assert light.startswith("body { --")
    assert dark.startswith('@media not print { :is(html, body)[data-theme="dark"] { --')
    assert follows.startswith('@media not print { @media (prefers-color-scheme: dark) { body:not([data-theme="light"]) { --')
    day, night, chosen = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rule)) for rule in (light, dark, follows))
    assert night == chosen
    assert [rule.count("--") for rule in (light, dark)] == [len(day), len(night)]
    assert [(colours["theme-moudre"], colours["theme-petrir"]) for colours in (day, night)] == [
        ("#2f4f8f", "#855800"), ("#9fb8ec", "#dcb466"),
    ]  # fmt: skip
    read = {*re.findall(r"var\(--(color-[\w-]+)", (THEME_PATH / "static" / "styles" / "furo.css").read_text("utf-8"))}
    assert {name for name in {*day, *night} if name.startswith("color-")} - read == set()
    for colours in (day, night):
        texts = ("foreground-primary", "brand-primary", "brand-content", "brand-visited")
        grounds = ("background-primary", "background-secondary", "code-background")
        assert min(contrast(colours[f"color-{text}"], colours[f"color-{ground}"]) for text in texts for ground in grounds) > 4.5
        assert contrast(colours["color-code-foreground"], colours["color-code-background"]) > 7
        assert contrast(colours["color-background-border"], colours["color-background-primary"]) > 1.2
    links = 'a:is([href="petrir.html"], [href$="/petrir.html"], [href$="petrir/"])'
    assert themes[2:] == [
        f'[data-page="petrir"], {links} {{ --theme: var(--theme-petrir); }}',
        f":is(dl.themes dt, .notice-theme, table.catalogue td:last-child) {links} {{ color: var(--theme); }}",
    ]


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
