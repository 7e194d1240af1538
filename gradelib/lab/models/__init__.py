"""The models that notebooks load: the course's tiny ones, two real ones, and the hub's.

`load` finds a model by a short name. A real one is taken from the cache, which `gradelib models
fetch` fills, else from the Hugging Face hub; when there is neither, `when_here` says in one line
what to run, and the notebook goes on.
"""

from gradelib.lab.models.cache import root as cache_folder
from gradelib.lab.models.fetching import fetch, table
from gradelib.lab.models.generation import chat, embed, generate_text, shared
from gradelib.lab.models.hub import load_dataset
from gradelib.lab.models.loading import load, when_here
from gradelib.lab.models.registry import HUB, MODELS, Damaged, ModelError, NotFetched, NotHere

__all__ = [
    "HUB",
    "MODELS",
    "Damaged",
    "ModelError",
    "NotFetched",
    "NotHere",
    "cache_folder",
    "chat",
    "embed",
    "fetch",
    "generate_text",
    "load",
    "load_dataset",
    "shared",
    "table",
    "when_here",
]
