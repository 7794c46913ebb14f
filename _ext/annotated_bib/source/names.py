"""The names of a list: persons, whose parts are told apart as biber does, and bodies, whose names are whole."""

from __future__ import annotations

import re
from typing import NamedTuple

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts
from pybtex.bibtex.utils import split_name_list

from .latex import plain

#: What BibTeX has in the place of the last names of a list; some write the words that would be printed.
OTHERS = "others"
_OTHERS = (OTHERS, "al.", "{al.}", "{others}", "et al.", "{et al.}")
#: The parts of biblatex's extended name format (its manual, section 3.8); initials are made, not read.
_PARTS = ("family", "given", "prefix", "suffix", "useprefix", "id", "family-i", "given-i", "prefix-i", "suffix-i", "sortingnamekey")
_PART = re.compile(r"([\w-]+)\s*=\s*(.*)", re.DOTALL)


class Name(NamedTuple):
    """A person (*first* may be empty) or a body, whose whole name is *last*.

    *prefix* is a particle, « van de », which belongs to the last name where *uses_prefix*; *suffix* is « Jr. ».
    """

    last: str
    first: str = ""
    prefix: str = ""
    suffix: str = ""
    uses_prefix: bool = False

    @property
    def full_last(self) -> str:
        """« van de Waal », whatever the name is cited by."""
        return _joined(self.prefix, self.last)

    @property
    def heading(self) -> str:
        """What the name is cited and sorted by: « Waal », or « van de Waal » where the particle belongs to it."""
        return self.full_last if self.uses_prefix else self.last

    @property
    def forenames(self) -> str:
        """What follows the heading after a comma: « Frans van de », or « Frans » where the particle is in the heading."""
        return self.first if self.uses_prefix else f"{self.first} {self.prefix}".strip()

    @property
    def inverted(self) -> str:
        """« Waal, Frans van de », « King, Martin Luther, Jr. »; the whole name of a body."""
        return ", ".join(part for part in (self.heading, self.forenames, self.suffix) if part)

    @property
    def direct(self) -> str:
        """« Frans van de Waal »; the whole name of a body."""
        return " ".join(part for part in (self.first, self.full_last, self.suffix) if part)

    @property
    def is_person(self) -> bool:
        """Whether the name has the parts of a person's; a body, and a person of one name, have not."""
        return bool(self.first or self.prefix or self.suffix)


def names(latex: str, uses_prefix: bool = False) -> tuple[Name, ...]:
    """The names of an ``author`` field: ``{{Body}}`` is one name, ``and others`` none.

    *uses_prefix* is biblatex's option ``useprefix`` for names that do not say it themselves.
    """
    return tuple(_name(part, uses_prefix) for part in split_list(latex) if part and part != OTHERS)


def split_list(latex: str) -> list[str]:
    """The items of a BibTeX list: « and » separates them outside braces."""
    items = list(split_name_list(re.sub(r"[ \t\r\n]+", " ", latex)))
    return [*items[:-1], OTHERS if items[-1] in _OTHERS else items[-1]] if items else items


def named_parts(latex: str) -> dict[str, str]:
    """The parts of a name in biblatex's extended format, ``family=Waal, given=Frans``; none where it is not in that format."""
    if "=" not in latex:
        return {}
    matches = [_PART.fullmatch(part.strip()) for part in _at_commas(latex)]
    parts = {match[1].lower(): match[2].strip().strip('"') for match in matches if match}
    return parts if len(parts) == len(matches) and parts.keys() <= set(_PARTS) else {}


def _name(latex: str, uses_prefix: bool) -> Name:
    if latex.startswith("{") and latex.endswith("}") and "}" not in latex[1:-1]:
        return Name(plain(latex))
    if named := named_parts(latex):
        said = named.get("useprefix", str(uses_prefix)).lower() == "true"
        texts = [plain(named.get(part, "")) for part in _PARTS[:4]]
        return Name(texts[0], texts[1], texts[2], texts[3], said)
    try:
        parts = parse_single_name_into_parts(latex, strict=True)
    except InvalidNameError:  # reported by `checks`
        return Name(plain(latex).rstrip(", "))
    prefix, last, first = list(parts.von), list(parts.last), list(parts.first)
    if "," in latex and len(_at_commas(latex)) > 1:
        # BibTeX looks for a particle anywhere before the comma, biber at the beginning alone: « Ortega y Gasset, José ».
        prefix, last = _led(prefix + last)
    elif not prefix and all(map(_is_small, first)):
        # « ibn Khaldun » has no first name for biber.
        prefix, first = first, []
    texts = [plain(" ".join(words)) for words in (last, first, prefix, parts.jr)]
    return Name(texts[0], texts[1], texts[2], texts[3], uses_prefix)


def _led(words: list[str]) -> tuple[list[str], list[str]]:
    """The small words that lead *words*, and the others, one at least."""
    count = 0
    while count < len(words) - 1 and _is_small(words[count]):
        count += 1
    return words[:count], words[count:]


def _is_small(word: str) -> bool:
    """Whether *word* begins with a small letter outside braces."""
    return word[:1] != "{" and plain(word)[:1].islower()


def _at_commas(latex: str) -> list[str]:
    """*latex* cut at the commas that no brace or quotation mark holds."""
    parts, depth, quoted, start = [], 0, False, 0
    for match in re.finditer(r'[{}",]', latex):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif match[0] == '"':
            quoted = not quoted
        elif depth <= 0 and not quoted:
            parts.append(latex[start : match.start()])
            start = match.end()
    return [*parts, latex[start:]]


def _joined(prefix: str, last: str) -> str:
    """A particle and a last name: « d’Ormesson » has no space."""
    return f"{prefix}{last}" if prefix.endswith(("'", "’", "-")) else f"{prefix} {last}".strip()
