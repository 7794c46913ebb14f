"""A build that is killed at any moment leaves the last edition whole, or the new one; the next build needs no help."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from annotated_bib.commands import publish

OLD = {
    "html/index.html": "old",
    "html/gone.html": "old",
    "html/same.html": "same",
    "pdf/livre.pdf": "old",
    "epub/e.epub": "kept",
}
NEW = {"html/index.html": "new", "html/sections/une.html": "new", "html/same.html": "same", "pdf/livre.pdf": "new"}
#: What is there once the new parts are published; the EPUB was not made again.
WHOLE = NEW | {"epub/e.epub": "kept"}
#: What Python says (https://docs.python.org/3/library/audit_events.html) before a call that may change a folder.
CHANGES = ("os.", "shutil.", "open", "ctypes.call_function")


def lay(folder: Path, files: dict[str, str]) -> dict[Path, Path]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return {Path(name): folder / name for name in files}


def content(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def killed_at(rank: int, made: dict[Path, Path], folder: Path) -> bool:
    """Publish in another process, and kill it before the change of that *rank*; whether there was one."""
    child = os.fork()
    if not child:
        seen = 0

        def count(event: str, args: object) -> None:
            nonlocal seen
            if event.startswith(CHANGES):
                seen += 1
                if seen == rank:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        publish.publish(made, folder / "_build", folder / "new")
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("swaps", [True, False], ids=["exchanged", "renamed"])
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_build_that_is_killed_at_any_moment_leaves_an_edition_whole(tmp_path, monkeypatch, swaps):
    if not swaps:
        monkeypatch.setattr(publish, "_swap", lambda one, other: False)
    elif not publish._swap(*(lay_folder(tmp_path / name) for name in ("one", "other"))):
        pytest.skip("this system exchanges no folders")
    rank, found = 0, True
    while found:
        rank += 1
        folder = tmp_path / str(rank)
        lay(folder / "_build", OLD)
        made = lay(folder / "made", NEW)
        found = killed_at(rank, made, folder)
        if (folder / "_build").exists() or swaps:
            assert content(folder / "_build") in (OLD, WHOLE), f"killed before change {rank}"
        publish.publish({}, folder / "_build", folder / "new")
        assert content(folder / "_build") in (OLD, WHOLE), f"killed before change {rank}, then taken up again"
        publish.publish(made, folder / "_build", folder / "new")
        assert content(folder / "_build") == WHOLE
        assert not (folder / "new").exists()
        assert not (folder / "new.old").exists()
    assert rank > 2 * len(NEW), "a change for each file at least, and the exchange"


def lay_folder(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_read_only_file_or_folder_is_replaced_like_any_other(tmp_path):
    lay(tmp_path / "_build", OLD)
    (tmp_path / "_build" / "html" / "index.html").chmod(0o444)
    publish.publish(lay(tmp_path / "made", NEW), tmp_path / "_build", tmp_path / "new")
    assert content(tmp_path / "_build") == WHOLE
