"""The typography of plain text, language by language, and the order of dictionaries.

French alone has rules here; text in any other language is left as it was typed. French spaces follow the Lexique des règles
typographiques of the Imprimerie nationale: a narrow no-break space (U+202F) before « ; ! ? », a no-break space (U+00A0) before
the colon and inside « », and none that can break between a number and what it counts. Only spaces that the author typed are
changed (an address keeps its « ? »), but inside « » a missing one is added.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse
from string import digits

from .catalogue import current_language
from .dates import month_names

NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"

_SPACE = rf"[ \n{NO_BREAK}{NARROW}]"
#: What each rule looks for, and what it puts there; without one of the first texts it finds nothing, and is not tried.
_RULES = [
    (texts, re.compile(pattern), replacement)
    for texts, pattern, replacement in (
        (["..."], r"\.\.\.", "…"),
        (["'"], r"(?<=\w)'(?=[\w«]|$)", "’"),
        (["«"], rf"«{_SPACE}?", f"«{NO_BREAK}"),
        (["»"], rf"{_SPACE}?»", f"{NO_BREAK}»"),
        ([";", "!", "?"], rf"{_SPACE}([;!?])", rf"{NARROW}\1"),
        ([":"], rf"{_SPACE}:(?=\s|$)", f"{NO_BREAK}:"),
        ([". ", "° ", "°s "], r"\b(p\.|[nN]°|n°s|vol\.|chap\.|art\.|t\.|sér\.) (?=\d|\[)", rf"\1{NO_BREAK}"),
        ([" p.", " %", " €"], r"(?<=\d) (?=(?:p\.|%|€)(?:\W|$))", NO_BREAK),
        (month_names("fr"), rf"(\d|1er) (?=(?:{'|'.join(month_names('fr'))})\b)", rf"\1{NO_BREAK}"),
        ([*digits], rf"(?<!\d)(\d{{1,3}})[ {NARROW}](?=\d{{3}}\b)", rf"\1{NARROW}"),
        ([". ", "Mme ", "° ", "°s "], r"\b([A-ZÀÂÉÈÊËÎÏÔÛÜ]\.|MM?\.|Mme|n°s?) (?=\w)", rf"\1{NO_BREAK}"),
        (["s. "], r"\b(s\.) (?=[dln]\.)", rf"\1{NO_BREAK}"),
        (["et al."], r"\bet (?=al\.)", f"et{NO_BREAK}"),
    )
]
#: Fast path: without these characters no rule matches.
_TOUCHED = re.compile(r"[.:;!?'«»“”°\d]|Mme")


def inner_quotes(text: str) -> str:
    """*text* with “ ” where it quotes inside « »."""
    if text.count("«") < 2 and "“" not in text:
        return text
    depth, set_ = 0, ""
    for character in text:
        depth += character == "«"
        set_ += {"«": "“", "»": "”"}.get(character, character) if depth > 1 else character
        depth -= character == "»" and depth > 0
    # Spaces are looked at from the first of them only: there may be thousands.
    return re.sub(rf"(?<=“){_SPACE}+|(?<!{_SPACE}){_SPACE}++(?=”)", "", set_)


def set_text(text: str, language: str = "") -> str:
    """*text* as *language*, that of the edition where it is empty, sets it; a second pass changes nothing."""
    return french(text) if (language or current_language()).startswith("fr") else text


#: A label stands in each notice, and a notice on two pages.
@lru_cache(maxsize=1024)
def french(text: str) -> str:
    """*text* with French spacing, curly apostrophes and a real ellipsis; a second pass changes nothing."""
    if not _TOUCHED.search(text):
        return text
    text = inner_quotes(text)
    for texts, pattern, replacement in _RULES:
        if any(map(text.__contains__, texts)):
            text = pattern.sub(replacement, text)
    return text


#: The letters that Unicode does not take apart.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def sort_key(text: str) -> str:
    """Key that sorts as dictionaries do: case, accents, ligatures and punctuation are ignored."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    letters = folded if folded.isascii() else "".join(filterfalse(unicodedata.combining, folded))
    return re.sub(r"[\W_]+", " ", letters).strip()
