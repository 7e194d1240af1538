"""Words that name no student: what folders, copies and attempts are called, in a few languages."""

from __future__ import annotations

import re
from collections.abc import Collection

from gradelib.student.names import folded

__all__ = ["is_word", "rest_of_file", "without_task"]

HOLD = """
file files folder folders notebook notebooks inbox class course classroom student students
submission submissions submitted hand handin handins handed in ins upload uploads download
downloads export exports archive all zip zips collected work my src code batch repos
repositories working evaluated attachments moodle canvas teams onedrive blackboard ilias
brightspace gradescope drive tmp temp output outputs documents desktop abgabe abgaben abgegebene
dateien datei einreichung einreichungen ordner kurs klasse teilnehmer studierende devoir devoirs
rendu rendus entrega entregas consegna consegne monday tuesday wednesday thursday friday
saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
"""  # what was handed in
TASKS = """
week woche semaine semana settimana assignment assignments homework exercise exercises hw sheet
ubung ubungen ubungsblatt blatt aufgabe aufgaben hausaufgabe hausaufgaben lab labs task tasks
problem problems set project solution solutions losung losungen answer answers part teil
"""
COPIES = """
version versions attempt attempts versuch try v final finale last latest new neu old alt draft
entwurf backup sicherung copy copies kopie kopien copie copia copias kopia von of de di van av
the der jupyter ipynb corrected fixed done fertig late untitled unbenannt
"""
WORDS = frozenset(f"{HOLD} {TASKS} {COPIES}".split())
TASK = re.compile(r"([^\W\d_]+)[-_ ]?\d+[-_ ]+(?=\w)")
COPY_OF = "copy of|kopie von|copie de|copia de|copia di|cópia de|kopie van|kopia av|kopi af|kopia"
COPY = re.compile(  # what systems add to the name of a copy
    r"\.ipynb|\.json$|\.txt$|-Copy\d*|-checkpoint|\s*\(\d+\)"
    rf"|^\s*({COPY_OF})\b\s*"
    r"|(-\s*)?\b(copy|kopie|shortcut|verknüpfung)( \d+)?$",
    re.I,
)
ENDING = re.compile(  # what is handed in, in place of a notebook
    r"(\.(html?|pdf|md|rmd|py|docx?|g?doc|url|lnk|webloc|tar|t?gz|bz2|xz|rar|7z|crdownload|part"
    r"|download|tmp|bak))+$",
    re.I,
)


def is_word(name: str, own: Collection[str] = ()) -> bool:
    """Say whether a name has nothing in it but such words and numbers with them.

    A number alone is not: it may be a student's. `own` are names of the course's own.
    """
    if name.lower().endswith(".zip") or any(name.startswith(text) for text in own if text):
        return True
    words = {word.rstrip("0123456789") for word in folded(name).split()}
    return bool(words - {""}) and words - {""} <= WORDS


def without_task(name: str) -> str:
    """Return a name without the task before it, as a clone of a classroom has it.

    >>> without_task("week-1-ana"), without_task("hw2_ana"), without_task("Alt-Schmidt")
    ('ana', 'ana', 'Alt-Schmidt')
    """
    found = TASK.match(name)
    return name[found.end() :] if found and folded(found[1]) in TASKS.split() else name


def rest_of_file(file: str, notebooks: Collection[str]) -> str:
    """Return what the name of a file has beside that of a notebook, if it may name a student.

    >>> rest_of_file("Kopie von 00_start_here (1).ipynb", ["00_start_here"])
    ''
    >>> rest_of_file("Ana Smith - 00_start_here.ipynb", ["00_start_here"])
    'Ana Smith'
    >>> rest_of_file("Ana Smith - Copy of 00_start_here.gdoc", ["00_start_here"])
    'Ana Smith'
    """
    stem = COPY.sub("", ENDING.sub("", file))
    for notebook in notebooks:
        if notebook in stem:
            of_it = rf"(({COPY_OF})\s+)*{re.escape(notebook)}"
            rest = re.sub(of_it, "", stem, count=1, flags=re.I)
            rest = COPY.sub("", rest.strip(" _-.")).strip(" _-.")
            rest = without_task(rest)
            no_name = not rest or is_word(rest) or rest.isdigit()
            return "" if no_name else rest
    return ""
