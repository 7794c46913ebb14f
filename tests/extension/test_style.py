"""References in French, after ISO 690, of everything that BibTeX and biblatex describe."""

from __future__ import annotations

import re
from unittest.mock import Mock

import annotated_bib
import pytest
from annotated_bib.language import catalogue
from annotated_bib.language.typography import NARROW, NO_BREAK, french
from annotated_bib.references import access, iso690, style
from annotated_bib.source import model
from annotated_bib.source.bibfile import split
from docutils import nodes
from helpers import read_bib
from pybtex import PybtexEngine
from pybtex.plugin import find_plugin

# In the tables, what every entry has, and spaces: ~ for a no-break space, _ for a narrow one.
WORK = "author = {Durand, Élise}, title = {Un titre}, year = {2001}"
BOOK = f"{WORK}, publisher = {{PUF}}, address = {{Paris}}"
TYPES = {
    f"@article{{K, {WORK}, journal = {{Revue}}, volume = 3, number = 2, pages = {{47--53}}, month = jul}}": (
        "DURAND, Élise. «~Un titre~». Revue, juillet 2001, vol.~3, n°~2, p.~47-53."
    ),
    f"@article{{K, {WORK}, journaltitle = {{Revue}}, note = {{12 p.}}, issn = {{2000-0014}}}}": (
        "DURAND, Élise. «~Un titre~». Revue, 2001, 12~p. ISSN~2000-0014."
    ),
    f"@book{{K, {BOOK}, pagetotal = 77, series = {{Que sais-je ?}}, number = 6, isbn = {{2-13}}}}": (
        "DURAND, Élise. Un titre. Paris~: PUF, 2001, 77~p. (Que sais-je_?_; n°~6). ISBN~2-13."
    ),
    f"@book{{K, {BOOK}, series = {{Cahiers}}}}": "DURAND, Élise. Un titre. Paris~: PUF, 2001 (Cahiers).",
    f"@book{{K, {BOOK}, volume = 2, edition = {{2e éd.}}}}": ("DURAND, Élise. Un titre. 2e éd. Paris~: PUF, 2001, vol.~2."),
    f"@book{{K, {BOOK}, edition = {{2}}}}": "DURAND, Élise. Un titre. 2e éd. Paris~: PUF, 2001.",
    f"@booklet{{K, {WORK}, howpublished = {{Polycopié}}, address = {{Lyon}}}}": ("DURAND, Élise. Un titre. Lyon, 2001. Polycopié."),
    # BibTeX's @inbook is a part of the book that `title` names; biblatex's has a title of its own.
    f"@inbook{{K, {BOOK}, chapter = 4, pages = {{1--9}}}}": ("DURAND, Élise. Un titre. Paris~: PUF, 2001, chap.~4, p.~1-9."),
    f"@inbook{{K, {BOOK}, booktitle = {{Livre}}, pages = {{1--9}}}}": (
        "DURAND, Élise. «~Un titre~». In~: Livre. Paris~: PUF, 2001, p.~1-9."
    ),
    f"@incollection{{K, {BOOK}, booktitle = {{Livre}}, editor = {{Roux, Paul and Noir, Ève}}, pages = {{1--9}}}}": (
        "DURAND, Élise. «~Un titre~». In~: ROUX, Paul et NOIR, Ève (dir.). Livre. Paris~: PUF, 2001, p.~1-9."
    ),
    f"@inproceedings{{K, {WORK}, booktitle = {{Actes}}, organization = {{Org}}, address = {{Paris}}}}": (
        "DURAND, Élise. «~Un titre~». In~: Actes. Paris~: Org, 2001."
    ),
    f"@manual{{K, {WORK}, organization = {{Org}}, address = {{Paris}}}}": "DURAND, Élise. Un titre. Paris~: Org, 2001.",
    f"@mastersthesis{{K, {WORK}, school = {{Université}}, address = {{Lyon}}, month = sep, pagetotal = 75}}": (
        "DURAND, Élise. Un titre. Mémoire de master. Lyon~: Université, septembre 2001, 75~p."
    ),
    f"@phdthesis{{K, {WORK}, school = {{Université}}, address = {{Lyon}}}}": (
        "DURAND, Élise. Un titre. Thèse de doctorat. Lyon~: Université, 2001."
    ),
    f"@thesis{{K, {WORK}, institution = {{Université}}, location = {{Lyon}}, type = {{Mémoire de licence}}}}": (
        "DURAND, Élise. Un titre. Mémoire de licence. Lyon~: Université, 2001."
    ),
    # HAL's word for a thesis, and biblatex's keys for a patent and for the country that grants it.
    f"@phdthesis{{K, {WORK}, type = {{Theses}}, school = {{Université}}}}": (
        "DURAND, Élise. Un titre. Thèse de doctorat. Université, 2001."
    ),
    f"@patent{{K, {WORK}, type = {{patentfr}}, number = {{9500261}}, location = {{countryfr and countryuk}}}}": (
        "DURAND, Élise. Un titre. Brevet (France). France_; Royaume-Uni, 2001 (n°~9500261)."
    ),
    f"@misc{{K, {WORK}, howpublished = {{Affiche}}, note = {{Sans suite}}}}": (
        "DURAND, Élise. Un titre. 2001. Affiche. Sans suite."
    ),
    "@proceedings{K, editor = {Roux, Paul}, title = {Actes}, year = 2001, publisher = {PUF}, address = {Paris}}": (
        "ROUX, Paul (dir.). Actes. Paris~: PUF, 2001."
    ),
    f"@techreport{{K, {WORK}, institution = {{Org}}, address = {{Ay}}, type = {{Note}}, number = 3, pagetotal = 8}}": (
        "DURAND, Élise. Un titre. Ay~: Org, 2001, 8~p. (Note_; n°~3)."
    ),
    f"@report{{K, {WORK}, institution = {{Org and Autre}}, location = {{Paris and Lyon}}, type = {{Rapport}}}}": (
        "DURAND, Élise. Un titre. Paris_; Lyon~: Org_; Autre, 2001 (Rapport)."
    ),
    f"@unpublished{{K, {WORK}, note = {{Inédit}}}}": "DURAND, Élise. Un titre. 2001. Inédit.",
    f"@online{{K, {WORK}, url = {{https://x.fr/a}}}}": (
        "DURAND, Élise. Un titre [en ligne]. 2001. Disponible à l’adresse~: https://x.fr/a"
    ),
    f"@online{{K, {WORK}, url = {{https://x.fr/a}}, urldate = {{2020-01-02}}}}": (
        "DURAND, Élise. Un titre [en ligne]. 2001. Disponible à l’adresse~: https://x.fr/a [consulté le 2~janvier 2020]."
    ),
    f"@online{{K, {WORK}, url = {{https://x.fr/a{{\\_}}b}}, urldate = {{2020-03-01}}}}": (
        "DURAND, Élise. Un titre [en ligne]. 2001. Disponible à l’adresse~: https://x.fr/a_b [consulté le 1er~mars 2020]."
    ),
    f"@online{{K, {BOOK}, url = {{https://x.fr/a}}}}": (
        "DURAND, Élise. Un titre [en ligne]. Paris~: PUF, 2001. Disponible à l’adresse~: https://x.fr/a"
    ),
    f"@incollection{{K, {BOOK}, booktitle = {{Livre}}, bookauthor = {{Noir, Ève}}, editor = {{Roux, Paul}}}}": (
        "DURAND, Élise. «~Un titre~». In~: NOIR, Ève. Livre. Sous la dir. de Paul Roux. Paris~: PUF, 2001."
    ),
    f"@incollection{{K, {BOOK}, booktitle = {{Livre}}, bookauthor = {{Durand, Élise}}, editor = {{Roux, Paul}}}}": (
        "DURAND, Élise. «~Un titre~». In~: ROUX, Paul (dir.). Livre. Paris~: PUF, 2001."
    ),
    f"@book{{K, {BOOK}, origtitle = {{Sum}}}}": "DURAND, Élise. Un titre. Paris~: PUF, 2001. Première publication~: Sum.",
    f"@book{{K, {BOOK}, origpublisher = {{OUP}}}}": "DURAND, Élise. Un titre. Paris~: PUF, 2001. Première publication~: OUP.",
    f"@book{{K, {BOOK}, origdate = {{1951}}}}": "DURAND, Élise. Un titre. Paris~: PUF, 2001. Première publication~: 1951.",
    f"@article{{K, {WORK}, journal = {{Revue}}, series = {{2}}, volume = 3, number = 4}}": (
        "DURAND, Élise. «~Un titre~». Revue, sér.~2, 2001, vol.~3, n°~4."
    ),
    f"@article{{K, {WORK}, journal = {{Revue}}, issue = {{Printemps}}, eid = {{e12}}}}": (
        "DURAND, Élise. «~Un titre~». Revue, 2001, Printemps, art.~e12."
    ),
    f"@inproceedings{{K, {WORK}, eventtitle = {{Assises}}, publisher = {{PUF}}, address = {{Paris}}}}": (
        "DURAND, Élise. «~Un titre~». In~: Assises. Paris~: PUF, 2001."
    ),
    f"@incollection{{K, {BOOK}, maintitle = {{Somme}}, pagetotal = {{215 p.}}}}": (
        "DURAND, Élise. «~Un titre~». In~: Somme. Paris~: PUF, 2001, 215~p."
    ),
    f"@book{{K, {BOOK}, doi = {{https://doi.org/10.1/x}}}}": ("DURAND, Élise. Un titre. Paris~: PUF, 2001. DOI 10.1/x."),
}
ABSENT = {
    # Of a place or a publisher that the entry does not name, nothing is said: the work may well name it.
    "@book{K, title = {T}}": "T. [s.~d.].",
    "@book{K, title = {T}, address = {Paris}, year = 2001}": "T. Paris, 2001.",
    "@book{K, title = {T}, publisher = {PUF}}": "T. PUF, [s.~d.].",
    # What the source has lost is said to be lost, field by field, whatever the field is called.
    "@misc{K, title = {T}, lost = {author, location, publisher, date, pagetotal}}": "[…]. T. […]~: […], […], […]~p.",
    "@book{K, author = {Durand, É.}, lost = {title, address}, publisher = {PUF}, year = 2001}": "DURAND, É. […]. […]~: PUF, 2001.",
    "@article{K, title = {T}, lost = {journal, number, pages}, year = 2001}": "«~T~». […], 2001, n°~[…], p.~[…].",
    "@article{K, title = {T}, journal = {Revue}}": "«~T~». Revue, [s.~d.].",
}
PEOPLE = {
    "author = {{Comité des œuvres}}": "COMITÉ DES ŒUVRES. T",
    "author = {Durand, É. and Roux, P.}": "DURAND, É. et ROUX, P. T",
    "author = {Durand, É. and Roux, P. and {Ville}}": "DURAND, É., ROUX, P. et VILLE. T",
    "author = {Durand, É. and others}": "DURAND, É. et~al. T",
    "editor = {Durand, Élise}": "DURAND, Élise (dir.). T",
    "editor = {Durand, Élise and Roux, Paul}": "DURAND, Élise et ROUX, Paul (dir.). T",
    "author = {Jean de La Fontaine}": "LA FONTAINE, Jean de. T",
    "author = {{d'Alembert}, Jean}": "D’ALEMBERT, Jean. T",
}
TITLES = {
    # A title that ends with a mark of its own has no full stop, and a quotation in quotes has other quotes.
    ("misc", "Que faire ?"): "Que faire_?",
    ("misc", "Et puis..."): "Et puis…",
    ("misc", "Dit-il « oui » ?"): "Dit-il «~oui~»_?",
    ("misc", "Un titre : sous-titre"): "Un titre~: sous-titre.",
    ("article", "Que faire ?"): "«~Que faire_?~».",
    ("article", "Le « projet » local"): "«~Le “projet” local~».",
}
COMPLETED = {
    "completed = {address}": "DURAND, Élise. Un titre. [Paris]~: PUF, 14~juillet~2001.",
    "completed = {location, publisher}": "DURAND, Élise. Un titre. [Paris~: PUF], 14~juillet~2001.",
    "completed = {author, title}": "[DURAND, Élise]. [Un titre]. Paris~: PUF, 14~juillet~2001.",
    "completed = {year}": "DURAND, Élise. Un titre. Paris~: PUF, 14~juillet~[2001].",
    "completed = {month}": "DURAND, Élise. Un titre. Paris~: PUF, 14~[juillet]~2001.",
    "completed = {day, month}": "DURAND, Élise. Un titre. Paris~: PUF, [14]~[juillet]~2001.",
    "completed = {date}": "DURAND, Élise. Un titre. Paris~: PUF, [14~juillet~2001].",
    "series = {Cahiers}, number = 6, completed = {number}": (
        "DURAND, Élise. Un titre. Paris~: PUF, 14~juillet~2001 (Cahiers_; [n°~6])."
    ),
    "series = {Cahiers}, number = 6, completed = {series, number}": (
        "DURAND, Élise. Un titre. Paris~: PUF, 14~juillet~2001 ([Cahiers_; n°~6])."
    ),
    "pagetotal = 9, isbn = {2-13}, completed = {pagetotal, isbn}": (
        "DURAND, Élise. Un titre. Paris~: PUF, 14~juillet~2001, [9~p.]. [ISBN~2-13]."
    ),
    "url = {https://x.fr}, completed = {url}": (
        "DURAND, Élise. Un titre. Paris~: PUF, 14~juillet~2001. [Disponible à l’adresse~: https://x.fr]."
    ),
    "completed = {author, title, date, address, publisher}": "[DURAND, Élise. Un titre. Paris~: PUF, 14~juillet~2001.]",
    "howpublished = {Affiche}, completed = {author, title, date, address, publisher}": (
        "[DURAND, Élise]. [Un titre]. [Paris~: PUF], [14~juillet~2001]. Affiche."
    ),
}


def printed(work: model.Work) -> str:
    """The reference of *work* in plain text."""
    return iso690.reference(work).render(iso690.PLAIN)


def kind_of(entry: str) -> str:
    return entry[1 : entry.index("{")]


def reference(text: str) -> str:
    """The reference of the only entry of *text*, its no-break spaces as ~ and _."""
    (entry,) = split(text).entries
    assert not split(text).faults
    return printed(model.work(entry)).replace(NO_BREAK, "~").replace(NARROW, "_")


@pytest.mark.parametrize(("entry", "expected"), TYPES.items(), ids=map(kind_of, TYPES))
def test_each_type_has_its_reference(entry, expected):
    assert reference(entry) == expected


def test_no_type_that_bibtex_and_biblatex_share_is_forgotten():
    shared = "article book booklet inbook incollection inproceedings manual mastersthesis phdthesis thesis misc"
    shared += " proceedings techreport report unpublished online"
    assert {kind_of(entry) for entry in TYPES} >= set(shared.split())


@pytest.mark.parametrize(("entry", "expected"), ABSENT.items())
def test_what_is_absent_is_said(entry, expected):
    assert reference(entry) == expected


@pytest.mark.parametrize(("people", "expected"), PEOPLE.items())
def test_people_stand_first(people, expected):
    assert reference(f"@misc{{K, {people}, title = {{T}}}}") == f"{expected}. [s.~d.]."


@pytest.mark.parametrize(("kind", "title", "expected"), [(*what, expected) for what, expected in TITLES.items()])
def test_titles_keep_their_own_marks(kind, title, expected):
    assert reference(f"@{kind}{{K, title = {{{title}}}}}") == f"{expected} [s.~d.]."


@pytest.mark.parametrize(("fields", "expected"), COMPLETED.items())
def test_what_the_edition_added_stands_between_brackets(fields, expected):
    book = BOOK.replace("year = {2001}", "date = {2001-07-14}")
    assert reference(f"@book{{K, {book}, {fields}}}") == expected


def test_added_editors_of_the_host_stand_between_brackets_too():
    said = reference(f"@incollection{{K, {BOOK}, booktitle = {{Livre}}, editor = {{Roux, Paul}}, completed = {{editor}}}}")
    assert "In~: [ROUX, Paul (dir.)]. Livre. Paris" in said


@pytest.mark.parametrize("field", "publisher institution journal booktitle isbn issn howpublished pages pagetotal number".split())
def test_what_is_found_elsewhere_too_is_not_said_to_be_online(field):
    entry = f"@misc{{K, {WORK}, url = {{https://x.fr}}"
    assert "[en ligne]" in reference(f"{entry}}}")
    assert "[en ligne]" not in reference(f"{entry}, {field} = {{12}}}}")


def test_the_first_of_a_month_is_an_ordinal():
    assert "1er~juillet" in reference("@misc{K, title = {T}, date = {2001-07-01}}")


@pytest.mark.parametrize("text", [*TYPES, *ABSENT, "@article{K, title = {Quoi ?}, journal = {Comment ?}, note = {Ah !}}"])
def test_no_mark_is_doubled_and_no_english_is_left(text):
    said = reference(text)
    assert not re.search(r"[.…?!,;:][~_ ]?\.|[.,] ?,|  |\(\)|\[\]", said)
    assert not re.search(r"\b(and|In:|pages|n\.d\.|eds?\.)(\W|$)", said)


def test_letters_tell_works_of_one_year_apart(tmp_path):
    path = tmp_path / "refs.bib"
    path.write_text(f"@misc{{A, {WORK}, month = mar}}\n@misc{{B, {WORK}}}", "utf-8")
    assert [printed(work) for work in read_bib([path]).works] == [
        "DURAND, Élise. Un titre. Mars 2001a.",
        "DURAND, Élise. Un titre. 2001b.",
    ]


def reference_nodes(text: str) -> nodes.paragraph:
    (entry,) = split(text).entries
    return nodes.paragraph("", "", *iso690.reference(model.work(entry)).render(iso690.DOCUTILS))


def test_small_capitals_italics_and_links_are_standard_nodes():
    paragraph = reference_nodes(f"@online{{K, {WORK}, url = {{https://x.fr/a_b%20c}}}}")
    (name,) = paragraph.findall(nodes.inline)
    assert (name["classes"], name.astext()) == (["smallcaps"], "Durand")
    (title,) = paragraph.findall(nodes.emphasis)
    assert title.astext() == "Un titre"
    (link,) = paragraph.findall(nodes.reference)
    assert link["refuri"] == link.astext() == "https://x.fr/a_b%20c"


@pytest.mark.parametrize("before", ["", "doi:", "https://doi.org/", "http://dx.doi.org/"])
def test_a_doi_is_a_link(before):
    (link,) = reference_nodes(f"@book{{K, {BOOK}, doi = {{{before}10.1/x_y}}}}").findall(nodes.reference)
    assert (link["refuri"], link.astext()) == ("https://doi.org/10.1/x_y", "10.1/x_y")


def test_the_title_of_an_article_is_quoted_and_its_journal_in_italics():
    (journal,) = reference_nodes(f"@article{{K, {WORK}, journal = {{Revue}}}}").findall(nodes.emphasis)
    assert journal.astext() == "Revue"


#: Where each archive of texts has what it calls by a number, and what stands before that.
ARCHIVES = {
    "eprint = {2001.12345}": ("arXiv", "https://arxiv.org/abs/2001.12345"),
    "eprint = {math-ph/0102001}": ("arXiv", "https://arxiv.org/abs/math-ph/0102001"),
    "eprint = {x2001.12345}": ("archive ouverte", ""),
    "eprint = {2001.12345}, eprinttype = {HAL}": ("HAL", "https://hal.science/2001.12345"),
    "eprint = {12}, archiveprefix = {jstor}": ("JSTOR", "https://www.jstor.org/stable/12"),
    "eprint = {12}, eprinttype = {pubmed}": ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/12/"),
    "eprint = {1/(a:b;c) é?}, eprinttype = {hdl}": ("HDL", "https://hdl.handle.net/1/(a:b;c)%20%C3%A9%3F"),
    "eprint = {12}, eprinttype = {googlebooks}": ("Google Books", "https://books.google.com/books?id=12"),
    "eprint = {12}, eprinttype = {Nôtre}": ("Nôtre", ""),
}


@pytest.mark.parametrize(("fields", "name", "address"), [(fields, *expected) for fields, expected in ARCHIVES.items()])
def test_an_archive_of_texts_is_named_and_leads_to_the_text(fields, name, address):
    paragraph = reference_nodes(f"@book{{K, {BOOK}, {fields}, eprintclass = {{C}}}}")
    number = re.search(r"\{(.*?)\}", fields)[1]
    assert paragraph.astext().endswith(french(f" 2001. {name} : {number} [C]."))
    assert [(link["refuri"], link.astext()) for link in paragraph.findall(nodes.reference)] == [(address, number)] * bool(address)
    assert access.archive_address(model.work(split(f"@book{{K, {fields}}}").entries[0])) == address


#: What biblatex's kinds of editors are called in English, after their names and before them.
ROLES = {
    "editor": ("ed.", "Edited by"), "compiler": ("comp.", "Compiled by"), "founder": ("founder", "Founded by"),
    "continuator": ("cont.", "Continued by"), "redactor": ("red.", "Redacted by"), "reviser": ("rev.", "Revised by"),
    "collaborator": ("collab.", "In collaboration with"), "organizer": ("org.", "Organised by"),
    "director": ("director", "Directed by"), "curator": ("curator", "Curator:"),
}  # fmt: skip


@pytest.mark.parametrize(("role", "after", "before"), [(role, *words) for role, words in ROLES.items()])
def test_each_kind_of_editor_is_said(role, after, before):
    catalogue.use("en")
    editor = f"editor = {{Roux, Paul and Noir, Ève and others}}, editortype = {{{role}}}, title = {{T}}, year = 2001"
    assert reference(f"@book{{K, {editor}}}") == f"ROUX, Paul, NOIR, Ève et al. ({after}). T. 2001."
    assert reference(f"@book{{K, author = {{A, B}}, {editor}}}") == f"A, B. T. {before} Paul Roux, Ève Noir et al. 2001."


#: What an edition is called, by its number from 1.
ORDINALS = (
    "1st 1re First Première", "2nd 2e Second Deuxième Seconde", "3rd 3e Third Troisième", "4th 4e Fourth Quatrième",
    "5. Fifth Cinquième", "6º Sixth Sixième", "7a Seventh Septième", "8ème Eighth Huitième", "9th Ninth Neuvième",
    "10e Tenth Dixième",
)  # fmt: skip


def test_the_number_of_an_edition_is_read_in_words_and_in_figures():
    words = ["1re éd.", *(f"{number}e éd." for number in range(2, 11))]
    assert [{iso690.ordinal(text) for text in texts.split()} for texts in ORDINALS] == [{word} for word in words]
    noted = "2 ed.|2nd ed|2e éd.|2. Aufl.|2. Auflage|2a edición|2nd edition|Second edition|seconde édition ".split("|")
    assert {iso690.ordinal(text) for text in noted} == {"2e éd."}
    others = ["Second edition revised", "0", "2nd revised", ""]
    assert [iso690.ordinal(text) for text in others] == others


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "<b>gras</b> *x* _y_ `z`", '#read("/etc/passwd")'])
def test_a_hostile_title_stays_text(hostile):
    paragraph = reference_nodes(f"@misc{{K, title = {{{hostile}}}, year = 2001}}")
    assert paragraph.astext() == f"{hostile}. 2001."
    assert [type(node) for node in paragraph.findall(nodes.Element)] == [nodes.paragraph, nodes.emphasis]


def test_an_address_that_is_not_of_the_web_is_no_link():
    paragraph = reference_nodes("@misc{K, title = {T}, url = {javascript:alert(1)}}")
    assert "javascript:alert(1)" in paragraph.astext()
    assert not list(paragraph.findall(nodes.reference))


@pytest.fixture(scope="module")
def pybtex_reference():
    """What pybtex itself prints of BibTeX text in the style that the extension registers."""
    annotated_bib.setup(Mock())
    return lambda text: PybtexEngine().format_from_string(text, style="iso690", output_backend="text")


def test_pybtex_knows_the_style():
    annotated_bib.setup(Mock())
    assert find_plugin("pybtex.style.formatting", "iso690") is iso690.Iso690


@pytest.mark.parametrize("entry", TYPES, ids=kind_of)
def test_pybtex_prints_what_notices_print(pybtex_reference, entry):
    said = pybtex_reference(entry).removeprefix("[1] ").strip().replace(NO_BREAK, "~").replace(NARROW, "_")
    assert said.casefold() == reference(entry).casefold()


def test_pybtex_keeps_corporate_and_compound_names(pybtex_reference):
    said = pybtex_reference("@misc{K, author = {{Jeunesse and Sports} and {Ogier de la Brède}, Jean}, title = {T}}")
    assert said.startswith("[1] Jeunesse and Sports et Ogier de la Brède, Jean. T.")


def test_pybtex_sorts_as_french_does(pybtex_reference):
    said = pybtex_reference(
        "@misc{a, author = {Zola, A.}, title = {T}}@misc{b, author = {Éluard, P.}, title = {T}}"
        "@misc{c, author = {Durand, P.}, title = {T}}@misc{d, author = {Eco, U.}, title = {T}}"
    )
    assert re.findall(r"\] (\w+)", said) == ["Durand", "Eco", "Éluard", "Zola"]


#: What a style of pybtex's own prints of works, also of those that lack what BibTeX asks of their type.
OTHERWISE = {
    r"@techreport{K, author = {van de Waal, Jr., Frans and {Ville & Fils}}, title = {50 \% \{\textbackslash\} \$ \# a\_b},"
    r" institution = {Org}, number = {3}, year = 2001}": (
        "Frans van de Waal, Jr. and Ville & Fils. 50 % \\ $ # a_b. Technical Report 3, Org, 2001."
    ),
    "@thesis{K, author = {family=Ormesson, given=Jean, prefix=d’, useprefix=true}, title = {T}, institution = {U}, year = 2001}": (
        "Jean d’Ormesson. T. PhD thesis, U, 2001."
    ),
    "@online{K, author = {A, B}, title = {T}, url = {https://x.fr/a_b%20&c}}": "B A. T. URL: https://x.fr/a_b%20&c.",
    "@proceedings{K, editor = {A, B}, title = {T}, year = 2001, doi = {10.1/a_b}}": "B A, editor. T, 2001. doi:10.1/a_b.",
    "@book{K, author = {A, B}}": "B A. K.",
}


@pytest.mark.parametrize(("entry", "expected"), OTHERWISE.items(), ids=map(kind_of, OTHERWISE))
def test_another_style_of_pybtex_prints_each_work(entry, expected):
    assert style.ReferenceStyle("plain").text(model.work(split(entry).entries[0])) == expected


def test_a_style_that_pybtex_lacks_is_named():
    with pytest.raises(LookupError, match="plein"):
        style.ReferenceStyle("plein")
