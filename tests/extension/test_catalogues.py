"""Every word comes from a catalogue, and a project's own come first."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from typing import TYPE_CHECKING

from annotated_bib.language import catalogue
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from helpers import CONF, PACKAGE, TWO_THEMES, build, soup

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What marks a message in the code: where its context stands among the arguments, if it has one, and where its text.
MARKS = {"_": (None, 0), "N_": (None, 0), "ngettext": (None, 0), "pgettext": (0, 1), "NP_": (0, 1)}
with (PACKAGE / "language" / "locale" / "fr" / "LC_MESSAGES" / "annotated_bib.po").open("rb") as file:
    FRENCH = read_po(file, locale="fr")
GERMAN = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Cited in:"
msgstr "Zitiert in:"

msgid "Editor’s note:"
msgstr "Anmerkung der Ausgabe:"
"""


def marked() -> Iterator[tuple[str, str | None, str]]:
    """The messages of the code: where each stands, its context, its text; those in f-strings too."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                texts = [getattr(argument, "value", None) for argument in node.args]
                context, text = (None if place is None else texts[place] for place in MARKS[node.func.id])
                if isinstance(text, str):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", context, text


def test_every_message_of_the_code_has_its_french():
    found = list(marked())
    assert len(found) > 400
    missing = []
    for place, context, text in found:
        message = FRENCH.get(text, context)
        if message is None or not all([message.string] if isinstance(message.string, str) else message.string):
            missing.append((place, text))
    assert missing == []


def placeholders(texts: str | tuple[str, ...]) -> set[str]:
    """The names between single braces in a message, or in its forms."""
    text = "\n".join([texts] if isinstance(texts, str) else texts)
    return set(re.findall(r"\{\w*\}", text.replace("{{", "").replace("}}", "")))


def test_a_translation_has_the_placeholders_of_its_message():
    messages = [message for message in FRENCH if message.id]
    assert [message.id for message in messages if placeholders(message.id) != placeholders(message.string)] == []


def test_a_third_language_is_one_file_of_the_project_and_what_it_lacks_is_in_english(dossier):
    conf = CONF.replace('"fr"', '"de"') + 'locale_dirs = ["locales"]\n'
    source = dossier({**TWO_THEMES, "conf.py": conf, "locales/de/LC_MESSAGES/annotated_bib.po": GERMAN})
    built = build(source)
    assert built.warnings == []
    text = built.page("theorie").get_text()
    assert "Zitiert in:" in text
    assert "See also:" in built.page("terrain").get_text()
    assert not re.search("Citée dans|Cited in|Voir aussi|Note d’édition", text)
    assert built.page("theorie").html["lang"] == "de"


def marked_catalogue() -> str:
    """A whole catalogue in which each message is its own translation, between marks."""
    made = Catalog(locale="de", charset="utf-8")
    for message in FRENCH:
        if message.id:
            forms = [f"⟦{text}⟧" for text in ([message.id] if isinstance(message.id, str) else message.id)]
            made.add(message.id, forms[0] if len(forms) == 1 else tuple(forms), context=message.context)
    out = BytesIO()
    write_po(out, made)
    return out.getvalue().decode()


def test_a_whole_catalogue_gives_every_word_that_is_printed(dossier):
    conf = CONF.replace('"fr"', '"de"') + 'locale_dirs = ["locales"]\nhtml_theme = "furo"\n'
    kinds = "".join(f"```{{work-index}} {kind}\n```\n" for kind in ("author", "year", "body", "keyword"))
    lists = (
        "# L\n\n" + "".join(f"```{{{name}}}\n```\n" for name in ("themes", "timeline", "catalogue", "apparatus", "rules")) + kinds
    )
    files = TWO_THEMES | {"conf.py": conf, "listes.md": lists, "locales/de/LC_MESSAGES/annotated_bib.po": marked_catalogue()}
    built = build(dossier(files))
    assert built.warnings == []
    shown = {text for path in built.out.rglob("*.html") for text in soup(path).stripped_strings}
    ids = {text for message in FRENCH if isinstance(message.id, str) for text in (message.id, message.string)}
    of_the_theme = {"Search", "Home", "Index", "Menu"}  # Sphinx and furo have words of these names too
    assert {text for text in shown & ids if " " in text or text.istitle()} - of_the_theme == set()
    assert len([text for text in shown if "⟦" in text]) > 100


def test_a_translation_that_names_another_value_gives_way_to_the_message(tmp_path):
    path = tmp_path / "de" / "LC_MESSAGES" / "annotated_bib.po"
    path.parent.mkdir(parents=True)
    path.write_text(GERMAN + '\nmsgid "No. {number}"\nmsgstr "Nr. {nummer}"\n', "utf-8")
    assert catalogue.use("de", [tmp_path])
    assert catalogue._("No. {number}", number=3) == "No. 3"
    assert catalogue._("Cited in:") == "Zitiert in:"


def test_no_french_is_left_elsewhere(dossier):
    built = build(dossier({**TWO_THEMES, "conf.py": CONF.replace('"fr"', '"en"')}))
    french = {text for message in FRENCH if message.id for text in ([message.string] if isinstance(message.string, str) else ())}
    same = {message.id for message in FRENCH} | {"Index"}  # which is English too: the theme has a link of that name
    shown = {text for page in ("theorie", "terrain", "index") for text in built.page(page).stripped_strings}
    assert "See also:" in shown
    assert shown & (french - same) == set()
