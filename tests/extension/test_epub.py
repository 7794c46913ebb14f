"""The edition for e-readers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

import pytest
from annotated_bib.source import latex
from bs4 import BeautifulSoup
from helpers import EDITION, ENTRY, build, java, read_bib, tool

WORKS = read_bib([EDITION / "refs.bib"]).works
DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PIXEL = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


@pytest.fixture(scope="module")
def pages(epub):
    with zipfile.ZipFile(epub) as book:
        return {name: BeautifulSoup(book.read(name), "xml") for name in book.namelist() if name.endswith(".xhtml")}


def test_epubcheck_finds_nothing(epub):
    # Debian's epubcheck is a jar, which not every kernel runs by itself.
    done = java(tool("java"), "-jar", tool("epubcheck"), epub)
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr


def test_ace_finds_nothing(epub, pages, tmp_path):
    own = {"HOME": str(tmp_path), "PUPPETEER_EXECUTABLE_PATH": tool("chromium"), "ACE_TIMEOUT_INITIAL": "60000"}
    command = [tool("ace-cli"), "--outdir", tmp_path, epub]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | own)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    read = {document["earl:testSubject"]["url"]: document["assertions"] for document in report["assertions"]}
    assert pages.keys() <= read.keys()
    faults = [(name, fault["earl:result"]["dct:description"]) for name, found in read.items() for fault in found]
    assert not faults


def accessibility(book):
    """The properties of schema.org in the package of *book*."""
    said = {}
    for meta in ElementTree.fromstring(book.read("content.opf")).iter("{http://www.idpf.org/2007/opf}meta"):
        prefix, _, name = meta.get("property", "").partition(":")
        if prefix == "schema":
            said.setdefault(name, []).append(meta.text)
    return said


def test_the_book_says_what_it_is_to_those_who_do_not_see_it(epub):
    with zipfile.ZipFile(epub) as book:
        said = accessibility(book)
    assert said["accessMode"] == ["textual", "visual"]
    assert said["accessModeSufficient"] == ["textual"]
    assert {"alternativeText", "index", "tableOfContents"} <= set(said["accessibilityFeature"])
    assert said["accessibilityHazard"] == ["none"]
    assert "Chaque image a un texte" in said["accessibilitySummary"][0]


@pytest.mark.parametrize("picture", ["![](a.gif)", "```{image} a.gif\n```"])
def test_it_says_no_more_than_is_true_in_any_language(dossier, picture):
    source = dossier({"refs.bib": ENTRY % ("A", "T", "page", "Um."), "page.md": f"# P\n\n{picture}\n\n```{{notices}}\n```\n"})
    (source / "a.gif").write_bytes(PIXEL)
    built = build(source, "epub", version="1", copyright="nós", language="pt_BR")
    with zipfile.ZipFile(next(built.out.glob("*.epub"))) as book:
        said = accessibility(book)
        roots = {name: ElementTree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")}
        assert ElementTree.fromstring(book.read("content.opf")).find(f".//{DC}language").text == "pt-BR"
    assert said["accessModeSufficient"] == ["textual,visual"]
    assert not {"alternativeText", "index"}.intersection(said["accessibilityFeature"])
    assert said["accessibilityHazard"] == ["unknown"]
    assert "Some pictures have no text" in said["accessibilitySummary"][0]
    assert {(root.get("lang"), root.get(XML_LANG)) for root in roots.values()} == {("pt-BR", "pt-BR")}
    assert roots["nav.xhtml"].find(".//{*}title").text == "Tabela de Conteúdo"


def test_every_work_has_its_notice(pages):
    for work in WORKS:
        section = pages[f"sections/{work.theme}.xhtml"].find(id=work.id)
        said = re.sub(r"\s", " ", section.get_text())
        if "annotation" in work.rich:
            assert latex.plain(work.rich["annotation"])[:80] in said.replace("\n", " ")
        assert not section.find("details"), "what only a screen can unfold is not in a book"


def test_links_between_pages_lead_somewhere(pages, epub):
    with zipfile.ZipFile(epub) as book:
        names = set(book.namelist())
    lost = []
    for name, page in pages.items():
        for link in page.find_all("a", href=True):
            address, _, anchor = link["href"].partition("#")
            if "://" in address:
                continue
            target = normpath(join(dirname(name), address)) if address else name
            if target not in names or (anchor and not pages[target].find(id=anchor)):
                lost.append((name, link["href"]))
    assert not lost


def test_the_book_says_what_it_is_in_french(epub, pages):
    with zipfile.ZipFile(epub) as book:
        package = ElementTree.fromstring(book.read("content.opf"))
        contents = book.read("nav.xhtml").decode()
        cover = book.read("_images/cover.png")
    assert package.find(f".//{DC}language").text == "fr"
    assert package.find(f".//{DC}title").text == "Du grain au pain"
    assert "Pétrir\N{NO-BREAK SPACE}: l’eau, la pâte et le temps" in contents
    assert cover.startswith(b"\x89PNG")
    assert {(page.html["lang"], page.html["xml:lang"]) for page in pages.values()} == {("fr", "fr")}
    assert pages["nav.xhtml"].title.string == pages["nav.xhtml"].h1.string == "Table des matières"
    alternative = "Couverture\N{NO-BREAK SPACE}: Du grain au pain. Bibliographie annotée. Les amis du fournil"
    assert pages["epub-cover.xhtml"].img["alt"] == alternative


def test_the_timeline_is_a_picture_with_words(pages, epub):
    image = pages["index.xhtml"].find("img", src="_images/timeline.svg")
    assert "Frise de 11 œuvres" in image["alt"]
    assert "Moudre" in image["alt"]
    with zipfile.ZipFile(epub) as book:
        frame = BeautifulSoup(book.read("_images/timeline.svg"), "xml").svg
    ground, picture = frame.find_all(recursive=False)
    high = int(picture["height"]) + 16
    assert (frame["width"], frame["height"], frame["viewBox"]) == ("448", str(high), f"-12 -8 448 {high}")
    assert ground.attrs == {"x": "-12", "y": "-8", "width": "448", "height": str(high), "fill": "#fff"}
    assert picture.attrs == {
        "class": "timeline", "width": "400", "height": str(high - 16), "overflow": "visible",
        "font-family": "sans-serif", "font-size": "14",
    }  # fmt: skip
    assert {line["stroke"] for line in picture.find_all("line")} == {"#999"}
    marks = picture.find_all(role="listitem")
    assert len(marks) == len(WORKS) == 11
    assert {mark.g.find_all("circle")[-1]["fill"] for mark in marks} == {"#1d4e6b"}
    assert not picture.find("a"), "no reader follows a link in an image"


def test_nothing_is_wider_than_a_narrow_screen(epub, pages, browser, tmp_path):
    with zipfile.ZipFile(epub) as book:
        book.extractall(tmp_path)
    page = browser.new_page(viewport={"width": 320, "height": 480})
    for name in pages:
        page.goto((tmp_path / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    page.close()


def test_what_an_earlier_build_left_is_not_in_the_book(dossier):
    entry = ENTRY % ("A", "Un titre", "page", "Un mot.")
    source = dossier({"refs.bib": entry, "page.md": "# Page\n\n```{notices}\n```\n", "page2.md": "# Autre\n"})
    settings = {"version": "1", "copyright": "nous"}
    first = build(source, "epub", **settings)
    (source / "page2.md").unlink()
    (source / "index.md").write_text("# Dossier\n\n```{toctree}\npage\n```\n", "utf-8")
    second = build(source, "epub", html_title="Un autre titre", **settings)
    assert first.warnings + second.warnings == []
    with zipfile.ZipFile(next(second.out.glob("*.epub"))) as book:
        names = book.namelist()
    assert "page.xhtml" in names
    assert not {"page2.xhtml", ".buildinfo", ".buildinfo.bak"}.intersection(names)


def test_the_date_of_an_edition_is_not_that_of_the_next_one_in_the_same_process(dossier, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    source = dossier({"refs.bib": ENTRY % ("A", "Un titre", "page", "Un mot."), "page.md": "# Page\n\n```{notices}\n```\n"})
    for year in (2001, 2002):
        with (source / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write(f"import datetime\nannotated_bib_date = datetime.date({year}, 3, 4)\n")
        built = build(source, "epub")
        with zipfile.ZipFile(next(built.out.glob("*.epub"))) as book:
            assert {item.date_time[:3] for item in book.infolist()} == {(year, 3, 4)}
