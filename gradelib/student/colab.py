"""What Colab needs beside what it has: the first cell of each notebook asks for it there.

Colab brings a torch that fits its GPU and an IPython that fits its front end: they stay.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

from gradelib.student.requirements import needs, unmet

__all__ = ["install_what_is_missing"]

STAYS = ("torch", "numpy", "ipython", "ipywidgets")
# Once these were imported, a new version of them works only after a restart.
LOADED = ("datasets", "huggingface_hub", "safetensors", "tokenizers", "transformers")


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
