"""The rules, for those who keep an edition: what each asks, and how its message tells what is wrong and how to mend it."""

from __future__ import annotations

from typing import NamedTuple

from ..language.catalogue import N_

#: A fault would publish something wrong, or nothing at all: it stops the build. Advice is of a better way to write, and what
#: is there is published as it stands: it is printed and counted, and never stops anything.
FAULT, ADVICE = "fault", "advice"


class Rule(NamedTuple):
    """What a rule *asks*, and an example of what it *says*: what is wrong; the mend. Both are message ids.

    *level* is :data:`FAULT` or :data:`ADVICE`.
    """

    asks: str
    says: str
    level: str = FAULT


#: The rules by their names, in the order in which « Contribuer » prints them.
RULES = {
    "settings": Rule(
        N_("The settings of conf.py are read without error and name a BibTeX file."),
        N_("bibtex_bibfiles names no BibTeX file; name that of the edition there"),
    ),
    "sphinx": Rule(
        N_("Sphinx and its extensions read the pages and the settings without a warning."),
        N_("Unknown directive type: 'notces'"),
    ),
    "missing-file": Rule(
        N_("The file exists and can be read."),
        N_("file not found; check its name"),
    ),
    "encoding": Rule(
        N_("The file is saved in UTF-8."),
        N_("this file is not in UTF-8; save it again in UTF-8"),
    ),
    "no-entry": Rule(
        N_("A BibTeX file has an entry."),
        N_("this file has no entry; add one, or take the file out of bibtex_bibfiles"),
    ),
    "characters": Rule(
        N_("A text has characters of a script only: none that is a command or turns the text round."),
        N_("the character U+202E turns round the text that follows it; delete it"),
    ),
    "letters": Rule(
        N_("The file has no invisible space, no wrongly decoded letter (Ã©), and no accent apart from its letter."),
        N_("“Ã©” comes from a text read in another encoding; retype the word"),
        ADVICE,
    ),
    "font": Rule(
        N_("The fonts of the book have all the characters of the bibliography and of the pages."),
        N_(
            "no font of the book has U+6F22 (CJK UNIFIED IDEOGRAPH-6F22); put the file of one that does into a folder that"
            " annotated_bib_fonts names"
        ),
    ),
    "syntax": Rule(
        N_("Each brace closes, each field ends with a comma; outside the entries, a line begins with %."),
        N_("the entry Perdue does not close, or lacks a comma; look at the braces and commas of its fields"),
    ),
    "unknown-string": Rule(
        N_("A value without braces is a number, a month (jan, feb…) or an abbreviation that @string defines."),
        N_("publisher = editeur: unknown abbreviation; put the text between braces"),
    ),
    "key": Rule(
        N_("A key has no space, comma, quotation mark, brace or other sign of TeX, and is of 100 characters at most."),
        N_("the key “Clé à part” cannot be cited; take out its spaces, commas, quotation marks, braces and signs of TeX"),
    ),
    "duplicate-key": Rule(
        N_("A key names one entry only."),
        N_("the key Terrain2001 is there already; give this entry another"),
    ),
    "colliding-key": Rule(
        N_("Two keys do not differ by case or punctuation alone: they would have the same address."),
        N_("terrain2001 and Terrain2001 would have the same address; change one key"),
    ),
    "same-work": Rule(
        N_("A work has one entry only."),
        N_("the same work as Ronde1 (refs.bib:123); keep only one of the two entries"),
        ADVICE,
    ),
    "unknown-type": Rule(
        N_("The type of the entry is a type of BibTeX or of biblatex."),
        N_("unknown type @bouk (perhaps book); write book, article, incollection, techreport, misc or another of BibTeX’s"),
        ADVICE,
    ),
    "unknown-field": Rule(
        N_("The name of a field is not that of another misspelt."),
        N_("unknown field titel (perhaps title); correct its name, or begin it with x- if it is yours alone"),
        ADVICE,
    ),
    "duplicate-field": Rule(
        N_("A field appears only once in an entry."),
        N_("repeated field (title); keep one of them"),
    ),
    "length": Rule(
        N_("A field has 10,000 characters at most, 100,000 if it is a text (annotation, lacuna) or the field of a tool."),
        N_("the field title has more than 10,000 characters; look for a brace that closes too late, or cut it"),
    ),
    "empty-field": Rule(
        N_("A field is not empty."),
        N_("the field note is empty; fill it or delete it"),
        ADVICE,
    ),
    "missing-field": Rule(
        N_("Each entry has a title and, if no page prints all the works, a theme."),
        N_("title is missing; add it"),
    ),
    "incomplete": Rule(
        N_(
            "An article has its journal, a contribution its book, a report or a thesis its institution, an online document its"
            " address, unless lacuna tells of a loss."
        ),
        N_("journal is missing; add it, or say in lacuna that it is lost"),
        ADVICE,
    ),
    "name-list": Rule(
        N_("A name stands on either side of each “and”, and has two commas at most."),
        N_("“Durand, Élise, Roux, Paul” has too many commas for a name; separate names by and"),
    ),
    "names": Rule(
        N_(
            "Names are separated by and, and written Last name, First name, not in capitals; an organisation is between double"
            " braces."
        ),
        N_("“et” does not separate names; write and, or put the name of an organisation between braces"),
        ADVICE,
    ),
    "year": Rule(
        N_("The year has four digits, or two such years; a date is as biblatex reads it."),
        N_("year “septembre 2006”; write four digits, and the rest in month and day, or a date such as 2006-09"),
        ADVICE,
    ),
    "month": Rule(
        N_("The month is an abbreviation of BibTeX’s (jul), a name, or a number from 1 to 12."),
        N_("month “thermidor”; write jul, for example, or 7"),
        ADVICE,
    ),
    "day": Rule(
        N_("The day exists in the month; that of added is written whole, 2026-11-22."),
        N_("day “30”; write a day of this month, from 1 to 31"),
        ADVICE,
    ),
    "pages": Rule(
        N_("Pages are numbers alone, the first and the last: 47--53."),
        N_("pages “p. 47”; write the numbers only, the edition adds “p.”"),
        ADVICE,
    ),
    "identifier": Rule(
        N_("The ISBN and the ISSN have their check digit, the DOI its form (10.…/…)."),
        N_("ISBN “978-2-296-01368-2”: the last digit does not agree with the others; copy the number again from the document"),
        ADVICE,
    ),
    "url": Rule(
        N_("An address is whole and begins with https: or another such name."),
        N_("address “www.example.org”; write it in full, from https://"),
        ADVICE,
    ),
    "markup": Rule(
        N_("A field holds only macros that are known; in it % $ & # _ have a backslash before them."),
        N_("note: “%” begins a comment in LaTeX; write \\%"),
        ADVICE,
    ),
    "typography": Rule(
        N_("French texts and titles have a space before : ; ! ?, the quotation marks « » and “p.”, not “pp.”."),
        N_("title: a space is missing before “:”; add it"),
        ADVICE,
    ),
    "disguise": Rule(
        N_("A note does not hold what has a field of its own."),
        N_("note “Publisher: PUF”: this has a field of its own; move it there"),
        ADVICE,
    ),
    "citation-file": Rule(
        N_("CITATION.cff has the version, the day and the DOI of conf.py."),
        N_("conf.py has release = 1.1.0; write “version: 1.1.0”"),
        ADVICE,
    ),
    "keywords": Rule(
        N_("Two keywords do not differ by capitals alone."),
        N_("the keyword “école” is written “École” elsewhere; write both alike"),
        ADVICE,
    ),
    "commentary": Rule(
        N_("Each entry has a commentary (annotation) or says what is missing (lacuna), if others have theirs."),
        N_("neither annotation nor lacuna; write the commentary, or say what is missing"),
        ADVICE,
    ),
    "completed": Rule(
        N_("The fields that completed names are in the entry, and completedfrom says where they come from."),
        N_("the field isbn is not in the entry; add it, or take it out of completed"),
    ),
    "lost": Rule(
        N_("The fields that lost names are known fields, and the entry does not fill them."),
        N_("the field year is not lost, it is filled; take it out of lost, or empty it"),
    ),
    "reason": Rule(
        N_("In relatedwhy, the reason for a link follows \\cite{{key}}; each work of related has its own, if others have one."),
        N_("nothing says why Terrain2001 is related; add \\cite{{Terrain2001}} and the reason to relatedwhy"),
        ADVICE,
    ),
    "unknown-key": Rule(
        N_("The keys that are cited or related (related) are in the bibliography."),
        N_(
            "the key Terrain2010 is not in the bibliography (perhaps Terrain2001); correct it, add the entry, or take out this"
            " reference"
        ),
    ),
    "one-way": Rule(
        N_("Of two related works (related) each is related to the other, if most are."),
        N_("Liens is related to it, but not the reverse; add Liens to related"),
        ADVICE,
    ),
    "circle": Rule(
        N_("Works that are related in a loop have options = {{related=false}}."),
        N_("LaTeX would print its related works in a loop; add options = {{related=false}}"),
        ADVICE,
    ),
    "cite-syntax": Rule(
        N_("The keys of a citation are separated by commas."),
        N_("“Terrain2001;Markup” is no list of keys; separate them by commas"),
    ),
    "cited-in-heading": Rule(
        N_("A heading cites no work."),
        N_("a heading cannot cite Ronde1; cite in the text that follows"),
    ),
    "work-without-page": Rule(
        N_("The theme of each entry has its page."),
        N_("the theme “terain” has no page; make one, or choose among: terrain, usages, vide"),
    ),
    "work-in-two-pages": Rule(
        N_("A theme has one page only: an entry appears in one place."),
        N_("the entries of the theme “terrain” are already in sections/double.md; keep only one of these pages"),
    ),
    "page-without-work": Rule(
        N_("The page of a theme has at least one entry."),
        N_("no entry has the theme “vide”; correct the name of the theme"),
    ),
    "page-title": Rule(
        N_("A page begins with its title: the sign #, a space, the title."),
        N_("the page has no title; begin it with the sign #, a space and the title"),
    ),
    "contents": Rule(
        N_("The contents name each page, and none that does not exist."),
        N_("this page is in no contents; add it to those of index.md"),
    ),
    "broken-link": Rule(
        N_("A link leads to a page that exists, or to an address that begins with http, https, doi or mailto."),
        N_("the page “terrains.md” does not exist; correct the address of the link"),
    ),
    "unknown-name": Rule(
        N_("A directive and a role have a name that the edition or Sphinx knows, between two braces."),
        N_("{{cite:x}} does not exist; write {{cite:t}}"),
    ),
    "uncited-work": Rule(
        N_("An introduction that cites at least half of the works of its theme must cite them all."),
        N_("the introduction to the theme does not cite Ronde3; present each work of the theme there"),
        ADVICE,
    ),
}
