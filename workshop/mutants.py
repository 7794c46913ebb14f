"""``make mutants``: break the code on purpose, one place at a time, and show what no test notices.

``python workshop/mutants.py SAMPLE SEED [exports references/style.py …]`` draws SAMPLE mutants of the rooms that are named, of all
below if none is; the same SEED draws the same. Each stands in a copy of the project, where the tests that concern it run until one
fails. For a survivor, a test wants strengthening, or nothing needs the code, or both mean the same.

Of the tools that exist, mutmut changes no table of a module and cosmic-ray no text; neither draws a sample, nor asks each room for
tests of its own.
"""

from __future__ import annotations

import ast
import os
import random
import re
import shutil
import sys
from contextlib import suppress
from difflib import unified_diff
from importlib import import_module
from itertools import accumulate, chain, islice
from multiprocessing import get_context
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "_ext" / "annotated_bib"
#: The modules of tests/extension/ that concern a room, those first that cost least; hardly one drives a browser.
TESTS = {
    "source": "model bibfile latex fields style rules exports checks news catalogues",
    "references": "style fields model exports notices catalogues",
    "exports": "exports harvesting catalogues news selection",
    "checks": "rules catalogues checks settings guide colophon",
    "pages": "notices listings indexes timeline news typography colophon freshness builders catalogues work_pages downloads epub",
    "site": "navigation site downloads work_pages harvesting site_words site_language news catalogues colophon selection freshness",
    "book": "pdf volumes builders freshness same_content",
}
#: What a process imports before one is forked from it for each mutant.
SHARED = "sphinx.application myst_parser.sphinx_ sphinxcontrib.bibtex bibtexparser pylatexenc.latexwalker stdnum.isbn babel.dates"
SHARED += " bs4 html5lib hypothesis playwright.sync_api pypdf jsonschema rispy furo"
#: Seconds after which tests are said to go round in circles; on the busiest machine they end long before.
ENDLESS = 1800
OPPOSITES = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


def changes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """What may be wrong about *node*: a node in it, or itself, and what stands in its place."""
    match node:
        case ast.Compare(left, [operator], others):
            yield node, f"({ast.unparse(ast.Compare(left, [OPPOSITES[type(operator)]()], others))})"
        case ast.BoolOp(operator, values):
            yield node, f"({ast.unparse(ast.BoolOp(OPPOSITES[type(operator)](), values))})"
            yield from ((value, repr(isinstance(operator, ast.And))) for value in values)
        case ast.BinOp(left, operator, right) if type(operator) in OPPOSITES:
            yield node, f"({ast.unparse(ast.BinOp(left, OPPOSITES[type(operator)](), right))})"
        case ast.UnaryOp(ast.Not(), operand):
            yield node, f"({ast.unparse(operand)})"
        case ast.If(test) | ast.IfExp(test) | ast.While(test) if ast.unparse(test) != "TYPE_CHECKING":
            yield test, f"not ({ast.unparse(test)})"
        case ast.comprehension(ifs=tests):
            yield from ((test, "True") for test in tests)
        case ast.Constant(bool(value)):
            yield node, repr(not value)
        case ast.Constant(int(value)):
            yield from ((node, repr(value + by)) for by in (1, -1))
        case ast.Constant(str(value)):
            yield from ((node, repr(text)) for text in sorted({value[1:], value[:-1]} if value else {"x"}))
        case ast.JoinedStr(values):
            for place in (place for place, value in enumerate(values) if isinstance(value, ast.Constant)):
                shorter = ast.Constant(values[place].value[1:])
                yield node, ast.unparse(ast.JoinedStr([*values[:place], shorter, *values[place + 1 :]]))
        case ast.Call(function, arguments, keywords):
            if isinstance(function, ast.Attribute):
                yield node, f"({ast.unparse(function.value)})"
            yield from ((argument, "*()") for argument in arguments[1:] if not isinstance(argument, ast.Starred))
            yield from ((keyword, "**{}") for keyword in keywords)
        case ast.Expr(ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield node, "pass"
        case ast.List(elements) | ast.Tuple(elements, ast.Load()) | ast.Set(elements):
            yield from ((element, "*()") for element in elements if not isinstance(element, ast.Starred))


def swaps(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """A field or an attribute of a variable, ``work["title"]`` or ``name.last``, and another that the file reads of such a one."""
    read: dict[str, list[tuple[ast.AST, str]]] = {}
    for node in nodes(tree):
        match node:
            case ast.Subscript(ast.Name(owner), ast.Constant(str(field)), ast.Load()):
                read.setdefault(f"{owner}[]", []).append((node.slice, repr(field)))
            case ast.Attribute(ast.Name(owner), name, ast.Load()):
                read.setdefault(owner, []).append((node, f"{owner}.{name}"))
    for places in read.values():
        names = sorted({name for _, name in places})
        yield from ((node, names[names.index(name) - 1]) for node, name in places if len(names) > 1)


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes below *tree* that do something: no annotation, no docstring; an f-string's own text goes with the f-string.

    Nor is the raw source of docutils' nodes there, which no builder prints.
    """
    is_node = isinstance(tree, ast.Call) and re.match(r"nodes\.(?!Text\b)", ast.unparse(tree.func))
    source = tree.args[:1] if is_node else []
    for name, value in ast.iter_fields(tree):
        for node in value if isinstance(value, list) else [value]:
            is_text = isinstance(node, ast.Constant) and (isinstance(tree, ast.Expr | ast.JoinedStr) or node in source)
            if isinstance(node, ast.AST) and name not in ("annotation", "returns", "decorator_list") and not is_text:
                yield from (node, *nodes(node))


class Mutant(NamedTuple):
    """What stands in the file *path* from the byte *start* to the byte *end*, and what shall stand there."""

    path: Path
    start: int
    end: int
    new: str

    @property
    def text(self) -> str:
        """The whole text of the file."""
        text = self.path.read_bytes()
        return (text[: self.start] + self.new.encode() + text[self.end :]).decode()

    def is_code(self) -> bool:
        """Whether Python can read it, and reads something else."""
        with suppress(SyntaxError):
            return ast.dump(ast.parse(self.text)) != ast.dump(ast.parse(self.path.read_bytes()))
        return False


def mutants(path: Path) -> Iterator[Mutant]:
    """What may be wrong about the file *path*."""
    text = path.read_bytes()
    starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    tree = ast.parse(text)
    for node, new in (*chain.from_iterable(map(changes, nodes(tree))), *swaps(tree)):
        yield Mutant(path, starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset, new)


def run(project: Path, modules: list[str]) -> None:
    """Run the tests *modules* of the copy *project* in this process, and end it with their status."""
    os.setsid()
    os.chdir(project)
    os.environ["PYTHONPATH"] = str(project / "_ext")
    sys.path.insert(0, str(project / "_ext"))
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    paths = [f"tests/extension/test_{name}.py" for name in modules]
    options = ["-x", "-W", "ignore", "-p", "no:cacheprovider", "--hypothesis-seed=0", f"--basetemp={project}.tests"]
    os._exit(pytest.main([*options, *paths]))


def survives(path: Path, text: str) -> bool:
    """Whether all tests that concern the file *path* of the package pass when it says *text*."""
    with TemporaryDirectory() as folder:
        project = Path(folder, "project")
        shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(".git", ".venv", ".cache", "_build"))
        (project / path.relative_to(ROOT)).write_text(text, "utf-8")
        tests = get_context("fork").Process(target=run, args=(project, TESTS[path.relative_to(PACKAGE).parts[0]].split()))
        tests.start()
        tests.join(ENDLESS)
        with suppress(ProcessLookupError):
            os.killpg(tests.pid, SIGKILL)
        tests.join()
        return tests.exitcode == 0


def main(sample: int, seed: int, *rooms: str) -> None:
    """Print the survivors of a *sample* of the mutants of *rooms*, and how many there are."""
    for name in SHARED.split():
        import_module(name)
    files = [path for room in rooms or TESTS for path in sorted(PACKAGE.glob(room if room.endswith(".py") else f"{room}/*.py"))]
    possible = [mutant for path in files for mutant in mutants(path)]
    random.Random(seed).shuffle(possible)
    drawn = list(islice(filter(Mutant.is_code, possible), sample))
    for path in {mutant.path.parent: mutant.path for mutant in drawn}.values():
        assert survives(path, path.read_text("utf-8")), f"the tests of {path.parent.name} fail without a mutant"
    caught = len(drawn)
    for mutant in drawn:
        if survives(mutant.path, mutant.text):
            caught -= 1
            name = mutant.path.relative_to(ROOT).as_posix()
            lines = mutant.path.read_text("utf-8").splitlines(), mutant.text.splitlines()
            print(*unified_diff(*lines, name, name, n=0, lineterm=""), sep="\n", flush=True)
    print(f"{caught} of {len(drawn)} caught, seed {seed}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
