"""Where and when a work appeared: what it is a part of, its publisher, its date, its series (ISO 690:2021, 7.4 to 7.10)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pybtex.richtext import Tag, Text

from ..language.catalogue import N_, _
from ..language.dates import date_in_words, dated_as, day_in_words, month_name, range_in_words
from ..language.typography import NO_BREAK, set_text
from ..source import model
from ..source.dates import month_number
from .creators import EDITORS, contribution, edited, joined
from .marks import LOST, VALUE, Mark, bound, foreign, italic, quoted, sentence
from .printed import is_in_book, is_in_journal

if TYPE_CHECKING:
    from pybtex.richtext import BaseText

    from ..source.model import Work


def in_whole(work: Work, mark: Mark, title: BaseText) -> BaseText:
    """« *Main title*. Vol. 2, *Title* »: the *title* of a volume after that of the work that it is of."""
    if not work["maintitle"] or work["maintitle"] == work["title"]:
        return title
    whole = mark.wrap(italic(work, work["maintitle"]), "maintitle")
    place = Text(", ").join(part for part in _place_in_whole(mark) if str(part))
    return Text(sentence(whole, ""), " ", Text(place.capfirst(), ", ", title) if str(place) else title)


def _place_in_whole(mark: Mark) -> list[BaseText]:
    return [mark.numbered("volume", N_("vol. {text}")), mark.numbered("part", N_("part {text}"))]


def host(work: Work, mark: Mark) -> BaseText:
    """« In : Auteur. *Titre*. Sous la dir. de … »: what the work is a part of (ISO 690:2021, 7.4)."""
    authors = work.people.get("bookauthor", ())
    editors = work.editors if work.authors or authors else ()
    people: BaseText = Text()
    if authors and authors != work.authors:
        people = mark.wrap(joined(authors, "bookauthor" in work.and_others), "bookauthor")
    elif editors:
        people = mark.wrap(edited(work, joined(editors, "editor" in work.and_others)), "editor")
    title = in_whole(work, mark, mark.wrap(italic(work, mark.value("booktitle")), "booktitle"))
    editing = contribution(work, mark, "editor", EDITORS["editor"][1]) if authors and authors != work.authors else Text()
    parts = [part for part in (people, title, mark("booktitleaddon"), editing, event(work, mark)) if str(part)]
    ended = [*(sentence(part, "") for part in parts[:-1]), parts[-1]]
    return Text(set_text(_("In: ")), Text(" ").join(ended))


def event(work: Work, mark: Mark) -> BaseText:
    """The meeting that a work comes from, its place and its date."""
    items = [mark("eventtitle") if work["eventtitle"] != work["booktitle"] else Text(), mark("venue")]
    when = range_in_words(work.dated("event"), end_of(work, "event"))
    return Text(", ").join(
        [*(item for item in items if str(item)), *([mark.wrap(Text(set_text(when)), "eventdate")] if when else [])]
    )


def end_of(work: Work, prefix: str) -> list[int] | None:
    """The end of the range that begins at the date with *prefix*; nothing known where it is open."""
    return None if work[f"{prefix}endyear"] == ".." else work.dated(f"{prefix}end")


def imprint(work: Work, mark: Mark) -> BaseText:
    """« Lieu : Éditeur, mois année, n° x, p. x-y, n p. », or a journal's name in the place of the publisher."""
    in_journal = is_in_journal(work)
    items: list[BaseText] = [_journal(work, mark)] if in_journal else [_publisher(work, mark)]
    if in_journal:
        items.append(mark.numbered("series", N_("ser. {text}") if work["series"].isdecimal() else "{text}"))
    items += [_date(work, mark), mark("pubstate")]
    if not work["maintitle"] or work["maintitle"] == work["title"]:
        items += _place_in_whole(mark)
    if in_journal or (is_in_book(work) and not work["series"]):
        items.append(mark.numbered("number", N_("no. {text}")))
    items += [
        mark.numbered("chapter", N_("chap. {text}")),
        _pages(work, mark),
        mark("eid", N_("art. {text}")),
        mark("volumes", N_("{text} vol.")) if work["volumes"].isdecimal() else mark("volumes"),
        mark("pagetotal", N_("{text} p.")) if re.match(r"\d|[ivxlc]+\b|\[…", mark.value("pagetotal")) else mark("pagetotal"),
    ]
    return Text(", ").join(item for item in items if str(item))


def _journal(work: Work, mark: Mark) -> BaseText:
    """A journal, and the title of the issue where it has one of its own."""
    name = mark.value("journal")
    issue = work["issuetitle"]
    own = mark.wrap(foreign(work, Text(quoted(issue))), "issuetitle") if issue else Text()
    items = (mark.wrap(italic(work, name), "journal") if name else Text(), own)
    return Text(", ").join(item for item in items if str(item))


def _publisher(work: Work, mark: Mark) -> BaseText:
    fields = work.entry_type.bodies
    name = next((name for name in fields if work[name] or name in work.lost), fields[0])
    return mark.join(_(": "), ((Text(set_text(mark.value(field))), field) for field in ("address", name)))


def _date(work: Work, mark: Mark) -> BaseText:
    if not work["year"]:
        return Text(LOST) if "year" in work.lost else Text(set_text(f"[{_('n.d.')}]{work.suffix}"))
    if work["endyear"] or work["datecirca"] or work["dateuncertain"] or work["year"].startswith("-"):
        text = range_in_words(work.dated(""), end_of(work, "")) if work.date_parts or work["endyear"] else work["year"]
        return mark.wrap(Text(set_text(dated_as(text, work["datecirca"], work["dateuncertain"]) + work.suffix)), "year")
    if work.month and (not work["day"] or work["day"].isdecimal()) and not _is_completed_in_part(work):
        text = date_in_words(work.year_label, work.month, int(work["day"] or 0))
        text = text.replace(" ", NO_BREAK) if work["day"] else text
        return mark.wrap(Text(set_text(text)), "year")
    day = work["day"].lstrip("0")
    month = month_name(month_number(work["month"])) or work["month"]
    parts = ((day_in_words(int(day)) if day.isdecimal() else day, "day"), (month, "month"), (work.year_label, "year"))
    return mark.join(NO_BREAK if day else " ", ((Text(text), name) for text, name in parts))


def _is_completed_in_part(work: Work) -> bool:
    """Whether the edition supplies a part of the date, and not the others."""
    parts = {name for name in ("day", "month", "year") if work[name]}
    return bool(parts & work.completed) and not parts <= work.completed


def _pages(work: Work, mark: Mark) -> BaseText:
    pages = mark.value("pages").replace("–", "-")
    return mark.wrap(Text(set_text(bound(_("p. {text}", text=VALUE)).replace(VALUE, pages))), "pages") if pages else Text()


def series(work: Work, mark: Mark) -> BaseText:
    """« (Collection ; n° x) »; a report's own type stands in for the collection."""
    if is_in_journal(work) or (is_in_book(work) and not work["series"]):
        return Text()
    kind = work["type"] if work.type == "report" else ""
    number = mark.bare("number", N_("no. {text}")) if work["number"] else Text()
    items = ((Text(set_text(kind)), "type"), (Text(set_text(work["series"])), "series"), (number, "number"))
    text = mark.join(model.list_separator(), items)
    return Text("(", text, ")") if str(text) else text


def origin(work: Work, mark: Mark) -> BaseText:
    """What a translation or a new edition is of: its first title, place, publisher and year."""
    if not any(work[name] for name in ("origtitle", "origyear", "origpublisher")):
        return Text()
    body = _(": ").join(part for part in (work["origlocation"], work["origpublisher"]) if part)
    when = range_in_words(work.dated("orig"), end_of(work, "orig")) or work["origyear"]
    title = Tag("em", set_text(work["origtitle"])) if work["origtitle"] else Text()
    items = [title, *(Text(set_text(part)) for part in (body, when) if part)]
    return Text(set_text(_("First published: ")), Text(", ").join(item for item in items if str(item)))
