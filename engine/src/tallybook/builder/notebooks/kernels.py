"""Kernels that start with their imports done.

To start Python and import what chapters use takes a kernel longer than most cells. Here one server
process (``multiprocessing``'s) imports it all, while the tables are checked, and every kernel is a
fork of it. A kernel of another kind than ipykernel is started as always.
"""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

IMPORTS = "TALLYBOOK_KERNEL_IMPORTS"
LAUNCHER = "ipykernel_launcher"
# How far chapters and drawings give way to the computing of the report, as for the command
# ``nice``. That is one process, and takes longest: all other work fits beside it.
NICE = 5
_opened = functools.cache(os.open)


def warm_up(modules: Iterable[str]) -> None:
    """Have the server ready for kernels that import ``modules``."""
    serve("ipykernel.ipkernel", "ipykernel.kernelapp", "IPython.display", *modules)


def serve(*modules: str) -> None:
    """Start the server, if there is none, in the environment of now; it imports ``modules``."""
    from multiprocessing import forkserver

    os.environ[IMPORTS] = " ".join(modules)
    multiprocessing.set_forkserver_preload(["tallybook.builder.notebooks.kernel_preload"])
    with _short_temporary_folder():
        forkserver.ensure_running()


@contextlib.contextmanager
def _short_temporary_folder() -> Iterator[None]:
    """The server listens at a socket in the folder for temporary files, and a socket's path may
    have 107 bytes at most. Linux names any open folder in a few; it stays open, for the address is
    used for as long as this process lives."""
    usual = tempfile.gettempdir()
    if Path("/proc/self/fd").is_dir():
        tempfile.tempdir = f"/proc/self/fd/{_opened(usual, os.O_RDONLY | os.O_DIRECTORY)}"
    try:
        yield
    finally:
        tempfile.tempdir = usual


class Manager(AsyncKernelManager):
    """Starts kernels by a fork of the server."""

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
        # Else each kernel warns that what is said to it can be read on the way.
        self.transport_encryption = "auto"
        if sys.platform == "linux":
            # Another program may take a port after it is chosen, and the kernel would die of it.
            # A socket by name, without a file, is nobody else's.
            self.transport, self.ip = "ipc", f"@{uuid.uuid4().hex}"
        if self.provisioner is None:
            known = {"kernel_id": self.kernel_id, "kernel_spec": self.kernel_spec}
            self.provisioner = Provisioner(**known, parent=self)
        return await super()._async_pre_start_kernel(**options)


class Provisioner(LocalProvisioner):
    """What jupyter_client asks to start, to signal and to end the process of one kernel."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        if LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **options)
        arguments = cmd[cmd.index(LAUNCHER) + 1 :]
        process = multiprocessing.get_context("forkserver").Process(
            target=_be_a_kernel, args=(arguments, options.get("cwd"), dict(options["env"]))
        )
        process.start()
        # no Popen, but it has what is asked of one
        self.process = Forked(process)  # type: ignore[assignment]
        self.pid = self.pgid = process.pid  # a group of its own, as soon as it is at work
        return self.connection_info


class Forked:
    """A process of the server's as ``subprocess.Popen`` would give it."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self.process, self.pid = process, process.pid
        self.terminate, self.kill = process.terminate, process.kill

    def poll(self) -> int | None:
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self.process.join(timeout)
        return self.poll()

    def send_signal(self, number: int) -> None:
        if self.pid is not None and self.poll() is None:
            os.kill(self.pid, number)


def _be_a_kernel(arguments: list[str], folder: str | None, environment: dict[str, str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    class Kernel(IPKernelApp):
        def write_connection_file(self, **_: object) -> None:
            """Leave the file as the manager wrote it, with everything in it. ipykernel finds that
            keys as text and as bytes differ, and writes it anew. It is gone for a moment then,
            which may be the one in which the manager reads it."""

    os.setpgid(0, 0)  # in the same session: Linux shares processors out by sessions first
    os.nice(NICE)
    server = multiprocessing.parent_process()
    threading.Thread(target=_end_with, args=(server,), daemon=True).start()
    os.environ.clear()
    os.environ.update(environment)
    if folder:
        os.chdir(folder)
    Kernel.launch_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def _end_with(parent: BaseProcess) -> None:
    """A kernel looks for the end of its parent, the server, which lives as long as kernels do."""
    parent.join()
    os._exit(1)


def pool(processes: int, nice: int = 0) -> ProcessPoolExecutor:
    """Processes of the server's. ``nice``: how far they give way to others, 0 to 19."""
    serve()
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(processes, context, initializer=os.nice, initargs=(nice,))
