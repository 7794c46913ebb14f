"""This edition, built once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from annotated_bib.language import catalogue

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def french() -> None:
    """Speak French, whatever an edition built before spoke."""
    catalogue.use("fr")


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, every warning an error."""
    out = tmp_path_factory.mktemp("cooperations")
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-d", out / "doctrees", ROOT, out / "html"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out / "html"
