"""What a forked kernel sends is whole, whoever sends it and whenever."""

import signal
import threading
import time

import pytest

from gradelib.sandbox.confine import MISSING

if MISSING:
    pytest.skip(f"nothing is forked here: {MISSING}", allow_module_level=True)

from gradelib.checking.time_limit import OutOfTime
from gradelib.sandbox.kernel import INTERRUPTS, _IOPubThread


class Slow:
    """A socket that takes its time over each part."""

    def __init__(self):
        self.sent = []

    def send_multipart(self, parts):
        for part in parts:
            self.sent.append(part)
            time.sleep(0.05)


@pytest.fixture
def thread():
    """Return what sends, without ipykernel's own parts."""
    made = _IOPubThread.__new__(_IOPubThread)
    made.socket, made._pipe_flag, made.thread = Slow(), False, threading.Thread()
    made._one_at_a_time = threading.RLock()
    return made


def test_a_message_is_sent_whole_where_the_time_of_its_code_runs_out(thread):
    def late(*_):
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, late)
    try:
        here = threading.get_ident()  # where other threads are, any may get an alarm of the process
        threading.Timer(0.02, signal.pthread_kill, (here, signal.SIGALRM)).start()
        with pytest.raises(OutOfTime):
            thread.send_multipart([b"1", b"2", b"3"])
    finally:
        signal.signal(signal.SIGALRM, before)
    assert thread.socket.sent == [b"1", b"2", b"3"]
    assert not INTERRUPTS & signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_messages_of_two_threads_do_not_mix(thread):
    other = threading.Thread(target=thread.send_multipart, args=([b"b", b"b"],))
    other.start()
    thread.send_multipart([b"a", b"a"])
    other.join()
    assert b"".join(thread.socket.sent) in (b"aabb", b"bbaa")
