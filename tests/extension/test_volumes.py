"""A book in volumes: what each holds, where its links lead, and what an edit leaves of it."""

from __future__ import annotations

import json
import pickle
import re
import shutil
import subprocess
import sys
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

import pikepdf
import pypdf
import pytest
from annotated_bib.book import compiler, typesetting
from annotated_bib.language.typography import french
from annotated_bib.pages.volumes import bound, chapters
from helpers import CONF, EDITION, ENTRY, NOTICES, build, edit, links, read_bib, sections, squeezed, structure

if TYPE_CHECKING:
    from pathlib import Path

WORKS = read_bib([EDITION / "refs.bib"]).works
#: Two themes, each a volume, whose works lead to each other, and a page that leads to the PDF.
TWO_VOLUMES = {
    "conf.py": f'{CONF}annotated_bib_volume = 1\nsuppress_warnings = ["annotated_bib.font"]\n',
    "refs.bib": ENTRY % ("A", "Un titre", "amont", r"Il mène à \cite{B}.") + ENTRY % ("B", "Un autre", "aval", "Un mot."),
    "amont.md": f"# Amont\n\n{NOTICES}",
    "aval.md": f"# Aval\n\nComme {{cite:t}}`A` le dit.\n\n{NOTICES}",
    "livre.md": "# Livre\n\nLe livre en {site-file}`PDF <main.pdf>`.\n",
}


def texts(path: Path) -> list[str]:
    """The text of each page of a PDF."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]


@pytest.fixture(scope="session")
def pages(volumes):
    """The text of each page of each volume."""
    return [*map(texts, volumes)]


# -- What a volume holds -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("works", "expected"),
    [
        ({"a": 3, "b": 3, "c": 3}, ["abc"]),
        ({"a": 4, "b": 4, "c": 4}, ["ab", "c"]),
        ({"a": 1, "b": 12, "c": 1, "d": 1}, ["a", "b", "cd"]),  # a theme is not divided
        ({"x": 0, "a": 6, "y": 0, "b": 6, "z": 0}, ["xa", "ybz"]),  # pages without works go with what follows them
        ({"a": 9, "b": 9, "I": 0, "z": 0}, ["a", "b", "Iz"]),  # an index counts for a third of all works
        ({"I": 0, "a": 9}, ["Ia"]),  # and for nothing in a single book
    ],
)
def test_themes_fill_volumes_in_their_order(works, expected):
    book = bound("first", {page: [page] for page in works}, works, lists={"I"}, most=9)
    assert ["".join(volume) for volume in book] == expected


def test_a_chapter_holds_the_pages_below_its_own_each_of_which_stands_once():
    includes = {"first": ["a", "b", "c"], "a": ["a1", "b"], "a1": ["first", "a"]}
    assert chapters("first", ["z"], includes) == {"a": ["a", "a1", "b"], "c": ["c"], "z": ["z"]}


def test_each_volume_has_its_own_chapters_in_its_outline(volumes):
    outlines = [[item.title for item in pypdf.PdfReader(path).outline if not isinstance(item, list)] for path in volumes]
    assert [outline[:2] for outline in outlines] == [["Les volumes", "Table des matières"]] * 3
    shorts = [[title.partition("\N{NO-BREAK SPACE}:")[0] for title in outline[2:]] for outline in outlines]
    assert shorts == [
        ["Introduction", "Moudre", "Pétrir"],
        ["Rompre le pain", "Catalogue"],
        ["Index", "Citer et télécharger", "À propos de cette édition"],
    ]


def test_each_volume_says_which_it_is_and_what_the_others_hold(volumes, pages):
    for number, (path, volume) in enumerate(zip(volumes, pages, strict=True), 1):
        assert f"Volume {number} sur 3" in volume[0]
        assert pypdf.PdfReader(path).metadata.title == french(f"Du grain au pain : bibliographie annotée, volume {number}")
        assert next(page for page in volume if page.startswith("Les volumes")) == (
            "Les volumes Volume 1 grain.pdf Introduction ; Moudre ; Pétrir Volume 2 grain-2.pdf Rompre le pain ; Catalogue"
            " Volume 3 grain-3.pdf Index ; Citer et télécharger ; À propos de cette édition"
        )


def test_every_work_has_its_notice_in_one_volume(pages):
    for work in WORKS:
        notice = squeezed(f"{french(work.title)} N° ")
        assert sum(squeezed("".join(volume)).count(notice) for volume in pages) == 1, work.key


# -- Where links lead --------------------------------------------------------------------------------------------------


def test_the_index_gives_volumes_and_pages(pages):
    start = next(number for number, page in enumerate(pages[2]) if page.startswith("Index "))
    index = " ".join(pages[2][start : start + 2])
    for work in WORKS:
        name = " ".join(f"{work.author_label} ({work.year_label})".split())
        found = set(re.findall(rf"{re.escape(name)}, vol. (\d), p. (\d+)\b", index))
        assert [squeezed(work.title) in squeezed(pages[int(volume) - 1][int(page) - 1]) for volume, page in found] == [True], name


def test_a_citation_gives_the_volume_of_another_and_leads_to_its_file(volumes, pages):
    said = re.search(r"Tournier et Hamon \(2014\), vol. 2, p. (\d+), parlent", " ".join(pages[0]))
    assert "L’État et le prix du pain" in pages[1][int(said[1]) - 1]
    assert re.search(r"Hamon et al. \(2003\), p. \d+, ne connaît", " ".join(pages[0]))
    with pikepdf.open(volumes[0]) as pdf:
        every = [link for page in pdf.pages for link in page.get("/Annots", ()) if link.Subtype == "/Link"]
        others = {(str(link.A.F.UF), int(link.A.D[0]) + 1, str(link.Contents)) for link in every if "/F" in link.get("/A", {})}
        assert all("/StructParent" in link for link in every)
        assert not [link for link in every if "volume" in str(link.get("/A", {}).get("/URI", ""))]
    assert ("grain-2.pdf", int(said[1]), f"volume 2, page {said[1]}") in others
    assert {file for file, _page, _says in others} == {"grain-2.pdf", "grain-3.pdf"}
    assert all(page <= len(pages[int(file[6]) - 1]) for file, page, _says in others)


def test_a_volume_is_printed_again_where_what_it_tells_of_has_moved(dossier, monkeypatch):
    def misplaced(task):
        result = compiler.run_apart(task)
        return result if task.is_printed else result._replace(places=[page + 7 for page in result.places])

    monkeypatch.setattr(typesetting, "run_apart", misplaced)
    built = build(dossier(TWO_VOLUMES), "pdf")
    first, second = texts(built.out / "main.pdf"), texts(built.out / "main-2.pdf")
    page = re.search(r"Il mène à Durand \(2001b\), vol. 2, p. (\d+)", " ".join(first))
    assert "Un autre N° 2" in second[int(page[1]) - 1]


def test_a_volume_that_tells_of_what_never_settles_is_named(dossier, monkeypatch):
    moves = count()

    def moving(task):
        return compiler.run_apart(task)._replace(places=[next(moves) for _label in json.loads(task.inputs["asked"])])

    monkeypatch.setattr(typesetting, "run_apart", moving)
    built = build(dossier(TWO_VOLUMES), "pdf")
    assert [line.partition(" ;")[0] for line in built.warnings] == ["WARNING: main : des pages d’autres volumes bougent encore"]


def test_each_volume_is_as_accessible_as_the_book(volumes):
    for path in volumes:
        tags = Counter(tag for tag, _text in structure(path))
        assert tags["H1"] >= 4
        assert tags["Title"] == 1
        assert tags["TH"] >= tags["Table"]
        assert [tag for _title, tags in sections(path)[1:] for tag in tags[1:] if tag == "H1"] == []
        assert {*sections(path)[0][1]} == {"Sect"}
        with pikepdf.open(path) as pdf, pdf.open_metadata() as xmp:
            assert (xmp["pdfuaid:part"], xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("1", "3", "A")
            assert [*pdf.attachments] == ["refs.bib"]


def test_the_site_leads_to_each_volume_as_long_as_there_are_several(dossier):
    source = dossier(TWO_VOLUMES)
    expected = {"vol.\N{NO-BREAK SPACE}1": "main.pdf", "vol.\N{NO-BREAK SPACE}2": "main-2.pdf"}
    page = build(source).page("livre").find("p")
    assert {link.get_text(): link["href"] for link in page.find_all("a")} == expected
    assert page.get_text() == "Le livre en PDF (vol.\N{NO-BREAK SPACE}1, vol.\N{NO-BREAK SPACE}2)."
    edit(source / "refs.bib", "theme = {aval}", "theme = {amont}")
    edit(source / "aval.md", NOTICES, "")
    assert links(build(source).page("livre").find("p")) == {"PDF": "main.pdf"}


# -- What an edit leaves -----------------------------------------------------------------------------------------------


def test_after_an_edit_the_volumes_are_those_of_a_clean_build(dossier, tmp_path):
    source = dossier(TWO_VOLUMES)
    first = build(source, "pdf")
    assert [path.name for path in sorted(first.out.glob("*.pdf"))] == ["main-2.pdf", "main.pdf"]
    edit(source / "refs.bib", "Un mot.", "Un mot 😀. " + "Et un autre. " * 400)
    again = build(source, "pdf")
    assert sum("U+1F600" in line for line in again.warnings) == len(again.warnings) == 1
    clean = build(shutil.copytree(source, tmp_path / "clean"), "pdf")
    for name in ("main.pdf", "main-2.pdf"):
        assert (again.out / name).read_bytes() == (clean.out / name).read_bytes()
    edit(source / "amont.md", "# Amont", "# Amont\n\n```{raw} typst\n#panic(1)\n```\n")
    edit(source / "conf.py", "annotated_bib_volume = 1", "annotated_bib_volume = 2")
    failed = build(source, "pdf")
    assert any("amont.md: ERROR: le livre" in line for line in failed.warnings)
    assert (again.out / "main-2.pdf").exists()
    edit(source / "amont.md", "#panic(1)", "")
    assert [path.name for path in build(source, "pdf").out.glob("*.pdf")] == ["main.pdf"]


# -- The compiler's processes ------------------------------------------------------------------------------------------


def test_a_compiler_that_the_system_stops_ends_the_build(dossier, monkeypatch):
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    built = build(dossier(TWO_VOLUMES), "pdf")
    assert [line for line in built.warnings if "arrêté par le système" in line] == built.warnings
    assert built.app.statuscode == 1
    assert not list(built.out.glob("*.pdf"))


def test_a_compiler_ends_when_nobody_waits_for_it(tmp_path):
    source = tmp_path / "long.typ"
    source.write_text("#for _ in range(1000) { for _ in range(1000) { for _ in range(1000) {} } }", "utf-8")
    task = compiler.Task(str(source), fonts=[], timestamp=0, inputs={}, is_printed=True)
    with subprocess.Popen([sys.executable, "-m", compiler.__name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(pickle.dumps(tuple(task)))
        process.stdin.close()
        assert process.wait(timeout=60) == 1
