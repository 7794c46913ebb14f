"""The types and fields of BibTeX, of biblatex and of the edition, and what other formats call them: one table of each.

Names and requirements are those of biblatex's data model (its manual, section 2), aliases those of BibTeX. The formats are RIS,
CSL 1.0.2 (https://docs.citationstyles.org), Z39.88-2004 (COinS) and schema.org. Every other room reads these tables; none keeps
a list of its own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BOOK = ("publisher", "institution")
_BODY = ("institution", "publisher")


class EntryType(NamedTuple):
    """A type of work: *name* is biblatex's, *aliases* are other spellings of it.

    *coins* is a genre of the standard, or where it has none for the type, Zotero's name of the type.

    *container* is the field that names what the work stands in; *bodies* are the fields that name who publishes it, the most
    telling first. An entry of the type needs one of the fields *needs*; the first is the one to ask for.
    """

    name: str
    ris: str = "GEN"
    csl: str = "document"
    schema: str = "CreativeWork"
    coins: str = "document"
    aliases: tuple[str, ...] = ()
    container: str = ""
    bodies: tuple[str, ...] = _BOOK
    needs: tuple[str, ...] = ()


_BODIES_NEEDED = ("institution", "school", "publisher", "organization")
_HOST_NEEDED = ("booktitle", "maintitle", "eventtitle")
_ADDRESS_NEEDED = ("url", "doi", "eprint", "howpublished")

_TYPES = (
    EntryType(
        "article", "JOUR", "article-journal", "ScholarlyArticle", "article", ("suppperiodical",), "journal",
        needs=("journal", "journaltitle", "eprint"),
    ),
    EntryType("periodical", "JFULL", "periodical", "Periodical", container="journal"),
    EntryType(
        "book", "BOOK", "book", "Book", "book", ("collection", "reference", "mvbook", "mvcollection", "mvreference"),
    ),
    EntryType("booklet", "PAMP", "pamphlet", "Book", "book"),
    EntryType("manual", "BOOK", "book", "Book", "book"),
    EntryType("inbook", "CHAP", "chapter", "Chapter", "bookitem", ("bookinbook", "suppbook"), "booktitle"),
    EntryType(
        "incollection", "CHAP", "chapter", "Chapter", "bookitem", ("suppcollection", "inreference"), "booktitle",
        needs=_HOST_NEEDED,
    ),
    EntryType(
        "inproceedings", "CPAPER", "paper-conference", "ScholarlyArticle", "proceeding", ("conference",), "booktitle",
        needs=_HOST_NEEDED,
    ),
    EntryType("proceedings", "CONF", "book", "Book", "book", aliases=("mvproceedings",)),
    EntryType("report", "RPRT", "report", "Report", "report", ("techreport",), bodies=_BODY, needs=_BODIES_NEEDED),
    EntryType("thesis", "THES", "thesis", "Thesis", "thesis", ("mastersthesis", "phdthesis"), bodies=_BODY, needs=_BODIES_NEEDED),
    EntryType("online", "ELEC", "webpage", "WebPage", "webpage", aliases=("electronic", "www"), needs=_ADDRESS_NEEDED),
    EntryType("unpublished", "UNPB", "manuscript", coins="manuscript"),
    EntryType("patent", "PAT", "patent", coins="patent"),
    EntryType("software", "COMP", "software", "SoftwareSourceCode", "computerProgram"),
    EntryType("dataset", "DATA", "dataset", "Dataset", "dataset"),
    EntryType("misc"),
    # Types that biblatex knows and prints as @misc.
    *map(
        EntryType,
        "artwork audio bibnote commentary image jurisdiction legislation legal letter movie music performance review standard video"
        " customa customb customc customd custome customf".split(),
    ),
)  # fmt: skip
_BY_NAME = {name: kind for kind in _TYPES for name in (kind.name, *kind.aliases)}
#: Every name that an entry's type may have.
TYPE_NAMES = frozenset(_BY_NAME)
#: The types of works that stand in a periodical, and of those that stand in a book.
IN_JOURNAL = tuple(kind.name for kind in _TYPES if kind.container == "journal")
IN_BOOK = tuple(kind.name for kind in _TYPES if kind.container == "booktitle")


#: Entries that are no works: data that others take, and sets of entries that are printed one by one.
NO_WORKS = ("xdata", "set")


def entry_type(name: str) -> EntryType:
    """The type called *name*, in any of its spellings; one that nobody knows is like ``misc``."""
    return _BY_NAME.get(name) or EntryType(name)


class Field(NamedTuple):
    """A field: *name* is BibTeX's, or biblatex's where BibTeX has none; *aliases* are other names of the same thing.

    *holds* is one of « text », « list » (items between « and »), « names », « verbatim » (no LaTeX), « rich » (LaTeX text of
    sentences) and « private » (what tools and readers keep for themselves). A field that *stays* is not lent to entries that
    refer to its own by ``crossref``; one that is *exported* has a place in RIS and CSL-JSON.
    """

    name: str
    aliases: tuple[str, ...] = ()
    holds: str = "text"
    stays: bool = False
    exported: bool = False


#: Who brings something to a work, besides its author and its editor.
CONTRIBUTORS = "translator annotator commentator introduction foreword afterword bookauthor holder editora editorb editorc".split()
_FIELDS = (
    # -- The work ------------------------------------------------------------------------------------------------------
    Field("author", holds="names", exported=True),
    Field("editor", holds="names", exported=True),
    Field("title", ("subtitle",), exported=True),
    Field("shorttitle", stays=True, exported=True),
    Field("titleaddon", exported=True),
    Field("booktitle", ("booksubtitle",), exported=True),
    Field("journal", ("journaltitle", "journalsubtitle"), exported=True),
    Field("series", exported=True),
    Field("volume", exported=True),
    Field("number", exported=True),
    Field("edition", exported=True),
    Field("chapter", exported=True),
    Field("type", exported=True),
    Field("address", ("location",), "list", exported=True),
    Field("publisher", ("organization",), "list", exported=True),
    Field("institution", ("school",), "list", exported=True),
    Field("howpublished", exported=True),
    Field("year", exported=True),
    Field("month", exported=True),
    Field("day", exported=True),
    Field("date", holds="verbatim", exported=True),
    Field("origyear", ("origdate",), "verbatim", exported=True),
    Field("pages", stays=True, exported=True),
    Field("pagetotal", stays=True, exported=True),
    Field("note", stays=True, exported=True),
    Field("isbn", exported=True),
    Field("issn", exported=True),
    Field("doi", holds="verbatim", stays=True, exported=True),
    Field("url", holds="verbatim", stays=True, exported=True),
    Field("urldate", holds="verbatim", stays=True, exported=True),
    Field("eprint", holds="verbatim", stays=True, exported=True),
    Field("langid", ("language", "hyphenation"), exported=True),
    Field("keywords", stays=True, exported=True),
    Field("abstract", stays=True, exported=True),
    Field("maintitle", ("mainsubtitle",), exported=True),
    Field("part", exported=True),
    Field("volumes", exported=True),
    Field("issuetitle", ("issuesubtitle",), exported=True),
    Field("booktitleaddon", exported=True),
    Field("eid", exported=True),
    Field("version", exported=True),
    Field("addendum", stays=True, exported=True),
    Field("pubstate", exported=True),
    Field("eventtitle", exported=True),
    Field("eventdate", holds="verbatim", exported=True),
    Field("venue", exported=True),
    Field("origtitle", exported=True),
    Field("origpublisher", holds="list", exported=True),
    Field("origlocation", holds="list", exported=True),
    Field("eprinttype", ("archiveprefix",), "verbatim", exported=True),
    Field("eprintclass", ("primaryclass",), "verbatim"),
    Field("editortype", exported=True),
    *(Field(name, holds="names", exported=True) for name in CONTRIBUTORS),
    *(Field(name, holds="names") for name in "shortauthor shorteditor namea nameb namec".split()),
    # -- The edition ---------------------------------------------------------------------------------------------------
    Field("theme", holds="verbatim", stays=True, exported=True),
    Field("annotation", ("annote",), "rich", stays=True, exported=True),
    Field("related", holds="verbatim", stays=True, exported=True),
    Field("relatedwhy", holds="rich", stays=True, exported=True),
    Field("completed", holds="verbatim", stays=True, exported=True),
    Field("completedfrom", holds="rich", stays=True, exported=True),
    Field("lost", holds="verbatim", stays=True, exported=True),
    Field("lacuna", holds="rich", stays=True, exported=True),
    Field("added", holds="verbatim", stays=True, exported=True),
    Field("options", stays=True, exported=True),
    # -- What entries say to programs ----------------------------------------------------------------------------------
    Field("crossref", stays=True),
    Field("xref", stays=True),
    Field("relatedtype", stays=True),
    Field("relatedstring", stays=True),
    # -- What tools and readers keep for themselves --------------------------------------------------------------------
    Field("file", holds="private", stays=True),
    *(
        Field(name, holds="private")
        for name in (
            "groups timestamp owner creationdate modificationdate review comment priority ranking readstatus relevance"
            " printed qualityassured search pdf ps localfile username affiliation references contents copyright rights"
            " lccn bibcode bibsource biburl adsurl adsnote mrnumber mrclass mrreviewer zblnumber fjournal hyperref coden"
            " collaborator nationality scale isbnnote internalnote privnote dateadded datemodified interhash"
            " intrahash posted pmid pmcid arxiv arxivid slaccitation reportnumber collaboration source read rating uri"
            " localurl eissn pissn ean nlmuniqueid"
        ).split()
    ),
    # -- What biblatex knows besides -----------------------------------------------------------------------------------
    *map(
        Field,
        (
            "key authortype bookpagination editoratype editorbtype editorctype entryset entrysubtype eventtitleaddon"
            " execute gender ids indexsorttitle indextitle isan ismn isrn issue issuetitleaddon iswc journaltitleaddon label"
            " langidopts library maintitleaddon nameaddon origlanguage pagination presort relatedoptions"
            " reprinttitle shorthand shorthandintro shortjournal shortseries sortkey sortname sortshorthand sorttitle"
            " sortyear urlraw usera userb userc userd usere userf verba verbb verbc xdata lista listb listc listd liste"
            " listf nameatype namebtype namectype eprintlabel numpages articleno urlyear lastchecked place issueyear"
            " accessed"
        ).split(),
    ),
)

_CANONICAL = {name: field for field in _FIELDS for name in (field.name, *field.aliases)}
#: Every name that a field may have.
FIELD_NAMES = frozenset(_CANONICAL)
#: The canonical name of each other spelling.
ALIASES = {alias: field.name for field in _FIELDS for alias in field.aliases}
#: The fields that the edition has of its own; a reader who cites a work has no use for them.
EDITION_FIELDS = (
    "theme", "annotation", "annote", "related", "relatedwhy", "options", "completed", "completedfrom", "lost", "lacuna",
    "added",
)  # fmt: skip
#: The fields that hold LaTeX text of sentences.
RICH_FIELDS = tuple(field.name for field in _FIELDS if field.holds == "rich")
NAME_FIELDS = tuple(field.name for field in _FIELDS if field.holds == "names")
PRIVATE_FIELDS = frozenset(field.name for field in _FIELDS if field.holds == "private")
EXPORTED = frozenset(field.name for field in _FIELDS if field.exported)


def canonical(name: str) -> str:
    """The one name of the field *name*, as the rest of the extension knows it."""
    return ALIASES.get(name, name)


def holds(name: str) -> str:
    """What the field *name* holds: see :class:`Field`; « text » where nobody knows it."""
    field = _CANONICAL.get(name)
    return field.holds if field else "text"


def stays(name: str) -> bool:
    """Whether the field *name* is said of its own entry alone."""
    field = _CANONICAL.get(name)
    return bool(field and field.stays)


def is_private(name: str) -> bool:
    """Whether the field *name* is of no concern to the edition: a tool's field, or one named ``x-…``."""
    return name in PRIVATE_FIELDS or re.search(r"[^a-z]", name) is not None
