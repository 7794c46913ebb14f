"""The words of templates and scripts in the language of the edition.

Templates call ``words("id", name=value)``, in any project. Scripts find theirs in ``annotatedBibWords["id"]``, the object that
a script made here holds; it is a file, since the pages' policy lets no inline script in.
"""

from __future__ import annotations

import json
from string import Formatter

from ..language.catalogue import N_, _
from ..language.typography import set_text

FILE = "annotated-bib-words.js"
#: The ids that the scripts name. Of a number of results they ask for one or for several, as `Intl.PluralRules` counts.
WORDS = (
    # Every page
    N_("Copy"),
    N_("Copy ({what})"),
    N_("No commentary."),
    N_("Preview of the work"),
    N_("Read the entry"),
    # The selection, on every page and on its own
    N_("In my selection"),
    N_("In my selection: {work}"),
    N_("My selection"),
    N_("My selection ({number})"),
    N_("Tick the works to keep:"),
    N_("{number} work in the selection."),
    N_("{number} works in the selection."),
    N_("The selection is empty."),
    N_("Read the entry: {work}"),
    N_("Remove"),
    N_("Remove: {work}"),
    N_("This work is not in the edition, or is there no longer: {key}."),
    N_("The references are copied."),
    N_("The address is copied."),
    N_("Your browser does not let this page copy: download the text, or copy the address at the foot of the list."),
    N_("The file could not be made: a part of it could not be read. Try again."),
    N_("The references could not be read. They cannot be when the site is opened from a folder of the device; online, reload it."),
    # furo in an edition
    N_("Automatic appearance"),
    N_("Dark appearance"),
    N_("Light appearance"),
    # The search
    N_("Author"),
    N_("Kind"),
    N_("Theme"),
    N_("Years"),
    N_("No result. Try a shorter word, or remove a filter."),
    N_("No result for “{text}”. Try a shorter word, or remove a filter."),
    N_("{number} result."),
    N_("{number} results."),
    N_("{number} result for “{text}”."),
    N_("{number} results for “{text}”."),
    N_(
        "The search did not start. It does not work when the site is opened from a folder of the computer; online, reload the page."
    ),
)


def words(message: str, /, **values: object) -> str:
    """What a template prints for the id *message*: its words, with *values*, in the typography of the edition."""
    return set_text(_(message, **values))


def placeholders(message: str) -> list[str]:
    """The names that stand between braces in *message*."""
    return [name for _text, name, _format, _conversion in Formatter().parse(message) if name]


def script() -> str:
    """The script: an object with the words of each id, the names of values still between braces."""
    told = {message: _(message, **{name: f"{{{name}}}" for name in placeholders(message)}) for message in WORDS}
    text = json.dumps(told, ensure_ascii=False, indent=1).replace("</", r"<\/")
    for separator in "\u2028\u2029":  # ends of a line, to scripts of old
        text = text.replace(separator, f"\\u{ord(separator):04x}")
    return f"const annotatedBibWords = {text};\n"
