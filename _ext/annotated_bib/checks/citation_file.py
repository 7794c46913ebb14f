"""CITATION.cff, from which GitHub and Zenodo cite the edition, says what conf.py says (https://citation-file-format.github.io)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..language.catalogue import _
from .messages import Fault, about

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE = "CITATION.cff"
_LINE = re.compile(r"""(?P<name>version|date-released|doi):\s*(?P<quote>["']?)(?P<value>.*?)(?P=quote)\s*(?:#.*)?""")
#: The settings of conf.py that the keys of the file repeat.
SETTINGS = {"version": "release", "date-released": "annotated_bib_date", "doi": "annotated_bib_doi"}


def faults(root: Path, settings: Mapping[str, str]) -> Iterator[Fault]:
    """What the file in the folder *root* says otherwise than *settings*, by their names; nothing where there is no such file."""
    try:
        lines = (root / FILE).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    said = {found["name"]: (number, found["value"]) for number, line in enumerate(lines, 1) if (found := _LINE.fullmatch(line))}
    for name, setting in SETTINGS.items():
        value = settings[setting]
        number, words = said.get(name, (1, ""))
        if value and words != value:
            message = _("conf.py has {setting} = {value}; write “{line}”", setting=setting, value=value, line=f"{name}: {value}")
            yield Fault(FILE, number, "citation-file", about(name, message))
