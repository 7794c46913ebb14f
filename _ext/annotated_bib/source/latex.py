"""LaTeX text of a BibTeX field, as plain Unicode or as docutils nodes.

A field holds LaTeX as reference managers write it: accents, symbols, styles of letters, a formula, and the macros of
the tables below. pylatexenc parses it and knows the characters that macros stand for; a macro that nobody knows is left out and
its text kept, so that no field can carry markup or code into an output.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexToken,
    LatexWalker,
    LatexWalkerParseError,
    get_default_latex_context_db,
)
from pylatexenc.macrospec import LatexContextDb, MacroSpec, MacroStandardArgsParser, ParsedMacroArgs

from ..language.catalogue import _, pgettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pylatexenc.latexwalker import LatexNode

#: BibTeX's accents (one argument) and symbols (none), which pylatexenc knows as characters.
ACCENTS = (*"'`^\"~=.", "u", "v", "H", "c", "k", "r", "d", "b")
SYMBOLS = (*"&%$#_{}", "oe", "OE", "ae", "AE", "aa", "AA", "ss", "o", "O", "l", "L", "i", "j", "dots", "ldots")
#: What stands for macros of no argument that pylatexenc does not print: names, and those of babel's French.
_TEXTS = {
    **{name: name for name in ("TeX", "LaTeX", "BibTeX", "LaTeXe", "XeTeX", "LuaTeX")},
    **{"og": "«", "fg": "»", "ier": "er", "iere": "re", "ieme": "e"},
    **{
        "no": "n°\N{NO-BREAK SPACE}",
        "No": "N°\N{NO-BREAK SPACE}",
        "S": "§",
        "P": "¶",
        "slash": "/",
        "hyphen": "-",
        "textbar": "|",
        "nobreakspace": "\N{NO-BREAK SPACE}",
    },
    **dict.fromkeys((",", "thinspace"), "\N{NARROW NO-BREAK SPACE}"),
    **dict.fromkeys((" ", "\n", "space", "newline", "\\"), " "),
    **dict.fromkeys(("/", "-", "newblock", "noopsort", "protect", "relax"), ""),
    # Switches of the font, for the rest of their group.
    **dict.fromkeys("bf it em sc sl rm sf tt bfseries itshape scshape slshape upshape rmfamily sffamily ttfamily".split(), ""),
    **dict.fromkeys("tiny scriptsize footnotesize small normalsize large Large".split(), ""),
}
#: Macros of one argument, by what they make of it; the argument of the last kind is not printed.
_RAISED, _LOWERED = ("textsuperscript", "up"), ("textsubscript",)
_STYLED: dict[str, type[nodes.TextElement]] = {
    "emph": nodes.emphasis,
    "textit": nodes.emphasis,
    "textsl": nodes.emphasis,
    "mkbibemph": nodes.emphasis,
}
_STYLED |= {"textbf": nodes.strong, "mkbibbold": nodes.strong}
_STYLED |= dict.fromkeys(_RAISED, nodes.superscript) | dict.fromkeys(_LOWERED, nodes.subscript)
_PLAIN = tuple("textsc textrm textsf texttt textup textmd textnormal mkbibacro mkbibparens autocap uppercase text mbox".split())
_QUOTING = ("enquote", "mkbibquote", "textquote")
_DROPPED = ("noopsort",)
_UP = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_DOWN = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


class _Address(MacroStandardArgsParser):
    r"""The argument of ``\url``: what stands between its braces, in which « % » and « # » mean themselves."""

    def parse_args(self, w: LatexWalker, pos: int, parsing_state: Any = None) -> tuple[ParsedMacroArgs, int, int]:
        end = w.s.find("}", pos)
        if not w.s.startswith("{", pos) or end < 0:
            raise LatexWalkerParseError("missing argument", s=w.s, pos=pos)
        address = w.make_node(LatexCharsNode, parsing_state=parsing_state, chars=w.s[pos + 1 : end], pos=pos + 1, len=end - pos - 1)
        return ParsedMacroArgs(argspec="{", argnlist=[address]), pos, end + 1 - pos


class _Walker(LatexWalker):
    """pylatexenc's walker, which takes the text between macros for one token: it looks at each character, twenty times as long."""

    def get_token(self, pos: int, include_brace_chars: Any = None, environments: bool = True, **options: Any) -> LatexToken:
        # Without « environments » it is asked for an argument without braces, which is one character.
        if environments and not include_brace_chars and (run := _RUN.match(self.s, pos)):
            return LatexToken(tok="char", arg=run[0], pos=pos, len=run.end() - pos, pre_space="")
        return super().get_token(pos, include_brace_chars, environments, **options)


_CONTEXT = LatexContextDb()
_CONTEXT.add_context_category(
    "fields",
    macros=[
        *(MacroSpec(name, "{") for name in ("cite", *_QUOTING, *_STYLED, *_PLAIN, *_DROPPED, *ACCENTS)),
        *(MacroSpec(name, "") for name in ("par", *SYMBOLS, *(name for name in _TEXTS if name not in _DROPPED))),
        MacroSpec("url", args_parser=_Address("{")),
        MacroSpec("href", "{{"),
    ],
)
# Not its « specials »: quotation marks and dashes have their own place below.
_CONTEXT.add_context_category("base", macros=list(get_default_latex_context_db().filter_context(["latex-base"]).iter_macro_specs()))
_CONTEXT.set_unknown_macro_spec(MacroSpec(""))
_TO_TEXT = LatexNodes2Text()
#: What pylatexenc knows and does not print as text: files to read, pictures.
_UNPRINTED = ("input", "include", "includegraphics")
_KNOWN = frozenset(
    spec.macroname for spec in (*_CONTEXT.iter_macro_specs(["fields"]), *_TO_TEXT.latex_context.iter_macro_specs())
) - {*_UNPRINTED}
_LATEX = re.compile(r"[\\{}$%]")  # most fields have none of these, and pylatexenc is slow
#: Words that are printed as they stand, whatever the field: with one space, apostrophe or hyphen between them.
_WORDS = re.compile(r"(?:[^\\{}$%~`'\s-]++(?:[ '-][^\\{}$%~`'\s-]++)*+)?+")
#: Text that means itself, without the blanks after it: these belong to what follows.
_RUN = re.compile(r"[^\\{}$%]*[^\\{}$%\s]")
#: Signs of LaTeX, with those that stop it.
_SIGNS = re.compile(r"[\\{}$%#_&]")
#: Signs that stop LaTeX; « &amp; » is a web page's, of which another rule speaks.
_BARE = re.compile(r"(?<!&)#|_|&(?!#\w+;|[a-z]{2}\w*;)")
#: Words in a formula, which a sum of money is more likely to have.
_PROSE = re.compile(r"(?<![\\\w])[^\W\d_]{2,}[ ,;]+[^\W\d_]{2,}")
_SPACES = re.compile(r"[ \t\r\n]+")  # a no-break space is meant
_CITE = re.compile(r"\\cite\s*\{([^{}]*)\}")
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", "\N{NO-BREAK SPACE}"))


class MarkupError(ValueError):
    """LaTeX that a field may not hold; *offset* counts characters from the start of the field."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def is_plain(latex: str) -> bool:
    """Whether *latex* has no sign of LaTeX's, so that there is nothing in it to check."""
    return not _SIGNS.search(latex)


def check(latex: str) -> None:
    """Raise :class:`MarkupError` at the first thing in *latex* that an edition cannot print."""
    try:
        _check(_parse(latex))
    except LatexWalkerParseError as error:
        raise MarkupError(_("a brace or a formula that does not close"), error.pos or 0) from error


def plain(latex: str, cited: Callable[[str], str] = str) -> str:
    """*latex* as Unicode text, a blank line between paragraphs; *cited* makes the text of a citation from its key.

    Text that does not parse comes back as it is: :func:`check` tells what is wrong with it.
    """
    if _WORDS.fullmatch(latex):
        return latex
    try:
        text = "".join(_plain(_parse(latex), cited)) if _LATEX.search(latex) else _characters(latex)
    except LatexWalkerParseError:
        return latex
    return "\n\n".join(_SPACES.sub(" ", part).strip(" \n") for part in re.split(r"\n\s*\n", text))


def paragraphs(latex: str, cite: Callable[[str], nodes.Node]) -> list[nodes.paragraph]:
    """*latex* as docutils paragraphs; *cite* makes the node of a citation from its key.

    Text that does not parse is one paragraph, as it is.
    """
    try:
        parsed = _parse(_BLANK.sub(r"\\par ", latex))
    except LatexWalkerParseError:
        return [nodes.paragraph("", latex)]
    result = [nodes.paragraph()]
    for node in _inline(parsed, cite):
        if isinstance(node, nodes.paragraph):
            result.append(node)
        else:
            result[-1] += node
    return [_stripped(paragraph) for paragraph in result if paragraph.astext().strip()]


@lru_cache(maxsize=65536)
def cited_keys(latex: str) -> tuple[tuple[str, int], ...]:
    r"""The keys of each ``\cite`` in *latex*, with the offset of the macro."""
    if "\\cite" not in latex:
        return ()
    try:
        stack = list(_parse(latex))
    except LatexWalkerParseError:
        return ()
    found: list[tuple[str, int]] = []
    while stack:
        node = stack.pop(0)
        if isinstance(node, LatexMacroNode) and node.macroname == "cite":
            found += ((key, node.pos) for key in _keys(node) if key != "[")
        stack[:0] = _children(node)
    return tuple(found)


def after_citations(latex: str) -> tuple[str, list[tuple[str, str]]]:
    r"""What stands in *latex* before its first ``\cite``, then the key of each with the text that follows it.

    The signs that part an item from the next, « ; » and « . », are left out.
    """
    before, *parts = _CITE.split(latex)
    return before.strip(), [(key.strip(), text.strip(" \t\r\n;.")) for key, text in zip(parts[::2], parts[1::2], strict=True)]


@lru_cache(maxsize=1024)
def _parse(latex: str) -> tuple[LatexNode, ...]:
    if not _LATEX.search(latex):
        return (LatexCharsNode(chars=latex, pos=0, len=len(latex)),)
    return tuple(_Walker(latex, latex_context=_CONTEXT, tolerant_parsing=False).get_latex_nodes()[0])


def _children(node: LatexNode) -> list[LatexNode]:
    if isinstance(node, LatexMacroNode):
        # The argument of an accent that stands without braces, as in \"\i, has no arguments of its own.
        return [argument for argument in (node.nodeargd.argnlist if node.nodeargd else ()) if argument is not None]
    return list(getattr(node, "nodelist", None) or [])


def _keys(node: LatexMacroNode) -> list[str]:
    return [key.strip() for key in "".join(_plain(_children(node))).split(",")]


def _check(nodes_: Sequence[LatexNode]) -> None:
    for node in nodes_:
        if isinstance(node, LatexMacroNode):
            if node.macroname not in _KNOWN:
                message = _("unknown macro \\{name}: its text is printed without it; write the text itself", name=node.macroname)
                raise MarkupError(message, node.pos)
            if node.macroname == "cite" and _keys(node) == ["["]:
                raise MarkupError(_("\\cite takes no brackets; write the page in the sentence"), node.pos)
        elif isinstance(node, LatexCommentNode):
            raise MarkupError(_("“%” begins a comment in LaTeX; write \\%"), node.pos)
        elif isinstance(node, LatexMathNode):
            if _PROSE.search(node.latex_verbatim()):
                raise MarkupError(_("“$” begins a formula in LaTeX; write \\$"), node.pos)
            continue
        elif isinstance(node, LatexCharsNode) and (bare := _BARE.search(node.chars)):
            raise MarkupError(_("LaTeX stops at “{sign}”; write \\{sign}", sign=bare[0]), node.pos + bare.start())
        elif isinstance(node, LatexEnvironmentNode):
            message = _("environment {name}: only sentences have a place here", name=node.environmentname)
            raise MarkupError(message, node.pos)
        if getattr(node, "macroname", "") != "url":
            _check(_children(node))


def _is_known(nodes_: Sequence[LatexNode]) -> bool:
    try:
        _check(nodes_)
    except MarkupError:
        return False
    return True


def _plain(nodes_: Sequence[LatexNode], cited: Callable[[str], str] = str, depth: int = 0) -> Iterator[str]:
    for node in nodes_:
        if isinstance(node, LatexCharsNode):
            yield _characters(node.chars)
        elif isinstance(node, LatexGroupNode):
            yield from _plain(node.nodelist, cited, depth)
        elif isinstance(node, LatexMacroNode):
            yield from _plain_macro(node, cited, depth)
        elif isinstance(node, LatexMathNode):
            yield node.latex_verbatim() if _PROSE.search(node.latex_verbatim()) else _symbols(node)
        else:
            yield node.latex_verbatim()


def _symbols(node: LatexNode) -> str:
    """What pylatexenc prints of *node*; what it cannot print stays as it was typed."""
    try:
        text: str = _TO_TEXT.nodelist_to_text([node])
    except IndexError:  # an argument that its own parser would have found
        return str(node.latex_verbatim())
    # A formula in a title has small numbers: « x^2 » is x², « n^∘ » n°.
    text = re.sub(r"([\^_])(-?\d+)", lambda match: match[2].translate(_UP if match[1] == "^" else _DOWN), text)
    return text.replace("^∘", "°").strip(" \n")


def _plain_macro(node: LatexMacroNode, cited: Callable[[str], str], depth: int) -> Iterator[str]:
    if node.macroname == "par":
        yield "\n\n"
    elif node.macroname in _QUOTING:
        opening, closing = _quotes(depth)
        yield opening
        yield from _plain(_children(node), cited, depth + 1)
        yield closing
    elif node.macroname == "url":
        yield _address(node)
    elif node.macroname == "cite":
        yield ", ".join(map(cited, _keys(node)))
    elif node.macroname in _TEXTS:
        yield _TEXTS[node.macroname]
    elif node.macroname in (*_RAISED, *_LOWERED):
        yield "".join(_plain(_children(node), cited, depth)).translate(_UP if node.macroname in _RAISED else _DOWN)
    elif node.macroname in ACCENTS:
        yield _symbols(node) if _is_known(_children(node)) else node.latex_verbatim()
    elif children := _children(node):
        yield from _plain(children[-1:], cited, depth)
    elif node.macroname in _KNOWN:
        yield _symbols(node)


def _inline(nodes_: Sequence[LatexNode], cite: Callable[[str], nodes.Node], depth: int = 0) -> Iterator[nodes.Node]:
    for node in nodes_:
        name = getattr(node, "macroname", None)
        if name == "par":
            yield nodes.paragraph()
        elif name in _STYLED:
            inside = _inline(_children(node), cite, depth)
            yield _STYLED[name]("", "", *(nodes.Text(" ") if isinstance(child, nodes.paragraph) else child for child in inside))
        elif name in _QUOTING:
            opening, closing = _quotes(depth)
            yield nodes.Text(opening)
            yield from _inline(_children(node), cite, depth + 1)
            yield nodes.Text(closing)
        elif name == "cite":
            for position, key in enumerate(_keys(node)):
                if position:
                    yield nodes.Text(", ")
                yield cite(key)
        elif name == "url":
            address = _address(node)
            is_web = address.startswith(("http://", "https://"))
            yield nodes.reference("", address, refuri=address) if is_web else nodes.Text(address)
        elif isinstance(node, LatexGroupNode):
            yield from _inline(node.nodelist, cite, depth)
        else:
            yield nodes.Text(_SPACES.sub(" ", "".join(_plain([node]))))


def _quotes(depth: int) -> tuple[str, str]:
    """The quotation marks around what \\enquote holds, inside *depth* others."""
    if depth:
        return pgettext("inside other quotation marks", "‘"), pgettext("inside other quotation marks", "’")
    return pgettext("opening quotation mark", "“"), pgettext("closing quotation mark", "”")


def _address(node: LatexMacroNode) -> str:
    return re.sub(r"\\([%#&_])", r"\1", _children(node)[0].chars.strip())


def _characters(text: str) -> str:
    for source, character in _LIGATURES:
        text = text.replace(source, character)
    return text


def _stripped(paragraph: nodes.paragraph) -> nodes.paragraph:
    """*paragraph* without the blanks that surround a ``\\par`` in the source."""
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        edge = paragraph[index]
        if isinstance(edge, nodes.Text):
            paragraph[index] = nodes.Text(strip(edge))
    return paragraph
