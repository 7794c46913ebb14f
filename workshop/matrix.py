"""Run the tests with other versions than those of the lock, in an environment of their own under ``.cache/``.

``python workshop/matrix.py floors`` takes the oldest versions that pyproject.toml allows, ``newest`` the newest that there are,
``next`` what Sphinx and its kin have not released yet. What follows is for pytest: ``floors tests/extension/test_site.py``.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EDITION = f"{ROOT}[edition,serve,test]"
#: What is true of the versions in the lock alone.
PINNED = "tests/extension/test_supply.py::test_each_package_is_free_and_asks_for_none_that_is_not_pinned"
#: How uv is asked for each set of versions.
VERSIONS = {"floors": ["--resolution", "lowest-direct"], "newest": [], "next": ["--prerelease", "allow"]}


def main(name: str, *arguments: str) -> int:
    """Make the environment *name* anew and run pytest in it; its exit status."""
    folder = ROOT / ".cache" / "matrix" / name
    venv.create(folder, clear=True, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"], check=True)
    install = [python, "-m", "uv", "pip", "install", "--quiet", "--python", python]
    backend = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]  # a test makes the wheel
    subprocess.run([*install, *VERSIONS[name], *backend, "--editable", EDITION], cwd=folder, check=True)
    command = [python, "-m", "pytest", "--numprocesses", "auto", "--dist", "loadfile", "--deselect", PINNED, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in VERSIONS:
        sys.exit(f"usage: matrix.py {{{','.join(VERSIONS)}}} [what pytest is told]")
    sys.exit(main(*sys.argv[1:]))
