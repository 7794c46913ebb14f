"""The builder ``pdf``: the pages as one book, typeset by the Typst compiler that a wheel brings.

Nothing is fetched and nothing of the machine is used: the template imports no package, the fonts are those that the
compiler embeds, and the date is SOURCE_DATE_EPOCH or the edition's own. The same source gives the same bytes.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile, rmtree
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import unquote

import typst
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.fileutil import copy_asset
from sphinxcontrib_typstbuilder._builder import TypstBuilder
from sphinxcontrib_typstbuilder._writer import document_label

from ..checks.fonts import REFUSED
from ..configuration import fonts
from ..language.catalogue import _
from ..language.dates import date_in_words
from ..language.typography import NO_BREAK, set_text
from ..pages.colophon import edition_date, lasting_address
from ..pages.domain import cite_domain
from ..source.model import with_subtitle
from .translator import ORIGIN, BookTranslator
from .words import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from docutils import nodes

logger = logging.getLogger(__name__)

#: An archive that may hold its source file, and that screen readers can read.
STANDARDS: tuple[Literal["a-3a"], Literal["ua-1"]] = ("a-3a", "ua-1")
#: The book's template; a project may have files of its own in their place.
TEMPLATES = Path(__file__).parent / "typst"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class Origin(NamedTuple):
    """Where a line of the Typst source comes from: a page, and the key of a work when the line is in its notice."""

    docname: str
    key: str


class PdfBuilder(TypstBuilder):
    """Typeset each of ``typst_documents`` as ``TARGETNAME.pdf``; its Typst source stays in the folder TARGETNAME."""

    name = "pdf"
    epilog = "The PDF is in %(outdir)s."
    default_translator_class = BookTranslator

    def init(self) -> None:
        """Make the book's template the default: the stock ones fetch packages from the network."""
        self.config.typst_date = edition_date(self.config)
        super().init()
        self.parts: dict[str, str] = {}
        self._own_templates = [Path(self.confdir, path, "typst") for path in self.config.templates_path]
        self.config.typst_templates_path = [str(TEMPLATES), *map(str, self._own_templates)]
        if self.config.typst_template == "default":
            self.config.typst_template = "book"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The label of a page; the template prints a link to a page that the book leaves out as mere text."""
        label: str = document_label(docname)
        return label

    def theme_colour(self, docname: str) -> str | None:
        """The colour that conf.py gives to a theme's page, on the site as in the book, where it is hexadecimal."""
        given = self.config.annotated_bib_colours.get(docname.rpartition("/")[2], "")
        colour = given if isinstance(given, str) else given[0]
        return colour if _COLOUR.fullmatch(colour) else None

    def fail(self, message: str, location: str | nodes.Node | None) -> None:
        """Say why there will be no book; an exception would print a traceback, and have every page read again."""
        logger.error("%s", message, location=location, type="annotated_bib", subtype="pdf")
        self._app.statuscode = 1

    def _assemble_doctree(self, startdocname: str, appendices: list[str]) -> nodes.document:
        """The pages as one tree; the captions of the first one's ``toctree``s, whose places its pages take, are kept apart."""
        self.docnames = {startdocname, *appendices}
        tree: nodes.document = self.env.get_doctree(startdocname)
        tree["docname"] = startdocname
        toctrees = tree.findall(addnodes.toctree)
        captions = {toctree["includefiles"][0]: toctree["caption"] for toctree in toctrees if toctree["includefiles"]}
        self.parts = {page: set_text(caption) for page, caption in captions.items() if caption}
        self._bind(tree)
        for docname in appendices:
            appendix = self.env.get_doctree(docname)
            appendix["docname"] = docname
            tree.append(appendix)
        self.env.resolve_references(tree, startdocname, self)
        return tree

    def _bind(self, tree: nodes.document) -> None:
        """Put pages in the places of the ``toctree``s of *tree*: Sphinx's function for it copies each, which nobody else holds."""
        for toctree in list(tree.findall(addnodes.toctree)):
            pages = []
            for docname in toctree["includefiles"]:
                if docname not in self.docnames:
                    self.docnames.add(docname)
                    page = self.env.get_doctree(docname)
                    self._bind(page)
                    pages.append(addnodes.start_of_file("", *page.children, docname=docname))
            toctree.parent.replace(toctree, pages)

    def _copy_template(self, template_name: str, outdir: Path) -> None:
        """Put the project's files in the place of the book's own that have their names, such as ``design.typ``; add the words."""
        rmtree(outdir / "templates", ignore_errors=True)
        super()._copy_template(template_name, outdir)
        for folder in filter(Path.is_dir, self._own_templates):
            copy_asset(folder, outdir / "templates", force=True)
        (outdir / "templates" / "words.json").write_text(json.dumps(words(), ensure_ascii=False, indent=1), "utf-8")

    def _write_metadata(self, title: str, extra_metadata: dict[str, Any], outdir: Path) -> None:
        """Add what the template prints of the edition, and bring the bibliography to be attached."""
        domain = cite_domain(self.env)
        (outdir / "sources").mkdir(exist_ok=True)
        for path in domain.bibfiles:
            copyfile(path, outdir / "sources" / path.name)
        made = {
            "author": set_text(self.config.author),
            "publisher": set_text(self.config.annotated_bib_publisher),
            "contact": self.config.annotated_bib_contact,
            "project": set_text(self.config.project),
            "release": self.config.release,
            "address": lasting_address(self.config),
            "dated": _in_words(edition_date(self.config)),
            "sources": [path.name for path in domain.bibfiles],
            "works": [
                {"year": int(work["year"]) if work["year"].isdecimal() else None, "colour": self.theme_colour(page)}
                for work in domain.lookups.bibliography.works
                if (page := domain.notices.get(work.key))
            ],
        }
        if "subtitle" in extra_metadata:
            made["whole-title"] = self._whole_title(title, extra_metadata["subtitle"])
        given = {name: set_text(value) if isinstance(value, str) else value for name, value in extra_metadata.items()}
        super()._write_metadata(set_text(title), made | given, outdir)

    def _whole_title(self, title: str, subtitle: str) -> str:
        """The title and the subtitle in one, in the letters of the project's name where that is the same."""
        whole, project = (set_text(text) for text in (with_subtitle(title, subtitle), self.config.project))
        return project if project.casefold() == whole.casefold() else whole

    def finish(self) -> None:
        """Typeset the books, unless a page failed; the last one stays until the new one is whole."""
        for document in self.config.typst_documents:
            if self._app.statuscode:
                return
            name = document["targetname"]
            with progress_message(_("typesetting {name}.pdf", name=name)):
                book = self._typeset(Path(self.outdir, name, f"{name}.typ"))
            if book:
                unfinished = Path(self.outdir, f"{name}.pdf.part")
                unfinished.write_bytes(self._finished(book, document.get("metadata", {})))
                unfinished.replace(unfinished.with_suffix(""))

    def _finished(self, book: bytes, metadata: Mapping[str, Any]) -> bytes:
        """The PDF *book* with what the compiler has no word for."""
        # pikepdf takes a fifth of a second to load, for which other builders need not wait.
        from .finishing import Rights, finished

        lines = self.config.copyright
        holder = lines if isinstance(lines, str) else ", ".join(lines)
        return finished(book, Rights(set_text(holder), set_text(metadata.get("licence", "")), self.config.annotated_bib_license))

    def _typeset(self, source: Path) -> bytes | None:
        """The PDF of *source*; characters that cannot be printed are reported, and the template replaces them."""
        unprintable: list[str] = []
        while True:
            try:
                book, warnings = typst.compile_with_warnings(
                    source,
                    root=source.parent,
                    font_paths=[*fonts(self.config, Path(self._app.srcdir))],
                    ignore_system_fonts=True,
                    pdf_standards=[*STANDARDS],
                    timestamp=_timestamp(edition_date(self.config)),
                    sys_inputs={"unprintable": "|".join(map(_pattern, unprintable))},
                )
            except typst.TypstError as error:
                new = sorted(set(map(_unquoted, REFUSED.findall(error.diagnostic))) - {*unprintable})
                if not new:
                    self._report_error(error, source)
                    return None
                for text in new:
                    self._report_unprintable(text, source)
                unprintable += new
            else:
                for warning in warnings:
                    logger.warning("%s", warning.message, type="annotated_bib", subtype="pdf")
                return book

    def _report_unprintable(self, text: str, source: Path) -> None:
        """Name the works that hold *text*, or else the pages."""
        names = [work.key for work in cite_domain(self.env).lookups.bibliography.works if text in work.raw]
        if not names:
            lines = source.read_text("utf-8").splitlines()
            origins = zip(lines, _origins(lines), strict=True)
            names = list(dict.fromkeys(origin.docname for line, origin in origins if origin and text in line))
        codes = " ".join(f"U+{ord(character):04X}" for character in text)
        for name in names or ["conf.py"]:
            message = _(
                "{place}: no font of the book has the character “{text}” ({codes}); “□” is printed in its place",
                place=name,
                text=text,
                codes=codes,
            )
            logger.warning("%s", message, type="annotated_bib", subtype="unprintable")

    def _report_error(self, error: typst.TypstError, source: Path) -> None:
        """Print what the compiler says of *source*, after the page and the work that it comes from."""
        place = re.search(rf"┌─ \S*?{re.escape(source.name)}:(\d+):", error.diagnostic)
        origin = _origins(source.read_text("utf-8").splitlines())[int(place[1]) - 1] if place else None
        said = error.diagnostic.strip()
        if origin and origin.key:
            message = _("entry {key}: the book cannot be typeset; the compiler says:\n{said}", key=origin.key, said=said)
        else:
            message = _("the book cannot be typeset; the compiler says:\n{said}", said=said)
        self.fail(message, location=origin and origin.docname)


def _origins(lines: list[str]) -> list[Origin | None]:
    """Where each of the *lines* of a Typst source comes from, after the comments that the translator leaves."""
    origins: list[Origin | None] = []
    origin = None
    for line in lines:
        for match in ORIGIN.finditer(line):
            origin = Origin(unquote(match[1]), match[2])
        origins.append(origin)
    return origins


def _timestamp(day: date) -> int:
    """SOURCE_DATE_EPOCH, or else the beginning of *day*."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return int(epoch) if epoch else int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _in_words(day: date) -> str:
    return date_in_words(str(day.year), day.month, day.day).replace(" ", NO_BREAK)


def _pattern(text: str) -> str:
    """A regular expression of the compiler's for *text*."""
    return "".join(f"\\x{{{ord(character):X}}}" for character in text)


def _unquoted(text: str) -> str:
    r"""*text* as it was before the compiler quoted it: ``\u{e000}`` is one character."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), text)
