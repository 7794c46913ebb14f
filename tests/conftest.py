"""How the tests are shared out among processes, and what these know from the start."""

from __future__ import annotations

import functools
import os
from importlib import metadata

# What is installed stays the same while tests run, and each build reads all of it ten times.
metadata.entry_points = functools.cache(metadata.entry_points)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: many a test waits, for a browser or for a build."""
    return (os.cpu_count() or 1) + 1
