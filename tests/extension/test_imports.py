"""The storeys of the extension: what may import what, and from whom outside."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

import pytest
from helpers import PACKAGE, requirements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: From the ground up. Rooms of one storey stand side by side and do not import each other; site, book and ebook are such.
STOREYS = (
    {"language", "garbage"},
    {"refusal"},
    {"configuration"},
    {"source"},
    {"references"},
    {"exports"},
    {"checks"},
    {"project"},
    {"pages"},
    {"site", "book", "ebook"},
    {"reading", "missing", "starter"},
    {"commands", "extension"},
    {"__init__", "__main__"},
)
HEIGHTS = {room: height for height, rooms in enumerate(STOREYS) for room in rooms}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "files" not in path.parts)
#: Of these, the builders that the extension can do without are asked for where they are used.
EXTRAS = {"pdf": {"book", "pages", "checks"}, "furo": {"site"}, "search": {"site"}}


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """The modules that *path* imports, by their whole names, and whether the import is outside the package."""
    parts = ["annotated_bib", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, True) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module, True
        elif isinstance(node, ast.ImportFrom):
            base = parts[: len(parts) - node.level + 1]
            names = [node.module] if node.module else [alias.name for alias in node.names]
            yield from ((".".join([*base, name]), False) for name in names)


def room(module: str) -> str:
    """The room of *module*, a folder or a file of the package."""
    return module.split(".")[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path):
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    others = {room(module) for module, is_outside in imports(path) if not is_outside} - {own}
    assert not {other for other in others if HEIGHTS[other] >= HEIGHTS[own]}


def test_all_that_is_imported_is_declared():
    distributions = packages_distributions()
    base = requirements("dependencies")
    for path in FILES:
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        allowed = base.union(*(requirements(extra) for extra, rooms in EXTRAS.items() if own in rooms or own == "extension"))
        modules = {module.partition(".")[0] for module, is_outside in imports(path) if is_outside} - set(sys.stdlib_module_names)
        for module in modules:
            top = {name.lower().replace("_", "-") for name in distributions[module]}
            assert top & allowed, f"{path.name} imports {module}"


def test_what_needs_no_sphinx_imports_none():
    for storey in ("language", "source", "references", "exports", "checks"):
        modules = {module for path in (PACKAGE / storey).rglob("*.py") for module, is_outside in imports(path) if is_outside}
        assert not {module for module in modules if module.startswith("sphinx")}, storey
