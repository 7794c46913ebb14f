"""A BibTeX file split: values, the lines where they stand, and what is said of a part that is not BibTeX."""

from __future__ import annotations

import pytest
from annotated_bib.source import bibfile, model
from annotated_bib.source.bibfile import split
from annotated_bib.source.dates import MONTH_MACROS

VALUES = {
    "{a {b} c}": "a {b} c",
    '"a {"}b{"} c"': 'a {"}b{"} c',
    "2001": "2001",
    "jul": "jul",
    "JUL": "JUL",
    "puf": "Presses d’ailleurs",
    "PUF": "Presses d’ailleurs",
    'puf # { et } # "fils"': "Presses d’ailleurs et fils",
    "both": "Presses d’ailleurs, Paris",
    "an": "2001",
    "{a # b, c = d @ e}": "a # b, c = d @ e",
    "{l'\"autre}": "l'\"autre",
    r"{a \{ b \}}": r"a \{ b \}",
    "{}": "",
}
STRINGS = '@string{puf = {Presses d’ailleurs}}\n@string{both = puf # ", Paris"}\n@string(an = 2001)\n'
LINES = """\
% Un commentaire, puis une ligne vide.

@book{A,
  title = {Un titre
    sur deux lignes},
  author
    = {Durand, Élise},
  note =
    {author = {Non}},
  YEAR=2001, month = jul
}
@Article{B, title = {Autre}}
"""
NEXT = "\n\n@book{Suivante,\n  title = {Lue},\n}\n"
FAULTS = {
    # What stands in the file before a good entry: the line, the rule, a word of the message.
    "@book{A,\n  title = {T},\n  year = 2001\n": (1, "syntax", "la notice A"),
    "@book{A,\n  title = {T,\n  year = {2001},\n}": (1, "syntax", "la notice A"),
    '@book{A,\n  title = "T,\n}': (1, "syntax", "la notice A"),
    "\n@book{A\n  title = {T},\n}": (2, "syntax", "la notice A"),
    "@book{A,\n  title {T},\n}": (1, "syntax", "la notice A"),
    "@book{A,\n  title = {T},\n  title = {U},\n}": (1, "duplicate-field", "title"),
    "@book{A, year = 1}\n@book{A, year = 2}": (2, "duplicate-key", "la clé A"),
    "@book{A,\n  title = {T},\n  month = juillet,\n}": (3, "unknown-string", "month = juillet"),
    "@book{A,\n  publisher =\n  puf # { et fils},\n}": (3, "unknown-string", "publisher = puf"),
    # The commonest of all: a comma is missing, and the next field stands in the value.
    "@book{A,\n  title = {T},\n  note = {T}\n  year = {2001},\n}": (3, "syntax", "virgule"),
    '@book{A,\n  title = "T"\n  author = "X",\n}': (2, "syntax", "virgule"),
    "@book{A,\n  year = 2001\n  month = jul,\n}": (2, "syntax", "virgule"),
}


@pytest.mark.parametrize(("written", "value"), VALUES.items())
def test_a_value_is_what_its_braces_quotes_and_abbreviations_stand_for(written, value):
    source = split(f"{STRINGS}@book{{A, field = {written}}}")
    assert source.entries[0].fields["field"].value == value
    assert not source.faults


@pytest.mark.parametrize(
    "text",
    [
        "@book{A,\n  title = {T}, % a remark, with a comma\n  % author = {X, Y},\n  year = 2001,\n  url = {http://x.fr/%20a},\n}\n",
        '@book(A,\n%{\n  title = "T",\n  % {) "\n  year = {2001}, url = {http://x.fr/%20a})\n',
        "@book{A, url = {http://x.fr/%20a},\n% the last\ntitle = {T}, year = 2001 % of all\n}\n",
    ],
)
def test_remarks_between_fields_are_passed_over(text):
    source = split(text)
    assert source.faults == ()
    (entry,) = source.entries
    fields = {name: field.value for name, field in entry.fields.items()}
    assert fields == {"title": "T", "year": "2001", "url": "http://x.fr/%20a"}
    lines = {name: field.line for name, field in entry.fields.items()}
    assert lines["title"] == text[: text.index("title")].count("\n") + 1


def test_a_quote_between_braces_hides_no_remark():
    (entry,) = split('@book{A, title = "a {"} b", % year = {2000},\n  year = 2001}').entries
    assert {name: field.value for name, field in entry.fields.items()} == {"title": 'a {"} b', "year": "2001"}


def test_data_that_entries_share_are_read_and_are_no_works():
    source = split(
        "@xdata{Puf, publisher = {PUF}, xdata = {paris}}\n@xdata{Paris, location = {Paris}}\n"
        "@book{A, title = {T}, xdata = {PUF}, year = 2001}\n@set{S, entryset = {A}}\n"
    )
    (entry,) = model.entries([source])
    work = model.work(entry)
    assert (work.key, work["publisher"], work["address"]) == ("A", "PUF", "Paris")
    assert "publisher" in work.raw
    assert "xdata" not in work.raw


@pytest.mark.parametrize("macro", MONTH_MACROS)
def test_the_twelve_months_are_known(macro):
    assert split(f"@book{{A, month = {macro}}}").faults == ()


def test_entries_and_fields_know_their_lines():
    first, second = split(LINES).entries
    assert (first.key, first.type, first.line) == ("A", "book", 3)
    assert {name: field.line for name, field in first.fields.items()} == {
        "title": 4, "author": 7, "note": 9, "year": 10, "month": 10,
    }  # fmt: skip
    assert first.fields["note"].value == "author = {Non}"
    assert (second.key, second.type, second.line, second.fields["title"].line) == ("B", "article", 12, 12)
    assert first.raw.startswith("@book{A,\n  title")
    assert first.raw.endswith("month = jul\n}")


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "BOM"])
def test_files_of_every_system_read_alike(tmp_path, start, newline):
    path = tmp_path / "refs.bib"
    path.write_bytes((start + LINES.replace("\n", newline)).encode())
    assert bibfile.read(path) == split(LINES)


def test_a_file_that_changes_is_read_again(tmp_path):
    path = tmp_path / "refs.bib"
    for key in ("A", "Autre"):
        path.write_text(f"@book{{{key}}}", "utf-8")
        assert [entry.key for entry in bibfile.read(path).entries] == [key]


@pytest.mark.parametrize(("text", "line", "rule", "said"), [(text, *rest) for text, rest in FAULTS.items()])
def test_a_fault_is_said_once_and_what_follows_is_read(text, line, rule, said):
    source = split(text + NEXT)
    assert [(fault.line, fault.rule) for fault in source.faults] == [(line, rule)]
    assert said in source.faults[0].message
    assert "\n" not in source.faults[0].message
    assert "A" in {*source.lost, *(entry.key for entry in source.entries)}, "its key is known, and may be cited"
    last = source.entries[-1]
    assert (last.key, last.fields["title"].value) == ("Suivante", "Lue")
    assert last.line == (text + NEXT).count("\n", 0, (text + NEXT).index("@book{Suivante")) + 1


def test_a_parenthesis_between_braces_closes_nothing():
    (entry,) = split("@book{A, title = {a (b) c}, % year = {2000},\n  year = 2001}").entries
    assert {name: field.value for name, field in entry.fields.items()} == {"title": "a (b) c", "year": "2001"}


def test_an_entry_in_a_comment_is_said_for_bibtex_would_read_it():
    assert [(fault.line, fault.rule) for fault in split("\n@comment{ @book{A, title = {T}}\n}").faults] == [(2, "syntax")]


def test_of_two_entries_with_one_key_the_first_is_read():
    source = split("@book{A, title = {Un}}\n@book{A, title = {Deux}}")
    assert [entry.fields["title"].value for entry in source.entries] == ["Un"]


@pytest.mark.parametrize("text", ["", "Des mots, jean@exemple.fr.", "@comment{jabref-meta: x}", '@preamble{"x"}', STRINGS])
def test_what_is_not_an_entry_is_no_fault(text):
    assert split(text)[:3] == ((), (), ())


def test_a_value_that_looks_like_an_entry_hides_nothing():
    source = split("@misc{A, title = {@book{x, y}}, note = {a@b}}\n@misc{B, title = {T}}")
    assert [entry.key for entry in source.entries] == ["A", "B"]


def test_an_entry_is_copied_without_some_fields_as_it_stands():
    raw = "@book{A,\n  Title = {L’\\oe uvre {GB} # 1},\n  THEME = {t},\n  month = jul,\n  publisher = puf # { et},\n}"
    assert bibfile.without_fields(raw, ["theme", "absent"]).strip() == (
        "@book{A,\n  Title     = {L’\\oe uvre {GB} # 1},\n  month     = jul,\n  publisher = puf # { et},\n}"
    )
