"""The words of the extension in the language of the edition.

Message ids are English. A catalogue is a gettext file ``LANGUAGE/LC_MESSAGES/annotated_bib.po``, of the extension's own folder
``locale/`` or of one of Sphinx's ``locale_dirs``, whose words come first. It is read as it is: nothing has to be compiled.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import default_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DOMAIN = "annotated_bib"
#: The language of the message ids.
SOURCE_LANGUAGE = "en"
_OWN = Path(__file__).parent / "locale"


class _Current:
    """The language in use, and its words."""

    language = SOURCE_LANGUAGE
    files: Sequence[Path] = ()
    translations: NullTranslations = NullTranslations()


def use(language: str, folders: Iterable[Path] = ()) -> bool:
    """Speak *language*, a code such as ``fr`` or ``pt_BR``, from now on; whether a catalogue has its words.

    The catalogues of *folders* come before the extension's own, and English words stand in for those that none has.
    """
    _Current.language = language
    _Current.translations = NullTranslations()
    codes = dict.fromkeys((language, language.partition("_")[0]))
    paths = [Path(folder, code, "LC_MESSAGES", f"{DOMAIN}.po") for folder in (*folders, _OWN) for code in codes]
    found = _Current.files = [path for path in paths if path.is_file()]
    for path in reversed(found):
        words = _read(path, path.stat().st_mtime_ns)
        words._fallback = None  # type: ignore[attr-defined]
        if isinstance(_Current.translations, GNUTranslations):
            words.add_fallback(_Current.translations)
        _Current.translations = words
    return bool(found) or language.partition("_")[0] == SOURCE_LANGUAGE


def digest() -> str:
    """A digest of the catalogues in use."""
    return sha256(b"".join(path.read_bytes() for path in _Current.files)).hexdigest()


def use_system_language() -> None:
    """Speak the language of the system's user."""
    use(default_locale("LC_MESSAGES") or SOURCE_LANGUAGE)


def current_language() -> str:
    """The code of the language in use."""
    return _Current.language


def is_language(code: str) -> bool:
    """Whether the language in use is *code* or a variety of it, such as ``fr_CA``."""
    return _Current.language.replace("-", "_").partition("_")[0] == code


def _(message: str, /, **values: object) -> str:
    """*message*, an id, in the language in use, with *values* in the place of their names between braces.

    A brace that names no value is doubled, in the id and in its translations.
    """
    return _with(_Current.translations.gettext(message), message, values)


def pgettext(context: str, message: str, /, **values: object) -> str:
    """As :func:`_`, for an id that stands for other words in another *context*."""
    return _with(_Current.translations.pgettext(context, message), message, values)


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """As :func:`_`, for the *number* of things; ``{number}`` is its place in the words."""
    return _with(_Current.translations.ngettext(one, many, number), one if number == 1 else many, {"number": number} | values)


def N_(message: str) -> str:
    """*message*, an id that is translated where it is used."""
    return message


def NP_(context: str, message: str) -> str:
    """As :func:`N_`, for an id of a *context*."""
    return message


def _with(words: str, message: str, values: dict[str, object]) -> str:
    """*words* with their *values*; a translation that names another value gives way to its *message*."""
    try:
        return words.format(**values)
    except (KeyError, IndexError, ValueError):
        return message.format(**values)


@lru_cache(maxsize=16)
def _read(path: Path, changed: int) -> GNUTranslations:
    """The words of the catalogue at *path*, as it was when it was last *changed*."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
