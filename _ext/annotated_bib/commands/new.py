"""``annotated-bib new`` writes a whole small edition: it builds, and passes its checks and tests, at once."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .. import project
from ..checks import Fault, unread
from ..language import catalogue
from ..language.catalogue import N_, _, ngettext
from ..language.typography import set_text
from ..source import bibfile
from ..starter.themes import page_name, themes, with_themes

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

HELP = N_("write a new edition, of a BibTeX file or of examples")
#: How many faults are printed.
_SHOWN = 20
FILES = Path(__file__).parent.parent / "starter" / "files"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help=_("the folder to write, new or empty"))
    parser.add_argument("--title", default="", help=_("what the edition is called"))
    parser.add_argument("--language", default=catalogue.current_language(), help=_("its language: en, fr, de…"))
    parser.add_argument("--from", dest="source", type=Path, metavar="FILE.bib", help=_("the BibTeX file of its works"))


def run(options: Namespace) -> int:
    """Write an edition in ``options.folder``."""
    folder = options.folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(_("{folder} is not empty; name a new folder", folder=options.folder), file=sys.stderr)
        return 1
    has_words = catalogue.use(options.language)
    try:
        text = (options.source or FILES / "refs.bib").read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        print(Fault(str(options.source), *unread(error)), file=sys.stderr)
        return 1
    if not has_words:
        print(_("no catalogue has the words of “{language}”: they will be in English", language=options.language))
    for name, content in sorted(files(text, options.title, options.language)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    print(_("{folder} is written.", folder=options.folder), *_left_to_write(folder), sep="\n")
    return 0


def files(text: str, title: str, language: str) -> Iterator[tuple[str, str]]:
    """The files of an edition of the works of a BibTeX *text*: names with their contents."""
    entries = bibfile.split(text).entries
    titles = themes(entries, text)
    names: dict[str, str] = {}
    for theme in titles.values():
        if theme not in names:
            names[theme] = page_name(theme, names.values())
    title = title or set_text(_("An annotated bibliography"))
    pages = {name: theme for theme, name in names.items()} or {page_name(_("Works")): set_text(_("Works"))}
    context = {
        "title": title,
        "language": language,
        "slug": page_name(re.split(r" ?: ", title, maxsplit=1)[0]),
        "today": date.today(),
        "pages": pages,
        "is_sorted": bool(names),
        "first": entries[0].key if entries else "",
    }
    environment = Environment(
        loader=FileSystemLoader(FILES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters["py"] = partial(json.dumps, ensure_ascii=False)  # a string of JSON is one of Python
    environment.globals["_"] = lambda message, **values: set_text(_(message, **values))
    yield "refs.bib", with_themes(text, entries, {key: names[theme] for key, theme in titles.items()})
    for path in sorted(FILES.rglob("*")):
        name = path.relative_to(FILES).as_posix()
        if name == "theme.md.jinja":
            for page, theme in pages.items():
                yield f"sections/{page}.md", environment.get_template(name).render(context, theme=theme)
        elif path.suffix == ".jinja":
            yield name.removesuffix(".jinja"), environment.get_template(name).render(context)
        elif path.is_file() and name != "refs.bib" and path.suffix != ".pyc":
            yield name, path.read_text("utf-8")


def _left_to_write(folder: Path) -> Iterator[str]:
    """What remains to be done by who keeps the edition."""
    report = project.read(folder).check()
    if report.faults:
        count = len(report.faults)
        yield ngettext(
            "{number} fault of refs.bib is to be mended first:", "{number} faults of refs.bib are to be mended first:", count
        )
        yield from map(str, report.faults[:_SHOWN])
        if count > _SHOWN:
            yield _("… (annotated-bib check prints them all)")
    yield _("Still to be written:")
    yield _("- conf.py: who answers for the edition (annotated_bib_publisher, annotated_bib_contact) and its licence;")
    yield _("- index.md and sections/: the introductions, where “…” stands;")
    yield _("- annexes/about.md and LICENSE: what the edition is, and under which licence;")
    yield _("- refs.bib: the field annotation of each work, its commentary.")
    yield _("Then: make (or annotated-bib build), and annotated-bib serve to see it as you write.")
