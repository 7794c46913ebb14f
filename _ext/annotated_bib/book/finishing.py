"""The last hand on a PDF: what Typst has no word for.

Typst tags headings, paragraphs, lists and tables, and no sections; it reads out the whole address of a web page; it links to no
page of another file; it writes no rights. The rest of the file stays as it is, and what the file conforms to with it.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, String

from ..language.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Sequence


class Rights(NamedTuple):
    """Under what terms a book may be used; each is empty where the edition does not say."""

    holder: str  # who has the rights, after ©
    terms: str  # the licence in words
    address: str  # of the licence


def finished(book: bytes, rights: Rights, volumes: Sequence[str]) -> bytes:
    """The PDF *book* in sections, with *rights* in its metadata, its links named, those to other *volumes* made."""
    out = BytesIO()
    with pikepdf.open(BytesIO(book)) as pdf:
        for footer in _footers(pdf):
            _merge(footer)
        _divide(pdf, pdf.Root.StructTreeRoot.K[0])
        _finish_links(pdf, volumes)
        _write_rights(pdf, rights)
        pdf.save(out, fix_metadata_version=False, deterministic_id=True)
    return out.getvalue()


def _divide(pdf: pikepdf.Pdf, document: Object) -> None:
    """Put each heading in a ``Sect`` with what it heads; the cover and the colophon, which have none, are sections too."""
    elements = list(document.K)
    pages = [element.get("/Pg", document).objgen for element in elements]
    colophon = _colophon(pdf)
    untitled = {0, pages.index(colophon)} if colophon in pages else {0}
    document.K = Array()
    sections: list[tuple[int, Object]] = [(0, document)]
    for rank, element in enumerate(elements):
        heading = re.fullmatch(r"/H(\d)", str(element.S))
        if heading or rank in untitled:
            level = int(heading[1]) if heading else 1
            while sections[-1][0] >= level:
                sections.pop()
            parent = sections[-1][1]
            section = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, P=parent, K=Array()))
            parent.K.append(section)
            sections.append((level, section))
        _move(element, sections[-1][1])


def _colophon(pdf: pikepdf.Pdf) -> tuple[int, int] | None:
    """The page at which the template puts the label ``colophon``."""
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    place = NameTree(names).get("colophon") if names else None
    return place[0].objgen if place else None


def _footers(pdf: pikepdf.Pdf) -> list[Object]:
    return [element for element in pdf.objects if isinstance(element, Dictionary) and element.get("/S") == "/TFoot"]


def _merge(footer: Object) -> None:
    """Make rows like the others of those that the template has Typst take for a footer, lest a page part them."""
    table = footer.P
    body = next(group for group in table.K if group.S == "/TBody")
    for row in footer.K:
        _move(row, body)
    table.K = Array(group for group in table.K if group.S != "/TFoot")


def _move(element: Object, parent: Object) -> None:
    element.P = parent
    parent.K.append(element)


def _finish_links(pdf: pikepdf.Pdf, volumes: Sequence[str]) -> None:
    """Name the links to the web after their hosts; make those that the template writes as « volume:2#45 » lead to that page."""
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if host := re.match(r"\w+://([^/?#]+)", address):
                annotation.Contents = host[1]
            elif place := re.fullmatch(r"volume:(\d+)#(\d+)", address):
                volume, number = map(int, place.groups())
                name = String(volumes[volume - 1])
                file = Dictionary(Type=Name.Filespec, F=name, UF=name)
                annotation.A = Dictionary(S=Name.GoToR, F=file, D=Array([number - 1, Name.XYZ, None, None, None]))
                annotation.Contents = _("volume {volume}, page {number}", volume=volume, number=number)


def _write_rights(pdf: pikepdf.Pdf, rights: Rights) -> None:
    properties = {
        "dc:rights": rights.holder and f"© {rights.holder}",
        "xmpRights:Marked": rights.holder and "True",
        "xmpRights:UsageTerms": rights.terms,
        "xmpRights:WebStatement": rights.address,
    }
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp.update({name: value for name, value in properties.items() if value})
