"""``{timeline}``: the works by year and theme, as a picture whose marks are links, and as a table that says the same.

The picture is as wide as its place and its text keeps its size: positions along the years are percentages, all else is in
pixels. The site draws it inline, an EPUB has it as an image, the book's template draws its own.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from ..language.catalogue import _, ngettext
from ..language.typography import set_text
from ..source.model import list_separator
from .domain import cite_domain
from .nodes import citation, details, is_for_screens, slot, table
from .typography import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from ..source.model import Work

#: In pixels: the height of a theme's lane and of the axis, the distance of stacked marks, a mark's radius and its target's.
LANE, AXIS, STEP, RADIUS, TARGET = 58, 26, 18, 7, 12
#: Where works without a date stand, apart from the years.
UNDATED = "96%"


class timeline(nodes.General, nodes.Element):
    """The picture of *lanes* on the page *docname*; *label* says in short what it shows, *alt* at length."""


class Lane(NamedTuple):
    """A theme's title and page, and its works in the file's order."""

    title: str
    page: str
    works: tuple[Work, ...]


class TimelineDirective(SphinxDirective):
    """The picture and its table."""

    def run(self) -> list[nodes.Node]:
        """A slot: the themes are known once all pages have been read."""
        return [slot(part="timeline", docname=self.env.docname)]


class FillTimeline(SphinxPostTransform):
    """Put the picture and its table in their place."""

    # Before Sphinx resolves the references (10), among which those made here.
    default_priority = 5

    def run(self, **kwargs: object) -> None:
        """Replace the slots of the document."""
        for node in list(self.document.findall(slot)):
            if node["part"] == "timeline":
                lanes = self._lanes(node["docname"])
                label = _label(lanes)
                picture = timeline(lanes=lanes, docname=node["docname"], label=label, alt=_alt(label, lanes))
                parts: list[nodes.Node] = [picture]
                if is_for_screens(cite_domain(self.env).builder):
                    parts.append(details("", typeset(_table(lanes, node["docname"])), summary=_("The timeline as a table")))
                node.replace_self(parts)

    def _lanes(self, docname: str) -> list[Lane]:
        lookups = cite_domain(self.env).lookups
        works = lookups.bibliography.by_key
        lookups.works(docname)
        return [
            Lane(lookups.title(page, docname), page, tuple(works[key] for key in keys))
            for page, keys in lookups.theme_pages(docname).items()
        ]


def describe_timeline(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Where no picture can be drawn, say what it shows."""
    if app.builder.format != "html" and app.builder.name != "pdf":
        for node in list(doctree.findall(timeline)):
            node.replace_self(nodes.paragraph("", node["alt"]))


def visit_timeline(translator: HTML5Translator, node: timeline) -> None:
    """Draw the picture in a page; in an EPUB, whose manifest would have to declare it there, as an image beside it."""
    builder = translator.builder
    if builder.name == "epub":
        picture = _framed(svg(node["lanes"], lambda work, page: "", lambda page: "#1d4e6b"))
        (builder.outdir / builder.imagedir).mkdir(exist_ok=True)
        ElementTree.ElementTree(picture).write(builder.outdir / builder.imagedir / "timeline.svg", "utf-8", xml_declaration=True)
        translator.body.append(translator.emptytag(node, "img", src=f"{builder.imgpath}/timeline.svg", alt=node["alt"]))
    else:
        picture = svg(
            node["lanes"],
            lambda work, page: f"{builder.get_relative_uri(node['docname'], page)}#{work.id}",
            lambda page: f"var(--theme-{page.rpartition('/')[2]}, currentColor)",
        )
        picture.set("aria-label", node["label"])
        translator.body.append(ElementTree.tostring(picture, encoding="unicode", method="html"))
    raise nodes.SkipNode


def _framed(picture: ElementTree.Element) -> ElementTree.Element:
    """*picture* as an image: narrow, for a screen shrinks it with its words, and on white, for they are black by night too."""
    height = int(picture.attrib["height"])
    size = {"width": "448", "height": str(height + 16)}
    frame = ElementTree.Element("svg", size | {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"-12 -8 448 {height + 16}"})
    ElementTree.SubElement(frame, "rect", size | {"x": "-12", "y": "-8", "fill": "#fff"})
    del picture.attrib["role"]  # which only a whole picture has
    picture.attrib |= {"width": "400", "overflow": "visible", "font-family": "sans-serif", "font-size": "14"}
    for line in picture.iter("line"):
        line.set("stroke", "#999")
    frame.append(picture)
    return frame


def svg(lanes: Sequence[Lane], link: Callable[[Work, str], str], colour: Callable[[str], str]) -> ElementTree.Element:
    """The picture, which a screen reader reads as a list of works for each theme.

    *link* gives the address of a work's notice on a page, *colour* that of the theme of a page.
    """
    bases = [*accumulate(map(_height, lanes))]
    years = sorted({int(work["year"]) for lane in lanes for work in lane.works if work["year"].isdecimal()})
    labels = {_position(work, years): set_text(work.year) for lane in lanes for work in lane.works}
    axis = (bases[-1] if bases else 0) + AXIS
    height = axis + (STEP if UNDATED in labels else 0)
    root = ElementTree.Element("svg", {"class": "timeline", "width": "100%", "height": str(height), "role": "group"})
    for lane, bottom in zip(lanes, bases, strict=True):
        base = bottom - 14
        theme = _short(lane.title)
        _text(root, "0", bottom - _height(lane) + 14, theme, "timeline-theme")
        ElementTree.SubElement(root, "line", {"x2": "100%", "y1": str(base), "y2": str(base), "class": "timeline-line"})
        marks = ElementTree.SubElement(root, "g", {"role": "list", "aria-label": theme})
        stacked: Counter[str] = Counter()
        for work in lane.works:
            x = _position(work, years)
            item = ElementTree.SubElement(marks, "g", {"role": "listitem"})
            _mark(item, x, base - stacked[x] * STEP, work, link(work, lane.page), colour(lane.page))
            stacked[x] += 1
    if undated := labels.pop(UNDATED, ""):  # too long for the line of the years
        _text(root, "100%", height - 6, undated, "timeline-year").set("text-anchor", "end")
    for x in _spaced(labels):
        _text(root, x, axis - 6, labels[x], "timeline-year").set("text-anchor", "middle")
    return root


def _short(title: str) -> str:
    """*title* without what follows its colon, which has a space before it in some languages."""
    colon = set_text(_(": ")).rstrip()
    return re.split(rf"{re.escape(colon)}(?=\s|$)", title)[0]


def _height(lane: Lane) -> int:
    """That of a lane: works of one year stand on one another, two of them below the title."""
    tallest = max(Counter(work["year"] if work["year"].isdecimal() else "" for work in lane.works).values(), default=0)
    return LANE + max(0, tallest - 2) * STEP


def _mark(root: ElementTree.Element, x: str, y: int, work: Work, address: str, colour: str) -> None:
    label = set_text(f"{work.label}, {work.title}")
    mark = ElementTree.SubElement(root, "a", {"href": address}) if address else ElementTree.SubElement(root, "g")
    ElementTree.SubElement(mark, "title").text = label
    for radius, fill in ((TARGET, "transparent"), (RADIUS, colour)):
        ElementTree.SubElement(mark, "circle", {"cx": x, "cy": str(y), "r": str(radius), "fill": fill})


def _text(root: ElementTree.Element, x: str, y: int, text: str, name: str) -> ElementTree.Element:
    """*text* for the eye alone: the list of marks and each of its marks say it too."""
    element = ElementTree.SubElement(root, "text", {"x": x, "y": str(y), "class": name, "aria-hidden": "true"})
    element.text = text
    return element


def _position(work: Work, years: Sequence[int]) -> str:
    """Along the line, from 5 % for the first year to 87 % for the last; works without a date stand apart."""
    if not work["year"].isdecimal():
        return UNDATED
    return f"{5 + 82 * (int(work['year']) - years[0]) / max(1, years[-1] - years[0]):.2f}%"


def _spaced(labels: Mapping[str, str]) -> list[str]:
    """The positions of those of the *labels* that leave room for one another on a narrow screen, the last in any case.

    There a character takes some two per cent of the width.
    """
    kept: list[str] = []
    for position in sorted(labels, key=lambda percent: -float(percent[:-1])):
        if not kept or float(kept[-1][:-1]) - float(position[:-1]) >= 3 + 1.125 * len(labels[kept[-1]] + labels[position]):
            kept.append(position)
    return kept


def _label(lanes: Sequence[Lane]) -> str:
    """How many works the picture of *lanes* shows, of which years."""
    years = sorted(work["year"] for lane in lanes for work in lane.works if work["year"])
    works = ngettext("{number} work", "{number} works", sum(len(lane.works) for lane in lanes))
    themes = ngettext("{number} theme", "{number} themes", len(lanes))
    if not years:
        return set_text(_("Timeline of {works} in {themes}", works=works, themes=themes))
    span = {"first": years[0], "last": years[-1]}
    return set_text(_("Timeline of {works} in {themes}, from {first} to {last}", works=works, themes=themes, **span))


def _alt(label: str, lanes: Sequence[Lane]) -> str:
    """The *label*, then the years of the works of each theme."""
    years = (", ".join(sorted(work.year for work in lane.works)) for lane in lanes)
    themes = (_("{theme}: {years}", theme=lane.title, years=text) for lane, text in zip(lanes, years, strict=True))
    return set_text(f"{label}. {list_separator().join(themes)}")


def _table(lanes: Sequence[Lane], docname: str) -> nodes.table:
    """A row for each work, by year."""
    pairs = sorted(((work, lane.page) for lane in lanes for work in lane.works), key=lambda pair: pair[0]["year"] or "s")
    rows = (
        ([nodes.Text(work.year)], [citation(work.key, docname, "title")], [citation(page, docname, "page")]) for work, page in pairs
    )
    return table("timeline-table", ((_("Year"), 10), (_("Work"), 55), (_("Theme"), 35)), rows)
