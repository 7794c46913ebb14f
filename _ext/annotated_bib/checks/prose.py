"""The text of fields: the LaTeX that the edition can print, and the typography of what is in French.

What the edition sets by itself is free: apostrophes, three dots, the kind of space before a sign. What it cannot guess is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..language.catalogue import N_, _, is_language
from ..references.printed import is_printed
from ..source import latex as markup
from ..source.datamodel import holds
from .messages import Finding, about, line_of, shown, unknown_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..source.bibfile import SourceEntry, SourceField
    from .messages import Nearest

_DEEPEST = 40
_OPENING = re.compile(r"\\(?:begin\b|[(\[])")
_SPECIAL = re.compile(r"[\\{}$%]")
#: What can be passed over, after a fault, to find the next one, and how often that is done.
_REFUSED = re.compile(r"\\(?!begin\b|end\b|[(\[])(?:[A-Za-z]+|.)|%|\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
_MOST = 20
_TITLES = ("title", "subtitle", "titleaddon", "shorttitle", "booktitle", "booksubtitle", "booktitleaddon")
#: Written for the edition, hence in its language.
_TEXTS = ("annotation", "annote", "lacuna", "relatedwhy")
_FRENCH = ("french", "francais", "français", "fr", "fre", "fra", "fr-fr", "frenchb", "acadian", "canadien")
#: In an address or a key no sign is punctuation; what is quoted may be in another language (\\emph{Who Governs?}).
_NO_TEXT = re.compile(r"\\(?:url|cite)\s*\{[^{}]*\}|https?://\S+")
_QUOTED = re.compile(r"\\(?:emph|enquote)\s*\{[^{}]*\}|«[^«»]*»")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|amp|lt|gt|quot|apos|nbsp|[a-z]+(?:acute|grave|circ|uml|cedil|lig));", re.IGNORECASE)
#: Without one of these, and « pp. », typography has nothing to say.
_PUNCTUATION = re.compile(r'[;:!?"]')
#: Each begins with the sign, which is rare, and looks back from it: that is several times as fast.
_SPACE = (re.compile(r"([;:!?](?<=[\w»)\]}%…’”].)[;:!?]*)(?=[\s})»]|$)"), N_("a space is missing before “{sign}”; add it"))
_SIGNS = (
    (re.compile(r'(")(?<![\\\d]")[^"]*"?'), N_("straight quotation marks {sign}; write \\enquote{{…}} or « … »")),
    (re.compile(r"(pp\.)(?<!\wpp\.)(?=\s*\d)"), N_("“{sign}” is dated; write p.")),
)


def sound(entry: SourceEntry, findings: list[Finding]) -> SourceEntry:
    """*entry* without the nesting that no parser would follow, which is added to *findings*: other rules can read the rest."""
    deep = {name: field for name, field in entry.fields.items() if _is_deep(field.value)}
    for name, field in deep.items():
        message = about(name, _("braces nested more than {most} deep; delete those that serve no purpose", most=_DEEPEST))
        findings.append(Finding(field.line, "markup", about(shown(entry.key), message)))
    flat = {name: field._replace(value=_SPECIAL.sub(" ", field.value)) for name, field in deep.items()}
    return entry._replace(fields={**entry.fields, **flat}) if deep else entry


def faults(entry: SourceEntry, keys: Nearest) -> Iterator[Finding]:
    """What the texts of *entry* hold that cannot be printed, breaks the typography of French, or cites none of *keys*."""
    french = (*(_TEXTS if is_language("fr") else ()), *(_TITLES if _is_french(entry) else ()))
    for name, field in entry.fields.items():
        if not markup.is_plain(field.value) and holds(name) != "verbatim" and is_printed(name):
            yield from _markup(name, field)
            yield from _citations(field, keys)
            for match in _ENTITY.finditer(field.value):
                message = _("“{code}” is the code of a web page; write the character", code=match[0])
                yield Finding(line_of(field.line, field.value, match.start()), "markup", about(name, message))
        if name in french and (_PUNCTUATION.search(field.value) or "pp." in field.value):
            yield from _typography(name, field)


def _markup(name: str, field: SourceField) -> Iterator[Finding]:
    """What the edition cannot print in *field*, one thing after the other."""
    # Of a « & » between names another rule speaks.
    text = re.sub(r"(?<= )&(?= )", " ", field.value) if holds(name) == "names" and "{" not in field.value else field.value
    for _fault in range(_MOST):
        try:
            markup.check(text)
        except markup.MarkupError as error:
            yield Finding(line_of(field.line, text, error.offset), "markup", about(name, str(error)))
            refused = _REFUSED.match(text, error.offset)
            if refused:
                text = text[: refused.start()] + re.sub(r"[^\n]", " ", refused[0]) + text[refused.end() :]
                continue
        return


def _citations(field: SourceField, keys: Nearest) -> Iterator[Finding]:
    for key, offset in markup.cited_keys(field.value):
        if key not in keys:
            yield Finding(line_of(field.line, field.value, offset), "unknown-key", unknown_key(key, keys))


def _typography(name: str, field: SourceField) -> Iterator[Finding]:
    text = _ENTITY.sub(_blank, _NO_TEXT.sub(_blank, field.value))
    own = text
    for _depth in range(_DEEPEST):  # quotations nest
        own, quoted = _QUOTED.subn(_blank, own)
        if not quoted:
            break
    for place, (wrong, message) in ((own, _SPACE), *((text, sign) for sign in _SIGNS)):
        for match in wrong.finditer(place):
            yield Finding(line_of(field.line, text, match.start()), "typography", about(name, _(message, sign=match[1])))


def _blank(match: re.Match[str]) -> str:
    """As much of nothing as *match* is long, on as many lines; what follows it still follows a word."""
    return re.sub(r"[^\n]", " ", match[0][:-1]) + "x"


def _is_french(entry: SourceEntry) -> bool:
    """Whether the work says that it is in French; the typography of another language is its own."""
    languages = (entry.fields[name].value for name in ("langid", "hyphenation", "language") if name in entry.fields)
    return next(languages, "").strip().lower() in _FRENCH


def _is_deep(text: str) -> bool:
    """Whether braces or environments nest more deeply in *text* than a recursive parser may go."""
    if text.count("{") + text.count("\\") <= _DEEPEST:
        return False
    depth, deepest = 0, 0
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        deepest = max(deepest, depth)
    return max(deepest, len(_OPENING.findall(text))) > _DEEPEST
