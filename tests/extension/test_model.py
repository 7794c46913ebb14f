"""A work as the edition knows it, whichever way its entry is spelt."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace

import pytest
import rispy
from annotated_bib.language.typography import french
from annotated_bib.references.iso690 import PLAIN, alphabetical, reference
from annotated_bib.source import model
from annotated_bib.source.bibfile import split
from annotated_bib.source.datamodel import TYPE_NAMES, entry_type
from annotated_bib.source.dates import month_number
from annotated_bib.source.languages import language_tag
from annotated_bib.source.model import Work
from annotated_bib.source.names import Name, names
from bs4 import BeautifulSoup
from helpers import read_bib, tool

SAME = {
    # BibTeX's spelling, biblatex's.
    "report": (
        "@techreport{K, author = {Durand, Élise}, title = {Un titre : essai}, institution = {Ville}, address = {Lyon},"
        " year = 2001, month = jul, type = {Rapport}, number = 3}",
        "@REPORT{K, Author = {Durand, Élise}, title = {Un titre}, subtitle = {essai}, institution = {Ville},"
        " location = {Lyon}, date = {2001-07}, type = {Rapport}, number = {3}}",
    ),
    "thesis": (
        "@phdthesis{K, title = {T}, school = {Université}, year = {2001}}",
        "@thesis{K, title = {T}, institution = {Université}, date = {2001}, type = {phdthesis}}",
    ),
    "master": (
        "@mastersthesis{K, title = {T}, school = {Université}, year = {2001}, type = {Mémoire de master}}",
        "@thesis{K, title = {T}, institution = {Université}, date = {2001}, type = {mathesis}}",
    ),
    "article": (
        "@article{K, title = {T}, journal = {Revue}, year = {2001}, pagetotal = {12}, pages = {1--9}}",
        "@article{K, title = {T}, journaltitle = {Revue}, date = {2001}, note = {12 p.}, pages = {1–9}}",
    ),
    "online": ("@www{K, title = {T}, url = {https://x.fr}}", "@online{K, title = {T}, url = {https://x.fr}}"),
    "conference": ("@conference{K, title = {T}}", "@inproceedings{K, title = {T}}"),
    "book": ("@book{K, title = {T}, annote = {Un mot.}}", "@mvbook{K, title = {T}, annotation = {Un mot.}}"),
    "manual": ("@manual{K, title = {T}, organization = {Org}}", "@manual{K, title = {T}, publisher = {Org}}"),
    "part": (
        "@incollection{K, title = {T}, booktitle = {Livre : essai}}",
        "@suppcollection{K, title = {T}, booktitle = {Livre}, booksubtitle = {essai}}",
    ),
}
NAMES = {
    "Durand, Élise": [Name("Durand", "Élise")],
    "Élise Durand": [Name("Durand", "Élise")],
    r"Dur{\'a}nd, \'Elise": [Name("Duránd", "Élise")],
    "Durand-Roux, Élise": [Name("Durand-Roux", "Élise")],
    "{Ogier de la Brède}, Jean": [Name("Ogier de la Brède", "Jean")],
    "Jean {Ogier de la Brède}": [Name("Ogier de la Brède", "Jean")],
    "de La Fontaine, Jean": [Name("La Fontaine", "Jean", "de")],
    "Jean de La Fontaine": [Name("La Fontaine", "Jean", "de")],
    "Jean d'Alembert": [Name("d'Alembert", "Jean")],
    r"{{Comité des \oe uvres}}": [Name("Comité des œuvres")],
    "{Jeunesse and Sports} and Durand, Élise": [Name("Jeunesse and Sports"), Name("Durand", "Élise")],
    "Durand, Élise\n and Roux, Paul": [Name("Durand", "Élise"), Name("Roux", "Paul")],
    "Durand, Élise and others": [Name("Durand", "Élise")],
    "Durand, Élise AND Roux, Paul": [Name("Durand", "Élise"), Name("Roux", "Paul")],
    "A, B, C, D, E": [Name("A, B, C, D, E")],
    "Collectif": [Name("Collectif")],
    "": [],
}
LABELS = {
    "author = {Durand, Élise}": "Durand",
    "author = {Durand, Élise and Roux, Paul}": "Durand et Roux",
    "author = {Durand, Élise and Roux, Paul and {Ville de Lyon}}": "Durand, Roux et Ville de Lyon",
    "author = {A, B and C, D and E, F and G, H}": "A et al.",
    "author = {A, B and others}": "A et al.",
    "editor = {Roux, Paul}": "Roux",
    "author = {A, B}, editor = {Roux, Paul}": "A",
    "title = {Un long titre : essai}": "Un long titre : essai",
    "title = {Un long titre}, shorttitle = {Titre}": "Titre",
    "": "K",
}
DATES = {
    # Fields: the date as the reference prints it, the year that citations print.
    "year = {2001}": ("2001", "2001"),
    "year = {2001}, month = jul": ("juillet 2001", "2001"),
    "year = {2001}, month = {07}": ("juillet 2001", "2001"),
    "year = {2001}, month = {juillet}": ("juillet 2001", "2001"),
    "year = {2001}, month = {July}": ("juillet 2001", "2001"),
    "year = {2001}, month = {thermidor}": ("thermidor 2001", "2001"),
    "year = {2001--2003}": ("2001–2003", "2001–2003"),
    "year = {2000}, month = sep, day = {21--23}": ("21–23 septembre 2000", "2000"),
    "year = {2000}, month = sep, day = {²}": ("² septembre 2000", "2000"),
    "date = {2001}": ("2001", "2001"),
    "date = {2001-12-01}": ("1er décembre 2001", "2001"),
    "date = {2001-12-01T10:30:00Z}": ("1er décembre 2001", "2001"),
    "date = {2001-21}": ("printemps 2001", "2001"),
    "date = {2001-07/2002-01}": ("juillet 2001 – janvier 2002", "2001–2002"),
    "date = {2001-07/2001-09}": ("juillet–septembre 2001", "2001"),
    "date = {2001-07-01/2001-07-03}": ("1er–3 juillet 2001", "2001"),
    "date = {2001/2003}": ("2001–2003", "2001–2003"),
    "date = {2001/}": ("2001–", "2001–"),
    "date = {2001/..}": ("2001–", "2001–"),
    "date = {/2001}": ("–2001", "–2001"),
    "date = {../2001}": ("–2001", "–2001"),
    "date = {2001~}": ("vers 2001", "vers 2001"),
    "date = {2001?}": ("2001 ?", "2001 ?"),
    "date = {2001-05%}": ("vers mai 2001 ?", "vers 2001 ?"),
    "date = {199X}": ("1990–1999", "1990–1999"),
    "date = {19XX}": ("1900–1999", "1900–1999"),
    "date = {2001-XX}": ("2001", "2001"),
    "date = {-0043}": ("44 av. J.-C.", "44 av. J.-C."),
    "date = {-0043-03-15}": ("15 mars 44 av. J.-C.", "44 av. J.-C."),
    "date = {-0043/0014}": ("44 av. J.-C.–14", "44 av. J.-C.–14"),
    "date = {vers 2001}": ("[s. d.]", "s. d."),
    "": ("[s. d.]", "s. d."),
}


TIDY = {
    # What people and tools write in one field and mean for another, or around its value: what the work has.
    "book, pages = {pp. 47--53}": {"pages": "47–53"},
    "book, pages = {p. 47}": {"pages": "47"},
    "book, pages = {47--47}": {"pages": "47"},
    "book, pages = {47–47}": {"pages": "47"},
    "book, pages = {215 p.}": {"pagetotal": "215"},
    "book, pages = {215 p.}, pagetotal = {3}": {"pages": "215 p.", "pagetotal": "3"},
    "book, pagetotal = {215 pages}": {"pagetotal": "215"},
    "book, isbn = { ;2-13, }": {"isbn": "2-13"},
    "article, note = {12 p.}": {"pagetotal": "12"},
    "book, note = {12 p.}": {"note": "12 p."},
    "book, year = {2001--2003}": {"year": "2001", "endyear": "2003"},
    "book, year = {1998/99}": {"year": "1998/99"},
    "misc, howpublished = {https://x.fr/b}": {"url": "https://x.fr/b"},
    "misc, howpublished = {https://x.fr/b}, url = {https://x.fr/a}": {"howpublished": "https://x.fr/b", "url": "https://x.fr/a"},
    "misc, howpublished = {Voir https://x.fr/b}": {"howpublished": "Voir https://x.fr/b"},
    "article, issue = {4}": {"number": "4"},
    "article, issue = {4}, number = {5}": {"issue": "4", "number": "5"},
    "book, issue = {4}": {"issue": "4"},
    "inproceedings, eventtitle = {Congrès}": {"booktitle": "Congrès"},
    "inproceedings, eventtitle = {Congrès}, maintitle = {Somme}": {"eventtitle": "Congrès", "booktitle": "Somme"},
    "book, maintitle = {M}, mainsubtitle = {S}, issuetitle = {I}, issuesubtitle = {J}, journaltitle = {Z}, journalsubtitle = {Y}": {
        "maintitle": "M : S", "issuetitle": "I : J", "journal": "Z : Y",
    },
    "book, subtitle = {S}": {"title": "S"},
    "book, date = {2001-02-03/2004-05-06}": {
        "year": "2001", "month": "2", "day": "3", "endyear": "2004", "endmonth": "5", "endday": "6",
    },
    "book, eventdate = {2001-02-03/..}": {
        "eventdate": "2001-02-03/..", "eventyear": "2001", "eventmonth": "2", "eventday": "3", "eventendyear": "..",
    },
    "book, origdate = {1951~}": {"origdate": "1951~", "origyear": "1951", "origdatecirca": "true"},
    "book, date = {2001%}, year = {1999}": {"year": "2001", "datecirca": "true", "dateuncertain": "true"},
    "book, date = {../2001}": {"year": "..", "endyear": "2001"},
    "book, date = {2001/2002~}": {"year": "2001", "endyear": "2002", "datecirca": "true"},
    "book, date = {vers 2001}": {"date": "vers 2001"},
    "manual, organization = {O}": {"publisher": "O"},
    "misc, publisher = {A and B}, institution = {C and D}, address = {E and F}": {
        "publisher": "A ; B", "institution": "C ; D", "address": "E ; F",
    },
    "misc, origpublisher = {G and H}, origlocation = {I and J}": {"origpublisher": "G ; H", "origlocation": "I ; J"},
    "misc, hyphenation = {german}": {"langid": "german"},
    "misc, language = {german}": {"langid": "german"},
    "misc, archiveprefix = {hal}, primaryclass = {shs}": {"eprinttype": "hal", "eprintclass": "shs"},
    "patent, type = {PatreqEU}": {"type": "Demande de brevet (Union européenne)"},
    "patent, type = {patentxx}": {"type": "patentxx"},
    "patent, location = {countryde and countryeu and countryep and countryfr and countryuk and countryus and Lyon}": {
        "address": "Allemagne ; Union européenne ; Union européenne ; France ; Royaume-Uni ; États-Unis ; Lyon",
    },
}  # fmt: skip
WORDS = {
    # biblatex's keys, and what they stand for.
    "type": {
        "mathesis": "Mémoire de master", "mastersthesis": "Mémoire de master", "bathesis": "Mémoire de licence",
        "phdthesis": "Thèse de doctorat", "candthesis": "Thèse", "techreport": "Rapport technique",
        "resreport": "Rapport de recherche", "theses": "Thèse de doctorat", "software": "Logiciel", "datacd": "Cédérom",
        "audiocd": "Disque compact", "patent": "Brevet", "patreq": "Demande de brevet",
    },
    "series": {"newseries": "nouvelle série", "oldseries": "ancienne série"},
    "pubstate": {
        "inpreparation": "en préparation", "submitted": "soumis", "forthcoming": "à paraître", "inpress": "sous presse",
        "prepublished": "prépublication",
    },
}  # fmt: skip


def read(text: str) -> tuple[Work, ...]:
    return tuple(map(model.work, split(text).entries))


@pytest.mark.parametrize(("bibtex", "biblatex"), SAME.values(), ids=SAME)
def test_bibtex_and_biblatex_describe_the_same_work(bibtex, biblatex):
    first, second = (
        replace(work, raw="", fields={**work.fields, "month": work.month}) for work in (*read(bibtex), *read(biblatex))
    )
    assert first == second


@pytest.mark.parametrize(("entry", "fields"), TIDY.items())
def test_a_field_holds_what_it_is_for(entry, fields):
    kind, written = entry.split(", ", 1)
    (work,) = read(f"@{kind}{{K, {written}}}")
    assert {name: re.sub(r"\s", " ", value) for name, value in work.fields.items()} == fields


def test_a_key_of_biblatex_stands_for_its_words():
    said = {name: {key: read(f"@misc{{K, {name} = {{{key}}}}}")[0][name] for key in keys} for name, keys in WORDS.items()}
    assert said == WORDS


#: Languages as babel, people and catalogues name them, by their tags.
LANGUAGES = {
    "fr": "french Français francais frenchb acadian fre fra französisch francés fr",
    "fr-ca": "canadien fr_CA", "en": "english anglais englisch inglés inglese", "en-gb": "british UKenglish",
    "en-us": "american USenglish", "en-ca": "canadian", "en-au": "australian", "en-nz": "newzealand",
    "de": "german ngerman allemand deutsch alemán", "de-at": "austrian naustrian", "de-ch": "swissgerman nswissgerman",
    "es": "spanish espagnol spanisch español", "it": "italian italien italienisch italiano",
    "pt": "portuguese portugais português portugiesisch", "pt-br": "brazilian brazil", "ca": "catalan", "nl": "dutch",
    "la": "latin", "el": "greek", "ar": "arabic", "pl": "polish", "ru": "russian", "ro": "romanian", "tr": "turkish",
    "sv": "swedish", "da": "danish", "nb": "norsk", "zh-hant-tw": "zh-Hant-TW", "": "klingon x fr- english-",
}  # fmt: skip


#: Months and seasons as people name them, in the languages in which an entry may.
MONTHS = {
    1: "1 01 jan Jan. january janvier Januar enero gennaio janeiro januari", 8: "8 aug août agosto augustus", 12: "12 dec dezember",
    21: "21 spring Printemps Frühling Frühjahr primavera", 22: "22 summer été Sommer verano estate",
    23: "23 autumn Fall automne Herbst otoño autunno", 24: "24 winter hiver invierno inverno", 0: "0 00 13 20 25 001 thermidor",
}  # fmt: skip


def test_a_month_is_named_in_many_ways():
    assert {number: {month_number(name) for name in words.split()} for number, words in MONTHS.items()} == {
        number: {number} for number in MONTHS
    }


def test_a_language_has_its_tag():
    assert {tag: {language_tag(f" {name}") for name in words.split()} for tag, words in LANGUAGES.items()} == {
        tag: {tag} for tag in LANGUAGES
    }


@pytest.mark.parametrize(("kind", "name"), [("article", "journal"), ("incollection", "booktitle"), ("book", "")])
def test_what_an_entry_stands_in_lends_it_its_title(tmp_path, kind, name):
    entries = f"@{kind}{{A, title = {{T}}, crossref = {{B}}}}@misc{{B, title = {{Livre}}, isbn = {{2-13}}}}"
    (tmp_path / "refs.bib").write_text(entries, "utf-8")
    part, _whole = read_bib([tmp_path / "refs.bib"]).works
    lent = {name: part[name] for name in ("journal", "booktitle", "title", "isbn") if part[name]}
    assert lent == {"title": "T", "isbn": "2-13"} | ({name: "Livre"} if name else {})


#: What RIS, CSL, schema.org and COinS (or Zotero) call the types of BibTeX and biblatex; all others are as @misc.
TYPES = {
    "JOUR article-journal ScholarlyArticle article": "article suppperiodical",
    "JFULL periodical Periodical document": "periodical",
    "BOOK book Book book": "book collection reference mvbook mvcollection mvreference manual",
    "PAMP pamphlet Book book": "booklet",
    "CHAP chapter Chapter bookitem": "inbook bookinbook suppbook incollection suppcollection inreference",
    "CPAPER paper-conference ScholarlyArticle proceeding": "inproceedings conference",
    "CONF book Book book": "proceedings mvproceedings",
    "RPRT report Report report": "report techreport",
    "THES thesis Thesis thesis": "thesis mastersthesis phdthesis",
    "ELEC webpage WebPage webpage": "online electronic www",
    "UNPB manuscript CreativeWork manuscript": "unpublished",
    "PAT patent CreativeWork patent": "patent",
    "COMP software SoftwareSourceCode computerProgram": "software",
    "DATA dataset Dataset dataset": "dataset",
    "GEN document CreativeWork document": "misc artwork audio bibnote commentary image jurisdiction legislation legal letter movie"
    " music performance review standard video customa customb customc customd custome customf",
}


def test_each_type_has_its_name_in_each_format():
    assert set(" ".join(TYPES.values()).split()) == TYPE_NAMES
    for expected, spellings in TYPES.items():
        for kind in map(entry_type, spellings.split()):
            assert " ".join((kind.ris, kind.csl, kind.schema, kind.coins)) == expected
            assert kind.ris in rispy.config.TYPE_OF_REFERENCE_MAPPING


@pytest.mark.parametrize(("latex", "expected"), NAMES.items())
def test_names_are_read(latex, expected):
    assert list(names(latex)) == expected


#: Names whose parts BibTeX and biber do not see alike, or that people write in several ways.
PARTS = (
    "Ortega y Gasset, José", "José Ortega y Gasset", "Barral i Altet, Xavier", "ibn Khaldun", "ibn al-Haytham",
    "van de Waal, Frans", "Frans van de Waal", "Dunoyer de Segonzac, Patrice", "{Dunoyer de Segonzac}, Patrice",
    "King, Jr., Martin Luther", "van Beethoven, Jr., Ludwig", "Charles Louis Xavier de la Vallée Poussin", "d'Ormesson, Jean",
    "de la Fontaine", "van der", "jean-paul Sartre", "al-Khwarizmi", "Aristote", "Jean Charles-Gabriel",
    "family=Waal, given=Frans, prefix=van de, useprefix=true", "given=Élise, family=Durand", "{Institut, Le}",
)  # fmt: skip


def test_names_have_the_parts_that_biber_gives_them(tmp_path):
    entries = "".join(f"@book{{k{number}, author = {{{name}}}}}\n" for number, name in enumerate(PARTS))
    (tmp_path / "names.bib").write_text(entries, "utf-8")
    out = tmp_path / "names.xml"
    command = [tool("biber"), "--tool", "--quiet", "--output-format=biblatexml", f"--output-file={out}", "names.bib"]
    subprocess.run(command, cwd=tmp_path, check=True)
    told = {}
    for entry in BeautifulSoup(out.read_text("utf-8"), "xml").find_all("entry"):
        parts = {part["type"]: " ".join(part.get_text(" ").split()) for part in entry.find_all("namepart", type=True)}
        family, given, prefix, suffix = (parts.get(name, "") for name in ("family", "given", "prefix", "suffix"))
        told[entry["id"]] = Name(family, given, prefix, suffix, entry.find("name").get("useprefix") == "true")
    assert told == {f"k{number}": names(name)[0] for number, name in enumerate(PARTS)}


@pytest.mark.parametrize(
    ("latex", "inverted", "direct", "label"),
    [
        ("van de Waal, Frans", "Waal, Frans van de", "Frans van de Waal", "Waal"),
        ("family=Waal, given=Frans, prefix=van de, useprefix=true", "van de Waal, Frans", "Frans van de Waal", "van de Waal"),
        ("family=Ormesson, given=Jean, prefix=d', useprefix=true", "d'Ormesson, Jean", "Jean d'Ormesson", "d'Ormesson"),
        ("King, Jr., Martin Luther", "King, Martin Luther, Jr.", "Martin Luther King Jr.", "King"),
    ],
)
def test_a_particle_stands_where_the_name_says(latex, inverted, direct, label):
    (name,) = names(latex)
    assert (name.inverted, name.direct, name.heading) == (inverted, direct, label)


def test_an_entry_may_say_that_particles_belong_to_its_names():
    (work,) = read("@book{K, author = {van de Waal, Frans}, options = {useprefix=true}}")
    assert work.author_label == "van de Waal"


@pytest.mark.parametrize(("fields", "label"), LABELS.items())
def test_a_citation_names_the_authors_or_who_stands_in_for_them(fields, label):
    assert read(f"@book{{K, {fields}}}")[0].author_label == label


@pytest.mark.parametrize(("fields", "expected"), DATES.items())
def test_dates_are_read_as_biblatex_reads_them(fields, expected):
    (work,) = read(f"@book{{K, title = {{T}}, {fields}}}")
    printed, year = (french(text) for text in expected)
    end = "" if printed.endswith("?") else "."
    assert plain(reference(work).render(PLAIN)) == plain(f"T. {printed[:1].upper()}{printed[1:]}{end}")
    assert plain(work.year_label) == plain(year)


def plain(text: str) -> str:
    return re.sub(r"\s", " ", text).replace("..", ".")


@pytest.mark.parametrize("title", ["Que faire ?", "Assez !", "Et puis…"])
def test_a_subtitle_needs_no_colon_after_a_mark(title):
    assert read(f"@book{{K, title = {{{title}}}, subtitle = {{essai}}}}")[0].title == f"{title} essai"


def test_fields_are_plain_unicode():
    (work,) = read(r"@book{K, title = {{L'\'Etat} --- \& \emph{\oe uvres}}}")
    assert work.title == "L'État — & œuvres"
    assert work["isbn"] == ""


@pytest.mark.parametrize("address", ["https://x.fr/~durand/a--b_c%20d#e?f=1&g''h", r"https://x.fr/a\_b\%20c\#d\&e"])
def test_an_address_is_verbatim_but_for_what_bibtex_escapes(address):
    """biblatex's ``url`` and ``doi`` are verbatim fields, in which ``~`` and ``--`` mean themselves."""
    assert read(f"@online{{K, url = {{{address}}}}}")[0]["url"] == re.sub(r"\\", "", address)


def test_lists_are_split_and_the_commentary_keeps_its_markup():
    (work,) = read(
        "@book{K, keywords = {école, ville ,}, related = {A, B}, theme = {theorie}, annotation = {Un \\emph{mot}.},"
        " completed = {date, Location, school, author}, lacuna = { }}"
    )
    assert work.keywords == ("école", "ville")
    assert work.related == ("A", "B")
    assert work.theme == "theorie"
    assert work.rich == {"annotation": "Un \\emph{mot}."}
    assert work.completed == {"year", "month", "day", "address", "institution", "author"}


@pytest.mark.parametrize(
    ("key", "anchor"), [("Durand2003", "durand2003"), ("Élan:2001/a_b", "elan-2001-a-b"), ("2001Durand", "durand")]
)
def test_the_anchor_is_the_key_as_an_identifier(key, anchor):
    assert read(f"@book{{{key}, title = {{T}}}}")[0].id == anchor


def test_a_key_of_digits_has_an_anchor_of_its_own():
    first, second = (work.id for work in read("@book{1989, title = {T}}\n@book{1990, title = {U}}"))
    assert first
    assert second
    assert first != second


def test_works_that_would_be_cited_alike_have_letters_in_the_file_s_order(tmp_path):
    path = tmp_path / "refs.bib"
    entries = [
        "@book{B, author = {Durand, E.}, title = {Z}, year = {2001}}",
        "@book{A, author = {Durand, P.}, title = {A}, date = {2001-07}}",
        "@book{C, author = {Durand, E.}, title = {C}, year = {2002}}",
        "@book{D, author = {Durand, E.}, title = {D}}",
        "@book{E, author = {Durand, E.}, title = {E}}",
        "@book{F, author = {Durand, E. and Roux, P.}, title = {F}, year = {2001}}",
        "@book{G, title = {Seul}}",
    ]
    path.write_text("\n".join(entries), "utf-8")
    bibliography = read_bib([path])
    labels = {work.key: work.year_label for work in bibliography.works}
    assert labels == {
        "B": "2001a", "A": "2001b", "C": "2002", "D": "s. d.-a", "E": "s. d.-b", "F": "2001", "G": "s. d.",
    }  # fmt: skip
    assert bibliography.by_key["A"].title == "A"


def test_letters_go_on_after_z(tmp_path):
    path = tmp_path / "refs.bib"
    path.write_text("".join(f"@book{{k{n}, author = {{Durand}}, year = 2001}}\n" for n in range(54)), "utf-8")
    suffixes = [work.suffix for work in read_bib([path]).works]
    assert suffixes[:2] + suffixes[25:28] + suffixes[51:53] == ["a", "b", "z", "aa", "ab", "az", "ba"]


def test_a_bibliography_may_have_several_files_and_is_read_again_when_one_changes(tmp_path):
    paths = [tmp_path / "a.bib", tmp_path / "b.bib"]
    paths[0].write_text("@book{A, theme = {t}}", "utf-8")
    paths[1].write_text("@book{B, theme = {u}}\n@book{C, theme = {t}}", "utf-8")
    assert [work.key for work in read_bib(paths).of_theme("t")] == ["A", "C"]
    paths[1].write_text("@book{D, theme = {t}}", "utf-8")
    assert [work.key for work in read_bib(paths).works] == ["A", "D"]


def test_works_sort_by_author_year_and_title_accents_ignored():
    works = read(
        "@book{a, author = {Zola, A.}}@book{b, author = {Éluard, P.}, year = 2002, title = {A}}"
        "@book{c, author = {Eluard, P.}, year = 2001, title = {Z}}@book{d, title = {L'École}}"
        "@book{e, author = {Éluard, P.}, year = 2002, title = {À}}@book{f, editor = {Durand, E.}}"
    )
    assert "".join(work.key for work in sorted(works, key=alphabetical)) == "fcbeda"


def test_braces_keep_a_publisher_in_one():
    (work,) = read("@book{K, publisher = {{Taylor and Francis} and PUF}, address = {Londres and Paris}}")
    assert (work["publisher"], work["address"]) == ("Taylor and Francis ; PUF", "Londres ; Paris")
