"""What the edition is built with: pinned, known, free."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, distribution

import pytest
from helpers import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = dict(line.split("==") for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines() if not line.startswith("#"))
PINNED = {canonicalize_name(name) for name in LOCK}
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = SETTINGS["project"]
ASKED = [
    *SETTINGS["build-system"]["requires"],
    *PROJECT["dependencies"],
    *(name for names in PROJECT["optional-dependencies"].values() for name in names),
]
#: An extra may ask for others of this project.
DIRECT = [asked for asked in ASKED if Requirement(asked).name != PROJECT["name"]]
FREE = re.compile(r"\b(MIT|BSD|0BSD|Apache|PSF|MPL|LGPL\w*|EUPL|Public Domain)\b", re.IGNORECASE)


def licence(package: Distribution) -> str:
    """What the package says of its licence, in its metadata or in the file that it brings."""
    said = package.metadata
    text = " ".join([said.get("License-Expression", ""), said.get("License", "")[:100], *said.get_all("Classifier", [])])
    files = [file for file in package.files or () if file.name.upper().startswith("LICEN")]
    return text if FREE.search(text) else " ".join(file.read_text("utf-8")[:100] for file in files)


def test_the_lock_names_exact_versions_and_no_address():
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in LOCK)
    assert all(re.fullmatch(r"[0-9][A-Za-z0-9.]*", version) for version in LOCK.values())


@pytest.mark.parametrize("asked", DIRECT)
def test_each_dependency_has_a_floor_and_a_pin_above_it(asked):
    requirement = Requirement(asked)
    assert any(part.operator == ">=" for part in requirement.specifier)
    pinned = {canonicalize_name(name): version for name, version in LOCK.items()}
    assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)])


@pytest.mark.parametrize("name", LOCK)
def test_each_package_is_free_and_asks_for_none_that_is_not_pinned(name):
    package = distribution(name)
    assert FREE.search(licence(package))
    needed = [Requirement(text) for text in package.requires or ()]
    unknown = {item.name for item in needed if not item.marker or item.marker.evaluate({"extra": ""})}
    assert {canonicalize_name(item) for item in unknown} <= PINNED
