"""Colab: what it needs beside what it has, for which each notebook asks in its first cell.

Colab brings a torch that fits its GPU and an IPython that fits its front end: they stay.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from importlib.util import find_spec

from gradelib.student.handed_out import handed_out_with
from gradelib.student.requirements import needs, unmet

__all__ = ["install_what_is_missing", "own_notebook", "prepare"]

STAYS = ("torch", "numpy", "ipython", "ipywidgets")
# Once these were imported, a new version of them works only after a restart.
LOADED = ("datasets", "huggingface_hub", "safetensors", "tokenizers", "transformers")


def prepare(notebook: str) -> None:
    """Get what `NN_topic` lacks on Colab. Raises ImportError, which says what to do.

    Refuses a gradelib that was handed out before this notebook was.
    """
    if _is_stand_in():
        return
    week = handed_out_with()
    if week is not None and notebook not in week.notebooks:
        raise ImportError(
            f"the course's files here are those of {week.name}, before {notebook} was handed out. "
            "Upload the zip that your teacher handed out with this notebook, choose Runtime → "
            "Restart session, and run this cell again"
        )
    install_what_is_missing()


def own_notebook() -> bytes | None:
    """Return the notebook in which this runs as Colab has it now, or None where it does not say.

    Colab has no public name for that, so it may be gone one day.
    """
    if _is_stand_in():
        return None
    try:
        message = importlib.import_module("google.colab._message")
        said = message.blocking_request("get_ipynb", timeout_sec=20)
        return json.dumps(said["ipynb"]).encode()
    except (ImportError, AttributeError, TypeError, KeyError):
        return None


def install_what_is_missing() -> None:
    """Install what is missing or too old with pip. Raises ImportError where that fails."""
    if _is_stand_in():
        return
    missing = unmet()
    if not missing:
        return
    names = ", ".join(need.name for need in missing)
    print(f"Installing {names} for this session. It takes a minute or two.")
    stay = [f"{n.name}=={n.found}" for n in needs() if n.name in STAYS and n.found]
    pip = [sys.executable, "-m", "pip", "install", "--quiet"]
    said = subprocess.run(
        [*pip, *(need.line for need in missing), *stay], capture_output=True, text=True
    )
    if said.returncode:
        lines = said.stderr.strip().splitlines() or ["it said nothing"]
        raise ImportError(f"pip could not install {names}: {lines[-1]}. Run this cell again")
    if any(name in sys.modules for name in LOADED):
        raise ImportError(
            "the packages are renewed: choose Runtime → Restart session, then run this cell again"
        )


def _is_stand_in() -> bool:
    """Say whether Colab's modules are the sandbox's, which do nothing: nothing is to be fetched."""
    spec = find_spec("google.colab") if find_spec("google") else None
    return spec is not None and type(spec.loader).__module__.startswith("gradelib.sandbox.")
