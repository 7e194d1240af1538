"""The system calls that a sandboxed process may make, as filters for seccomp.

One filter says which calls, and others what they may be asked for, since an unconditional rule of
libseccomp hides a conditional one. The system takes the strictest answer.
"""

from __future__ import annotations

import errno
import functools
import os
import socket

from gradelib.sandbox.libseccomp import ALLOW, MASKED_EQ, NE, Filter, errno_action, number

__all__ = ["filters", "prepare"]

NEWEST = 439  # of Linux 5.8; later calls are answered as a system that lacks them answers
FORBIDDEN = """
    socket connect bind listen sendmsg sendmmsg setsid setpgid memfd_create
    ptrace process_vm_readv process_vm_writev kcmp pidfd_getfd pidfd_send_signal userfaultfd
    rt_sigqueueinfo rt_tgsigqueueinfo setpriority ioprio_set migrate_pages move_pages
    io_uring_setup io_uring_enter io_uring_register bpf perf_event_open
    keyctl add_key request_key shmget shmat shmctl semget semop semtimedop semctl
    msgget msgsnd msgrcv msgctl mq_open mq_unlink
    inotify_init inotify_init1 inotify_add_watch fanotify_init fanotify_mark
    name_to_handle_at open_by_handle_at symlink symlinkat link linkat mknod mknodat
    mount umount2 pivot_root chroot fsopen fsconfig fsmount fspick open_tree move_mount
    setns unshare init_module finit_module delete_module kexec_load kexec_file_load reboot
    swapon swapoff acct syslog quotactl personality iopl ioperm settimeofday clock_settime
    clock_adjtime adjtimex sethostname setdomainname vhangup lookup_dcookie
"""
PRETENDED = """
    chmod fchmod fchmodat chown fchown lchown fchownat utime utimes futimesat utimensat
    sched_setscheduler sched_setparam sched_setattr
"""  # do nothing and say that they did: shutil.copy and ZeroMQ insist, Landlock lets them through
ABSENT = "clone3"  # its flags lie out of our sight; where it is missing, clone does the same
UNSUPPORTED = "fallocate setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr"
NEW_PROCESS = "fork vfork execve execveat tkill"

CLONE_FILES, CLONE_THREAD = 0x400, 0x10000
CLONE_NEW = (0x80, 0x20000, *(1 << bit for bit in range(25, 31)))  # new namespaces
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
F_SETOWN, F_SETSIG, F_SETOWN_EX = 8, 10, 15  # these and the next two: signals by way of files
FIOSETOWN, SIOCSPGRP, TIOCSTI = 0x8901, 0x8902, 0x5412
NOT_STREAMS = (0, 2, 3, 4, 5, 6, 10)  # types of sockets: a pair of others may write to anybody
C_INT = 0xFFFFFFFF  # what the system reads of such an argument


def filters(alone: bool) -> list[Filter]:
    """Return the filters, in the order to load them. `alone`: no processes beside this one."""
    return [*([_own_signals()] if alone else []), _arguments(alone), _calls(alone)]


def prepare() -> None:
    """Make what is the same for each process, for all that will be forked from this one."""
    for made in (_arguments(True), _calls(True)):
        made.program  # noqa: B018 - which is kept


def _own_signals() -> Filter:
    """Return the filter of signals, which go to this process alone."""
    made = Filter(ALLOW)
    for name in ("kill", "tgkill"):
        made.add_rule(errno_action(errno.EPERM), name, (0, NE, os.getpid(), 0))
    return made


@functools.cache
def _calls(alone: bool, /) -> Filter:
    """Return the filter of system calls: those known less those that a notebook has no use for.

    It is the same for each process: whoever makes it before a fork makes it for all.
    """
    made = Filter(errno_action(errno.ENOSYS))
    known = set(range(NEWEST + 1))
    for names, action in (
        (FORBIDDEN + (NEW_PROCESS if alone else ""), errno_action(errno.EPERM)),
        (PRETENDED, errno_action(0)),
        (UNSUPPORTED, errno_action(errno.EOPNOTSUPP)),
    ):
        for call in set(map(number, names.split())) & known:
            made.add_rule(action, call)
            known.discard(call)
    known -= set(map(number, ABSENT.split()))
    for call in known:
        made.add_rule(ALLOW, call)
    return made


@functools.cache
def _arguments(alone: bool, /) -> Filter:
    """Return the filter of what system calls may be asked for: the same for each process too."""
    made = Filter(ALLOW)

    def refuse(name: str, index: int, *values: int, mask: int = C_INT) -> None:
        for value in values:
            made.add_rule(errno_action(errno.EPERM), name, (index, MASKED_EQ, mask, value))

    def only(name: str, index: int, value: int) -> None:
        made.add_rule(errno_action(errno.EPERM), name, (index, NE, value, 0))

    only("prlimit64", 0, 0)  # of no process but this one
    only("sched_setaffinity", 0, 0)
    only("socketpair", 0, socket.AF_UNIX)
    refuse("socketpair", 1, *NOT_STREAMS, mask=0xF)
    refuse("prctl", 0, PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER)
    refuse("fcntl", 1, F_SETOWN, F_SETSIG, F_SETOWN_EX)
    refuse("ioctl", 1, FIOSETOWN, SIOCSPGRP, TIOCSTI)
    for namespace in CLONE_NEW:
        refuse("clone", 0, namespace, mask=namespace)
    # a thread with open files of its own: what it holds could not be seen
    refuse("clone", 0, CLONE_THREAD, mask=CLONE_THREAD | CLONE_FILES)
    if alone:
        refuse("clone", 0, 0, mask=CLONE_THREAD)
    return made
