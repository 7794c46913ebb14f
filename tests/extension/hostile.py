"""Texts and files that someone might send to spoil an edition, or lose while writing one.

``test_hostile`` puts each where it may stand. What tries to run sets ``window.pwned``; what tries to read a file asks for
:data:`SECRET`, which lies beside the dossier.
"""

from __future__ import annotations

from itertools import pairwise

#: The file that no output may hold, from a page of the dossier, and what it says.
SECRET, SAID = "../secret.txt", "un secret bien garde"

_RUN = "window.pwned=1"

#: Plain text, as a reader should see it. What LaTeX gives a meaning is put in a field as it stands, and escaped.
TEXTS = (
    # HTML, and ways out of where it may be put: an element, an attribute, a comment, a script, a title.
    f"<script>{_RUN}</script>", f"<SCRIPT/x>{_RUN}</SCRIPT >", f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    f"</script><script>{_RUN}</script>", f"</title><script>{_RUN}</script>", f"</textarea><img src=x onerror={_RUN}>",
    f"</style><img src=x onerror={_RUN}>", f"</noscript><img src=x onerror={_RUN}>",
    f"</p></section><img src=x onerror={_RUN}>", f"<img src=x onerror={_RUN}>", f"<img src='x' onerror='{_RUN}'>",
    f'<img src="x" onerror="{_RUN}">', f"<IMG SRC=x:x OnError={_RUN}//", f'"><img src=x onerror={_RUN}>',
    f"'><img src=x onerror={_RUN}>", f'" onmouseover="{_RUN}" x="', f"' onfocus='{_RUN}' autofocus='", f"` onload=`{_RUN}`",
    f"x onerror={_RUN} y", f"<svg onload={_RUN}>", f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={_RUN}>", f"<body onload={_RUN}>",
    f"<iframe srcdoc='<script>{_RUN}</script>'></iframe>", f"<iframe src=javascript:{_RUN}></iframe>",
    f"<a href=javascript:{_RUN}>ici</a>", f'<a href="data:text/html,<script>{_RUN}</script>">ici</a>',
    f"<details open ontoggle={_RUN}>", f"<input autofocus onfocus={_RUN}>", f"<video><source onerror={_RUN}></video>",
    f"<form action=javascript:{_RUN}><button>ici</button></form>", "<object data=data:text/html,x></object>",
    "<base href=//example.org/>", "<link rel=stylesheet href=//example.org/x.css>", "<embed src=//example.org/x>",
    f'<meta http-equiv=refresh content="0;url=javascript:{_RUN}">', "<style>*{display:none}</style>", "<plaintext>", "<xmp>",
    "<!--", "-->", "--!>", "<!-->", "<![CDATA[", "]]>", "<!DOCTYPE html>", "<?php echo 1 ?>", "<template>", "</body></html>",
    f"<ſcript>{_RUN}</ſcript>", f"＜script＞{_RUN}＜/script＞", "< b >", "a<b>c", "1 < 2 > 1", "<", ">", '"', "'", "&", "&;",
    "&amp", "<table><tr><td>", "</div></div></div>", "<p data-pagefind-filter=x>", "<span class=Z3988 title=x>", "<x-y>",
    "<é>",
    # What stands for a character on a page.
    "&lt;b&gt;", "&#60;b&#62;", "&#x3c;b&#x3e;", "&nbsp;", "&eacute;", "&Tab;", "&NewLine;", "&colon;", "%3Cb%3E", "&bogus;",
    # Addresses where text is expected.
    f"javascript:{_RUN}", f"JaVaScRiPt:{_RUN}", f"javascript://%0a{_RUN}", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:x",
    "file:///etc/passwd", "//example.org/x", "https://example.org/<b>", "mailto:a@example.org", "blob:x", "intent://x",
    # JavaScript, JSON and XML.
    f"');{_RUN};//", f'");{_RUN};//', f"${{{_RUN}}}", f"{{{{constructor.constructor('{_RUN}')()}}}}", "*/ 1 /*", "//", "/*",
    "*/", '"}]}', '", "x": "', "{}", "[]", "null", "NaN", "-Infinity", "1e999", "__proto__", "constructor", "toString", "@id",
    "@context", "<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&x;", "<?xml version='1.0'?>", "xmlns:x='y'", "]]>]]>",
    "\N{LATIN SMALL LETTER LONG S}",
    # Templates, formats, shells, logs, tables.
    "{{ 7*7 }}", "{% include 'x' %}", "{# x #}", "{{ config }}", "<%= 7 %>", "${{ secrets.TOKEN }}", "%s %d %(x)s %n",
    "{0} {x}", "{0.__class__.__init__.__globals__}", "$(touch x)", "`touch x`", "; touch x", "| touch x", "&& touch x", "-rf",
    "--help", "$HOME", "%PATH%", "::error::x", "::set-output name=x::y", "%0d%0aSet-Cookie: x", "' OR 1=1 --", "=1+1",
    "@SUM(1)", "+1", "-1", "=cmd|' /C calc'!A0", "(a+)+$", ".*", "[a-z", "\\", "\\\\", "\\n", "\\u003cscript\\u003e",
    "\\x3cscript\\x3e", "\\0",
    # Paths.
    SECRET, f"../{SECRET}", "/etc/passwd", "..\\..\\secret.txt", "C:\\", "\\\\hote\\part", "~root/x", "....//....//x",
    "%2e%2e%2fx", "%00", "CON", "a/../b", "./x", "x/", "*", "?", "|", "refs.bib", "index.html",
    # Typst.
    f'#read("{SECRET}")', f'#include "{SECRET}"', '#import "@preview/x:1.0.0"', "#panic()",
    f'"] #panic() ["#read("{SECRET}")', '")#panic()//', "*/ #panic() /*", "#{while true {}}", "#let x = 1", "#[x]", "#x", "#",
    "##", '#eval("1")', "#sys.inputs", "$ x $", "= Titre", "== Titre", "- un", "+ un", "1. un", "/ mot: sens", "@ref",
    "<label>", "*gras*", "_oblique_", "`brut`", "```typst #x ```", "https://example.org/\"#panic()",
    "#link(\"javascript:x\")", "#pdf.attach(\"x\")", "\\u{41}", "\\#x", '\\"', "]", "[", ")", "(", "]]]]",
    "#set page(width: 0pt)", "#show: x => panic()", "#metadata(1) <x>", "#sym.arrow", "x#y", "a_b_c", "a*b*c", "~", "---",
    # LaTeX.
    f"\\input{{{SECRET}}}", f"\\include{{{SECRET}}}", f"\\verbatiminput{{{SECRET}}}", "\\write18{touch x}",
    "\\immediate\\write18{touch x}", "\\openin5=x", "\\def\\x{\\x\\x}\\x", "\\catcode`\\%=12", "\\csname input\\endcsname x",
    "\\end{document}", "\\begin{verbatim}", "\\verb|x|", "\\loop\\iftrue\\repeat", "\\usepackage{x}", "\\newcommand\\x{}",
    "\\special{x}", "\\directlua{x}", "\\pdffile{x}", "\\href{javascript:x}{y}", "^^5cinput{x}", "^^41", "x^2", "x_2", "#1",
    "%", "$", "$x$", "$$x$$", "\\(x\\)", "\\[x\\]", "\\iffalse", "\\par", "\\relax", "\\'{\\input{x}}", "\\emph{\\input{x}}",
    "\\char92",
    # Markdown, MyST and reStructuredText.
    f"[ici](javascript:{_RUN})", "![x](//example.org/x.png)", "<https://example.org>", "**gras**", "[^1]",
    "[x]: javascript:x", "{cite:t}`absent`", f"```{{include}} {SECRET}", f"```{{literalinclude}} {SECRET}```", "{eval-rst}",
    "{raw}`x`", ":ref:`x`", ":doc:`/x`", f".. include:: {SECRET}", f".. raw:: html\n   :file: {SECRET}", "|sub|", "``x``",
    "`x`_", "x_", ":math:`x`", f"{{download}}`{SECRET}`", "# T", "***", "| a | b |", "> x", "+++", "% x", "(x)=", "{#x}",
    "::: {x}",
    # Formats of reference managers.
    "x\\par ER  - \\par TY  - BOOK", "ER  - ", "TY  - BOOK", "ID  - x", "&rft.title=x", "@book{x,", "@string{x = {y}}",
    "title = {x},", "TI  - x\nER  - ", " and ", "a and b", "others", "and others", "x, y, z, t, u", "{x}, y, z, t, u", ",",
    ";", ", ", "{x} and {y}", "von der", "{}", "{{}}", "{ }",
    # Characters.
    "\N{ZERO WIDTH JOINER}", "a\N{SOFT HYPHEN}b", "\N{RIGHT-TO-LEFT MARK}x", "שלום", "مرحبا", "\N{ZERO WIDTH NON-JOINER}x",
    "İıſK", "😀", "👩\N{ZERO WIDTH JOINER}🚀", "漢字", "\ue000", "\U0010fffd", "x\u0335\u0336\u0337\u0338" * 20, "²①٣２", "ǅ", "﷽",
    "ß", "𝔘𝔫", "\U000e0041x", "\N{HANGUL FILLER}", "\N{BRAILLE PATTERN BLANK}", "\N{WORD JOINER}x",
    "\N{INTERLINEAR ANNOTATION ANCHOR}x", "\N{OBJECT REPLACEMENT CHARACTER}", "\N{VARIATION SELECTOR-16}",
    "\N{COMBINING ENCLOSING KEYCAP}", "\U000f0000",
    # Length and depth.
    "mot " * 500, "a" * 2000, "<" * 500, '"' * 500, "«" * 500 + "»" * 500, "“" + "~" * 500, "a" + " " * 5000 + "b", "'" * 500,
    "&" * 500, "," * 3, "." * 500, "-" * 500, "?" * 500, "[" * 500, "#" * 500, "9" * 5000, "^" * 500, "/" * 500, "*" * 500,
)  # fmt: skip

#: Text that no field may hold: each is refused where it stands.
REFUSED = (
    "a\x00b", "\x00", "a\x01b", "a\x08b", "a\x0bb", "a\x0cb", "\x1b[31mrouge", "\x1b]0;titre\x07", "a\x7fb", "a\x80b",
    "a\x85b", "a\x9bb", "a\u2028b", "a\u2029b", "\u202eetxet", "\u202aa", "\u202ba", "\u202da", "a\u202c", "\u2066a\u2069",
    "\u2067a", "\u2068a", "a\u200bb", "a\ufeffb", "a\ufffdb", "a\ufdd0b", "a\ufffeb", "a\uffffb", "a\U0001fffeb",
    "a\U0010ffffb", "\\emph{" * 50 + "x" + "}" * 50, "{" * 500 + "x" + "}" * 500, "{" * 100_000 + "x" + "}" * 100_000,
    "\\begin{a}" * 500, "\\(" * 500, "x" * 10_000_000, "é " * 60_000, "\\x" * 60_000,
)  # fmt: skip

#: The longest fields, of what a parser may go through again and again.
LONG = (
    ("annotation", "“" + " " * 99_000 + "x"), ("annotation", "«" * 49_000 + "»" * 49_000),
    ("annotation", "\\emph{x} " * 2_000), ("annotation", "«" * 99_000), ("lacuna", "~" * 99_000),
    ("author", "a" + " " * 9_900 + "b"), ("author", " and ".join(["Roux, P."] * 700)), ("title", "x" * 9_900),
    ("keywords", "a, " * 3_000 + "b"), ("abstract", "x " * 49_000), ("x-note", "{}" * 9_000),
)  # fmt: skip

#: Addresses: those that become links, those that stay text, those that are refused.
LINKS = (
    'https://example.org/"onclick="x', "https://example.org/'onclick='x", "https://example.org/<script>x</script>",
    "http://example.org/%0d%0aSet-Cookie:x", "https://u:p@example.org/", "https://example.org/#read(x)",
    "https://example.org/../../x", "https://xn--e1awd7f.org/", "https://аррӏе.example/", "https://example.org/a\\_b",
    "https://example.org/?a=1&b=<2>;c", "https://example.org/javascript:x", "https://example.org/" + "a" * 5000,
    "https://example.org/*/#panic()/*", "http://127.0.0.1:1/", "https://example.org/{x}", "https://example.org/`x`",
    "https://example.org/$x$", "https://example.org/x]]>", "https://example.org/~^x",
)  # fmt: skip
UNLINKED = (
    "doi:10.1000/182", "mailto:a@example.org", "mailto:a@example.org?subject=<script>", "HTTPS://example.org/x",
    "file:///etc/passwd", "ftp://example.org/x", "blob:https://example.org/x", "about:blank", "view-source:http://x.fr",
    "chrome://x", "ms-word:x", "tel:+33", "x:",
)  # fmt: skip
WRONG_LINKS = (
    f"javascript:{_RUN}", f"JAVASCRIPT:{_RUN}", f"java\nscript:{_RUN}", f"java\tscript:{_RUN}", f"\x01javascript:{_RUN}",
    "javascript:", f" javascript:{_RUN}", f"javascript&colon;{_RUN}", f"&#106;avascript:{_RUN}",
    f"data:text/html,<script>{_RUN}</script>", "data:,x", "vbscript:x",
    "//example.org/x", "/x", "../secret.txt", "#x",
    "?x", "www.example.org", "example.org", "https:", "https://", "https:///x", "https:example.org", "https:/example.org",
    "http://[::1", "http://x:y", "http://x:99999/", "http://:80/", "mailto:", "doi:", "https://example.org/a b",
    "https://example.org/\u202ex", "https://exam\u200bple.org/", ":",
)  # fmt: skip
DOIS = (
    '10.1/x"onclick="x', "10.1/<script>x</script>", "10.1/../../x", "10.1/#panic()", "10.1/x?y&z#t", "10.1/javascript:x",
    "doi:10.1/x",
)  # fmt: skip
WRONG_DOIS = (
    "javascript:x", "https://example.org/10.1/x", "10.1", "10.1/", "10.x/y", "10.1/a b", "x", "data:10.1/x",
)  # fmt: skip

KEYS = (
    "../../evil", "/etc/passwd", "..", ".", "-", "_", ":", "a/b", "a\\b", "<script>", '"', "'", "a b", "a%00", "a\x00",
    "\u202ea", "a*/b", "#x", "a#", "~", "$x", "&x", "K" * 101, "K" * 5000, "é", "Ж", "漢", "İ", "１", "A.B", "a..b",
    ".htaccess", "-rf", "CON", "nul.txt", "index", "search", "genindex", "__proto__", "constructor", "{x}", "(x)", "x y",
    "x\ty", "x@y", "x;y", "x|y", "x'y", "`x`", "😀", "",
)  # fmt: skip
TYPES = (
    "<script>", "", "constructor", "__class__", "book book", "книга", "a" * 10_000, "book\x00", "entry-type", "../x",
    "string", "préface",
)  # fmt: skip
FIELDS = (
    "<script>", "__proto__", "__class__", "key", "id", "raw", "line", "rich", "type", "theme theme", "a" * 10_000, "", '"',
    "#read", "$x", "../x", "x-<img src=x onerror=y>", "x-é", "é", "\x00", "\u202ex", "漢", "titre", "Title",
    "x" * 300 + " " + "y" * 300, "@book", "(x)",
)  # fmt: skip


def _entry(key: str = "A", title: str = "{Un titre}", more: str = "") -> str:
    return (
        f"@book{{{key},\n  title = {title},\n  author = {{Durand, Élise}},\n  {more}year = {{2001}},\n"
        "  theme = {page},\n  annotation = {Un mot.},\n}\n"
    )


_ENTRY = _entry()
_BOMB = "@string{a0 = {dix lettre}}\n" + "".join(f"@string{{a{n + 1} = a{n} # a{n}}}\n" for n in range(60))

_LAUGHS = "".join(f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n" for before, after in pairwise("abcdefghij"))

#: Whole bibliographies, in place of a good one.
FILES = {
    "nothing": "", "blanks": " \t\r\n" * 100, "a BOM alone": "\ufeff", "a remark": "% rien", "a letter": "x",
    "an at sign": "@", "a zero": "\x00", "zeros": "\x00" * 100_000, "zeros on lines": "\x00\n" * 10_000,
    "every byte": bytes(range(256)), "UTF-16": _ENTRY.encode("utf-16"), "UTF-16 without BOM": _ENTRY.encode("utf-16-le"),
    "UTF-32": _ENTRY.encode("utf-32"), "Latin-1": _ENTRY.encode("latin-1"), "UTF-7": _ENTRY.encode("utf-7"),
    "EBCDIC": _ENTRY.encode("cp500", "replace"), "a lone surrogate": b"@book{A, title = {\xed\xa0\x80}}",
    "two lone surrogates": b"\xed\xa0\xbd\xed\xb8\x80", "an overlong slash": b"@book{A, title = {\xc0\xaf}}",
    "a cut character": b"@book{A, title = {\xc3", "beyond Unicode": b"\xf4\x90\x80\x80",
    "a zipped file": b"PK\x03\x04\x14\x00\x08\x00", "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    "an ELF": b"\x7fELF\x02\x01\x01\x00", "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "JSON": '[{"id": "A", "title": "x"}]',
    "XML": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
    "RIS": "TY  - BOOK\r\nER  - \r\n", "HTML": "<!DOCTYPE html><script>x</script>",
    "Python": "import os\nos.system('touch x')\n", "a shebang": "#!/bin/sh\ntouch x\n", "BOM": "\ufeff" + _ENTRY,
    "two BOMs": "\ufeff\ufeff" + _ENTRY, "CR": _ENTRY.replace("\n", "\r"), "CRLF": _ENTRY.replace("\n", "\r\n"),
    "mixed ends": _ENTRY.replace("\n", "\r\n", 2).replace("\n", "\r", 1), "form feeds": _ENTRY.replace("\n", "\x0c"),
    "NEL": _ENTRY.replace("\n", "\x85"), "line separators": _ENTRY.replace("\n", "\u2028"),
    "vertical tabs": _ENTRY.replace("\n", "\x0b"), "one line": _ENTRY.replace("\n", " "), "no last line end": _ENTRY.strip(),
    "Ctrl-Z": _ENTRY + "\x1a", "ends with zero": _ENTRY + "\x00", "no key": "@book{, title = {x}}",
    "no name": "@{A, title = {x}}", "no body": "@book", "no comma": "@book{A title = {x}}", "key alone": "@book{A}",
    "empty": "@book{}", "open": "@book{", "open key": "@book{A", "open field": "@book{A, title",
    "open value": "@book{A, title =", "open brace": "@book{A, title = {x", "open quote": '@book{A, title = "x',
    "open quote, closed entry": '@book{A, title = "x}', "open parenthesis": "@book(A, title = {x}",
    "mixed delimiters": "@book{A, title = {x})", "closed twice": _ENTRY + "}", "closed first": "}" + _ENTRY,
    "commas": "@book{A,,,,,,}", "equals": "@book{A, ====}", "value alone": "@book{A, {x}}",
    "no value": "@book{A, title = , year = {2001}}", "no equals": "@book{A, title {x}}",
    "two values": "@book{A, title = {x} {y}}", "hash alone": "@book{A, title = #}", "hashes": "@book{A, title = {x} # # {y}}",
    "ends in backslash": '@book{A, title = "x\\"}', "escaped brace": "@book{A, title = {x\\}}",
    "nested entries": "@book{A, title = {@book{B, title = {x}}}}", "entry on entry": "@book{A,\n@book{B,\n@book{C,",
    "text around": f"avant\n{_ENTRY}après", "twice": _ENTRY * 2, "thrice": _ENTRY * 3,
    "field twice": _ENTRY.replace("year", "title"), "comment open": "@comment{" * 1000,
    "comment": "@comment{" + "{}" * 10_000, "preamble": '@preamble{"\\input{x}"}', "strings": "@string{" * 500,
    "string of nothing": "@string{}", "string without name": "@string{= {x}}", "string alone": "@string{a}",
    "a string of itself": "@string{a = a # a}" + _entry(title="a"),
    "strings of each other": "@string{a = b}\n@string{b = a}\n" + _entry(title="a"),
    "a string that doubles": _BOMB + _entry(title="a60"), "an unknown string": _entry(title="inconnu"),
    "a sum that doubles": _BOMB + _entry(title=" # ".join(["a13"] * 1000)),
    "a long sum": _entry(title=" # ".join(["{x}"] * 10_000)), "crossref to itself": _entry(more="crossref = {A}, "),
    "crossref in a circle": _entry(more="crossref = {B}, ") + _entry("B", "{Autre}", "crossref = {A}, "),
    "xdata to itself": _entry(more="xdata = {A}, "), "related to itself": _entry(more="related = {A}, "),
    "open at signs": "@ " * 20_000, "at signs": "@" * 20_000, "braces": "{" * 100_000, "closing braces": "}" * 20_000,
    "quotes": '"' * 100_000, "many open entries": "@book{A, title = {\n" * 1000, "spaced entries": "@ book{" * 1000,
    "percents": "%" * 100_000, "backslashes": "\\" * 100_000,
    "many fields": "@book{A," + "".join(f"x-{n} = {{}}," for n in range(5000)) + "}",
    "one field many times": "@book{A," + "note = {x}," * 5000 + "}", "many keys": "@book{" + "A," * 20_000 + "}",
    "a long line": "% " + "x" * 200_000, "a long word": "x" * 200_000, "a long name": "@" + "x" * 200_000 + "{A}",
    "a long key": "@book{" + "x" * 200_000 + ", title = {x}}", "a long field": "@book{A, " + "x" * 200_000 + " = {x}}",
    "a long string": "@book{A, title = " + "x" * 200_000 + "}", "a long macro": _entry(title="{\\" + "x" * 5000 + "}"),
    "many entries on a line": "".join(_entry(f"A{n}", f"{{Titre {n}}}") for n in range(200)).replace("\n", " "),
}  # fmt: skip

#: Pages, in place of a good one; those that do not print the works stand after what does.
PAGES = {
    "nothing": "", "a zero": "# P\n\n\x00\n", "a BOM": "\ufeff# P\n\n```{notices}\n```\n", "UTF-16": "# P\n".encode("utf-16"),
    "every byte": bytes(range(256)), "a lone surrogate": b"# \xed\xa0\x80", "an override": "# P\n\n\u202ex\n",
    "open fence": "# P\n\n```{notices}", "open role": "# P\n\n{cite:t}`A",
    "nested fences": "# P\n\n" + "".join(":" * n + "{note}\n" for n in range(400, 3, -1)), "quotes": ">" * 20_000,
    "lists": "- " * 20_000, "stars": "*a_" * 3000, "brackets": "[a" * 5000, "images": "![" * 2000,
    "backticks": "".join("`" * n + " " for n in range(300)), "tags": "<a " * 20_000, "roles": "# P\n\n" + "{a}`" * 1000,
    "braces": "# P\n\n{cite:t}`" + "{" * 20_000 + "A`", "comments": "<!--" * 10_000, "links": "[x](" * 3000,
    "no such key": "# P\n\n{cite:t}`../../x` {cite:p}`<script>`\n", "no keys": "# P\n\n{cite:t}`,,,` {cite:p}` `\n",
    "a long line": "# P\n\n" + "x" * 200_000, "no such theme": "# P\n\n```{notices} ../../x\n```\n",
    "a theme of markup": "# P\n\n```{notices} <script>\n```\n", "cites in a heading": "# {cite:t}`A`\n",
    "front matter": "---\n" + "a: &a [*a]\n" * 10 + "---\n# P\n",
    "a billion laughs": f"---\na: &a [x]\n{_LAUGHS}---\n# P\n\n```{{notices}}\n```\n",
    "notices in a note": "# P\n\n:::{note}\n```{notices}\n```\n:::\n", "notices in a list": "# P\n\n- ```{notices}\n  ```\n",
    "notices in a quote": "# P\n\n> ```{notices}\n> ```\n", "notices without title": "```{notices}\n```\n",
    "lists in a note": "# P\n\n```{notices}\n```\n\n:::{note}\n```{timeline}\n```\n```{catalogue}\n```\n:::\n",
}  # fmt: skip
