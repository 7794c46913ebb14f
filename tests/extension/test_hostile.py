"""Hostile text: it is refused where it stands, or every output holds it as text.

Whatever :mod:`hostile` sends, no one sees a traceback, waits for ever, has a file read or written, or runs a script.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

import hostile
import pypdf
import pytest
import rispy
from annotated_bib import checks
from annotated_bib.__main__ import main
from annotated_bib.exports.csl import csl
from bs4 import BeautifulSoup
from helpers import CONF, ENTRY, Built, build, read_bib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NOTICES = "# Page\n\n```{notices}\n```\n"
GOOD = ENTRY % ("A", "Un titre", "page", "Un mot.")
MESSAGE = re.compile(r"(?P<file>[^:]+):(?P<line>\d+): \[(?P<rule>[\w-]+)\] (?P<said>.+)")
#: The fields in which a text is tried: those that have a place of their own in some output.
FIELDS = ("title", "author", "annotation", "completedfrom", "note", "publisher", "keywords")
#: How many texts a field of the built dossier holds, each after a word that tells it from all others.
TOGETHER = 18


@pytest.fixture(autouse=True)
def nothing_hangs():
    """A test that has not ended after ten minutes, of any machine's, fails."""

    def give_up(*_: object) -> None:
        raise TimeoutError("this has no end")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(600)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The dossier *files* in *folder*."""
    # Emoji and Chinese are as hostile as anything; of what fonts have, another test tells.
    defaults = {
        "conf.py": f'{CONF}suppress_warnings = ["annotated_bib.font"]\n',
        "index.md": "# Dossier\n\n```{toctree}\n:glob:\n\n*\n```\n",
    }
    for name, text in (defaults | files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def messages(folder: Path, level: str = "found") -> list[re.Match[str]]:
    """What the rules say of the dossier in *folder*: each message on one line, not endless, and of a line of the file.

    *level* is « found », for all of it, or « faults ».
    """
    pages = sorted(folder.glob("*.md"))
    report = checks.check([folder / "refs.bib"], pages, folder)
    found = [MESSAGE.fullmatch(str(fault)) for fault in getattr(report, level)]
    assert all(found)
    assert all(len(message[0]) < 700 for message in found)
    ends = {path.name: len(path.read_bytes().splitlines()) or 1 for path in (folder / "refs.bib", *pages)}
    assert all(1 <= int(message["line"]) <= ends[message["file"]] for message in found)
    return found


# -- Files -----------------------------------------------------------------------------------------------------------------


def is_refused_or_built(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The command says what is wrong with the dossier in *folder*; where it says nothing, all of it is built."""
    monkeypatch.chdir(folder)
    status = main(["check"])
    said = capsys.readouterr()
    if status:
        assert status == 1
        lines = [line for line in said.err.splitlines() if MESSAGE.fullmatch(line)]
        assert lines
        assert lines == [found[0] for found in messages(folder, "faults")] or all("[sphinx] " in line for line in lines)
    else:
        assert "Aucun défaut." in said.out.splitlines()
        assert build(folder, "dummy", nitpicky=True).warnings == []


@pytest.mark.parametrize("text", hostile.FILES.values(), ids=hostile.FILES)
def test_a_malformed_bibliography_is_refused_or_read(tmp_path, capsys, monkeypatch, text):
    is_refused_or_built(write(tmp_path / "dossier", {"refs.bib": text, "page.md": NOTICES}), capsys, monkeypatch)


@pytest.mark.parametrize("text", hostile.PAGES.values(), ids=hostile.PAGES)
def test_a_malformed_page_is_refused_or_read(tmp_path, capsys, monkeypatch, text):
    page = text if isinstance(text, bytes) or "{notices}" in text else f"{NOTICES}\n{text}"
    is_refused_or_built(write(tmp_path / "dossier", {"refs.bib": GOOD, "page.md": page}), capsys, monkeypatch)


@pytest.mark.parametrize("name", ["refs.bib", "page.md"])
def test_what_has_no_end_is_not_read(tmp_path, name):
    folder = write(tmp_path / "dossier", {"refs.bib": GOOD, "page.md": NOTICES})
    (folder / name).unlink()
    os.mkfifo(folder / name)
    found = [fault for fault in checks.check([folder / "refs.bib"], [folder / "page.md"], folder).found if fault.file == name]
    assert [(fault.line, fault.rule) for fault in found] == [(1, "missing-file")]


def test_a_link_to_itself_is_no_file(tmp_path, capsys, monkeypatch):
    folder = write(tmp_path / "dossier", {"page.md": NOTICES})
    (folder / "refs.bib").symlink_to("refs.bib")
    monkeypatch.chdir(folder)
    assert main(["check"]) == 1
    assert "refs.bib:1: [missing-file] " in capsys.readouterr().err
    with pytest.raises(SystemExit):
        build(folder)


@pytest.mark.parametrize("name", ["a\nb.md", "a\x1b[31m.md", "\u202ea.md", "\udcff.md", "a:1: [x] y.md", "%s.md"])
def test_the_name_of_a_file_cannot_spoil_a_message(tmp_path, name):
    folder = write(tmp_path / "dossier", {"refs.bib": GOOD, "page.md": NOTICES, name: "# T\n\n{cite:t}`absent`\n"})
    (fault,) = checks.check([folder / "refs.bib"], [folder / "page.md", folder / name], folder).found
    assert str(fault).isprintable() or "\udcff" in name
    assert fault.rule == "unknown-key"


# -- Fields ----------------------------------------------------------------------------------------------------------------


class Text(NamedTuple):
    """A text as it stands in a field, and as a reader should see it."""

    latex: str
    shown: str


def escaped(text: str) -> str:
    return re.sub(r"[{}$%&#_]", r"\\\g<0>", text)


def texts() -> Iterator[Text]:
    """Each text as it stands, which LaTeX may read otherwise, and with what LaTeX would read escaped."""
    for text in dict.fromkeys(hostile.TEXTS):
        yield Text(text, text if escaped(text) == text and "\\" not in text else "")
        if escaped(text) != text and "\\" not in text:
            yield Text(escaped(text), text)


TEXTS = list(texts())


class Slot(NamedTuple):
    """A field of a work and its value, at the lines from *first* to *last*."""

    field: str
    value: str
    first: int
    last: int


def marked(rank: int) -> str:
    """The word before the text of this *rank*."""
    return f"q{rank}q"


def bibliography(works: Iterable[Mapping[str, str]]) -> tuple[str, list[list[Slot]]]:
    """A BibTeX file with *works*, each field of them on a line of its own, and where their fields stand."""
    lines: list[str] = []
    slots: list[list[Slot]] = []
    line = 1
    for rank, work in enumerate(works):
        lines += (f"@book{{K{rank},", "  theme = {page},", "  year = {2001},")
        line += 3
        slots.append([])
        for field, value in work.items():
            value = f"{{{value}}}" if field == "author" else value  # a body, which nothing cuts into names
            lines.append(f"  {field} = {{{value}}},")
            slots[-1].append(Slot(field, value, line, line + value.count("\n")))
            line += value.count("\n") + 1
        lines.append("}")
        line += 1
    return "\n".join(lines) + "\n", slots


def judged(folder: Path, latex: list[str]) -> list[set[str]]:
    """The fields in which each of the texts *latex* may stand; of the others the rules speak on their lines."""
    works = [{field: f"{marked(rank)} {text}" for field in FIELDS} for rank, text in enumerate(latex)]
    text, slots = bibliography(works)
    found = messages(write(folder, {"refs.bib": text, "page.md": NOTICES}))
    refused = {int(message["line"]) for message in found if message["file"] == "refs.bib"}
    accepted = []
    for work in slots:
        first = work[0].first - 3
        # Of an entry that cannot be read its first line is named, and none of its fields stays.
        broken = first in refused
        accepted.append(set() if broken else {s.field for s in work if refused.isdisjoint(range(s.first, s.last + 1))})
        refused -= {*range(first, work[-1].last + 2)}
    assert not refused, "every message names an entry, or a field"
    return accepted


@pytest.fixture(scope="module")
def accepted(tmp_path_factory) -> list[set[str]]:
    """The fields that may hold each of TEXTS."""
    return judged(tmp_path_factory.mktemp("judged") / "dossier", [text.latex for text in TEXTS])


def test_text_without_latex_is_refused_in_no_field_but_those_of_french(accepted):
    """What only HTML, Typst, Markdown or JSON would read is fine text; French asks for its own marks and spaces."""
    for text, fields in zip(TEXTS, accepted, strict=True):
        if text.shown and not re.search("[&{}]", text.shown):
            assert fields >= {*FIELDS} - {"annotation"}, text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (field, text)
        for text in hostile.REFUSED
        for field in ("annotation", "publisher")
        if field == "annotation" or len(text) < 10**6
    ],
    ids=lambda value: ascii(value[:12]),
)
def test_what_no_field_may_hold_is_refused_where_it_stands(tmp_path, field, text):
    work = {"title": "Un titre", "note": "Une note", "annotation": "Un mot.", field: f"x {text}"}
    bib, [slots] = bibliography([work])
    (line,) = (slot.first for slot in slots if slot.field == field)
    assert {int(found["line"]) for found in messages(write(tmp_path / "dossier", {"refs.bib": bib, "page.md": NOTICES}))} == {line}


@pytest.mark.parametrize(("field", "text"), hostile.LONG, ids=lambda value: ascii(value[:12]))
def test_a_field_as_long_as_one_may_be_is_built(tmp_path, field, text):
    bib, _ = bibliography([{"title": "Un titre", "annotation": "Un mot.", field: text}])
    folder = write(tmp_path / "dossier", {"refs.bib": bib, "page.md": NOTICES})
    assert messages(folder) == []
    assert build(folder, "dummy").warnings == []
    read = read_bib([folder / "refs.bib"])
    assert all(csl(work, read)["note"] for work in read.works)


# -- What is built of all that may stand -------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a page is made of: its elements with the names of their attributes, its addresses, its scripts, its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[tuple[str, ...]] = set()
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.text: list[str] = []
        self.within = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = tag
        self.elements.add((tag, *(name for name, _ in attrs)))
        self.links += (value or "" for name, value in attrs if name in ("href", "src", "action", "formaction", "data", "srcset"))

    def handle_endtag(self, tag: str) -> None:
        self.within = ""

    def handle_data(self, data: str) -> None:
        (self.scripts if self.within == "script" else self.text).append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.add(("!--", data))

    def handle_decl(self, decl: str) -> None:
        self.elements.add(("!", decl))

    def handle_pi(self, data: str) -> None:
        self.elements.add(("?", data))

    def unknown_decl(self, data: str) -> None:
        self.elements.add(("![", data))


def works_of(accepted: list[set[str]], fields: Iterable[str]) -> list[dict[str, list[int]]]:
    """Works whose *fields* hold all TEXTS that they may hold, as their ranks, no two fields of a work the same ones."""
    may = {field: [rank for rank, found in enumerate(accepted) if field in found] for field in fields}
    count = -(-len(may["title"]) // TOGETHER)
    parts = {field: [ranks[start::count] for start in range(count)] for field, ranks in may.items()}
    return [{field: part[(n + shift) % count] for shift, (field, part) in enumerate(parts.items())} for n in range(count)]


def written(folder: Path, works: list[dict[str, list[int]]], harmless: bool = False) -> Path:
    """A dossier of *works*, with every list there is; a *harmless* one says no more than what comes before each text."""
    values = [
        {
            field: " ".join(marked(rank) if harmless else f"{marked(rank)} {TEXTS[rank].latex}" for rank in ranks)
            for field, ranks in work.items()
        }
        for work in works
    ]
    lists = {f"{name}.md": f"# Liste {name}\n\n```{{{name}}}\n```\n" for name in ("catalogue", "themes", "timeline", "apparatus")}
    lists |= {f"{kind}.md": f"# Index {kind}\n\n```{{work-index}} {kind}\n```\n" for kind in ("author", "year", "body", "keyword")}
    cited = " ".join(f"{{cite:t}}`K{rank}`" for rank in range(len(works)))
    page = f"# Page\n\n{cited}\n\n```{{notices}}\n```\n"
    return write(folder, {"refs.bib": bibliography(values)[0], "page.md": page} | lists)


@pytest.fixture(scope="module")
def works(accepted) -> list[dict[str, list[int]]]:
    return works_of(accepted, FIELDS)


@pytest.fixture(scope="module")
def source(tmp_path_factory, works) -> Path:
    """The dossier of all works, beside the secret."""
    root = tmp_path_factory.mktemp("edition")
    (root / "secret.txt").write_text(hostile.SAID, "utf-8")
    return written(root / "dossier", works)


@pytest.fixture(scope="module")
def site(source) -> Built:
    return build(source, annotated_bib_search=True)


@pytest.fixture(scope="module")
def pages(site) -> dict[str, Page]:
    return {str(path.relative_to(site.out)): Page(path.read_text("utf-8")) for path in site.out.rglob("*.html")}


@pytest.fixture(scope="module")
def harmless(tmp_path_factory, works) -> dict[str, Page]:
    """The pages of the dossier that says nothing else than the hostile one's words between the texts."""
    source = written(tmp_path_factory.mktemp("harmless") / "dossier", works, harmless=True)
    out = build(source, annotated_bib_search=True).out
    return {str(path.relative_to(out)): Page(path.read_text("utf-8")) for path in out.rglob("*.html")}


def bare(text: str) -> str:
    """*text* without what typography and LaTeX's ligatures change: spaces, quotes, dashes, dots."""
    return re.sub(r"[\s'’\"“”«»`~….–—\N{SOFT HYPHEN}-]+", "", text)


def missing(works: list[dict[str, list[int]]], field: str, text: str) -> list[str]:
    """The texts in the *field* of *works* that *text* does not hold after their words."""
    text = bare(text)
    ranks = (rank for work in works for rank in work.get(field, ()) if TEXTS[rank].shown)
    return [TEXTS[rank].shown for rank in ranks if bare(marked(rank) + TEXTS[rank].shown) not in text]


def listing(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_page_is_made_of_the_same_elements_and_links_whatever_its_works_say(pages, harmless):
    assert pages.keys() == harmless.keys()
    for name, page in pages.items():
        assert page.elements == harmless[name].elements, name
        assert {*page.links} == {*harmless[name].links}, name


def test_links_lead_nowhere_else(harmless):
    links = {link for page in harmless.values() for link in page.links}
    assert len(links) > 100
    assert [link for link in links if re.match(r"[^/?#]*:|//", link) and not link.startswith(("https://", "http://"))] == []


def test_a_page_holds_each_text_as_text(works, pages):
    notices = "".join(pages["page.html"].text)
    for field in FIELDS:
        if field != "keywords":
            assert missing(works, field, notices) == [], field
    assert missing(works, "keywords", "".join(pages["keyword.html"].text)) == []


def test_the_only_scripts_are_those_of_the_site_and_what_they_hold_is_data(works, pages, harmless):
    titles = ""
    for name, page in pages.items():
        told = [script for script in page.scripts if script.startswith("{")]
        assert [script for script in page.scripts if script not in told] == [
            script for script in harmless[name].scripts if not script.startswith("{")
        ]
        things = [json.loads(script) for script in told]
        titles += "".join(thing["name"] for thing in things)
    assert missing(works, "title", titles) == []


def test_no_script_runs_in_a_browser(site, browser):
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    for name in ("page", "catalogue", "timeline", "keyword", "oeuvres/k0", "oeuvres/k1", "oeuvres/k9"):
        page.goto((site.out / f"{name}.html").as_uri())
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert page.evaluate("window.pwned === undefined && document.scripts.length > 0"), name
        assert page.evaluate("[...document.all].filter(e => [...e.attributes].some(a => /^on/i.test(a.name))).length") == 0
    page.close()
    assert [address for address in asked if not address.startswith("file://")] == []


def test_what_is_searched_is_text(works, site):
    fragments = [gzip.decompress(path.read_bytes()) for path in (site.out / "pagefind" / "fragment").iterdir()]
    records = [json.loads(fragment.partition(b"{")[1] + fragment.partition(b"{")[2]) for fragment in fragments]
    assert len(records) == len(works) + 1  # the introduction of the theme
    assert missing(works, "title", "".join(record["meta"]["title"] for record in records)) == []
    left_out = missing(works, "completedfrom", "".join(record["content"] for record in records))
    assert [text for text in left_out if "https://" not in text] == []  # the words of an address are not searched


def test_what_reference_managers_take_holds_each_text(works, site):
    items = json.loads((site.out / "refs.json").read_text("utf-8"))
    records = rispy.loads((site.out / "refs.ris").read_text("utf-8"))
    assert [item["id"] for item in items] == [record["id"] for record in records] == [f"K{n}" for n in range(len(works))]
    assert missing(works, "title", "".join(item["title"] for item in items)) == []
    assert missing(works, "title", "".join(record["title"] for record in records)) == []
    publishers = "".join(item["publisher"] for item in items)  # « and » separates them in BibTeX alone
    assert missing(works, "publisher", publishers + publishers.replace(" ; ", " and ")) == []
    assert missing(works, "completedfrom", "".join(item["note"] for item in items)) == []


def test_an_epub_is_well_formed_and_holds_each_text(works, source, harmless):
    book = next(build(source, "epub", version="1", copyright="x").out.glob("*.epub"))
    known = {element[0] for page in harmless.values() for element in page.elements}
    with zipfile.ZipFile(book) as epub:
        trees = {
            name: ElementTree.fromstring(epub.read(name))
            for name in epub.namelist()
            if name.endswith((".xhtml", ".opf", ".ncx", ".svg"))
        }
        assert not [name for name in epub.namelist() if name.startswith("/") or ".." in name]
    names = {name.partition("}")[2] for tree in trees.values() for name in (e.tag for e in tree.iter()) if "xhtml" in name}
    assert names <= known | {"nav", "ol", "col", "colgroup", "img"}  # its contents, its tables, its timeline
    attributes = {name for tree in trees.values() for element in tree.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on")]
    text = "".join(trees["page.xhtml"].itertext())
    for field in ("title", "author", "annotation", "completedfrom"):
        assert missing(works, field, text) == [], field


def test_latex_is_given_text_alone(works, source):
    out = build(source, "latex").out
    (path,) = (path for path in out.glob("*.tex") if "\\begin{document}" in path.read_text("utf-8"))
    body = path.read_text("utf-8").partition("\\begin{document}")[2]
    assert body.count("\\end{document}") == 1
    assert "^^" not in body
    reading = {"input", "include", "verbatiminput", "write", "immediate", "openin", "csname", "special", "directlua", "pdffile"}
    assert reading.intersection(re.findall(r"\\([A-Za-z]+)", body)) == set()
    assert all(marked(rank) in body for work in works for rank in work["title"])


def test_a_book_holds_each_text_and_no_file_but_its_bibliography(tmp_path, accepted):
    # Not those that the fonts of the book may not have, which are test_pdf's, nor those that fill pages.
    short = re.compile("[\x00-\xff«»’“”]{,600}")
    printed = [found if short.fullmatch(text.latex) else set() for text, found in zip(TEXTS, accepted, strict=True)]
    works = works_of(printed, ("title", "annotation"))
    source = written(tmp_path / "dossier", works)
    planted = [
        tmp_path / "secret.txt",
        tmp_path / "dossier-built" / "secret.txt",
        tmp_path / "dossier-built" / "pdf" / "secret.txt",
    ]
    for path in planted:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(hostile.SAID, "utf-8")
    built = build(source, "pdf")
    assert built.warnings == []
    book = pypdf.PdfReader(built.out / "main.pdf")
    # Without the running heads.
    text = "".join(re.sub(r"\A(\d+ .*|.* \d+)(\n|$)", "", page.extract_text()) for page in book.pages)
    assert list(book.attachments) == ["refs.bib"]
    assert hostile.SAID not in text
    assert [lost for field in ("title", "annotation") for lost in missing(works, field, text)] == []


def test_nothing_is_read_or_written_outside_the_build(source, site):
    root = source.parent
    assert {path.name for path in root.iterdir()} == {"secret.txt", "dossier", "dossier-built"}
    assert sorted(path.name for path in source.iterdir() if path.suffix != ".md") == ["conf.py", "refs.bib"]
    assert [name for name, data in listing(root / "dossier-built").items() if hostile.SAID.encode() in data] == []
    assert not site.warnings


# -- Addresses, keys, names ------------------------------------------------------------------------------------------------------


def works_with(field: str, values: Iterable[str]) -> str:
    """Works that differ by the *values* of their *field*, one line each."""
    return "".join(
        f"@online{{K{rank}, title = {{Titre {rank}}}, theme = {{page}}, annotation = {{Un mot.}}, {field} = {{{value}}}}}\n"
        for rank, value in enumerate(values)
    )


def web(page: str) -> list[str]:
    """The addresses of other sites in the works of the file *page*."""
    return [link["href"] for link in BeautifulSoup(page, "html5lib").select(".notice-reference a, .notice-commentary a")]


def test_addresses_of_the_web_are_links_and_others_text(tmp_path):
    values = [*hostile.LINKS, *hostile.UNLINKED]
    folder = write(tmp_path / "dossier", {"refs.bib": works_with("url", values), "page.md": NOTICES})
    assert messages(folder) == []
    built = build(folder)
    page = (built.out / "page.html").read_text("utf-8")
    assert web(page) == [link.replace("\\_", "_") for link in hostile.LINKS]
    assert all(value in BeautifulSoup(page, "html5lib").get_text() for value in hostile.UNLINKED)
    book = pypdf.PdfReader(build(folder, "pdf").out / "main.pdf")
    found = [link["/A"]["/URI"] for sheet in book.pages for link in sheet.get("/Annots", ()) if "/A" in link]
    assert {str(address).partition(":")[0] for address in found} == {"http", "https"}


def test_an_identifier_is_a_link_to_its_registry(tmp_path):
    folder = write(tmp_path / "dossier", {"refs.bib": works_with("doi", hostile.DOIS), "page.md": NOTICES})
    assert messages(folder) == []
    links = web((build(folder).out / "page.html").read_text("utf-8"))
    assert [unquote(link) for link in links] == [f"https://doi.org/{doi.removeprefix('doi:')}" for doi in hostile.DOIS]
    assert not set("".join(links)) & set('"<>?#&')


@pytest.mark.parametrize(
    ("field", "form", "values"),
    [("url", "%s", hostile.WRONG_LINKS), ("annotation", "\\url{%s}", hostile.WRONG_LINKS), ("doi", "%s", hostile.WRONG_DOIS)],
)
def test_each_wrong_address_is_refused_on_its_line(tmp_path, field, form, values):
    values = [value for value in values if "\n" not in value]
    folder = write(tmp_path / "dossier", {"refs.bib": works_with(field, (form % value for value in values)), "page.md": NOTICES})
    refused = {int(message["line"]) for message in messages(folder)}
    assert [value for line, value in enumerate(values, 1) if line not in refused] == []


@pytest.mark.parametrize("address", [a for a in hostile.WRONG_LINKS if re.match(r"[a-z-]{3,}:\S", a) and not a.startswith("http")])
def test_a_page_has_no_link_but_to_the_web(tmp_path, address):
    page = f"{NOTICES}\n[ici](<{address}>), <{address}>, {{site-file}}`là <{address}>`\n"
    folder = write(tmp_path / "dossier", {"refs.bib": GOOD, "page.md": page})
    found = messages(folder)
    assert {(message["line"], message["rule"]) for message in found} <= {("6", "url")}
    if not found:  # Markdown has taken it for text
        page = BeautifulSoup((build(folder).out / "page.html").read_text("utf-8"), "html5lib")
        assert [link["href"] for link in page.find_all("a", href=True) if link["href"].lower().startswith(address.lower())] == []


def test_an_index_of_nothing_is_an_error_on_its_line(tmp_path):
    folder = write(tmp_path / "dossier", {"refs.bib": GOOD, "page.md": f"{NOTICES}\n```{{work-index}} ../../x\n```\n"})
    (warning,) = build(folder).warnings
    assert re.search(r"page\.md:6: ERROR: .*il n’y a pas d’index « \.\./\.\./x »", warning)


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("@book{%(name)s, title = {T%(rank)d}, theme = {page}, annotation = {Un mot.}}", hostile.KEYS),
        ("@%(name)s{K%(rank)d, title = {T%(rank)d}, theme = {page}, annotation = {Un mot.}}", (*hostile.TYPES, "book")),
        ("@book{K%(rank)d, title = {T%(rank)d}, theme = {page}, annotation = {Un mot.}, %(name)s = {x}}", hostile.FIELDS),
    ],
    ids=["key", "type", "field"],
)
def test_a_name_is_refused_or_written_nowhere_but_in_the_build(tmp_path, form, names):
    folder = tmp_path / "dossier"
    accepted = []
    for rank, name in enumerate(names):
        entry = form % {"name": name, "rank": rank} + "\n"
        # Two keys may have one address.
        found = messages(write(folder, {"refs.bib": "".join([*accepted, entry]), "page.md": NOTICES}))
        if found:
            assert {message["line"] for message in found if message["file"] == "refs.bib"} <= {str(len(accepted) + 1)}
        else:
            accepted.append(entry)
    assert 0 < len(accepted) < len(names)
    built = build(write(folder, {"refs.bib": "".join(accepted)}))
    assert built.warnings == []
    assert len(list((built.out / "oeuvres").glob("*.html"))) == len(accepted)
    assert [path.name for path in built.out.rglob("*") if re.search(r"[^\w.-]", path.name)] == []
    assert {path.name for path in tmp_path.iterdir()} == {"dossier", "dossier-built"}


@pytest.mark.parametrize("name", ["a*/#panic()", "#panic()", "<img src=x onerror=x>", 'a" onerror="x'])
def test_the_name_of_a_page_is_text(tmp_path, name):
    bib = GOOD.replace("{page}", f"{{{name.rpartition('/')[2]}}}")
    page = {f"{name}.md": NOTICES, "index.md": "# Dossier\n\n```{toctree}\n:glob:\n\n**\n```\n"}
    folder = write(tmp_path / "dossier", {"refs.bib": bib} | page)
    built = build(folder, html_theme="furo", annotated_bib_policy=True, html_title="Titre", html_copy_source=False)
    for path in (built.out / f"{name}.html", built.out / "oeuvres" / "a.html"):
        html = Page(path.read_text("utf-8"))
        assert not [element for element in html.elements if "onerror" in element]
        assert "x" not in html.scripts
    assert build(folder, "pdf").warnings == []


# -- What no one would think of ----------------------------------------------------------------------------------------------------

_SIGNS = (*" \n{}\\\"'#%&$~^_,;:!?<>@=-«»", "\\emph{", "\\cite{", "\\'")
_PIECES = st.sampled_from((*(text for text in hostile.TEXTS if len(text) < 60), *_SIGNS))
_VALUES = st.lists(_PIECES | st.text(max_size=5), min_size=1, max_size=6).map("".join)
_NAMES = st.sampled_from(
    "title subtitle author editor year date month day pages volume number edition pagetotal isbn issn doi url urldate publisher "
    "address series journal booktitle type note titleaddon howpublished chapter keywords langid related options crossref theme "
    "annotation lacuna completed completedfrom abstract x-cote".split()
)


def test_any_entry_is_refused_or_built(tmp_path, harmless):
    """Entries of every field, whose values are made of what is hostile and of what is anything."""
    kept: list[str] = []

    @settings(max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(["book", "article", "report", "online", "incollection"]), st.dictionaries(_NAMES, _VALUES, max_size=3))
    def judge(kind: str, fields: dict[str, str]) -> None:
        needed = {"title": f"Titre {len(kept)}", "theme": "page", "annotation": "Un mot.", "lacuna": "Rien."}
        said = "".join(f", {name} = {{{value}}}" for name, value in (needed | fields).items())
        entry = f"@{kind}{{K{len(kept)}{said}}}\n"
        try:
            entry.encode()
        except UnicodeEncodeError:  # a lone surrogate, which no file of UTF-8 can hold
            return
        if not messages(write(tmp_path / "dossier", {"refs.bib": "".join([*kept[-3:], entry]), "page.md": NOTICES}), "faults"):
            kept.append(entry)

    judge()
    assert len(kept) > 30
    folder = write(tmp_path / "dossier", {"refs.bib": "".join(kept)})
    kept = [entry for entry in kept if entry not in refused(folder, kept)]
    built = build(write(folder, {"refs.bib": "".join(kept)}))
    assert built.warnings == []
    page = Page((built.out / "page.html").read_text("utf-8"))
    assert {element[0] for element in page.elements} <= {element[0] for one in harmless.values() for element in one.elements}
    assert not [name for element in page.elements for name in element[1:] if name.startswith("on")]
    assert len(json.loads((built.out / "refs.json").read_text("utf-8"))) == len(kept)
    assert len(rispy.loads((built.out / "refs.ris").read_text("utf-8"))) == len(kept)


def refused(folder: Path, entries: list[str]) -> list[str]:
    """Those of the *entries* of the file in *folder* that may not stand together."""
    starts = [1]
    for entry in entries:
        starts.append(starts[-1] + entry.count("\n"))
    lines = [int(message["line"]) for message in messages(folder, "faults")]
    return [
        entry for entry, start, end in zip(entries, starts, starts[1:], strict=False) if any(start <= line < end for line in lines)
    ]
