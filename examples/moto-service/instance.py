"""An instance's OS users: a passwd database of its own that useradd and userdel change and the C library reads."""

import ctypes
import os
import subprocess
from pathlib import Path

__all__ = ["Instance", "NameNotTaken", "OsUserExists", "UnknownOsUser"]

PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
IN_USE = 9
"""The exit code of useradd for a name that is taken."""


class OsUserExists(Exception):
    """There is an OS user of that name."""


class UnknownOsUser(Exception):
    """There is no OS user of that name."""


class NameNotTaken(Exception):
    """A name that useradd does not take, or that the C library does not read."""

    issue = "https://github.com/shadow-maint/shadow/issues/836"


class Instance:
    """A folder that stands for the root of an instance's file system."""

    def __init__(self, root: Path, platform: str) -> None:
        self.root, self.platform = root, platform
        (root / "etc").mkdir(parents=True)
        for database in ("passwd", "group"):
            (root / "etc" / database).touch()

    def create_os_user(self, name: str, uid: int, gid: int) -> None:
        """Raises `OsUserExists`, or `NameNotTaken`."""
        groups = (self.root / "etc" / "group").read_text().splitlines()
        if not any(line.split(":")[2] == str(gid) for line in groups):
            self._run("groupadd", "--gid", str(gid), f"group-{gid}").check_returncode()
        ids = ("--uid", str(uid), "--gid", str(gid), "--non-unique")
        self._useradd(name, *ids, "--no-user-group")

    def create_ssm_user(self) -> None:
        """What Session Manager does where ssm-user is missing; the system chooses the ids."""
        self._useradd("ssm-user", "--user-group")

    def delete_os_user(self, name: str) -> None:
        """Raises `UnknownOsUser`."""
        if name not in self.os_users():
            raise UnknownOsUser(name)
        self._run("userdel", "--", name).check_returncode()

    def os_users(self) -> dict[str, tuple[int, int]]:
        """The uid and gid of each, by name, as the C library reads them."""
        return {name.decode(): ids for name, ids in read_passwd(self.root / "etc" / "passwd").items()}

    def _useradd(self, name: str, *options: str) -> None:
        if "\0" in name:
            raise NameNotTaken(f"no argument of a program can have the U+0000 of {name!r}")
        done = self._run("useradd", "--no-create-home", "--no-log-init", *options, "--", name)
        if done.returncode == IN_USE:
            raise OsUserExists(name)
        if done.returncode != 0:
            raise NameNotTaken(f"useradd does not take {name!r}: {done.stderr.strip()}")
        if name not in self.os_users():
            raise NameNotTaken(f"useradd takes {name!r}, but the C library does not read it")

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [program, "--prefix", str(self.root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, env={"PATH": PATH, "LC_ALL": "C.UTF-8"})


class Entry(ctypes.Structure):
    """`struct passwd` of pwd.h."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("password", ctypes.c_char_p),
        ("uid", ctypes.c_uint32),
        ("gid", ctypes.c_uint32),
        ("comment", ctypes.c_char_p),
        ("home", ctypes.c_char_p),
        ("shell", ctypes.c_char_p),
    )


def read_passwd(path: Path) -> dict[bytes, tuple[int, int]]:
    """The entries of a passwd database, read by fgetpwent as the system reads its own."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.fopen.restype = ctypes.c_void_p
    libc.fgetpwent.argtypes, libc.fgetpwent.restype = [ctypes.c_void_p], ctypes.POINTER(Entry)
    libc.fclose.argtypes = [ctypes.c_void_p]
    stream = libc.fopen(str(path).encode(), b"re")
    if not stream:
        raise OSError(ctypes.get_errno(), "cannot be opened", str(path))
    found: dict[bytes, tuple[int, int]] = {}
    try:
        while entry := libc.fgetpwent(stream):
            found.setdefault(entry.contents.name, (entry.contents.uid, entry.contents.gid))  # the first one counts
    finally:
        libc.fclose(stream)
    return found
