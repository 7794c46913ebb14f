"""The builder ``pdf``: the pages as one book, typeset by the Typst compiler that a wheel brings.

Nothing is fetched and nothing of the machine is used: the template imports no package, the fonts are those that the
compiler embeds, and the date is SOURCE_DATE_EPOCH or the edition's own. The same source gives the same bytes.

A book of more works than ``annotated_bib_volume`` is bound in volumes, for the memory that a compiler takes and for those who
print it. The first is TARGETNAME.pdf, the name that the book has anyhow: whoever follows an old link finds the introduction and
what each volume holds. Those that follow are TARGETNAME-2.pdf and so on. A link to another volume gives its number and the page;
a list of all works stands once, among the last volumes, since its cost in each would be that of the notices.
"""

from __future__ import annotations

import gc
import json
import re
from itertools import count
from logging import WARNING, getLogger
from pathlib import Path
from shutil import copyfile, rmtree
from typing import TYPE_CHECKING, Any

from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.fileutil import copy_asset
from sphinxcontrib_typstbuilder._builder import TypstBuilder
from sphinxcontrib_typstbuilder._writer import document_label

from ..language.catalogue import _
from ..language.dates import date_in_words
from ..language.typography import NO_BREAK, set_text
from ..pages.colophon import edition_date, lasting_address
from ..pages.domain import cite_domain
from ..pages.volumes import file_name
from ..source.model import list_separator, with_subtitle
from .translator import BookTranslator, short
from .typesetting import Typesetting
from .volumes import Volume
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from docutils import nodes

logger = logging.getLogger(__name__)
#: The book's template; a project may have files of its own in their place.
TEMPLATES = Path(__file__).parent / "typst"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class PdfBuilder(TypstBuilder):
    """Typeset each of ``typst_documents`` as ``TARGETNAME.pdf``; the Typst source of a volume stays in the folder of its name."""

    name = "pdf"
    epilog = "The PDF is in %(outdir)s."
    default_translator_class = BookTranslator

    def init(self) -> None:
        """Make the book's template the default: the stock ones fetch packages from the network."""
        self.config.typst_date = edition_date(self.config)
        super().init()
        self._books: list[list[Volume]] = []
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

    def _write_doc(
        self, startdocname: str, targetname: str, title: str, template: str, appendices: list[str], extra_metadata: dict[str, Any]
    ) -> None:
        """Write the volumes one after the other, each as the stock builder writes a whole book."""
        bound = cite_domain(self.env).volumes({"startdocname": startdocname, "appendices": appendices})
        files = [Path(self.outdir, file_name(targetname, number + 1)) for number in range(len(bound))]
        sources = [file.with_suffix("") / file.with_suffix(".typ").name for file in files]
        self.volumes = [Volume(*volume) for volume in zip(count(1), sources, bound, strict=False)]
        self._books.append(self.volumes)
        #: The volume that holds each page.
        self.volume_of = {page: volume for volume in self.volumes for pages in volume.chapters.values() for page in pages}
        self.volume_of[startdocname] = self.volumes[0]
        self.docnames = {startdocname, *appendices}
        for volume in self.volumes:
            self.volume = volume
            own = [page for page in appendices if page in volume.chapters]
            super()._write_doc(startdocname, volume.name, title, template, own, extra_metadata)
            if len(self.volumes) > 1:
                gc.collect()  # nodes know their parents and these them: a whole volume would stay beside the next

    def _assemble_doctree(self, startdocname: str, appendices: list[str]) -> nodes.document:
        """The pages as one tree; the captions of the first one's ``toctree``s, whose places its pages take, are kept apart."""
        tree: nodes.document = self.env.get_doctree(startdocname)
        tree["docname"] = startdocname
        captions = {next(self._own_pages(toctree), ""): toctree["caption"] for toctree in tree.findall(addnodes.toctree)}
        self.parts = {page: set_text(caption) for page, caption in captions.items() if caption}
        self._bind(tree)
        if self.volume is not self.volumes[0]:
            tree[:] = [page for page in tree.findall(addnodes.start_of_file) if page["docname"] in self.volume.chapters]
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
            for docname in self._own_pages(toctree):
                self.docnames.add(docname)
                page = self.env.get_doctree(docname)
                self._bind(page)
                pages.append(addnodes.start_of_file("", *page.children, docname=docname))
            toctree.parent.replace(toctree, pages)

    def _own_pages(self, toctree: addnodes.toctree) -> Iterator[str]:
        """The pages of *toctree* that stand in this volume, and nowhere before."""
        for page in toctree["includefiles"]:
            if page not in self.docnames and self.volume_of.get(page) is self.volume:
                yield page

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
                if (page := domain.notices.get(work.key)) and self.volume_of.get(page, self.volumes[0]) is self.volume
            ],
        }
        if len(self.volumes) > 1:
            made["volume"] = self.volume.number
            made["volumes"] = [self._about(volume) for volume in self.volumes]
        if "subtitle" in extra_metadata:
            made["whole-title"] = self._whole_title(title, extra_metadata["subtitle"])
        given = {name: set_text(value) if isinstance(value, str) else value for name, value in extra_metadata.items()}
        super()._write_metadata(set_text(title), made | given, outdir)

    def _about(self, volume: Volume) -> dict[str, str]:
        """What all volumes say of *volume*: its file, its chapters, and from which to which they go, as on the back of a book."""
        titles = [short(set_text(self.env.titles[page].astext())) for page in volume.chapters]
        first = [_("Introduction")] if volume is self.volumes[0] else []
        return {
            "file": f"{volume.name}.pdf",
            "chapters": list_separator().join([*first, *titles]),
            "span": " – ".join(dict.fromkeys([*titles[:1], *titles[-1:]])),
        }

    def _whole_title(self, title: str, subtitle: str) -> str:
        """The title and the subtitle in one, in the letters of the project's name where that is the same."""
        whole, project = (set_text(text) for text in (with_subtitle(title, subtitle), self.config.project))
        return project if project.casefold() == whole.casefold() else whole

    def finish(self) -> None:
        """Typeset the books, unless a page failed; the last one stays until all volumes of the new one are whole."""
        for document, volumes in zip(self.config.typst_documents, self._books, strict=True):
            if self._app.statuscode:
                return
            name = document["targetname"]
            printed: dict[str, Path] = {}
            with progress_message(_("typesetting {name}.pdf", name=name)):
                for volume, book in Typesetting(self, volumes).books():
                    printed[volume.name] = volume.source.with_suffix(".pdf")
                    printed[volume.name].write_bytes(self._finished(book, document.get("metadata", {}), volumes))
            if not self._app.statuscode:
                for path in printed.values():
                    path.replace(Path(self.outdir, path.name))
                self._remove_volumes_after(name, len(volumes))

    def _remove_volumes_after(self, name: str, last: int) -> None:
        """Remove the volumes that the book *name* had before, and has no more."""
        books = {volume.name for volumes in self._books for volume in volumes}
        for number in count(last + 1):
            path = Path(self.outdir, file_name(name, number))
            if path.stem in books or not path.exists():
                return
            path.unlink()
            rmtree(path.with_suffix(""), ignore_errors=True)

    def _finished(self, book: bytes, metadata: Mapping[str, Any], volumes: Sequence[Volume]) -> bytes:
        """The PDF *book*, one of *volumes*, with what the compiler has no word for."""
        # pikepdf says that it is there, where a theme's accessible-pygments has all such news printed.
        getLogger("pikepdf").setLevel(WARNING)
        # And it takes a fifth of a second to load, for which other builders need not wait.
        from .finishing import Rights, finished

        lines = self.config.copyright
        holder = lines if isinstance(lines, str) else ", ".join(lines)
        rights = Rights(set_text(holder), set_text(metadata.get("licence", "")), self.config.annotated_bib_license)
        return finished(book, rights, [f"{volume.name}.pdf" for volume in volumes])


def _in_words(day: date) -> str:
    return date_in_words(str(day.year), day.month, day.day).replace(" ", NO_BREAK)
