"""French spacing, in sentences and on a page; what a machine reads stays as it was typed."""

from __future__ import annotations

import pytest
from annotated_bib.language.typography import NARROW, NO_BREAK, french, sort_key
from helpers import ENTRY, build

# The tables write ~ for a no-break space and _ for a narrow one, so that readers see them.
SET = {
    "Pourquoi ?": "Pourquoi_?",
    "Assez !": "Assez_!",
    "Quoi ?!": "Quoi_?!",
    "l'un ; l'autre": "l’un_; l’autre",
    "Titre : sous-titre": "Titre~: sous-titre",
    "Titre :": "Titre~:",
    "un mot\n: la suite": "un mot~: la suite",
    "un mot\n; la suite": "un mot_; la suite",
    "« mot »": "«~mot~»",
    "«mot»": "«~mot~»",
    "«\nmot\n»": "«~mot~»",
    "« Oui ? »": "«~Oui_?~»",
    "« Oui ; non » :": "«~Oui_; non~»~:",
    "l'«alliance»": "l’«~alliance~»",
    "aujourd'hui, d'après": "aujourd’hui, d’après",
    "attends...": "attends…",
    "p. 47-53": "p.~47-53",
    "p. [12]": "p.~[12]",
    "vol. 3, chap. 4, art. 5, t. 6": "vol.~3, chap.~4, art.~5, t.~6",
    "n° 11 et n°s 2-3": "n°~11 et n°s~2-3",
    "77 p.": "77~p.",
    "77 p., 50 % et 3 €": "77~p., 50~% et 3~€",
    "le 1er mai et le 14 juillet 2001": "le 1er~mai et le 14~juillet 2001",
    "1 200 000 habitants": "1_200_000 habitants",
    "M. Durand, Mme Roux, MM. X": "M.~Durand, Mme~Roux, MM.~X",
    "J. Durand, É. Roux": "J.~Durand, É.~Roux",
    "[s. l.] et [s. d.]": "[s.~l.] et [s.~d.]",
    "Durand et al.": "Durand et~al.",
}
AS_TYPED = [
    "https://example.org/a?b=1;c:d!",
    "12:30",
    "Le projet, le plan.",
    "les années 1980 1990",
    "en 2006 100 quartiers",  # a year, then a number: not 2 006 100
    "rock 'n' roll",
    "art et culture, p. ex.",
    "",
]


def marked(text: str) -> str:
    return text.replace("~", NO_BREAK).replace("_", NARROW)


@pytest.mark.parametrize(("typed", "printed"), SET.items())
def test_spaces_apostrophes_and_ellipses_are_set_in_french(typed, printed):
    assert french(typed) == marked(printed)


@pytest.mark.parametrize("text", AS_TYPED)
def test_what_needs_no_setting_is_left_alone(text):
    assert french(text) == text


@pytest.mark.parametrize("text", [*SET, *AS_TYPED, f"mot{NO_BREAK};", f"mot{NARROW}:", "mot  ;", f"mot {NO_BREAK}?", "« »"])
def test_setting_twice_changes_nothing_more(text):
    assert french(french(text)) == french(text)


@pytest.mark.parametrize("typed", [f"mot{NO_BREAK}; suite", f"mot{NARROW}; suite", "mot ; suite"])
def test_spaces_that_were_typed_right_or_nearly_come_out_the_same(typed):
    assert french(typed) == marked("mot_; suite")


def test_french_order_ignores_accents_case_ligatures_and_marks():
    words = ["Zola", "Éluard", "eco", "Œillet", "odeur", "oeuf", "Ombre", "« Écrire »", "Étienne", "Ça", "cadre", "Ørsted"]
    assert sorted(words, key=sort_key) == [
        "Ça", "cadre", "eco", "« Écrire »", "Éluard", "Étienne", "odeur", "Œillet", "oeuf", "Ombre", "Ørsted", "Zola",
    ]  # fmt: skip
    assert sort_key("Œuvre, État") == sort_key("oeuvre etat")


PAGE = """# Que faire ?

Oui ; non ! « *Deux
mots* » : voir «
le texte ». `a ? b ; l'x`, <https://example.org/l'eau?a=1...> et [là : ici](https://example.org/?x)

```
code ? l'x : y ; « z »
```

{math}`l'x : y` ; non

```{math}
l'y : z
```

```{raw} html
<b>l'x : y</b>
```

| Quoi ? |
|--------|
| 77 p.  |

D'*elle*, l'{cite:t}`A` et l'**« autre »**.

```{notices}
```
"""


@pytest.fixture
def page(dossier):
    files = {"page.md": PAGE, "refs.bib": ENTRY % ("A", "Un titre : l'essai", "page", "Oui ; \\enquote{non} ?")}
    return lambda **settings: build(dossier(files), **settings).page("page")


def test_titles_paragraphs_tables_and_notices_are_set(page):
    html = page()
    # An inline does not hide what precedes or follows it, nor does a line's end inside « ».
    said = html.p.get_text().replace("\n", " ")
    assert said.startswith(marked("Oui_; non_! «~Deux mots~»~: voir «~le texte~»."))
    assert html.h1.get_text().startswith(marked("Que faire_?"))
    assert [cell.get_text(strip=True) for cell in html.select("th, td")] == [marked("Quoi_?"), marked("77~p.")]
    assert html.h2.get_text().startswith(marked("Un titre~: l’essai"))
    assert html.select_one(".notice-commentary").get_text(strip=True) == marked("Oui_; «~non~»_?")
    assert html.find("a", href="https://example.org/?x").get_text() == marked("là~: ici")


def test_an_apostrophe_is_curly_before_an_inline(page):
    assert marked("D’elle, l’Durand~(2001) et l’«~autre~».") in page().get_text()


def test_code_and_addresses_are_as_typed(page):
    html = page()
    assert html.p.code.get_text() == "a ? b ; l'x"
    assert html.pre.get_text() == "code ? l'x : y ; « z »\n"
    assert html.find(class_="math").parent.get_text() == marked("\\(l'x : y\\)_; non")
    assert "l'y : z" in html.select_one("div.math").get_text()
    assert html.b.get_text() == "l'x : y"
    link = html.find("a", string="https://example.org/l'eau?a=1...")
    assert link["href"] == link.get_text()


def test_a_dossier_in_another_language_is_as_typed(page):
    assert page(language="en").h1.get_text().startswith("Que faire ?")
