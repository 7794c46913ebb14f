"""The book: what it says, where its links lead, what a screen reader finds, and what spoils it."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pikepdf
import pypdf
import pytest
from annotated_bib.book import translator
from annotated_bib.book.builder import TEMPLATES
from annotated_bib.book.words import WORDS
from annotated_bib.language.typography import french
from annotated_bib.source import latex
from helpers import CONF, EDITION, ENTRY, build, missing, read_bib, sections, squeezed, structure

if TYPE_CHECKING:
    from pathlib import Path

WORKS = read_bib([EDITION / "refs.bib"]).works
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
PAGE = "# Thème\n\n{cite:t}`a` ouvre le thème.\n\n%s\n\n```{notices}\n```\n"


#: Settings under which no rule keeps the book from being tried.
UNJUDGED = {"conf.py": f'{CONF}suppress_warnings = ["annotated_bib.font"]\n'}


@pytest.fixture
def small(dossier):
    """Build a dossier whose only work, of key « a », has *title*; *text* stands on its theme's page."""

    def write(title: str = "Un titre", text: str = "", annotation: str = "Un point.", **files: str):
        bib = ENTRY % ("a", title, "theme", annotation)
        source = dossier({"refs.bib": bib, "theme.md": PAGE % text} | files)
        return build(source, "pdf")

    return write


def read(built) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(built.out / "main.pdf").pages))


# -- The invented edition ----------------------------------------------------------------------------------------------


def test_every_work_has_its_title_and_its_commentary(book_pages):
    text = squeezed("".join(book_pages))
    assert [work.key for work in WORKS if squeezed(work.title) not in text] == []
    commented = {work.key: french(latex.plain(work.rich["annotation"])) for work in WORKS if "annotation" in work.rich}
    assert len(commented) == 9
    assert [key for key, annotation in commented.items() if squeezed(annotation) not in text] == []


def test_the_outline_holds_the_themes_and_their_notices(book):
    titles = Counter(french(work.title) for work in WORKS)
    chapters, notices = [], {}
    for item in pypdf.PdfReader(book).outline:
        if isinstance(item, list):
            notices[chapters[-1]] = [below.title for below in item if not isinstance(below, list)]
        else:
            chapters.append(item.title)
    themes = [chapter for chapter in chapters if titles.keys() & notices.get(chapter, ())]
    assert len(themes) == 3
    assert Counter(title for theme in themes for title in notices[theme]) == titles
    assert chapters.index("Introduction") < chapters.index(themes[0])


def test_a_citation_gives_the_page_of_its_notice(book_pages):
    found = re.findall(r"Vasseur\s\((\d{4})\),\sp\.\s(\d+)", " ".join(book_pages))
    titles = {work["year"]: work.title for work in WORKS if work.author_label == "Vasseur"}
    assert {year for year, _ in found} == set(titles) == {"2003", "2011", "2018"}
    assert all(squeezed(titles[year]) in squeezed(book_pages[int(page) - 1]) for year, page in found)
    assert re.search(r"\(Kerjean,\s2016,\sp\.\s\d+[;\s]", " ".join(book_pages))
    assert re.search(r"Citée dans : Moudre : moulins, meules et meuniers, p. \d+ ", " ".join(" ".join(book_pages).split()))


def test_the_index_gives_the_pages_of_its_works(book_pages):
    first = next(number for number, page in enumerate(book_pages) if page.startswith("Index\n"))
    index = " ".join("\n".join(book_pages[first : first + 2]).split())
    for work in WORKS:
        name = " ".join(f"{work.author_label} ({work.year_label})".split())
        pages = set(re.findall(rf"{re.escape(name)}, p\. (\d+)\b", index))
        assert [squeezed(work.title) in squeezed(book_pages[int(page) - 1]) for page in pages] == [True], name


def test_the_contents_give_the_page_of_each_chapter_and_notice(book, book_pages):
    reader = pypdf.PdfReader(book)
    start = next(number for number, page in enumerate(book_pages) if page.startswith("Table des matières"))
    contents = " ".join(book_pages[start].split())
    listed = [item for below in reader.outline for item in (below if isinstance(below, list) else [below])][1:]
    notices = {" ".join(french(work.title).split()) for work in WORKS}
    chapters = {"Introduction", "Catalogue", "Index"}
    found = {}
    for item in listed:
        title = " ".join(item.title.split())
        if title in notices | chapters:
            found[title] = re.search(rf"{re.escape(title)} (\d+)( |$)", contents)[1]
            assert int(found[title]) == reader.get_destination_page_number(item) + 1, title
    assert found.keys() == notices | chapters


@pytest.mark.parametrize("number", [9, 11])
def test_the_number_of_a_page_fills_its_place(small, number):
    # The book expects numbers of two digits before it knows them.
    before = {"avant.md": "# Avant\n\nUn chapitre.\n\n" + "Des mots et des mots.\n\n" * 80} if number > 9 else {}
    built = small(**before)
    pages = [page.extract_text() for page in pypdf.PdfReader(built.out / "main.pdf").pages]
    assert f"Durand (2001), p. {number}, ouvre le thème." in pages[number - 1].replace("\N{NO-BREAK SPACE}", " ")


def test_a_notice_is_not_parted_from_the_first_lines_of_its_commentary(book_pages):
    for work in WORKS:
        start = squeezed(french(latex.plain(work.rich.get("annotation", work.rich.get("lacuna", "")))))[:60]
        assert any(squeezed(work.title) in squeezed(page) and start in squeezed(page) for page in book_pages), work.key


def test_a_theme_opens_on_a_right_hand_page_without_running_head(book):
    reader = pypdf.PdfReader(book)
    texts = [page.extract_text() for page in reader.pages]
    openings = [reader.get_destination_page_number(item) for item in reader.outline if not isinstance(item, list)]
    themes = [opening for opening in openings if re.match(r"\d\n", texts[opening])]
    assert len(themes) == 3
    for opening in themes:
        assert opening % 2 == 0
        assert texts[opening + 1].startswith(f"{opening + 2} Du grain au pain\n")


def test_every_link_leads_somewhere_and_says_where(book):
    chapters = {title.replace("\N{NO-BREAK SPACE}", " ").partition(" : ")[0] for title, tags in sections(book) if "H1" in tags}
    works = {f"{work.author_label}, {work.year_label}" for work in WORKS}
    named = set()
    with pikepdf.open(book) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        places = pikepdf.NameTree(pdf.Root.Names.Dests)
        links = [link for page in pdf.pages for link in page.get("/Annots", ()) if link.Subtype == "/Link"]
        assert all("/StructParent" in link for link in links)
        for link in links:
            says = str(link.Contents).replace("\N{NO-BREAK SPACE}", " ")
            if "/A" in link:
                assert says == urlsplit(str(link.A.URI)).hostname
            elif isinstance(link.Dest, pikepdf.Array):  # to a note and back
                assert link.Dest[0].objgen in numbers
                assert re.fullmatch(r"(Note )?1", says)
            else:
                name, number = says.rsplit(", page ", 1)
                assert numbers[places[str(link.Dest)][0].objgen] == int(number)
                named.add(name)
        assert len(links) > 150
    assert works < named <= works | chapters
    assert {"Moudre", "Catalogue"} < named


def test_metadata_language_and_standards(book):
    with pikepdf.open(book) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == str(pdf.docinfo.Title) == french("Du grain au pain : bibliographie annotée")
            assert xmp["dc:description"] == str(pdf.docinfo.Subject) == "Onze travaux inventés sur le pain, 1996-2021"
            assert list(xmp["dc:creator"]) == ["Les amis du fournil"]
            assert set(xmp["dc:language"]) == {"fr"}
            assert xmp["dc:rights"] == "© les amis du fournil, CC BY 4.0"
            assert xmp["xmpRights:Marked"] == "True"
            assert xmp["xmpRights:UsageTerms"].startswith("Creative Commons")
            assert xmp["xmpRights:WebStatement"] == "https://creativecommons.org/licenses/by/4.0/"
            assert "farine" in xmp["pdf:Keywords"]
            assert (xmp["pdfuaid:part"], xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("1", "3", "A")


def test_the_document_is_made_of_sections(book):
    whole, *parts = sections(book)
    assert set(whole[1]) == {"Sect"}
    assert [title for title, tags in parts if "H1" not in tags and "H2" not in tags] == ["", ""]  # the cover and the colophon
    assert all(tags.index(tag) == 0 for _title, tags in parts for tag in ("H1", "H2") if tag in tags)
    for title, tags in parts[1:-1]:
        assert {*tags} <= {"H1", "H2", "P", "L", "TOC", "Table", "Figure", "BlockQuote", "Code", "Sect"}, title


def test_each_piece_of_a_notice_is_a_paragraph(book):
    notices = [(title, tags) for title, tags in sections(book) if "H2" in tags]
    for work in WORKS:
        prose = sum(work.rich[name].count(r"\par") + 1 for name in ("annotation", "completedfrom", "lacuna") if name in work.rich)
        related = ["P", "L"] if work.related else []
        # The number, the reference, the commentary and the notes, “See also”, “Cited in”.
        assert (french(work.title), ["H2", "P", "P", *["P"] * prose, *related, "P"]) in notices


def test_headings_are_in_order_tables_have_headers_and_figures_a_text(book):
    tags = [tag for tag, _ in structure(book)]
    assert all(text for tag, text in structure(book) if tag == "Figure")
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"H\d", tag)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert tags.count("TH") >= tags.count("THead") == tags.count("Table") >= 1


def test_the_bibliography_is_attached_byte_for_byte(book):
    attached = pypdf.PdfReader(book).attachments
    assert list(attached) == ["refs.bib"]
    assert attached["refs.bib"] == [(EDITION / "refs.bib").read_bytes()]
    with pikepdf.open(book) as pdf:
        assert pdf.Root.AF[0].AFRelationship == "/Source"


def test_no_line_can_break_before_a_french_mark(book_pages):
    text = "\n".join(book_pages[: next(i for i, page in enumerate(book_pages) if "Catalogue" in page[:20])])
    # pypdf adds a space to a no-break space that justification has stretched.
    assert re.findall(r"[^\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}][ \n][;:!?»]|«[ \n]", text) == []


def lines(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.strip().splitlines()]


def test_the_cover_the_imprint_and_the_colophon_say_what_the_edition_is(book_pages):
    assert lines(book_pages[0]) == [
        "Du grain au pain", "Bibliographie annotée", "1996 2021", "Onze travaux inventés sur le pain, 1996-2021",
        "Édition 2.3 2025",
    ]  # fmt: skip
    assert lines(book_pages[2]) == ["Du grain au pain"]
    assert lines(book_pages[3]) == [
        "Du grain au pain : bibliographie annotée",
        "Dossier d’origine : « Du grain au pain », liste de lectures d’une société savante.",
        "Édition 2.3, 21 juin 2025. Les amis du fournil.",
        "Licence : Creative Commons Attribution 4.0 International (CC BY 4.0).",
        "Pour citer cette édition : Du grain au pain : bibliographie annotée. Édition 2.3, 2025.",
        "Dans ce livre, le numéro de page qui suit le nom d’une œuvre est celui de sa notice.",
        "La bibliographie elle-même, refs.bib, est jointe à ce fichier PDF.",
    ]
    assert lines(book_pages[-1]) == [
        "Ce livre a été composé en Libertinus Serif par Typst,",
        "d’après les mêmes pages que le site.",
        "Édition 2.3, 21 juin 2025.",
    ]


def test_a_book_has_the_date_that_is_asked_and_says_who_answers_for_it(small, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    settings = 'annotated_bib_publisher = "Le fournil"\nannotated_bib_contact = "pain@example.org"\nauthor = "L\'auteur"\n'
    settings += 'html_baseurl = "https://example.org/pain/"\nrelease = "2"\n'
    book = pypdf.PdfReader(next(small(**{"conf.py": CONF + settings}).out.glob("*.pdf")))
    assert book.metadata["/CreationDate"].startswith("D:19700102")
    (imprint,) = [page for page in (page.extract_text() for page in book.pages) if "Pour citer" in page]
    assert lines(imprint) == [
        "Un petit dossier",
        "Édition 2, 2 janvier 1970. L’auteur.",
        "Responsable de l’édition : Le fournil, pain@example.org.",
        "https://example.org/pain/",
        "Pour citer cette édition : Un petit dossier. Édition 2. Le fournil, 1970.",
        "Dans ce livre, le numéro de page qui suit le nom d’une œuvre est celui de sa notice.",
        "La bibliographie elle-même, refs.bib, est jointe à ce fichier PDF.",
    ]


# -- Languages ---------------------------------------------------------------------------------------------------------


def languages(path: Path) -> set[tuple[str, str]]:
    """What is marked as being in a language: the title of a section, or else a piece of text, without its words."""
    with pikepdf.open(path) as pdf:
        elements = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Lang" in item and "/T" in item]
        marked = [
            operands[1] for page in pdf.pages for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "BDC"
        ]
        spans = [item for item in marked if isinstance(item, pikepdf.Dictionary) and "/Lang" in item]
        return {(str(item.Lang), str(item.get("/T", ""))) for item in (*elements, *spans)}


def test_the_words_of_the_template_are_those_of_the_list():
    files = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.typ"))
    calls = re.findall(r'\btr\(\s*(?!id,)("(?:[^"\\]|\\.)*")?', files)
    assert "" not in calls, "an id that is not written where it is used"
    assert {json.loads(call) for call in calls} == set(WORDS)
    assert len(WORDS) == len(set(WORDS))


def test_only_what_is_in_another_language_says_so(book):
    with pikepdf.open(book) as pdf:
        elements = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"]
        assert sum(element.S == "/Code" for element in elements) >= 2
        # The page number of an English title, in the contents, is in French again.
        assert Counter(str(element.Lang) for element in elements if "/Lang" in element).keys() == {"en-GB", "fr"}


@pytest.mark.parametrize(("language", "marked"), [("en", "en"), ("en_GB", "en-GB"), ("pt_BR", "pt-BR"), ("zh_Hant_TW", "zh-TW")])
def test_a_book_is_in_the_language_of_the_configuration(small, language, marked):
    built = small(**{"conf.py": f'{CONF}language = "{language}"\nrelease = "2"\n'})
    with pikepdf.open(built.out / "main.pdf") as pdf:
        assert str(pdf.Root.Lang) == marked
    assert "Contents" in read(built)
    assert "Edition2" in read(built)
    assert "Tabledesmatières" not in read(built)


def test_a_template_of_the_project_has_words_and_the_project_has_its_own(small):
    catalogue = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\nmsgid "Contents"\nmsgstr "Sommaire : voici"\n'
    body = '[#tr("{text} ({page})", text: "Lu", page: 3) #tr("Sic")]'
    own = f'#import "words.typ": tr\n#import "autre.typ": *\n#let notice-commentary(last: false, body) = {body}\n'
    files = {
        "conf.py": f'{CONF}templates_path = ["own"]\nlocale_dirs = ["words"]\n',
        "own/typst/autre.typ": "",
        "own/typst/notices.typ": f"{(TEMPLATES / 'notices.typ').read_text('utf-8')}\n{own}",
        "words/fr/LC_MESSAGES/annotated_bib.po": catalogue,
    }
    built = small(**files)
    assert not built.warnings
    assert pypdf.PdfReader(built.out / "main.pdf").outline[0].title == "Sommaire\N{NO-BREAK SPACE}: voici"
    assert "Lu(3)Sic" in read(built)
    (built.app.srcdir / "own" / "typst" / "autre.typ").unlink()
    assert any("autre.typ" in warning for warning in build(built.app.srcdir, "pdf").warnings)


def test_text_in_another_language_is_marked(small):
    mark = """
def setup(app):
    app.connect("doctree-read", mark)

def mark(app, tree):
    for title in tree.findall(lambda node: node.tagname == "title" and node.astext() == "Who Governs in the US?"):
        title["classes"] = ["language-en-us", "other"]
"""
    bib = "@book{a, author = {Dahl, Robert}, title = {Who Governs?}, langid = {british}, year = {1961}, theme = {theme}}"
    built = small(text="## Who Governs in the US?\n\nUn mot.", **{"refs.bib": bib, "conf.py": CONF + mark})
    assert not built.warnings
    assert languages(built.out / "main.pdf") >= {("en-US", "Who Governs in the US?"), ("en-GB", "")}
    with pikepdf.open(built.out / "main.pdf") as pdf:
        assert str(pdf.Root.Lang) == "fr"


# -- Hostile and broken input ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ['#read("/etc/passwd")', '"] \\#panic() [', "*gras* _x_ `y` <z> @w // /* = T", r"\$x\$ \& y"])
def test_code_in_a_title_stays_text(small, title):
    built = small(title)
    assert not built.warnings
    assert squeezed(french(latex.plain(title))) in read(built)


def test_a_long_title_and_a_long_word_stay_on_the_page(small):
    title = "Conversation " * 25 + "anticonstitutionnellement" * 12
    built = small(title.strip())
    assert not built.warnings
    assert squeezed(title) in read(built)


@pytest.mark.parametrize(("character", "code"), [("😀", "U+1F600"), ("漢", "U+6F22"), ("\ue000", "U+E000")])
def test_a_character_without_a_glyph_is_named_with_its_work(small, character, code):
    with pytest.raises(SystemExit):
        small(f"Un titre {character}")
    built = small(f"Un titre {character}", **UNJUDGED)
    assert [code in warning and "a : " in warning for warning in built.warnings] == [True]
    assert "Untitre□" in read(built)


def test_a_character_without_a_glyph_in_the_settings_is_named_with_them(small):
    conf = {"conf.py": UNJUDGED["conf.py"].replace("Un petit dossier", "Un dossier 😀")}
    (warning,) = small(**conf).warnings
    assert "conf.py : " in warning
    assert "U+1F600" in warning


def test_a_character_without_a_glyph_is_named_with_its_page(small):
    assert any("theme : " in warning and "U+1F600" in warning for warning in small(text="Un mot 😀.", **UNJUDGED).warnings)


def test_a_font_of_the_edition_s_own_has_what_the_book_s_lack(dossier):
    font = next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)
    if font is None:
        missing("the font DejaVu Sans is not installed")
    conf = f'{CONF}annotated_bib_fonts = ["polices"]\n'
    source = dossier({"conf.py": conf, "refs.bib": ENTRY % ("a", "Un titre 😀", "theme", "Un point."), "theme.md": PAGE % ""})
    (source / "polices").mkdir()
    shutil.copy(font, source / "polices")
    built = build(source, "pdf")
    assert built.warnings == []
    assert "Untitre😀" in read(built)


def test_a_page_of_the_work_is_told_from_that_of_its_notice(small):
    said = read(small(text="{cite:p}`{p. 12}a` et {cite:p}`a{p. 3}`, {cite:t}`a{p. 4}`."))
    assert re.search(r"\(Durand,2001,p\.3\[notice,p\.\d+\]\),Durand\(2001,p\.4\)\[notice,p\.\d+\]\.", said), said


def test_a_missing_image_is_an_error_on_its_page(small):
    built = small(text="![Un plan](rien.png)")
    assert any(re.search(r"theme\.md:\d+: ERROR: l’image rien\.png est introuvable", line) for line in built.warnings)
    assert built.app.statuscode == 1
    assert not (built.out / "main.pdf").exists()


def test_an_image_keeps_its_alternative_text(small):
    built = small(text="![Un plan](plan.svg)\n\n![](plan.svg)", **{"plan.svg": SQUARE})
    assert not built.warnings
    assert [alt for tag, alt in structure(built.out / "main.pdf") if tag == "Figure"] == ["Un plan"]


def test_what_a_timeline_says_aloud_is_shortened_where_a_pdf_cannot_hold_it(small, monkeypatch):
    monkeypatch.setattr(translator, "LONGEST_TEXT", 50)
    built = small(text="```{timeline}\n```")
    assert [alt for tag, alt in structure(built.out / "main.pdf") if tag == "Figure"] == [
        "Frise de 1 œuvre en 1 thème, de 2001 à 2001"
    ]


@pytest.mark.parametrize(
    ("spoiled", "where"),
    [("```{raw} typst\n#panic(1)\n```", "theme.md: ERROR: le livre"), ("", "theme.md: ERROR: notice a : le livre")],
)
def test_an_error_of_the_compiler_names_its_page_and_its_work(small, spoiled, where):
    first = small()
    book = (first.out / "main.pdf").read_bytes()
    if not spoiled:
        template = first.app.srcdir / "_templates" / "typst" / "notices.typ"
        template.parent.mkdir(parents=True)
        own = "#let notice-commentary(last: false, body) = panic(2)\n"
        template.write_text(f"{(TEMPLATES / 'notices.typ').read_text('utf-8')}\n{own}", "utf-8")
        conf = first.app.srcdir / "conf.py"
        conf.write_text(conf.read_text("utf-8") + 'templates_path = ["_templates"]\n', "utf-8")
        built = build(first.app.srcdir, "pdf")
    else:
        built = small(text=spoiled)
    assert any(where in line for line in built.warnings)
    assert any("panicked with" in line for line in built.warnings)
    assert not any("Traceback" in line for line in built.warnings)
    assert built.app.statuscode == 1
    assert (built.out / "main.pdf").read_bytes() == book


def test_the_last_row_of_a_table_is_not_alone_on_its_page(small):
    counts = range(4, 11)
    words = "Des mots et des mots. " * 20
    tables = {count: "".join(f"| ({count}/{row}) | {words}|\n" for row in range(1, count + 1)) for count in counts}
    built = small(**{f"t{count}.md": f"# Table\n\n| a | b |\n| - | - |\n{table}" for count, table in tables.items()})
    assert not built.warnings
    pages = [page.extract_text() for page in pypdf.PdfReader(built.out / "main.pdf").pages]
    ends = {count: next(page for page in pages if f"({count}/{count})" in page) for count in counts}
    assert any(f"({count}/1)" not in end for count, end in ends.items())
    assert [count for count, end in ends.items() if f"({count}/{count - 1})" not in end] == []
    assert "TFoot" not in [tag for tag, _ in structure(built.out / "main.pdf")]


def test_what_sphinx_offers_besides_is_printed(small):
    text = (
        "Note[^n], un lien [vers un site](https://example.org/), {math}`x^2`, {download}`le fichier <plan.svg>`.\n\n"
        "[^n]: Le texte de la note.\n\n"
        ":::{note}\nUne remarque.\n:::\n\n:::{math}\n:label: e\ny = \\frac{1}{2}\n:::\n\n"
        "> Une citation.\n\nTerme\n: Première définition.\n: Seconde définition.\n\n"
        "| Champ | Valeur |\n| --- | --- |\n| a | b |\n\n"
        "```{figure} plan.svg\n:alt: Un plan\n\nSa légende.\n```\n\n"
        "```{rubric} Une rubrique\n```\n\n```{code-block} bibtex\n:caption: Un exemple\n@book{a}\n```\n"
    )
    built = small(text=text, **{"plan.svg": SQUARE})
    assert not built.warnings
    said = read(built)
    for words in ("Letextedelanote", "https://example.org/", "lefichier", "Note", "Unecitation", "Secondedéfinition"):
        assert words in said
    assert list(pypdf.PdfReader(built.out / "main.pdf").attachments) == ["refs.bib"]
    blocks = {tag for _title, tags in sections(built.out / "main.pdf") for tag in tags}
    assert blocks == {"Sect", "Title", "TOC", "H1", "H2", "P", "L", "BlockQuote", "Table", "Code", "Div"}


def test_a_link_to_a_page_that_the_book_leaves_out_is_mere_text(small):
    orphan = {"orphelin.md": "---\norphan: true\n---\n# Ailleurs\n\n{cite:t}`a`\n"}
    index = {"index.md": "# Dossier\n\nVoir [cette page](orphelin.md).\n\n```{toctree}\ntheme\n```\n"}
    built = small(**orphan, **index)
    assert not built.warnings
    assert "Voircettepage." in read(built)
    assert "Citéedans:Thème" in read(built)
