"""Answer a question of the grader's, in the student's kernel. The question is a message, as a cell.

The cases come as bytes beside its code, and the outcomes go back beside a message of their own. So
neither is a file, whose name a student's code could take before.
"""

from __future__ import annotations

from typing import Any

from gradelib.checking.serve import serve

__all__ = ["ASKED", "QUESTION", "REPLY", "answer"]

QUESTION = "# a question of the grader's\n"  # begins what is no cell of the student's
ASKED = "gradelib_asked"  # said between a cell and the question beside it, which is called so too
REPLY = "gradelib_reply"  # the type of the message that holds the outcomes
PART = 4 * 2**20  # bytes of one part of it: ZeroMQ hangs up on who sends much more


def answer(shell: Any, definitions: str = "", patience: float = 1.0) -> None:
    """Answer the message that the kernel of this shell works on, as `serve` does."""
    kernel = shell.kernel
    question = kernel.get_parent()
    request = b"".join(map(bytes, question["buffers"]))
    outcomes, signs = serve(request, shell.user_ns, definitions, patience)
    parts = [outcomes[place : place + PART] for place in range(0, len(outcomes), PART)]
    topic = kernel._topic(REPLY)
    content = {"signs": signs}
    kernel.session.send(kernel.iopub_socket, REPLY, content, question, topic, buffers=parts)
