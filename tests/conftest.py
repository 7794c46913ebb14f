"""How the tests are shared out among processes."""

from __future__ import annotations

import os


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: many a test waits, for a browser or for a build."""
    return (os.cpu_count() or 1) + 1
