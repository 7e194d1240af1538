"""Which folder is the student's, where no platform's name and no roster says it.

Students' folders lie beside one another and hold the same notebooks. So the tree of all that is
collected at once is looked at, from the top: where it branches, there are the students, unless the
branches are versions or parts of one student's work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from gradelib.teacher.collect.words import is_word

__all__ = ["Place", "find_places"]

Path = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Which part of a path is the student's folder, or why that cannot be told."""

    part: int = -1  # index in the path
    sure: bool = True  # False: only since nothing else says whose it is
    remark: str = ""
    question: str = ""


@dataclass
class _Folder:
    path: Path
    folders: dict[str, _Folder] = field(default_factory=dict)
    notebooks: set[str] = field(default_factory=set)  # right in it
    receipts: set[str] = field(default_factory=set)  # of whom there are receipts right in it

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def is_zip(self) -> bool:
        return self.name.lower().endswith(".zip")

    @property
    def below(self) -> set[str]:
        """All notebooks in it and below it."""
        return self.notebooks.union(*(folder.below for folder in self.folders.values()))


def find_places(
    files: Iterable[tuple[Path, str, str]], notebooks: Collection[str], own: Collection[str]
) -> dict[Path, Place]:
    """Return the place for each folder with files in it: a path, its notebook, its receipt.

    `notebooks` are the week's names, `own` are names of folders that come from the course.
    """
    tree = _Tree(notebooks, own)
    for path, notebook, receipt in files:
        tree.add(path, notebook, receipt)
    tree.settle()
    return tree.places


class _Tree:
    def __init__(self, notebooks: Collection[str], own: Collection[str]) -> None:
        self.notebooks, self.own = notebooks, own
        self.roots: dict[str, _Folder] = {}
        self.places: dict[Path, Place] = {}

    def add(self, path: Path, notebook: str, receipt: str) -> None:
        folders, folder = self.roots, None
        for end in range(1, len(path)):
            folder = folders.setdefault(path[end - 1], _Folder(path[:end]))
            folders = folder.folders
        if folder is not None:
            folder.notebooks.add(notebook)
            if receipt:
                folder.receipts.add(receipt)

    def settle(self) -> None:
        """Settle each of the folders that were named, as students if several may be some."""
        students = [root for root in self.roots.values() if not self._no_name(root)]
        for root in self.roots.values():
            if self._no_name(root) or len(students) == 1:
                self._inside(root, None)
        if len(students) > 1:
            self._beside(students)

    def _no_name(self, folder: _Folder) -> bool:
        return is_word(folder.name, self.own)

    def _is_part(self, folder: _Folder) -> bool:
        """Say whether a folder is called as a version or a part of one student's work."""
        return self._no_name(folder) or any(name in folder.name for name in self.notebooks)

    def _inside(self, folder: _Folder, student: _Folder | None) -> None:
        """Look for students in a folder; `student` is the one above it who may be meant."""
        folders = [*folder.folders.values()]
        shared = len(folders) > 1 and self._share(folders)
        is_root = len(folder.path) == 1
        if folder.notebooks and not shared and not (is_root and self._no_name(folder)):
            self._below(folder, self._of(student, folder))
        elif folder.notebooks:  # what lies about beside students' folders
            self.places[folder.path] = self._of(student, folder)
            self._beside(folders)
        elif len(folders) > 1 and not all(map(self._is_part, folders)):
            self._beside(folders)
        elif len(folders) == 1 and folders[0].is_zip and not self._no_name(folder):
            if self._is_group(folder):
                self._ask(folder, f"is {folder.name} a student, or are those in it?")
            else:  # what a student calls the folders in a zip says nothing
                self._below(folder, self._of(student, folder))
        elif len(folders) == 1:
            here = None if is_root or self._no_name(folder) else folder
            if student and here:
                self._ask(folders[0], f"is it {student.name}, {here.name}, or neither?")
            else:
                self._inside(folders[0], student or here or (None if is_root else student))
        else:
            self._below(folder, self._of(student, folder))

    def _beside(self, folders: list[_Folder]) -> None:
        """Settle folders that lie beside one another: students, or groups of them."""
        named = [folder for folder in folders if not self._no_name(folder)]
        groups = [folder for folder in named if self._is_group(folder)]
        for folder in folders:
            if folder in groups and len(groups) < len(named):
                self._ask(folder, f"is {folder.name} a student, or are those in it?")
            elif folder in groups or (folder not in named and not folder.notebooks):
                self._inside(folder, None)
            elif folder in named:
                self._below(folder, Place(len(folder.path) - 1))
            elif named and not folder.is_zip:
                remark = f"is {folder.name} a student? It lies where students are"
                self._below(folder, Place(len(folder.path) - 1, remark=remark))
            else:
                self._ask(folder, "")

    def _is_group(self, folder: _Folder) -> bool:
        while len(folder.folders) == 1 and not folder.notebooks:
            (folder,) = folder.folders.values()
        inside = [*folder.folders.values()]
        parts = all(map(self._is_part, inside))
        return not folder.notebooks and not parts and len(inside) > 1 and self._share(inside)

    @staticmethod
    def _share(folders: list[_Folder]) -> bool:
        """Say whether two of the folders hold the same notebook."""
        held = [folder.below for folder in folders]
        return sum(map(len, held)) > len(set[str]().union(*held))

    def _of(self, student: _Folder | None, folder: _Folder) -> Place:
        """Return whose what lies right in a folder is: the student's above, or the folder's own."""
        is_root = len(folder.path) == 1
        if len(folder.receipts) > 1:  # several students' zips
            return Place(sure=False)
        if student is not None:
            return Place(len(student.path) - 1)
        if self._no_name(folder):
            return Place(sure=False)
        return Place(len(folder.path) - 1, sure=not is_root)

    def _below(self, folder: _Folder, place: Place) -> None:
        several = len(folder.receipts) > 1
        self.places[folder.path] = Place(sure=False) if several else place
        for inside in folder.folders.values():
            self._below(inside, place)

    def _ask(self, folder: _Folder, question: str) -> None:
        self._below(folder, Place(sure=False, question=question))
