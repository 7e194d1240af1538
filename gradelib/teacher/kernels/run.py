"""Run one notebook's cells in a kernel of its own, and ask it for answers. Judges nothing.

`run` takes plain data and returns plain data, so that it can go to another process. A cell that
hangs or kills its kernel costs only itself: a new kernel runs the others. What a kernel answers is
not believed: it is bytes beside a message.

An exercise is asked where its check stands: what a name means further below is another thing. Where
a cell that it needs did not run to its end, it is asked once more with that cell's definitions
alone, and where a name may come from below, once more at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jupyter_core.utils import run_sync

from gradelib.checking.serve import AGAIN, LATE
from gradelib.sandbox.questions import QUESTION
from gradelib.teacher.course import Limits
from gradelib.teacher.kernels import workspace
from gradelib.teacher.kernels.channels import Asked
from gradelib.teacher.kernels.client import Client, opened
from gradelib.teacher.kernels.clock import Clock
from gradelib.teacher.kernels.definitions import definitions
from gradelib.teacher.kernels.outputs import Answer, Stopped, error_output, valid_outputs

__all__ = ["END", "Question", "Ran", "Reply", "Work", "run"]

SPARE = 5.0  # seconds for asking, beside what the cases may take
RESTARTS = 6  # kernels that a notebook may use up
END = 1_000_000_000  # the place behind the last cell
ASK = (
    QUESTION
    + """from gradelib.sandbox.questions import answer
answer(get_ipython(), {definitions!r}, {patience!r})
"""
)

Packed = bytes | str  # packed outcomes, which nobody has looked at yet; or why there are none


@dataclass(frozen=True)
class Question:
    """When and how an exercise is asked."""

    place: int = END  # after the cell of that position
    alone: bool = False  # with the definitions of the cells that did not run to their end


@dataclass(frozen=True)
class Reply:
    """What a kernel answered to one question."""

    question: Question
    packed: Packed


@dataclass(frozen=True)
class Work:
    """All that running one notebook takes."""

    cells: Mapping[int, str]  # position in the notebook -> source, in the order to run
    asked: Mapping[str, bytes]  # exercise -> its request, packed
    seconds: Mapping[str, float]  # exercise -> limit for all of its cases
    limits: Limits
    files: Mapping[str, bytes] = field(default_factory=dict)  # what lies beside the notebook
    sandboxed: bool = True
    hidden: tuple[str, ...] = ()  # folders that a kernel must not be able to read
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # of an exercise's checks
    needs: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # cells that define it
    patience: float = 1.0  # times the limit that an exercise's first late case may take


@dataclass
class Ran:
    """What came of it: outputs by cell, and by exercise what was answered."""

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    stopped: dict[int, str] = field(default_factory=dict)  # cells that were given up, and why
    late: bool = False  # whether a time was up that may cost points: try it again, alone

    def did_not_end(self, position: int) -> bool:
        """Say whether a cell raised or was given up."""
        outputs = self.outputs.get(position, ())
        return position in self.stopped or any(o.get("output_type") == "error" for o in outputs)


def run(work: Work) -> Ran:
    """Run the cells, ask for the answers. Never raises for anything that a student wrote."""
    return run_sync(_run)(work)


async def _run(work: Work) -> Ran:
    ran = Ran(replies={name: [] for name in work.asked})
    clock = Clock(work.limits.notebook_seconds)
    why_ended, kernels, apart = "", 0, set[int]()
    while kernels < RESTARTS:
        with workspace.prepared(work.files) as folder:
            async with opened(folder, work.limits, work.sandboxed, work.hidden) as client:
                try:
                    await _Run(client, work, ran, clock, apart).through()
                    return ran
                except Stopped as stopped:
                    why_ended, kernels = str(stopped), kernels + (not stopped.unsure)
        if not clock.left:
            ran.late = True
            break
    for replies in ran.replies.values():
        if not replies:
            replies.append(Reply(Question(), f"it was not reached: {why_ended}"))
    for position in work.cells:
        if position not in ran.outputs:
            ran.stopped.setdefault(position, f"not run: {why_ended}")
    return ran


@dataclass
class _Run:
    """One kernel's way through a notebook."""

    client: Client
    work: Work
    ran: Ran
    clock: Clock
    apart: set[int]  # cells that are run without the question beside them, to see whose doing it is
    again: set[str] = field(default_factory=set)  # exercises to ask at the end, too

    async def through(self) -> None:
        """Run each cell that no kernel was lost to, and ask where the checks stand. Raises Stopped.

        Cells that miss a name run again at the end: whoever moved cells about ran them in another
        order.
        """
        asked_at = {place for places in self.work.places.values() for place in places}
        for position in sorted({*self.work.cells, *asked_at}):
            if position in self.work.cells and position not in self.ran.stopped:
                await self._run_cell(position, self._asked_after(position))
            for name, places in self.work.places.items():
                if position in places:
                    await self._ask(name, position)
        again = await self._run_again()
        for name in self.work.asked:
            if self._is_asked_at_the_end(name, again):
                await self._ask(name, END)

    def _asked_after(self, position: int) -> tuple[str, Question] | None:
        """Return what is asked after a cell, before any other runs, unless it was asked before."""
        cells = [p for p in self.work.cells if p > position and p not in self.ran.stopped]
        below = [
            (place, name)
            for name, places in self.work.places.items()
            for place in places
            if name in self.work.asked and position <= place < min(cells, default=END)
        ]
        place, name = min(below, key=lambda one: one[0], default=(END, ""))
        question = Question(place)
        return (name, question) if name and not self._was_asked(name, question) else None

    def _was_asked(self, name: str, question: Question) -> bool:
        return any(reply.question == question for reply in self.ran.replies[name])

    async def _run_cell(self, position: int, then: tuple[str, Question] | None = None) -> None:
        """Run a cell, and where kernels are forked, ask `then` by the same message."""
        source, client, ran = self.work.cells[position], self.client, self.ran
        try:
            if then is None or position in self.apart or not client.takes_both:
                ran.outputs[position] = await client.output_of(source, self.clock)
                return
            asked = self._question(then[0])
            ran.outputs[position], answer = await client.output_and_answer(
                source, asked, self.clock
            )
            if answer is not None:
                self._note(*then, answer)
        except Stopped as stopped:
            if stopped.unsure:
                self.apart.add(position)
                raise
            if then and client.is_asked:
                ran.outputs[position] = valid_outputs(client.nb.cells[0])
                self._note_lost(*then, stopped)
                raise
            needed = any(position in needs for needs in self.work.needs.values())
            ran.late = ran.late or (stopped.late and needed)
            ran.stopped[position] = str(stopped)
            ran.outputs[position] = [
                error_output("Stopped", f"{stopped}; the other cells were run without this one")
            ]
            raise

    async def _run_again(self) -> set[int]:
        """Run the cells that miss a name until that helps no more; return which those are."""
        ran, again = self.ran, set[int]()
        waiting = [position for position in self.work.cells if position not in ran.stopped]
        before = len(waiting) + 1
        while waiting := [one for one in waiting if _misses_a_name(ran.outputs.get(one, []))]:
            if len(waiting) >= before:
                break
            before = len(waiting)
            again |= {*waiting}
            for position in waiting:
                await self._run_cell(position)
        return again

    def _is_asked_at_the_end(self, name: str, ran_again: set[int]) -> bool:
        places, needs = self.work.places.get(name, ()), self.work.needs.get(name, ())
        last = max(places, default=-1)
        below = any(position > last for position in needs)
        return not places or below or name in self.again or not ran_again.isdisjoint(needs)

    async def _ask(self, name: str, place: int) -> None:
        """Ask, and where a cell did not run to its end, once more with its definitions."""
        if name not in self.work.asked:
            return
        await self._ask_one(name, Question(place))
        needs = self.work.needs.get(name, ())
        broken = [cell for cell in needs if cell < place and self.ran.did_not_end(cell)]
        parts = [definitions(self.work.cells[c], c in self.ran.stopped) for c in broken]
        if any(parts):
            await self._ask_one(name, Question(place, alone=True), "\n".join(parts))

    async def _ask_one(self, name: str, question: Question, alone: str = "") -> None:
        if self._was_asked(name, question):
            return
        try:
            answer = await self.client.answer_to(self._question(name, alone), self.clock)
        except Stopped as stopped:
            self._note_lost(name, question, stopped)
            raise
        self._note(name, question, answer)

    def _question(self, name: str, alone: str = "") -> Asked:
        code = ASK.format(definitions=alone, patience=self.work.patience)
        return Asked(code, self.work.asked[name], self.work.seconds[name] + SPARE)

    def _note(self, name: str, question: Question, answer: Answer) -> None:
        self.ran.late = self.ran.late or LATE in answer.signs
        self.again |= {name} if AGAIN in answer.signs else set()
        self.ran.replies[name].append(Reply(question, _packed(answer, self._room())))

    def _note_lost(self, name: str, question: Question, stopped: Stopped) -> None:
        self.ran.late = self.ran.late or stopped.late
        self.ran.replies[name].append(Reply(question, f"while this was checked: {stopped}"))

    def _room(self) -> int:
        """Return how many bytes the notebook may still answer."""
        packed = (reply.packed for replies in self.ran.replies.values() for reply in replies)
        used = sum(len(one) for one in packed if isinstance(one, bytes))
        return max(0, int(self.work.limits.reply_megabytes * 1_000_000) - used)


def _misses_a_name(outputs: list[dict[str, Any]]) -> bool:
    return any(output.get("ename") == "NameError" for output in outputs)


def _packed(answer: Answer, room: int) -> Packed:
    """Return what a kernel answered, or why there is nothing."""
    if answer.packed is None:
        return "the notebook's kernel gave no answer"
    enough = f"the answers of the notebook are larger than {room / 1_000_000:.3g} MB"
    return answer.packed if len(answer.packed) <= room else f"{enough}, which was left for this one"
