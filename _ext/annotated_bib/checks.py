"""The rules that the bibliography and its pages must keep, as pure generators of faults.

Nothing here knows of Sphinx: ``make check`` and the build run the same functions. Messages are in French, for those who
keep the edition; each names the mend.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from . import bibsource, markup, model

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from markdown_it.token import Token

    from .bibsource import SourceEntry

#: Each rule and what it asks, in the order in which « Contribuer » prints them.
RULES = {
    "missing-file": "Le fichier existe et peut être lu.",
    "encoding": "Le fichier est enregistré en UTF-8.",
    "syntax": "Chaque accolade se ferme, chaque champ se termine par une virgule.",
    "unknown-string": "Une valeur sans accolades est un nombre, un mois (jan, feb…) ou une abréviation définie par @string.",
    "duplicate-key": "Une clé ne désigne qu’une notice.",
    "colliding-key": "Deux clés ne diffèrent pas seulement par la casse ou la ponctuation : elles auraient la même adresse.",
    "duplicate-field": "Un champ ne paraît qu’une fois dans une notice.",
    "unknown-type": "Le type de la notice est un type de BibTeX ou de biblatex.",
    "missing-field": "Chaque notice a un titre et un thème.",
    "year": "L’année compte quatre chiffres ; le mois et le jour ont leurs propres champs.",
    "month": "Le mois est une abréviation de BibTeX (jul) ou un nombre de 1 à 12.",
    "markup": "Un champ ne contient que les macros admises ; % et $ y sont précédés d’une barre oblique inverse.",
    "commentary": "Chaque notice a un commentaire (annotation) ou dit ce qui manque (lacuna).",
    "completed": "Les champs nommés par completed sont dans la notice, et completedfrom dit d’où ils viennent.",
    "unknown-key": "Les clés citées ou liées (related) sont dans la bibliographie.",
    "cite-syntax": "Les clés d’une citation sont séparées par des virgules.",
    "work-without-page": "Le thème de chaque notice a sa page.",
    "work-in-two-pages": "Un thème n’a qu’une page : une notice ne paraît qu’à un endroit.",
    "page-without-work": "Une page de thème a au moins une notice.",
}
#: Faults after which what follows in the file cannot be trusted.
FILE_RULES = ("missing-file", "encoding")
TYPES = frozenset(
    "article book booklet inbook incollection inproceedings conference manual mastersthesis misc phdthesis proceedings"
    " techreport unpublished collection online electronic www report thesis periodical reference inreference mvbook"
    " mvcollection mvproceedings mvreference bookinbook suppbook suppcollection suppperiodical dataset software patent".split()
)
_DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_DATE = re.compile(rf"{_DAY}(/({_DAY})?)?[~?%]?$")
_TARGET = re.compile(r"\s*(?:\{[^{}]+\})?\s*(?P<key>[^{}\s,;]+)\s*(?:\{[^{}]+\})?\s*$")
_MARKDOWN = MarkdownIt("commonmark").use(myst_role_plugin).use(myst_block_plugin).use(colon_fence_plugin)


class Fault(NamedTuple):
    """Something wrong at *line* (from 1) of *file*; *rule* is a key of :data:`RULES`."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: [{self.rule}] {self.message}"


class Mention(NamedTuple):
    """A role or directive of a page: its *name*, its *text*, the line where it stands."""

    name: str
    text: str
    line: int


def check(bibfiles: Sequence[Path], pages: Iterable[Path], root: Path) -> list[Fault]:
    """Every fault of *bibfiles* and *pages*, whose names are given from *root*, in the order of files and lines."""
    name = {path: _name(path, root) for path in (*bibfiles, *pages)}
    faults: list[Fault] = []
    entries: list[tuple[str, SourceEntry]] = []
    lost: list[str] = []
    for path in bibfiles:
        try:
            source = bibsource.read(path)
        except OSError:
            faults.append(Fault(name[path], 1, "missing-file", "fichier introuvable ; vérifiez son nom dans conf.py"))
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            faults.append(Fault(name[path], line, "encoding", "ce fichier n’est pas en UTF-8 ; réenregistrez-le en UTF-8"))
        else:
            faults += (Fault(name[path], fault.line, fault.rule, fault.message) for fault in source.faults)
            entries += ((name[path], entry) for entry in source.entries)
            lost += source.lost
    mentions: dict[str, list[Mention]] = {}
    for path in pages:
        try:
            mentions[name[path]] = list(page_mentions(path.read_text(encoding="utf-8-sig")))
        except OSError:
            faults.append(Fault(name[path], 1, "missing-file", "fichier introuvable ; vérifiez son nom"))
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            faults.append(Fault(name[path], line, "encoding", "ce fichier n’est pas en UTF-8 ; réenregistrez-le en UTF-8"))
    if not any(fault.rule in FILE_RULES for fault in faults):
        faults += entry_faults(entries, lost)
        faults += page_faults(entries, mentions, lost)
    return sorted(faults, key=lambda fault: (list(name.values()).index(fault.file), fault.line))


def entry_faults(entries: Sequence[tuple[str, SourceEntry]], lost: Sequence[str] = ()) -> Iterator[Fault]:
    """What is wrong with each entry, and between them; *lost* are the keys of entries that could not be read."""
    keys = {entry.key for _, entry in entries}.union(lost)
    first: dict[str, tuple[str, SourceEntry]] = {}
    for file, entry in entries:
        elsewhere, (other, *_) = first.setdefault(model.anchor(entry.key), (file, entry))
        if elsewhere != file and other == entry.key:
            message = f"la clé {other} existe déjà ; donnez-en une autre à cette notice"
            yield Fault(file, entry.line, "duplicate-key", message)
        elif other != entry.key:
            yield Fault(file, entry.line, "colliding-key", f"{entry.key} et {other} auraient la même adresse ; changez une clé")
        for line, rule, message in _entry_faults(entry, keys):
            yield Fault(file, line, rule, f"{entry.key} : {message}")


def page_faults(
    entries: Sequence[tuple[str, SourceEntry]], mentions: dict[str, list[Mention]], lost: Sequence[str] = ()
) -> Iterator[Fault]:
    """What is wrong between the entries and the pages that cite and print them; *lost* as in :func:`entry_faults`."""
    keys = {entry.key for _, entry in entries}.union(lost)
    themes = Counter(entry.fields["theme"].value for _, entry in entries if "theme" in entry.fields)
    shown: dict[str, str] = {}
    for file, found in mentions.items():
        for mention in found:
            if mention.name == "notices":
                faults = list(_theme_faults(file, mention, themes, shown))
                # The works of this theme may be among those that could not be read.
                yield from (fault for fault in faults if not (lost and fault.rule == "page-without-work"))
            elif mention.name == "cite" or mention.name.startswith("cite:"):
                yield from _citation_faults(file, mention, keys)
    for file, entry in entries:
        theme = entry.fields.get("theme")
        if theme and theme.value not in shown:
            pages = ", ".join(shown) or "aucun"
            message = f"{entry.key} : le thème « {theme.value} » n’a pas de page ; créez-la ou choisissez parmi : {pages}"
            yield Fault(file, theme.line, "work-without-page", message)


def page_mentions(text: str, line: int = 1) -> Iterator[Mention]:
    """The MyST roles and directives of a Markdown page, directives inside directives too; *line* is that of its start."""
    for token in _MARKDOWN.parse(text):
        start = line + (token.map[0] if token.map else 0)
        if token.type in ("fence", "colon_fence") and token.info.strip().startswith("{"):
            name, _, argument = token.info.strip().partition("}")
            yield Mention(name[1:], argument.strip(), start)
            if name[1:] not in ("code-block", "code", "literalinclude"):
                yield from page_mentions(token.content, start + 1)
        elif token.type == "inline":
            yield from _inline_mentions(token, start)


def _inline_mentions(token: Token, line: int) -> Iterator[Mention]:
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "myst_role":
            yield Mention(child.meta["name"], child.content, line)


def _entry_faults(entry: SourceEntry, keys: Collection[str]) -> Iterator[tuple[int, str, str]]:
    fields = {name: field for name, field in entry.fields.items() if field.value.strip()}
    if entry.type not in TYPES:
        yield entry.line, "unknown-type", f"type @{entry.type} inconnu{_nearest(entry.type, TYPES)}"
    if not {"title", "theme"} <= fields.keys():
        absent = " et ".join(name for name in ("title", "theme") if name not in fields)
        yield entry.line, "missing-field", f"il manque {absent} ; ajoutez-le"
    for name, field in fields.items():
        if name in model.VERBATIM:
            continue
        try:
            markup.check(field.value)
        except markup.MarkupError as error:
            yield field.line + field.value.count("\n", 0, error.offset), "markup", f"{name} : {error}"
    yield from _date_faults(entry)
    if not {"annotation", "annote", "lacuna"} & fields.keys():
        yield entry.line, "commentary", "ni annotation ni lacuna ; écrivez le commentaire ou dites ce qui manque"
    yield from _completed_faults(entry)
    for name in ("annotation", "annote", "lacuna", "completedfrom"):
        if name in fields:
            text, line = fields[name]
            for key, offset in markup.cited_keys(text):
                if key not in keys:
                    yield line + text.count("\n", 0, offset), "unknown-key", _unknown(key, keys)
    for key in model.listed(fields["related"].value) if "related" in fields else ():
        if key not in keys:
            yield fields["related"].line, "unknown-key", _unknown(key, keys)


def _date_faults(entry: SourceEntry) -> Iterator[tuple[int, str, str]]:
    year, date, month = (entry.fields.get(name) for name in ("year", "date", "month"))
    if year and not re.fullmatch(r"\d{4}", year.value.strip()):
        yield year.line, "year", f"année « {year.value} » ; écrivez quatre chiffres, ou supprimez le champ si elle est inconnue"
    if date and not _DATE.match(date.value.strip()):
        yield date.line, "year", f"date « {date.value} » ; écrivez 2001, 2001-07 ou 2001-07-14"
    if month and not model.month_number(month.value):
        yield month.line, "month", f"mois « {month.value} » ; écrivez par exemple jul, ou 7"


def _completed_faults(entry: SourceEntry) -> Iterator[tuple[int, str, str]]:
    completed = entry.fields.get("completed")
    if not completed:
        return
    work = model.work(entry)
    present = {*work.fields, *(name for name in ("author", "editor") if name in entry.fields)}
    for name in sorted(work.completed - present - {"month", "day"}):
        yield completed.line, "completed", f"le champ {name} n’est pas dans la notice ; ajoutez-le ou ôtez-le de completed"
    if "completedfrom" not in entry.fields:
        yield completed.line, "completed", "completedfrom manque ; dites d’où vient l’apport"


def _theme_faults(file: str, mention: Mention, themes: Counter[str], shown: dict[str, str]) -> Iterator[Fault]:
    theme = mention.text or file.rpartition("/")[2].rpartition(".")[0]
    if theme in shown:
        message = f"les notices du thème « {theme} » sont déjà dans {shown[theme]} ; gardez une seule de ces pages"
        yield Fault(file, mention.line, "work-in-two-pages", message)
    elif not themes[theme]:
        message = f"aucune notice n’a le thème « {theme} »{_nearest(theme, themes)} ; corrigez le nom du thème"
        yield Fault(file, mention.line, "page-without-work", message)
    shown.setdefault(theme, file)


def _citation_faults(file: str, mention: Mention, keys: Collection[str]) -> Iterator[Fault]:
    for part in re.split(r",(?![^{}]*\})", mention.text):
        target = _TARGET.match(part)
        if not target:
            message = f"« {mention.text.strip()} » n’est pas une liste de clés ; séparez-les par des virgules"
            yield Fault(file, mention.line, "cite-syntax", message)
        elif target["key"] not in keys:
            yield Fault(file, mention.line, "unknown-key", _unknown(target["key"], keys))


def _unknown(key: str, keys: Collection[str]) -> str:
    return f"la clé {key} n’est pas dans la bibliographie{_nearest(key, keys)} ; corrigez-la ou ajoutez la notice"


def _nearest(word: str, words: Iterable[str]) -> str:
    nearest = get_close_matches(word, list(words), n=1)
    return f" (peut-être {nearest[0]})" if nearest else ""


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
