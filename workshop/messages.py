"""``make messages``: bring each catalogue up to date with the messages that the code has, and say what has no translation.

A new language: ``python workshop/messages.py de`` writes an empty catalogue for it.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "_ext" / "annotated_bib"
LOCALE = PACKAGE / "language" / "locale"
METHODS = [("**.py", "python"), ("**.jinja", "jinja2"), ("site/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "N_": None, "words": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "NP_": ((1, "c"), 2)}
#: What a catalogue says of the day, the hand and the program that wrote it, and that changes without any word changing.
PASSING = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By", "Report-Msgid-Bugs-To")


def messages() -> Catalog:
    """The messages of the code, in the order of its files."""
    catalogue = Catalog(domain="annotated_bib", project="sphinx-annotated-bib", charset="utf-8")
    found = extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True)
    for _, _, message, comments, context in found:
        catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def path_of(language: str) -> Path:
    """Where the catalogue of *language* is."""
    return LOCALE / language / "LC_MESSAGES" / "annotated_bib.po"


def read(language: str) -> Catalog:
    """The catalogue of *language*, empty where it has none."""
    path = path_of(language)
    if not path.is_file():
        return Catalog(locale=language, domain="annotated_bib", project="sphinx-annotated-bib", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="annotated_bib")


def written(catalogue: Catalog) -> str:
    """The text of *catalogue*, which does not change from day to day."""
    out = BytesIO()
    write_po(out, catalogue, width=120, sort_output=True, no_location=True, ignore_obsolete=True)
    lines = out.getvalue().decode().splitlines()
    return "\n".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in PASSING))) + "\n"


def main(languages: list[str]) -> None:
    """Update the catalogues of *languages*, of all that there are if none is named."""
    template = messages()
    for language in languages or sorted(path.name for path in LOCALE.iterdir()):
        catalogue = read(language)
        catalogue.header_comment = f"# {language}: the words of sphinx-annotated-bib."
        catalogue.update(template, no_fuzzy_matching=True)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_text(written(catalogue), "utf-8")
        missing = [
            message.id
            for message in catalogue
            if message.id and not all([*message.string] if message.pluralizable else [message.string])
        ]
        print(f"{language}: {len(catalogue)} messages, {len(missing)} without a translation", *missing, sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1:])
