"""Each rule of the checks: what it refuses and, above all, what it lets pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from annotated_bib import checks
from annotated_bib.checks.messages import Nearest
from annotated_bib.language import catalogue
from annotated_bib.source import bibfile

PAGE = "# Page\n\n```{notices}\n```\n"
#: The fields of an entry that keeps every rule; a test changes one, or takes it away with None.
FIELDS = {
    "author": "Durand, Élise", "title": "Un titre", "journal": "Revue", "year": "2001", "theme": "page",
    "annotation": "Un mot.", "langid": "french",
}  # fmt: skip


def entry(key: str = "A", type: str = "article", **fields: str | None) -> str:
    written = "".join(f"  {name} = {{{value}}},\n" for name, value in (FIELDS | fields).items() if value is not None)
    return f"@{type}{{{key},\n{written}}}\n"


@pytest.fixture
def said(tmp_path):
    """What is said of a BibTeX file and a page: pairs of a rule and a message."""

    def faults(bib: str, page: str = PAGE) -> list[tuple[str, str]]:
        (tmp_path / "refs.bib").write_text(bib, "utf-8")
        (tmp_path / "page.md").write_text(page, "utf-8")
        found = checks.check([tmp_path / "refs.bib"], [tmp_path / "page.md"], tmp_path).found
        assert all(fault.rule in checks.RULES for fault in found)
        return [(fault.rule, f"{fault.line} {fault.message}") for fault in found]

    return faults


def rules(found: list[tuple[str, str]]) -> list[str]:
    return [rule for rule, _ in found]


# -- One field -----------------------------------------------------------------------------------------------------------

#: Values of a field that pass, then values that one rule refuses.
VALUES = {
    "year": (["2001", " 2001 ", "0476", "2001-2002", "2001--2003", "1998/1999"], ["01", "vers 2001", "[2001]", "2001a"], "year"),
    "date": (
        ["2001", "2001-07", "2001-07-14", "2001/2003", "2001-07/", "2001~"],
        ["2001-13", "2001-02-30", "7/2001"],
        "year",
    ),
    "urldate": (["2024-02-29"], ["2023-02-29", "12 mars 2020"], "year"),
    "origdate": (["1951/1953", "-0044", "2001-21"], ["vers 1951", "2001-01-01/2001-02-30"], "year"),
    "eventdate": (["2001-07-03/2001-07-05"], ["3-5 juillet 2001"], "year"),
    "month": (
        ["7", "07", "jul", "July", "juillet", "été", "Fall", "sep/oct", "jul--sep", "12 avril"],
        ["13", "0", "7e", "????"],
        "month",
    ),
    "day": (["1", "01", "29", "21-23", "21--23"], ["0", "32", "1er", "lundi", "21-32"], "day"),
    "added": (["2026-11-22", " 2026-11-22 "], ["2026-11", "2026-02-30", "22 novembre 2026", "2026-11-22/2026-11-23"], "day"),
    "pages": (
        [
            "47--53", "47", "47–53", "12, 15--17", "xii--xx", "S1--S5", "A1-3--A1-9", "1234--38", "e1234", "12--",
            "47+", "s. p.", "47-53", "47 - 53", "47--47", "x--ix", "99--100",
        ],
        ["47---53", "p. 47--53", "pp. 47", "47 à 53", "53--47", "215 p."],
        "pages",
    ),
    "isbn": (
        [
            "978-2-00-000007-5", "9782000000075", "2-00-000042-8", "2 00 000042 8", "080442957X", "080442957x",
            "978-2-00-000007-5 (br.)", "2-00-000042-8, 978-2-00-000007-5", "2-00-000042-8 978-2-00-000007-5",
        ],
        ["978-2-00-000007-6", "2-00-000042-9", "978-2-000", "ISBN 9782000000075", "inconnu"],
        "identifier",
    ),
    "issn": (
        ["2000-0014", "20000014", "0317-8471; 2000-0014", "2434-561X"],
        ["2000-0015", "2000-001", "sans"],
        "identifier",
    ),
    "doi": (
        [
            "10.1000/182", "10.1/a_b%3C", "doi:10.1000/182", "https://doi.org/10.1000/182",
            "10.1002/(SICI)1097<1::AID>3.0.CO;2-A",
        ],
        ["1000/182", "10.1000", "10.1000/a b", "https://example.org/10.1000/182"],
        "identifier",
    ),
    "url": (
        [
            "https://x.fr", "HTTP://x.fr/~a/%20b_c?d=$e&f#g", r"https://x.fr/a\_b\%20", "https://café.fr/é",
            "doi:10.1000/182", "mailto:a@x.fr", "ftp://x.fr", "https://web.archive.org/web/2006/http://x.fr/", "http://[::1]:80/",
        ],
        [
            "www.x.fr", "x.fr", "javascript:alert(1)", "http://", "https:///x", "http://http://x.fr",
            "http://x.fr y", "http://x.fr/a\n    b", "http://x.fr:99999/", "http://[x", "mailto:",
        ],
        "url",
    ),
    "author": (
        [
            "Durand, Élise", "Élise Durand", "Dupont, Jean and Durand, É.", "Durand", "Association", "INSEE", "{{INSEE Centre}}",
            "{{Ville et Cie}}", "de Gaulle, Charles", "{Dunoyer de Segonzac}, Patrice", "King, Jr., Martin Luther",
            "Durand, Élise and others", "Tolkien, JRR", "JRR Tolkien", "Pie XII", "Malcolm X", "Ville Valo",
            "Smith, John and Al Gore", "Ortega y Gasset, José", "Etienne, Bruno and {Collectif}", "Ng, A. and Li, X.",
            "École, Jean", "Rao, C. V. S. R.", "Durand,\n    Élise  and\n Roux, Paul", "a" + " " * 9_000 + "b",
        ],
        [
            "Dupont, Jean et Durand, Élise", "Dupont, Jean & Durand, Élise", r"Dupont, Jean \& Durand, Élise",
            "Durand, Élise et al.", "Durand, Élise and al.", "Dupont, Jean; Durand, Élise",
            "DURAND, Élise", "Élise DURAND", "DURAND Élise", "Élise, DURAND", "Association des fours",
            "Institut national", "L’Institut national", "Profession Boulanger", "Groupe de travail 3",
            "Müller, Karl und Schmidt, Anna", "Académie des blés", "Università del grano", "Durand, Élise et alii",
            "GUSTAFSSON, AXEL", "AXEL GUSTAFSSON", "TOLKIEN, J. R. R.",
        ],
        "names",
    ),
    "editor": (
        ["given=Élise, family=Durand", "family=Waal, given=Frans, prefix=van de, useprefix=true"],
        [
            "{Du}rand, É., Roux, P., Lu, A.", "Dupont, J., Durand, É., Roux, P.", "Durand, Élise and", "Durand,, Élise",
            "Dupont, Jean and and Durand, Élise",
        ],
        "name-list",
    ),
    "title": (
        [
            "Quoi ? Oui !", "Un : deux", "L'école...", "À 10:30", r"L’œuvre de \emph{Who Governs?}", "{Titre}",
            "Le 12\" vinyle", "« Who governs? »",
        ],
        ["Quoi? Oui", "Un: deux", "Un ; deux; trois", "Vraiment!", "Un \"mot\"", "Mot?!"],
        "typography",
    ),
    "annotation": (
        [
            r"Un \enquote{mot} ; \url{http://x.fr/a;b?c}.", r"\cite{A} : oui", r"na\"\i f",
            r"\enquote{A \emph{b}: c}", "p. 12", "Voir http://x.fr: oui.",
        ],
        [r"\enquote{Mot}; oui", "Oui !\\par Non?", "Un \"mot\".", "Voir pp. 12-13."],
        "typography",
    ),
    "addendum": ([r"\url{https://x.fr}"], [r"\url{x.fr}"], "url"),
    "lacuna": (["Rien.", "12 h 30 : rien"], ["Rien; rien"], "typography"),
    "note": (
        [r"\&, \%, \$", r"\textbf{x} $x$ XIX\textsuperscript{e}", "50 pages: tout"],
        ["50 %", "5 $ ou bien 6 $", r"\gras{x}", "A & B", "R&D;", "n#1", "a_b", "A &amp; B", "caf&eacute;", "&#233;"],
        "markup",
    ),
    "options": (["related=false"], [""], "empty-field"),
    "x-cote": (["XIV 27", "", r"$\alpha$"], [], ""),
    "abstract": ([r"\url{x.fr}", "", r"50 % de $\alpha$ \textbf{x}", "Quoi?"], [], ""),
    "titel": ([], ["T"], "unknown-field"),
    "eissn": (["2000-0014"], [], ""),
    "auteur": (["T"], [], ""),
    "année": ([], ["2001"], "unknown-field"),
}  # fmt: skip


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, (right, *_) in VALUES.items() for value in right])
def test_a_right_value_is_not_refused(said, field, value):
    # Without a language a title may be in any, and a date stands in the place of a year.
    assert said(entry(**{"year": None, field: value})) == []


WRONG = [(field, value, rule) for field, (_, wrong, rule) in VALUES.items() for value in wrong]
#: What is said of each of them, each judged by hand.
SAID = (Path(__file__).parent / "values.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("field", "value", "rule", "message"), [(*wrong, told) for wrong, told in zip(WRONG, SAID, strict=True)])
def test_a_wrong_value_breaks_its_rule_once_and_is_told_its_mend(said, field, value, rule, message):
    written = entry(**{"year": None, field: value})
    line = written[: written.index(f"  {field} = ")].count("\n") + 1
    assert said(written) == [(rule, f"{line} A : {message}")]


@pytest.mark.parametrize(
    ("year", "month", "day", "broken"),
    [
        ("2001", "feb", "29", ["day"]), ("2004", "feb", "29", []), ("2001", "feb", "28", []), ("2001", "2", "29", ["day"]),
        ("2001", "apr", "31", ["day"]), ("2001", "mar", "31", []), ("1998/1999", "feb", "29", []), ("2001", None, "31", []),
        ("2001", "feb", "28--29", ["day"]), ("2001", "jan", "0", ["day"]),
    ],
)  # fmt: skip
def test_a_day_is_one_of_its_month(said, year, month, day, broken):
    assert rules(said(entry(year=year, month=month, day=day))) == broken


#: Notes as Zotero writes them where BibTeX has no field, then notes that say something.
DISGUISED = (
    "Publisher: PUF", "place: Lyon", "DOI: 10.1000/182", "Type: Étude", "Citation Key: a", "Accessed: 2001", "Original-date: 1951",
    "Event Place: Lyon", "Container-title: Revue", "tex.shortauthor: Durand",
)  # fmt: skip
NOTES = ("Le lieu : Lyon", "Un DOI: 10.1000/182", "Titre: Étude", "tex: x", "Event: x")


@pytest.mark.parametrize("note", DISGUISED)
def test_what_zotero_hides_in_a_note_has_a_field_of_its_own(said, note):
    told = [("disguise", f"9 A : note « {note} » : ceci a un champ à soi ; mettez-l’y")]
    assert said(entry(note=note)) == said(entry(note=f"Une note.\n{note}\nUne autre.")) == told


@pytest.mark.parametrize("note", NOTES)
def test_a_note_that_says_something_is_no_field(said, note):
    assert said(entry(note=note)) == []


@pytest.mark.parametrize("langid", [None, "english", "german"])
def test_a_title_in_another_language_has_its_own_typography(said, langid):
    assert said(entry(title="Who governs? Power: a view", langid=langid)) == []


@pytest.mark.parametrize("langid", "french francais français fr fre fra fr-FR frenchb acadian canadien".split())
def test_a_title_in_french_has_its_typography_however_french_is_called(said, langid):
    assert rules(said(entry(title="Quoi? Oui", langid=langid))) == ["typography"]


@pytest.mark.parametrize("name", ["hyphenation", "language"])
def test_a_language_has_the_names_of_other_programs(said, name):
    assert rules(said(entry(title="Quoi? Oui", langid=None, **{name: "french"}))) == ["typography"]


def test_a_text_has_the_typography_of_the_edition_s_language(said):
    bib = entry(title="Quoi? Oui", annotation="What is it? Nothing: really.", lacuna='A "word"; pp. 3--4.')
    assert rules(said(bib)) == ["typography"] * 5
    catalogue.use("en")
    assert said(bib) == [("typography", "3 A: title: a space is missing before “?”; add it")]


@pytest.mark.parametrize("field", ["abstract", "file", "groups", "timestamp", "owner", "creationdate", "modificationdate",
                                   "date-added", "bdsk-url-1", "author+an", "comment", "x-fonds", "urldate",
                                    "shorttitle",
                                   "journalsubtitle", "eid", "archiveprefix", "userf"])  # fmt: skip
def test_fields_of_biblatex_and_of_tools_are_known(said, field):
    assert said(entry(**{field: "2001"})) == []


def test_each_refused_macro_is_said_on_its_line(said):
    found = said(entry(annotation="\\gras{Un},\n\\emph{deux \\petit{trois}}\n50 % et a_b."))
    assert [(rule, message[0]) for rule, message in found] == [("markup", line) for line in "7899"]


# -- An entry --------------------------------------------------------------------------------------------------------

WHOLE = {
    "article with an eprint": {"journal": None, "eprint": "2001.1"},
    "article that lost its journal": {"journal": None, "lacuna": "La revue manque."},
    "article that says so": {"journal": None, "lost": "Journal, ADDRESS"},
    "article that inherits": {"journal": None, "crossref": "A"},
    "biblatex article": {"journal": None, "journaltitle": "Revue"},
    "incollection": {"type": "incollection", "booktitle": "Livre"},
    "report": {"type": "report", "institution": "Ville"},
    "report of a body": {"type": "techreport", "author": "{Ville de Lyon}"},
    "thesis": {"type": "mastersthesis", "school": "Université"},
    "online": {"type": "online", "doi": "10.1000/182"},
    "book": {"type": "book"},
    "unsupported type": {"type": "legislation"},
    "accented key": {"key": "Brûlé_2001-a:b.c"},
}
LACKING = {
    "article": {"journal": None},
    "incollection": {"type": "incollection"},
    "inproceedings": {"type": "inproceedings"},
    "techreport": {"type": "techreport"},
    "thesis": {"type": "thesis"},
    "online": {"type": "online"},
    "title": {"title": None},
    "theme": {"theme": None},
}


@pytest.mark.parametrize("fields", WHOLE.values(), ids=WHOLE)
def test_an_entry_that_has_what_its_type_needs_passes(said, fields):
    assert said(entry(**fields)) == []


@pytest.mark.parametrize("fields", LACKING.values(), ids=LACKING)
def test_an_entry_that_lacks_what_its_type_needs_does_not(said, fields):
    found = rules(said(entry(**fields)))
    is_fault = fields.keys() & {"title", "theme"}
    assert [rule for rule in found if rule != "page-without-work"] == ["missing-field" if is_fault else "incomplete"]


@pytest.mark.parametrize("key", ["Clé 1", "a#b", "a%b", "a~b", "", "a" * 101])
def test_a_key_that_cannot_be_cited_is_refused(said, key):
    ((rule, message),) = said(entry(key))
    assert rule == "key"
    assert message.startswith(f"1 {key[:60] or '?'}")


@pytest.mark.parametrize("key", ["DBLP:conf/x/Durand01", "O'Hara+2001", "Иванов2001", "東京", "d’Ormesson", "a" * 100])
def test_a_key_may_be_in_any_script(said, key):
    assert said(entry(key)) == []


# -- Between entries and around them ---------------------------------------------------------------------------------------

TWO = {
    # Fields of two entries of which each keeps the rules, and the line and the name of the rule that they break together.
    "another title": ({"title": "Un titre"}, {"title": "Un autre"}, []),
    "the same work": (
        {"title": "L’École des villes"},
        {"title": "{Ecole} de la ville.", "author": "E. Durand"},
        ["10 same-work"],
    ),
    "one known better": ({}, {"isbn": "2-00-000042-8", "year": None}, ["10 same-work"]),
    "two titles with a number": ({"title": "Titre 1, tome II"}, {"title": "Titre 11, tome I"}, []),
    "two Roman numbers": ({"title": "Titre VI"}, {"title": "Titre VIII"}, []),
    "two volumes": ({"volume": "1"}, {"volume": "2"}, []),
    "two editions": ({"isbn": "2-00-000042-8"}, {"isbn": "978-2-00-000007-5"}, []),
    "two years": ({}, {"year": "2002"}, []),
    "two authors": ({}, {"author": "Roux, Paul"}, []),
    "two numbers": ({"number": "1"}, {"number": "2"}, []),
    "two kinds": ({}, {"type": "report", "institution": "Ville"}, []),
    "one editor": (
        {"author": None, "year": None, "editor": "Roux, Paul and Noir, Ève"},
        {"author": None, "year": None, "editor": "Paul Roux", "journal": "REVUE !"},
        ["9 same-work"],
    ),
    "two editors": ({"editor": "Roux, Paul"}, {"editor": "Noir, Paul"}, []),
    "one author, then others": (
        {"author": "Durand, Élise and Roux, Paul"},
        {"author": "Elise Durand and Noir, Ève"},
        ["10 same-work"],
    ),
    "a copy": ({}, {"options": "dataonly"}, []),
    "another copy": ({"options": "skipbib=true"}, {}, []),
    "no copy": ({"options": "related=false"}, {}, ["11 same-work"]),
    "one year": ({"author": None}, {"author": None}, ["9 same-work"]),
    "nobody's": ({"author": None, "year": None}, {"author": None, "year": None}, []),
    "an inverted name": ({}, {"title": "B", "author": "Élise, Durand"}, ["11 names"]),
    "an inverted name without comma": ({}, {"title": "B", "author": "Durand Élise"}, ["11 names"]),
    "two persons": ({}, {"title": "B", "author": "{Élise}, Durand"}, []),
    "a name without comma": ({}, {"title": "B", "author": "Élise Durand"}, []),
    "a body": (
        {"author": "Profession Boulanger"},
        {"title": "B", "type": "report", "institution": "Profession Boulanger"},
        ["2 names"],
    ),
    "a school": (
        {"author": "Profession Boulanger"},
        {"title": "B", "type": "thesis", "school": "Profession  Boulanger"},
        ["2 names"],
    ),
    "an organization": ({"author": "Odile Jacob"}, {"title": "B", "type": "manual", "organization": "Odile Jacob"}, ["2 names"]),
    "a publisher": ({"author": "Odile Jacob"}, {"title": "B", "type": "book", "publisher": "Odile Jacob"}, []),
    "one way": ({"related": "B"}, {"title": "B"}, []),
    "both ways": ({"related": "B", "options": "related=false"}, {"title": "B", "related": "A"}, []),
    "both ways, with spaces": ({"related": "B", "options": "related = false"}, {"title": "B", "related": "A"}, []),
    "in a circle": (
        {"related": "B", "options": "useprefix=true"},
        {"title": "B", "related": "A"},
        ["9 circle", "20 circle"],
    ),
    "to itself": ({"related": "A"}, {"title": "B"}, ["9 circle"]),
    "crossref": ({"crossref": "C"}, {"title": "B"}, ["9 unknown-key"]),
    "xref": ({"xref": "B"}, {"title": "B"}, []),
}


@pytest.mark.parametrize(("one", "other", "broken"), TWO.values(), ids=TWO)
def test_two_entries_break_a_rule_together(said, one, other, broken):
    assert [f"{message.split()[0]} {rule}" for rule, message in said(entry(**one) + entry("B", **other))] == broken


@pytest.mark.parametrize("field", (
    "year month day booktitle maintitle titleaddon volume number part edition chapter pages pagetotal isbn issn doi eprint url"
    " langid version journal author editor subtitle date journaltitle issue"
).split())  # fmt: skip
def test_a_field_that_differs_makes_another_work(said, field):
    bare = {"author": "Durand, Élise", "journal": None, "langid": None, "year": "2001" if field != "date" else None}
    one, other = bare | {field: "2001"}, bare | {field: "2002"}
    assert "same-work" in rules(said(entry(**one) + entry("B", **one)))
    assert "same-work" not in rules(said(entry(**one) + entry("B", **other)))
    alias = {"date": "year", "journaltitle": "journal", "issue": "number"}.get(field, field)
    assert "same-work" not in rules(said(entry(**one) + entry("B", **(bare | {"year": None, alias: "2002"}))))


def related(**links: str) -> str:
    return "".join(entry(key, title=key, related=to, options="related=false") for key, to in links.items())


def test_where_most_links_lead_both_ways_one_that_does_not_is_told_where_to_answer(said):
    assert said(related(A="B, C", B="A, C", C="A")) == [
        ("one-way", "31 C : B lui est liée, mais non l’inverse ; ajoutez B à related")
    ]


def test_where_most_entries_say_why_works_are_related_one_that_does_not_is_told(said):
    because = {"relatedwhy": r"\cite{B} le même sujet", "options": "related=false"}
    bib = entry("A", title="A", related="B", **because) + entry("C", title="C", related="B", **because)
    bib += entry("B", title="B", related="A, C", options="related=false")
    assert said(bib) == [
        ("reason", "33 B : les autres notices disent pourquoi des œuvres leur sont liées ; ajoutez relatedwhy = {\\cite{A} …}")
    ]


def test_a_reason_needs_its_key_and_a_key_its_reason(said):
    reasons = {
        r"\cite{B} un sujet ; \cite{C} un autre": [],
        r"\cite{B} un sujet": ["11 A : rien ne dit pourquoi C est liée ; ajoutez à relatedwhy \\cite{C} et la raison"],
        r"\cite{B} un sujet ; \cite{C} ;": ["11 A : aucune raison ne suit \\cite{C} ; écrivez-la"],
        r"\cite{B} a \cite{C} b \cite{D} c": [
            "11 A : la raison donnée pour D n’a pas de lien ; ajoutez la clé à related, ou ôtez la raison"
        ],
    }
    for written, expected in reasons.items():
        bib = entry("A", title="A", related="B, C", options="related=false", relatedwhy=written)
        found = said(bib + "".join(entry(key, title=key, related="A", options="related=false") for key in "BCD"))
        assert [message for rule, message in found if rule == "reason"] == expected


def test_where_links_lead_one_way_none_needs_an_answer(said):
    assert said(related(A="B, C", B="A, D", C="D", D="E", E="A")) == []


def test_a_link_that_says_what_it_is_for_needs_no_answer(said):
    translation = entry("D", title="D", related="A", relatedtype="translationof", options="related=false")
    assert said(related(A="B", B="A") + translation) == []


STRAYS = {
    # What stands after an entry that ends on line 9, and what is said of it, if anything.
    "% une remarque": "",
    "% book{B,": "",
    "@comment{jabref-meta: {x} @book\n}": "",
    "@comment une remarque": "",
    '@preamble{"x"}\n@string{puf = {Presses}}': "",
    ",": "",
    "Un mot.": "10 « Un mot. » est hors de toute notice ; si c’est une remarque, commencez-la par %",
    "}": "10 la notice A est déjà refermée ; supprimez cette accolade ou cherchez-en une de trop plus haut",
    "  year = {2001},\n}": "9 la notice A se referme ici, avant son champ year ; ôtez l’accolade de trop",
    "\n@ book{B,\n  title = {T},\n}": "11 « @ book » ouvre une notice que rien ne lit ; supprimez l’espace qui suit @",
    "@\tbook{B, title = {T}}": "10 « @ book » ouvre une notice que rien ne lit ; supprimez l’espace qui suit @",
    "\nbook{B,\n  title = {T},\n}": "11 « book{B » ouvre une notice que rien ne lit ; ajoutez @ devant book",
    "article{B, title = {T}}": "10 « article{B, title = {T}} » ouvre une notice que rien ne lit ; ajoutez @ devant article",
    "@string{puf = {Presses}}\n@comment{x}\ny = {z}": "9 la notice A se referme ici, avant son champ y ; ôtez l’accolade de trop",
}


@pytest.mark.parametrize(("stray", "message"), STRAYS.items())
def test_what_stands_between_entries_is_a_remark_or_a_fault(said, stray, message):
    # Of a work that is lost nobody is told that it is not there.
    following = entry("C", title="C", annotation=r"\cite{A}, \cite{B}." if message and "B," in stray else "Un mot.")
    assert said(f"{entry()}{stray}\n\n{following}") == ([("syntax", message)] if message else [])


def test_a_tool_may_sign_its_file(said):
    assert said(f"This file was created with JabRef 2.10.\nEncoding: UTF8\n\n{entry()}") == []


def test_an_entry_cut_short_is_refused_once(said):
    bib = entry(title="Un titre}") + entry("B", title="B", annotation=r"\cite{A}.")
    assert said(bib) == [("syntax", "3 la notice A se referme ici, avant son champ journal ; ôtez l’accolade de trop")]


# -- Characters ------------------------------------------------------------------------------------------------------------

SUSPECT = {
    # What spoils the edition, and what its author did not mean.
    "characters": (
        "a\x00b", "a\x08b", "a\x0bb", "a\x0eb", "a\x7fb", "a\x92b", "a\x9fb", "a\u2028b", "a\u2029b", "a\ufdd0b", "a\ufffeb",
        "a\U0010ffffb", "\u202eab", "\u202aab", "\u2066a", "\u2069a",
    ),
    "letters": (
        "a\u200bb", "a\ufeffb", "\ufffd", "e\u0301", "Ã©cole", "lâ€™a", "Ã‰tat", "nÂ° 3", "cÅ“ur", "â‚¬", "Ã\xa0 la", "Â»", "ﬁn",
        "\ufb00", "\ufb06",
    ),
}  # fmt: skip
FREE = ["l’œuvre — « É » n° 3", "São Paulo", "«\xa0à\u202f»", "grâce", "ÉTÉ», ÇÀ»", "Ångström", "x\u0304", "שלום\u200f", "日本",
        "😀",
        "IRMÃ», LÂ»", "Ãxe"]  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in SUSPECT.items() for text in texts])
def test_a_character_that_no_one_wrote_is_refused_in_fields_and_pages(said, rule, text):
    field, page = said(entry(note=text), f"{PAGE}\n{text}\n")
    assert field[0] == page[0] == rule
    assert field[1].startswith("9 ")
    assert page[1].startswith("6 ")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", field[1]), "a message is safe to print"


@pytest.mark.parametrize("text", FREE)
def test_a_rare_character_is_not_refused(said, text):
    assert said(entry(note=text), f"{PAGE}\n{text}\n") == []


def test_a_character_is_refused_once_a_file_with_all_its_lines(said):
    found = said(entry(), PAGE + "\n\u200b\n" * 13)
    assert found == [
        ("letters", "6 le caractère U+200B est invisible ; supprimez-le"
         " (de même, lignes 8, 10, 12, 14, 16, 18, 20, 22, 24, 26 et 2 autres)")
    ]  # fmt: skip


# -- Introductions ---------------------------------------------------------------------------------------------------------

INTRODUCTIONS = {
    "": [],
    "{cite:t}`A` et {cite:p}`B`.": [],
    "{cite:p}`A,B`.": [],
    "{cite:t}`C`.": [],
    "{cite:t}`A`.": ["uncited-work"],
    "{cite:t}`A`.[^1]\n\n[^1]: {cite:t}`B`.": [],
    "## Sur {cite:t}`A`\n\n{cite:t}`B`": ["cited-in-heading"],
    "Sur {cite:t}`A`\n===\n\n{cite:t}`B`": ["cited-in-heading"],
}


@pytest.mark.parametrize(("introduction", "broken"), INTRODUCTIONS.items())
def test_an_introduction_that_cites_half_of_the_works_of_its_theme_cites_all(said, introduction, broken):
    bib = entry() + entry("B", title="B") + entry("C", title="C", theme="autre")
    page = f"# Page\n\n{introduction}\n\n{PAGE}\n\n```{{notices}} autre\n```\n"
    assert rules(said(bib, page)) == broken


def test_an_introduction_may_choose_a_few_among_many(said):
    bib = "".join(entry(key, title=key) for key in "ABCDE")
    assert said(bib, f"# Page\n\n{{cite:t}}`A`, {{cite:t}}`B`.\n\n{PAGE}") == []


def test_a_citation_is_told_on_its_line_whichever_way_lines_end(said):
    found = said(entry(), f"{PAGE}\nUn,  \ndeux\\\ntrois\n{{cite:t}}`Absent`.\n")
    assert [(rule, message.split()[0]) for rule, message in found] == [("unknown-key", "9")]


# -- Hostile files ----------------------------------------------------------------------------------------------------------

HOSTILE = {
    "nested title": entry(title="{" * 100_000 + "T" + "}" * 100_000),
    "nested author": entry(author="{" * 100_000 + "T" + "}" * 100_000),
    "nested emphasis": entry(annotation=r"\emph{" * 2000 + "}" * 2000),
    "environments": entry(annotation=r"\begin{a}" * 2000),
    "formulas": entry(annotation=r"\(" * 2000),
    "per cent": entry(annotation="%" * 100_000),
    "a long year": entry(year="2" * 1_000_000),
    "parentheses": entry(isbn="(" * 100_000),
    "open blocks": "@book{" * 2000,
    "open comments": "@comment{" * 2000,
    "spaced blocks": "@ book{" * 2000,
    "at signs": entry() + "@" + " " * 100_000,
    "zeros": "\x00\n" * 10_000,
    "braces": entry() + "}" * 10_000,
}


@pytest.mark.parametrize("bib", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gets_messages(said, bib):
    found = said(bib)
    assert found
    assert max(len(message) for _, message in found) < 500


@pytest.mark.parametrize("data", [b"\xff\xfe@\x00b\x00", b"\xed\xa0\x80", bytes(range(256))])
def test_what_is_not_text_is_said_to_be_none(tmp_path, data):
    for name in ("refs.bib", "page.md"):
        (tmp_path / name).write_bytes(data)
    found = checks.check([tmp_path / "refs.bib"], [tmp_path / "page.md"], tmp_path).found
    assert [fault.rule for fault in found] == ["encoding", "encoding"]


def test_citations_without_end_are_read(said):
    assert set(rules(said(entry(), f"{PAGE}\n{{cite:p}}`{'B,' * 20_000}`\n"))) == {"unknown-key", "cite-syntax"}


# -- Suggestions --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "hint"),
    [*((word, "Durand2003") for word in ("Duran2003", "Durand203", "durand2003", "Turand2003")), ("Zola", "")],
)
def test_the_nearest_of_many_words_is_suggested(word, hint):
    words = Nearest([f"{name}{number}" for name in ("Auteur", "Roux") for number in range(5000)] + ["Durand2003", "Durand2006"])
    assert words.hint(word) == (f" (peut-être {hint})" if hint else "")


def test_thousands_of_works_keep_every_rule(said):
    """A bibliography of which each work is related to the next: nothing in it is refused."""
    bib = "".join(
        entry(f"K{n}", title=f"Titre {n}", related=f"K{n - 1}, K{n + 1}" if 0 < n < 999 else f"K{998 if n else 1}",
              options="related=false")
        for n in range(1000)
    )  # fmt: skip
    assert said(bib) == []
    assert len(bibfile.split(bib).entries) == 1000


def test_a_stray_sign_is_named(said):
    assert [rule for rule, _ in said(f"@\n{entry()}")] == ["syntax"]
    assert [rule for rule, _ in said(f"{entry()}\n@\n")] == ["syntax"]
