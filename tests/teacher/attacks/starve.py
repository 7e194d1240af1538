"""Attacks on the machine, on the batch, and on what comes after."""

TEXT = r"""
#### fork_bomb
import os
while True:
    os.fork()

#### a_program_that_goes_on
import subprocess
subprocess.Popen(["sleep", "611"], start_new_session=True)

#### a_daemon
import os
if not os.fork():
    os.setsid()
    os.execvp("sleep", ["sleep", "611"])

#### thread_bomb
import threading, time
while True:
    threading.Thread(target=time.sleep, args=[611], daemon=True).start()

#### a_thread_that_goes_on
import threading, time
def go_on():
    while True:
        sum(range(10_000))
        print("still here")
        time.sleep(0.01)
threading.Thread(target=go_on).start()

#### at_exit
import atexit, time
atexit.register(lambda: (open("COURSE/class/pwned", "w"), time.sleep(611)))

#### memory_without_end
hoard = []
while True:
    hoard.append(bytearray(50_000_000))

#### memory_at_once
torch.ones(10**10)

#### disk_without_end
with open("large", "wb") as file:
    while True:
        file.write(bytes(1_000_000))

#### disk_filled_in_a_moment
for name in "abc":
    open(name, "wb").write(bytes(9_900_000))

#### threads_started_in_a_moment
import threading, time
threading.stack_size(65536)
for _ in range(80):
    threading.Thread(target=time.sleep, args=[611], daemon=True).start()

#### files_without_end
number = 0
while True:
    open(f"file-{number}", "w")
    number += 1

#### folders_too_deep
import os
while True:
    os.mkdir("x")
    os.chdir("x")

#### a_message_of_many_parts
import threading, zmq
kernel = get_ipython().kernel
part = b"x" * 15_000_000
parts = kernel.session.serialize(kernel.session.msg("stream", {"text": "x"}, kernel.get_parent()))
kernel.iopub_thread.socket.send_multipart([*parts, *[part] * 300], copy=False)

#### folders_where_questions_may_go
import os
for part in ("request", "reply"):
    for number in range(8):
        for place in (*range(40), 1_000_000_000):
            for alone in (0, 1):
                os.makedirs(f".{part}-{number}-{place}-{alone}", exist_ok=True)

#### a_file_that_is_all_holes
import os
with open("holes", "wb") as file:
    file.truncate(10**15)

#### output_without_end
while True:
    print("x" * 1000)

#### errors_without_end
import os, sys
while True:
    print("x" * 1000, file=sys.stderr)
    os.write(2, b"x" * 1000)

#### warnings_without_end
import warnings
warnings.simplefilter("always")
while True:
    warnings.warn("x" * 1000)

#### one_huge_message
print("x" * 90_000_000)

#### output_that_is_none
import json
get_ipython().display_pub.publish({"text/plain": 5, 7: [None]}, metadata={"x": float("inf")})
print("\ud800")

#### widgets_without_end
from comm import create_comm
for _ in range(200):
    create_comm(target_name="x", data={"state": {"value": "x" * 10_000}})

#### messages_that_are_forged
kernel = get_ipython().kernel
for kind, content in (("status", {}), ("stream", {}), ("error", {"ename": 3}), ("nonsense", {}),
                      ("execute_result", {"data": 3}), ("clear_output", {}), ("comm_msg", {})):
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent())

#### leaving
import os
os._exit(0)

#### leaving_politely
import sys
sys.exit("done")

#### quitting
quit()

#### a_crash
import ctypes
ctypes.string_at(0)

#### an_abort
import os
os.abort()

#### a_stop
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)

#### asking_for_input
print(input("Which answer is right? "))

#### asking_for_input_in_the_answer: softmax
## answer
def softmax(logits, temperature=1.0):
    return input("Which answer is right? ")

#### asking_for_a_password
import getpass
print(getpass.getpass())

#### ignoring_interrupts
import signal, time
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
while True:
    try:
        time.sleep(9)
    except BaseException:
        pass

#### a_loop_in_the_answer: softmax
## answer
def softmax(logits, temperature=1.0):
    while True:
        pass

#### leaving_in_the_answer: softmax
## answer
def softmax(logits, temperature=1.0):
    import os
    os._exit(0)

#### recursion_without_end: softmax
## answer
def softmax(logits, temperature=1.0):
    return softmax(logits, temperature)

#### limits_lifted
import resource
for name in ("AS", "DATA", "FSIZE", "CPU", "NOFILE", "CORE"):
    which = getattr(resource, f"RLIMIT_{name}")
    try:
        resource.setrlimit(which, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print(LEAK, name)
    except (ValueError, OSError):
        pass

#### environment_deleted
import shutil, sys
shutil.rmtree(sys.prefix, ignore_errors=True)
shutil.rmtree("data/", ignore_errors=True)
import os
for name in os.listdir("data"):
    try:
        os.unlink(f"data/{name}")
        print(LEAK, name)
    except OSError:
        pass

#### environment_emptied
import os, sys
os.environ.clear()
sys.path.clear()
sys.argv.clear()

#### modules_deleted
import sys
sys.modules.clear()

#### folder_deleted
import os, shutil
shutil.rmtree(os.getcwd(), ignore_errors=True)

#### rights_taken_away
import os
os.makedirs("a/b/c")
os.chmod("a/b", 0)
os.chmod(".", 0)

#### messages_without_end
kernel = get_ipython().kernel
text = "x" * 5_000_000
while True:
    kernel.session.send(kernel.iopub_socket, "stream", {"name": "stdout", "text": text},
                        parent=kernel.get_parent())

#### messages_of_nobody_without_end
kernel = get_ipython().kernel
text = "x" * 5_000_000
while True:
    kernel.session.send(kernel.iopub_socket, "stream", {"name": "stdout", "text": text})

#### a_deep_expression
x = DEEP

#### a_deep_tree_of_cases
if False:
    pass
ELIFS

#### lines_of_magics
MAGICS

#### a_sleep_without_end
import time
time.sleep(10**6)

#### names_that_steer_a_terminal
raise type("\x1b]0;owned\x07\x1b[2J\x1b[31mRed", (Exception,), {})("\x1b[5m\u202elatot\nx" * 500)
"""
