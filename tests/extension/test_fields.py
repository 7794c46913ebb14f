"""What references print of each field, type by type, in French and in English; and what they leave out is told by the check."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from annotated_bib.language import catalogue
from annotated_bib.language.typography import NARROW, NO_BREAK
from annotated_bib.references.iso690 import PLAIN, reference
from annotated_bib.references.printed import PRINTED, SILENT, is_printed, unprinted
from annotated_bib.source.bibfile import split
from annotated_bib.source.datamodel import EDITION_FIELDS, FIELD_NAMES, TYPE_NAMES, canonical, entry_type, is_private
from annotated_bib.source.model import Work, work

if TYPE_CHECKING:
    from collections.abc import Iterator

#: For each field a line with its value, then a line for each way in which it is printed: the types, the French, the English. What
#: stands there is the whole reference without its author; « ~ » is a no-break space. Each line was judged by hand.
TABLE = Path(__file__).with_name("fields.txt")
#: The types whose references differ; the others are printed as one of these.
TYPES = "article periodical book inbook incollection inproceedings proceedings report thesis online misc patent".split()
#: What every entry of the table has, and what those of a type have besides.
BASE = {"author": "Durand, Élise", "title": "Titre", "year": "2001"}
HOST = {"article": {"journal": "Revue"}, **dict.fromkeys(("inbook", "incollection", "inproceedings"), {"booktitle": "Livre"})}


def read(kind: str, fields: dict[str, str]) -> Work:
    written = "".join(f"{name} = {{{value}}}, " for name, value in (BASE | HOST.get(kind, {}) | fields).items())
    (entry,) = split(f"@{kind}{{K, {written}}}").entries
    return work(entry)


def printed(kind: str, fields: dict[str, str], language: str) -> str:
    """The reference in *language*, without its author."""
    catalogue.use(language)
    text = reference(read(kind, fields)).render(PLAIN).replace(NO_BREAK, "~").replace(NARROW, "~")
    return text.removeprefix("DURAND, Élise. ")


def cases() -> Iterator[tuple[dict[str, str], list[str], str, str]]:
    """The cases of the table: the fields, the types, the French, the English."""
    fields: dict[str, str] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("  "):
            types, french, english = line.strip().split(" | ")
            yield fields, types.split(), french, english
        elif line and not line.startswith("#"):
            fields = dict(re.findall(r"([\w-]+) = \{(.*?)\}(?:, |$)", line))


CASES = list(cases())


@pytest.mark.parametrize(
    ("fields", "types", "french", "english"), CASES, ids=[f"{next(iter(case[0]))}-{case[1][0]}" for case in CASES]
)
def test_a_field_is_printed_as_its_type_asks(fields, types, french, english):
    assert [(printed(kind, fields, "fr"), printed(kind, fields, "en")) for kind in types] == [(french, english)] * len(types)


def test_each_field_that_is_printed_is_in_the_table_for_each_type():
    told: dict[str, set[str]] = {}
    for fields, types, *_ in CASES:
        for field in fields:
            told.setdefault(canonical(field), set()).update(types)
    only_with_others = {"relatedtype", "related", "relatedstring"}  # of which the notice speaks
    assert {name for name in PRINTED - only_with_others if told.get(name) != set(TYPES)} == set()


def test_each_type_is_printed_as_one_of_the_table():
    as_misc = {name for name in TYPE_NAMES if entry_type(name).name not in TYPES} - {
        "commentary"
    }  # which bibtexparser takes for a comment
    assert {printed(kind, {}, "en") for kind in as_misc} == {printed("misc", {}, "en")}


def test_what_is_not_printed_is_silent_or_named():
    assert PRINTED | SILENT <= FIELD_NAMES, "what is printed, or meant not to be, is known"
    assert [name for name in FIELD_NAMES if is_printed(name) and canonical(name) in SILENT] == []
    works = [
        read(kind, {"booktitleaddon": "A", "bookauthor": "B, C", "publisher": "D", "issuetitle": "E"})
        for kind in ("article", "book")
    ]
    assert unprinted(works[:1]) == ["bookauthor", "booktitleaddon", "publisher"]
    assert unprinted(works[1:]) == ["bookauthor", "booktitleaddon", "issuetitle"]
    # The title that readers of @inbook give to the whole, and of a book to itself, is printed already; another is not.
    assert [unprinted([read("book", {"booktitle": name})]) for name in ("Titre", "Livre")] == [[], ["booktitle"]]
    assert unprinted([read("misc", {"journal": "Revue"})]) == []
    assert unprinted([read("misc", {"journal": "Revue", "booktitle": "Livre"})]) == ["journal"]
    bodies = {"publisher": "PUF", "institution": "Ville", "address": "Lyon"}
    assert [unprinted([read(kind, bodies)]) for kind in ("book", "report")] == [["institution"], ["publisher"]]
    named = {name for name in FIELD_NAMES if not is_printed(name) and canonical(name) not in SILENT and not is_private(name)}
    assert not named & {"keywords", "shorttitle", *EDITION_FIELDS}, "they are printed around the reference"
    # Whoever has these is told by the check that they are not printed.
    assert named >= {"origlanguage", "nameaddon", "issuetitleaddon", "maintitleaddon", "isrn", "lastchecked"}
