"""What a command says, in one line, of what the system refuses it."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from ..language.catalogue import N_, _

if TYPE_CHECKING:
    from pathlib import Path

#: There is no space, or no right to more of it.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WORDS = {
    **dict.fromkeys(_FULL, N_("no space is left for {file}; free some on its disk")),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS),
        N_("{file} cannot be read or written; give yourself the right to"),
    ),
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR, errno.EISDIR), N_("{file} is in the way; rename it")),
    **dict.fromkeys((errno.EXDEV, errno.EBUSY), N_("{file} is on another file system; keep _build and .cache on one")),
}


def reason(error: OSError) -> str:
    """Why the system refuses, and what to do where that is known."""
    # The file to which another is copied or moved has no space; that which is moved has no right to.
    file = os.fspath((error.errno in _FULL and error.filename2) or error.filename or "")
    if error.errno in _WORDS:
        return _(_WORDS[error.errno], file=file or _("the edition"))
    return f"{error.strerror or error} ({file})" if file else error.strerror or str(error)


def concerns(folder: Path, error: OSError) -> bool:
    """Whether *error* is of what is written in *folder*; an error that comes with writing, and not with opening, names no file."""
    return error.errno in _FULL or str(error.filename).startswith(os.path.join(folder, ""))
