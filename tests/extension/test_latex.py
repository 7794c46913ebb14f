"""LaTeX text of a field: what it may hold is printed, and everything else is an error that says where."""

from __future__ import annotations

import re

import pytest
from annotated_bib.language.typography import NARROW, NO_BREAK, french
from annotated_bib.pages.typography import typeset
from annotated_bib.source import latex as fields
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latexwalker import LatexWalker, LatexWalkerParseError

PLAIN = {
    # Every spelling of an accent that BibTeX files have.
    r"\'e": "é",
    r"\'{e}": "é",
    r"{\'e}": "é",
    r"{\'{e}}": "é",
    r"\'Etat": "État",
    r"\`a \^o \"u \~n \=a \.z": "à ô ü ñ ā ż",
    r"\^{\i}": "î",
    r"\^\i": "î",
    r"na\"\i f": "naïf",
    r"\c{c}": "ç",
    r"\c c": "ç",
    r"{\c c}": "ç",
    r"\v{s} \H{o} \k{a} \r{a} \u{g} \d{a}": "š ő ą å ğ ạ",
    r"\oe uvre": "œuvre",
    r"{\oe}uvre": "œuvre",
    r"\OE{}uvre": "Œuvre",
    r"\ae\AE\aa\AA\o\O\l\L\ss": "æÆåÅøØłŁß",
    # Symbols and ligatures.
    r"A \& B, 50 \%, 5 \$, \#1, a\_b, \{x\}": "A & B, 50 %, 5 $, #1, a_b, {x}",
    r"attends\dots{} encore\ldots": "attends… encore…",
    "1989--2006 --- ``mot''": "1989–2006 — “mot”",
    "77~p.": f"77{NO_BREAK}p.",
    # Structure.
    "{{Titre} en {Capitales}}": "Titre en Capitales",
    "sur deux\n      lignes": "sur deux lignes",
    r"\emph{a} b": "a b",
    r"le \enquote{projet}": "le « projet »",
    r"\enquote{le \enquote{projet} local}": "« le “projet” local »",
    r"voir \cite{Durand2003}": "voir Durand2003",
    r"\url{https://x.fr/~a/b%20c#d_e--f?g=1&h}": "https://x.fr/~a/b%20c#d_e--f?g=1&h",
    r"\url{https://x.fr/a\_b\%20c\#d}": "https://x.fr/a_b%20c#d",
    "Un.\\par Deux.": "Un.\n\nDeux.",
    "Un.\n\\par\n\nDeux.": "Un.\n\nDeux.",
    # What is code or markup elsewhere is text here.
    r'<b> *gras* \_x\_ \#read("/etc/passwd") [a](b)': '<b> *gras* _x_ #read("/etc/passwd") [a](b)',
    "": "",
    # What reference managers write.
    r"\textit{a}, \textbf{b}, \textsc{c}, {\bf d} {\itshape e}": "a, b, c, d e",
    r"\mkbibquote{mot}": "« mot »",
    r"1998\textendash 2001 \textemdash{} a\,b, \S\ 3": f"1998–2001 — a{NARROW}b, § 3",
    r"\LaTeX{} et \TeX": "LaTeX et TeX",
    r"\textquotedblleft a\textquotedblright{} l\textquoteright a": "“a” l’a",
    r"\href{https://x.fr}{ici} et \textcolor{red}{là}": "ici et là",
    r"$\alpha$ et $x^2 + y$, $\frac{a}{b}$, \(z\)": "α et x² + y, a/b, z",
    r"a\-b a\/b a\\b": "ab ab a b",
    r"\noopsort{1973b}Titre \protect\LaTeX": "Titre LaTeX",
    r"\d{a} \b{d}": "ạ ḏ",
    r"\BibTeX{} \LaTeXe{} \XeTeX{} \LuaTeX": "BibTeX LaTeXe XeTeX LuaTeX",
    r"\og mot\fg{} 1\iere{}, \no 4, \P 5, a\slash b\hyphen c\textbar d": f"«mot» 1re, n°{NO_BREAK}4, ¶5, a/b-c|d",
    r"a\nobreakspace b\thinspace c\space d\newline e\newblock f\relax g": f"a{NO_BREAK}b{NARROW}c d efg",
    r"{\it a}{\em b}{\sc c}{\sl d}{\rm e}{\sf f}{\tt g}{\bfseries h}{\scshape i}{\slshape j}{\upshape k}": "abcdefghijk",
    r"{\rmfamily a}{\sffamily b}{\ttfamily c}{\tiny d}{\scriptsize e}{\footnotesize f}{\small g}{\normalsize h}": "abcdefgh",
    r"{\large a}{\Large b}\textrm{c}\textsf{d}\texttt{e}\textup{f}\textmd{g}\textnormal{h}\mkbibacro{i}": "abcdefghi",
    r"\mkbibparens{a}\autocap{b}\uppercase{c}\text{d}\mbox{e}\textsl{f}\mkbibemph{g}\mkbibbold{h}": "abcdefgh",
    r"\textquote{a} et \mkbibquote{b}": "« a » et « b »",
    r"le 1\ier{} mai, 2\ieme{}, \No 3": f"le 1er mai, 2e, N°{NO_BREAK}3",
}
WRONG = {
    # Text, what the message says, and the offset of what is wrong: of a brace that nothing closes, the text's end.
    r"Un \gras{mot}": (r"macro inconnue \gras", 3),
    r"Un \emph{a \input{x}}": (r"macro inconnue \input", 11),
    r"\'{\input{x}}": (r"macro inconnue \input", 3),
    r"\verb|x|": (r"macro inconnue \verb", 0),
    r"\def\x{y}": (r"macro inconnue \def", 0),
    "sept\n50 % des": (r"écrivez \%", 8),
    "de 5 $ mais non de 6 $": (r"écrivez \$", 5),
    "A & B": (r"écrivez \&", 2),
    "mot#1": (r"écrivez \#", 3),
    "a_b": (r"écrivez \_", 1),
    r"de \begin{itemize}\end{itemize}": ("environnement itemize", 3),
    "un {mot": ("ne se ferme pas", 7),
    r"un \emph{mot": ("ne se ferme pas", 12),
    "un mot}": ("ne se ferme pas", 6),
    "un $mot": ("ne se ferme pas", 7),
    r"\cite": ("ne se ferme pas", 0),
    r"un \cite[p.~12]{A}": ("n’admet pas de crochets", 3),
    r"un \url{https://x.fr": ("ne se ferme pas", 7),
}


def paragraphs(latex: str) -> list[nodes.paragraph]:
    return [typeset(paragraph) for paragraph in fields.paragraphs(latex, lambda key: nodes.strong("", key))]


@pytest.mark.parametrize(("latex", "text"), PLAIN.items())
def test_plain_text_is_unicode(latex, text):
    assert fields.plain(latex) == text


@pytest.mark.parametrize("latex", PLAIN)
def test_what_can_be_printed_is_not_refused_and_is_printed_whole(latex):
    fields.check(latex)
    printed = "\n\n".join(paragraph.astext() for paragraph in paragraphs(latex))
    assert french(printed).split() == french(PLAIN[latex]).split()


@pytest.mark.parametrize(("latex", "message", "offset"), [(latex, *said) for latex, said in WRONG.items()])
def test_what_cannot_be_printed_is_refused_where_it_stands(latex, message, offset):
    with pytest.raises(fields.MarkupError) as error:
        fields.check(latex)
    assert message in str(error.value)
    assert error.value.offset == offset


@pytest.mark.parametrize("latex", WRONG)
def test_text_that_is_refused_can_still_be_read(latex):
    assert isinstance(fields.plain(latex), str)
    assert list(fields.cited_keys(latex)) == []


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Un \gras{mot}.", "Un mot."),
        (r"\foo bar", "bar"),
        ("A & B # C_d", "A & B # C_d"),
        ("de 5 $ mais non de 6 $", "de 5 $ mais non de 6 $"),
    ],
)
def test_what_is_advised_against_keeps_its_text(latex, text):
    assert fields.plain(latex) == text


@pytest.mark.parametrize(
    ("latex", "text", "kind"),
    [
        (r"XIX\textsuperscript{e}", "XIXe", nodes.superscript),
        (r"XIX\up{e}", "XIXe", nodes.superscript),
        (r"10\textsuperscript{-3}", "10⁻³", nodes.superscript),
        (r"H\textsubscript{2}O", "H₂O", nodes.subscript),
        (r"\textit{a}", "a", nodes.emphasis),
        (r"\textbf{a}", "a", nodes.strong),
    ],
)
def test_styles_of_letters_are_nodes_where_there_can_be_any(latex, text, kind):
    assert fields.plain(latex) == text
    (paragraph,) = paragraphs(latex)
    assert len(list(paragraph.findall(kind))) == 1


def test_no_file_is_read(tmp_path):
    secret = tmp_path / "secret.tex"
    secret.write_text("secret")
    latex = rf"\input{{{secret}}}"
    assert "secret" not in fields.plain(latex).replace(str(secret), "")
    with pytest.raises(fields.MarkupError):
        fields.check(latex)


def test_paragraphs_hold_standard_nodes():
    first, second = paragraphs("Un \\emph{mot \\enquote{a}}.\n\\par\n  Voir \\cite{A, B} : \\url{https://x.fr/%20~a}.\\par")
    assert [type(node) for node in first] == [nodes.Text, nodes.emphasis, nodes.Text]
    assert french(first[1].astext()) == f"mot «{NO_BREAK}a{NO_BREAK}»"
    assert [node.astext() for node in second.findall(nodes.strong)] == ["A", "B"]
    assert second.astext() == f"Voir A, B{NO_BREAK}: https://x.fr/%20~a."
    (link,) = second.findall(nodes.reference)
    assert link["refuri"] == link.astext() == "https://x.fr/%20~a"


def test_a_blank_line_parts_paragraphs_and_emphasis_holds_none():
    assert [paragraph.astext() for paragraph in paragraphs("Un.\n \nDeux.\n\\par\n\nTrois.")] == ["Un.", "Deux.", "Trois."]
    (paragraph,) = paragraphs(r"\emph{Un. \par Deux.}")
    assert paragraph.astext().split() == ["Un.", "Deux."]
    assert not list(paragraph[0].findall(nodes.paragraph))


def test_text_is_set_in_french_but_not_addresses():
    (paragraph,) = paragraphs(r"Oui ; l'un : \url{https://x.fr/l'un...}")
    assert paragraph.astext() == f"Oui{NARROW}; l’un{NO_BREAK}: https://x.fr/l'un..."


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_an_address_that_is_not_of_the_web_is_no_link(address):
    (paragraph,) = paragraphs(rf"\url{{{address}}}")
    assert paragraph.astext() == address
    assert not list(paragraph.findall(nodes.reference))


@pytest.mark.parametrize("latex", ["", "  ", r"\par", "\\par\n\\par"])
def test_no_text_gives_no_paragraph(latex):
    assert paragraphs(latex) == []


def test_citations_are_found_with_their_places():
    latex = "Un \\cite{A}.\\par\n\\emph{\\enquote{\\cite{B,C}}}"
    assert list(fields.cited_keys(latex)) == [("A", 3), ("B", 32), ("C", 32)]
    assert latex[32:].startswith(r"\cite{B")


_MACROS = r"\emph \emph{ \'e \' \cite{ \cite[ \url{ \href{ \begin{a} \end{a} \( \) \oe \sqrt[ \c \\"
_PIECES = [*_MACROS.split(), *"aé{}$%[]()~&#^_*\\", "bc", "$$", "--", " ", "  ", "\n", "\n\n", NO_BREAK]


@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_text_that_is_taken_in_one_piece_is_what_pylatexenc_reads_by_characters(latex):
    def read(walker):
        try:
            nodelist, *_ = walker(latex, latex_context=fields._CONTEXT, tolerant_parsing=False).get_latex_nodes()
            return re.sub(r"\d{9,}", "address", repr(nodelist))
        except LatexWalkerParseError as error:
            return error.pos

    assert read(fields._Walker) == read(LatexWalker)


def test_a_long_text_with_a_macro_has_few_tokens(monkeypatch):
    asked = []
    get_token = LatexWalker.get_token
    monkeypatch.setattr(LatexWalker, "get_token", lambda *arguments, **options: asked.append(0) or get_token(*arguments, **options))
    fields.check(rf"{'mot ' * 1000}\emph{{{'mot ' * 1000}}}, {'mot ' * 1000}")
    assert 0 < len(asked) < 20
