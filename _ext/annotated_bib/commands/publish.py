"""Publishing in one stroke: what was published is whole until what replaces it is."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from filecmp import cmp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: What the system calls « the folder that we are in », and the flag of an exchange: linux/fs.h, and sys/stdio.h of macOS.
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


def publish(files: Mapping[Path, Path], target: Path, staging: Path) -> None:
    """Put *files*, each under the place in *target* that it is to have, in the place of what those parts of *target* hold.

    A part is what stands directly in *target*; the parts of which no file is given stay. All is laid out in *staging*, on the
    same file system, and exchanged with *target*.
    """
    previous = staging.with_name(f"{staging.name}.old")
    if not target.exists() and previous.exists():  # an interrupted exchange, where the system has none of its own
        previous.rename(target)
    for leftover in (staging, previous):
        remove(leftover)
    staging.mkdir()
    parts = {place.parts[0] for place in files}
    kept = {path.relative_to(target): path for path in target.rglob("*") if path.is_file()} if target.exists() else {}
    for place, path in ({place: path for place, path in kept.items() if place.parts[0] not in parts} | dict(files)).items():
        (staging / place).parent.mkdir(parents=True, exist_ok=True)
        _bring(path, target / place, staging / place)
    if target.exists():
        _exchange(staging, target, previous)
        shutil.rmtree(staging, ignore_errors=True)
        shutil.rmtree(previous, ignore_errors=True)
    else:
        staging.rename(target)


def remove(path: Path) -> None:
    """Remove *path*, a folder, a file or a link, if it is there."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:  # which names a file by where it stands in its folder
        raise OSError(error.errno, error.strerror, os.fspath(path)) from error


def _bring(path: Path, published: Path, place: Path) -> None:
    """Bring *path* to *place*; a file that is *published* already, with the same bytes, has one more name instead."""
    if published.is_file() and cmp(path, published):
        try:
            os.link(published, place)
        except OSError:  # of a file system that has no such links
            pass
        else:
            return
    shutil.copy2(path, place)


def _exchange(new: Path, old: Path, aside: Path) -> None:
    """Give *new* the name of *old* and the other way round; at once, where the system can do that."""
    if _swap(new, old):
        return
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise


def _swap(one: Path, other: Path) -> bool:
    names = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            status: int = ctypes.CDLL(None).renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
            return status == 0
        if sys.platform == "darwin":
            status = ctypes.CDLL(None).renamex_np(*names, _RENAME_SWAP)
            return status == 0
    except (OSError, AttributeError):  # a C library that is older than the call
        pass
    return False
