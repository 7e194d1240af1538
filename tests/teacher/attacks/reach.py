"""Attacks on what a submission may not read, change or reach. LEAK in an output is a success."""

TEXT = r"""
#### reading_the_solution
print(LEAK, open("COURSE/solutions/start_here/reference.py").read())

#### reading_the_seed
print(LEAK, open("COURSE/class/seed").read())

#### reading_the_gradebook
import sqlite3
print(LEAK, sqlite3.connect("file:COURSE/class/gradebook.db?mode=ro", uri=True)
      .execute("select * from student").fetchall())

#### writing_the_gradebook
import sqlite3
book = sqlite3.connect("COURSE/class/gradebook.db")
book.execute("update grade set auto_score = 3, manual_score = 3")
book.commit()
print(LEAK)

#### reading_what_another_handed_in
print(LEAK, open("COURSE/class/submitted/ana/week01/00_start_here.ipynb").read())

#### reading_results
import os
print(LEAK, os.listdir("COURSE/class/results"))

#### looking_around
import os
for place in ("/", "/home", "/root", "/tmp", "/etc", "/proc", "/dev", "..", "../..", "COURSE"):
    try:
        print(LEAK, os.listdir(place))
    except OSError:
        pass

#### writing_elsewhere
import os
for place in ("COURSE", "COURSE/class", "/tmp", "/dev/shm", "/var/tmp", "..", "data"):
    try:
        open(f"{place}/pwned", "w").write("x")
        print(LEAK, place)
    except OSError:
        pass

#### linking_out_of_the_folder
import os
for make in (os.link, os.symlink):
    try:
        make("COURSE/class/seed", "seed")
        print(LEAK, open("seed").read())
    except OSError:
        pass

#### data_folder_turned_into_a_link
import os
os.unlink("data")
try:
    os.symlink("COURSE/class", "data")
    print(LEAK, os.listdir("data"))
except OSError:
    pass

#### reading_other_processes
import os
for pid in [os.getppid(), 1, *range(os.getpid() - 30, os.getpid())]:
    for name in ("environ", "maps", "mem", "cmdline", "fd/3", "cwd/x"):
        try:
            print(LEAK, pid, name, open(f"/proc/{pid}/{name}", "rb").read(100))
        except OSError:
            pass

#### killing_the_grader
import os, signal
for pid in (os.getppid(), 1, -1, 0, -os.getppid()):
    try:
        os.kill(pid, signal.SIGKILL)
        print(LEAK, pid)
    except OSError:
        pass

#### tracing_the_grader
import ctypes, os
if ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == 0:
    print(LEAK)

#### speaking_as_the_zygote
import os
for number in range(3, 64):
    try:
        if "socket" in os.readlink(f"/proc/self/fd/{number}"):
            os.write(number, b'{"do": "end"}\n')
    except OSError:
        pass

#### sockets_of_other_kernels
import glob, socket
for name in glob.glob("ZYGOTES/*/*"):
    print(LEAK, name)
socket.socket(socket.AF_UNIX).connect("SOCKET")
print(LEAK)

#### the_network
import socket
for family, kind in ((2, 1), (2, 2), (10, 1), (16, 3), (17, 3), (1, 1), (40, 1)):
    try:
        one = socket.socket(family, kind)
        one.connect(("127.0.0.1", PORT))
        print(LEAK, family, kind)
    except (OSError, TypeError):
        pass

#### the_network_by_a_library
import urllib.request
print(LEAK, urllib.request.urlopen("http://127.0.0.1:PORT/").read())

#### secrets_of_the_environment
import os
print({name: value for name, value in os.environ.items() if "SECRET" in name})

#### a_script_for_the_teacher
from IPython.display import HTML, Javascript, display
display(HTML("<script>fetch('/api/contents')</script><img src=x onerror=alert(1)>"))
display(Javascript("alert(1)"))
"""
