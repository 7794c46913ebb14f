"""The words that entries are made of: types and fields of BibTeX, of biblatex, of the edition, and of common tools."""

from __future__ import annotations

import re

from .messages import Nearest

TYPES = Nearest(
    "article book booklet inbook incollection inproceedings conference manual mastersthesis misc phdthesis "
    "proceedings techreport unpublished collection online electronic www report thesis periodical reference "
    "inreference mvbook mvcollection mvproceedings mvreference bookinbook suppbook suppcollection suppperiodical "
    "dataset software patent "
    # Types that biblatex knows and prints as @misc.
    "artwork audio bibnote commentary image jurisdiction legislation legal letter movie music performance review "
    "standard video customa customb customc customd custome customf".split()
)
#: The fields whose names are lists of persons and bodies.
NAME_FIELDS = (
    "author editor editora editorb editorc translator annotator commentator introduction foreword afterword "
    "bookauthor holder shortauthor shorteditor namea nameb namec"
).split()
#: The fields in which tools and readers keep what no reference prints: whatever is in them is their own business.
PRIVATE_FIELDS = frozenset(
    "abstract file groups timestamp owner creationdate modificationdate review comment priority ranking readstatus "
    "relevance printed qualityassured search pdf ps localfile username affiliation references contents copyright "
    "rights lccn bibcode bibsource biburl adsurl adsnote mrnumber mrclass mrreviewer zblnumber fjournal hyperref "
    "coden collaborator nationality scale isbnnote internalnote privnote added dateadded datemodified interhash "
    "intrahash posted pmid pmcid arxiv arxivid slaccitation reportnumber collaboration source read rating uri "
    "localurl".split()
)
_BIBTEX = (
    "address annote author booktitle chapter crossref edition editor howpublished institution journal key month note "
    "number organization pages publisher school series title type volume year"
)
_BIBLATEX = (
    "abstract addendum afterword annotation annotator authortype bookauthor bookpagination booksubtitle "
    "booktitleaddon commentator date day doi editora editorb editorc editortype editoratype editorbtype editorctype "
    "eid entryset entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon execute file "
    "foreword gender holder hyphenation ids indexsorttitle indextitle introduction isan isbn ismn isrn issn issue "
    "issuesubtitle issuetitle issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon keywords label "
    "langid langidopts language library location mainsubtitle maintitle maintitleaddon nameaddon namea nameb namec "
    "options origdate origlanguage origlocation origpublisher origtitle origyear pagetotal pagination part presort "
    "pubstate related relatedoptions relatedstring relatedtype reprinttitle shortauthor shorteditor shorthand "
    "shorthandintro shortjournal shortseries shorttitle sortkey sortname sortshorthand sorttitle sortyear subtitle "
    "titleaddon translator url urldate urlraw usera userb userc userd usere userf venue verba verbb verbc version "
    "volumes xdata xref lista listb listc listd liste listf nameatype namebtype namectype eprintlabel archiveprefix "
    "primaryclass numpages articleno urlyear lastchecked place issueyear accessed"
)
_EDITION = "theme lacuna lost completed completedfrom relatedwhy"
FIELDS = Nearest({*f"{_BIBTEX} {_BIBLATEX} {_EDITION}".split(), *PRIVATE_FIELDS})
#: Whoever is called so first is no person: an unbraced body would be cut into a first and a last name.
BODIES = frozenset(
    "academie agence amis archives assemblee association atelier banque bibliotheque bureau caisse centre cercle "
    "chambre collectif college comite commission communaute confederation conference conseil cour delegation "
    "departement direction ecole etablissement federation fondation groupe groupement haut inspection institut "
    "laboratoire ligue mairie ministere mission mouvement musee observatoire office organisation parlement plateforme "
    "pole prefecture profession programme region reseau secretariat senat service societe syndicat union universite "
    "agency bank center committee council department federation foundation institute international laboratory "
    "ministry national organization society united university world european".split()
)


def is_private(field: str) -> bool:
    """Whether *field* holds what is of no concern to the edition: a tool's field, or one named ``x-…``."""
    return field in PRIVATE_FIELDS or re.search(r"[^a-z]", field) is not None
