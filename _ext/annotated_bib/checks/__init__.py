"""The rules that the bibliography and its pages must keep, as pure generators of faults.

Nothing here knows of Sphinx: ``make check`` and the build run the same functions. Messages are in French, for those who
keep the edition; each names the mend. A rule refuses what would spoil the edition, or what BibTeX, biblatex and reference
managers would read wrongly; where a legitimate entry may look like a faulty one, it passes.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from .. import bibsource
from . import characters, links, mentions, names, prose, shape, strays, twins, values
from .mentions import Mention, page_mentions
from .messages import Fault, Finding, Nearest, shown, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from ..bibsource import SourceEntry

__all__ = ["FILE_RULES", "RULES", "Fault", "check", "page_mentions"]

#: Each rule and what it asks, in the order in which « Contribuer » prints them.
RULES = {
    "missing-file": "Le fichier existe et peut être lu.",
    "encoding": "Le fichier est enregistré en UTF-8.",
    "characters": "Le fichier n’a ni caractère invisible, ni lettre mal décodée (Ã©), ni accent détaché de sa lettre.",
    "syntax": "Chaque accolade se ferme, chaque champ se termine par une virgule ; hors des notices, une ligne commence par %.",
    "unknown-string": "Une valeur sans accolades est un nombre, un mois (jan, feb…) ou une abréviation définie par @string.",
    "key": "Une clé n’a que des lettres, des chiffres et les signes - _ : .",
    "duplicate-key": "Une clé ne désigne qu’une notice.",
    "colliding-key": "Deux clés ne diffèrent pas seulement par la casse ou la ponctuation : elles auraient la même adresse.",
    "same-work": "Une œuvre n’a qu’une notice.",
    "unknown-type": "Le type de la notice est un type de BibTeX ou de biblatex.",
    "unknown-field": "Un champ est connu de BibTeX, de biblatex, de JabRef, de Zotero ou de l’édition, ou commence par x-.",
    "duplicate-field": "Un champ ne paraît qu’une fois dans une notice.",
    "empty-field": "Un champ n’est pas vide.",
    "missing-field": "Chaque notice a un titre et un thème ; un article a sa revue, une contribution son ouvrage, un rapport ou un"
    " mémoire son organisme, un document en ligne son adresse, à moins que lacuna ne dise une perte.",
    "names": "Les noms sont séparés par and et s’écrivent Nom, Prénom, sans capitales ; un organisme est entre doubles accolades.",
    "year": "L’année compte quatre chiffres ; le mois et le jour ont leurs propres champs.",
    "month": "Le mois est une abréviation de BibTeX (jul) ou un nombre de 1 à 12.",
    "day": "Le jour existe dans le mois.",
    "pages": "Les pages sont des nombres, séparés par deux traits d’union : 47--53.",
    "identifier": "L’ISBN et l’ISSN ont leur clé de contrôle, le DOI sa forme (10.…/…).",
    "url": "Une adresse est entière et commence par http, https, doi ou mailto.",
    "markup": "Un champ ne contient que les macros admises ; % et $ y sont précédés d’une barre oblique inverse.",
    "typography": "Les textes et les titres français ont une espace devant : ; ! ?, les guillemets « » et « p. », non « pp. ».",
    "commentary": "Chaque notice a un commentaire (annotation) ou dit ce qui manque (lacuna).",
    "completed": "Les champs nommés par completed sont dans la notice, et completedfrom dit d’où ils viennent.",
    "unknown-key": "Les clés citées ou liées (related) sont dans la bibliographie.",
    "one-way": "Deux œuvres liées (related) le sont l’une à l’autre, si la plupart le sont.",
    "circle": "Des œuvres liées en boucle ont options = {related=false}.",
    "cite-syntax": "Les clés d’une citation sont séparées par des virgules.",
    "cited-in-heading": "Un titre ne cite pas d’œuvre.",
    "work-without-page": "Le thème de chaque notice a sa page.",
    "work-in-two-pages": "Un thème n’a qu’une page : une notice ne paraît qu’à un endroit.",
    "page-without-work": "Une page de thème a au moins une notice.",
    "uncited-work": "Une introduction qui cite la moitié des œuvres de son thème les cite toutes.",
}
#: Faults of a whole file, and those of which a file that could not be read may be the reason.
FILE_RULES = ("missing-file", "encoding")
_UNSURE = ("unknown-key", "work-without-page", "page-without-work")


def check(bibfiles: Sequence[Path], pages: Iterable[Path], root: Path) -> list[Fault]:
    """Every fault of *bibfiles* and *pages*, whose names are given from *root*, in the order of files and lines."""
    faults: list[Fault] = []
    entries: list[tuple[str, SourceEntry]] = []
    lost: set[str] = set()
    found: dict[str, list[Mention]] = {}
    order: dict[str, int] = {}
    for read, path in (*((_read_bibliography, path) for path in bibfiles), *((_read_page, path) for path in pages)):
        file = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        order[file] = len(order)
        part = _attempt(read, path)
        faults += (Fault(file, *finding) for finding in part.findings)
        entries += ((file, entry) for entry in part.entries)
        lost |= part.lost
        found[file] = part.mentions
    faults += _rule_faults(entries, found, lost)
    if any(fault.rule in FILE_RULES for fault in faults):
        faults = [fault for fault in faults if fault.rule not in _UNSURE]
    faults = [fault._replace(message=visible(fault.message)) for fault in faults]
    return sorted(faults, key=lambda fault: (order[fault.file], fault.line))


def _rule_faults(
    entries: Sequence[tuple[str, SourceEntry]], found: Mapping[str, Sequence[Mention]], lost: Collection[str]
) -> Iterator[Fault]:
    keys = Nearest({entry.key for _, entry in entries}.union(lost))
    for file, entry in entries:
        alone = (rule(entry) for rule in (shape.faults, values.faults, names.faults))
        among = (rule(entry, keys) for rule in (prose.faults, links.faults))
        every = chain.from_iterable((*alone, *among))
        yield from (Fault(file, line, rule, f"{shown(entry.key) or '?'} : {message}") for line, rule, message in every)
    for rule in (links.collisions, links.one_way, links.circles, names.between, twins.faults):
        yield from rule(entries)
    yield from mentions.faults(entries, found, lost)


class _Part(NamedTuple):
    """What is read of one file, and what is wrong with it already."""

    findings: Sequence[Finding] = ()
    entries: Sequence[SourceEntry] = ()
    lost: AbstractSet[str] = frozenset()
    mentions: Sequence[Mention] = ()


def _attempt(read: Callable[[Path], _Part], path: Path) -> _Part:
    try:
        return read(path)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        finding = Finding(line, "encoding", "ce fichier n’est pas en UTF-8 ; réenregistrez-le en UTF-8")
    except FileNotFoundError:
        finding = Finding(1, "missing-file", "fichier introuvable ; vérifiez son nom")
    except IsADirectoryError:
        finding = Finding(1, "missing-file", "c’est un dossier et non un fichier ; vérifiez son nom")
    except OSError:
        finding = Finding(1, "missing-file", "ce fichier ne peut être lu ; vérifiez qu’il vous est permis de l’ouvrir")
    return _Part([finding])


def _read_bibliography(path: Path) -> _Part:
    text = path.read_text(encoding="utf-8-sig")
    source = bibsource.read(path)
    stray = strays.between(text, source.entries)
    findings = [*(Finding(*fault) for fault in source.faults), *stray.findings, *characters.faults(text)]
    entries = [prose.sound(entry, findings) for entry in source.entries if entry.key not in stray.lost]
    return _Part(findings, entries, stray.lost.union(source.lost))


def _read_page(path: Path) -> _Part:
    text = path.read_text(encoding="utf-8-sig")
    return _Part(list(characters.faults(text)), mentions=list(page_mentions(text)))
