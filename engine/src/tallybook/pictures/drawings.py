"""Drawings of charts, made in processes beside the build and kept from one build to the next.

A chart is begun as soon as the cell that publishes it is known, and asked for when its page is
read. It lies in the folder ``.drawings`` of the build under the hash of all it is made from: its
specification, ``render``, and the version of the library that draws, which brings the fonts. Of
what builds no longer ask for, the latest stay (``tallybook.builder.process.command``).

Pages wait for drawings, and for the report, which takes longer and comes first. Nothing needs a
picture (PNG) until the files of a site's charts are written: pictures have the lowest priority.
"""

from __future__ import annotations

import functools
import json
import os
import pickle
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

from tallybook import files
from tallybook.builder.notebooks import kernels
from tallybook.pictures import render

NICE = 10  # how far the painting of pictures gives way, as for the command ``nice``


class Drawings:
    """The drawings of one build, kept in ``folder``. ``alone``: a forked process cannot start
    others as its parent does; it draws by itself."""

    def __init__(self, folder: Path, alone: bool = False) -> None:
        self.folder, self.alone = folder, alone
        self._begun: dict[str, Future[Any]] = {}
        self._lock = Lock()
        self._pools: dict[Callable[..., Any], ProcessPoolExecutor] = {}
        self._closed = False

    def begin(self, spec: dict[str, Any], kind: str) -> Future[str]:
        """See to it that the drawing is made, if it is not kept. May be called from any thread."""
        key = self._key(kind, json.dumps(spec))
        return self._once(key, render.draw_and_keep, spec, kind)

    def get(self, spec: dict[str, Any], kind: str) -> str:
        """The drawing, as ``render.drawing`` makes it. Raises ``RenderError`` if it cannot be
        shown."""
        try:
            return self.begin(spec, kind).result()
        except BrokenExecutor:  # a process beside was killed, perhaps for want of memory
            return render.drawing(spec, kind)

    def begin_picture(self, svg: str) -> None:
        """See to it that a standalone drawing is painted, if that is not kept and another process
        can do it."""
        if not self.alone:
            self._painted(svg)

    def picture(self, svg: str) -> bytes:
        """A standalone drawing as a PNG."""
        try:
            return self._painted(svg).result()
        except BrokenExecutor:
            return render.png(svg, render.SCALE)

    def close(self) -> None:
        with self._lock:
            self._closed = True
        for wait in (False, True):  # first see that none begins anything more
            for pool in self._pools.values():
                pool.shutdown(wait=wait, cancel_futures=True)

    def _key(self, kind: str, made_from: str) -> str:
        return files.sha256(f"{drawn_with()}\n{kind}\n{made_from}".encode())

    def _painted(self, svg: str) -> Future[bytes]:
        return self._once(self._key("picture", svg), render.paint_and_keep, svg)

    def _once(self, key: str, draw: Callable[..., Any], *made_from: object) -> Future[Any]:
        """What is made under a key: as it was begun, as it is kept, or begun now."""
        with self._lock:
            if key not in self._begun:
                self._begun[key] = self._kept(key) or self._start(
                    draw, *made_from, self.folder / key
                )
            return self._begun[key]

    def _start(self, draw: Callable[..., Any], *arguments: object) -> Future[Any]:
        if self._closed:  # a chapter that is still at work after the build has failed
            return _over(BrokenExecutor("the build has ended"))
        if self.alone:
            return _made(draw, *arguments)
        if draw not in self._pools:
            # Drawings take half of the processors: the rest compute what is drawn.
            half = max(1, (os.cpu_count() or 1) // 2)
            painting = draw is render.paint_and_keep
            processes, nice = (1, NICE) if painting else (half, kernels.NICE)
            self._pools[draw] = kernels.pool(processes, nice)
        try:
            return self._pools[draw].submit(draw, *arguments)
        except BrokenExecutor as error:
            return _over(error)

    def _kept(self, key: str) -> Future[Any] | None:
        try:
            drawing = pickle.loads((self.folder / key).read_bytes())
        except Exception:  # noqa: BLE001 - none kept, or damaged in whatever way: draw it again
            return None
        return _over(drawing)


def _made(draw: Callable[..., Any], *arguments: object) -> Future[Any]:
    try:
        return _over(draw(*arguments))
    except render.RenderError as error:
        return _over(error)


def _over(result: object) -> Future[Any]:
    """What has ended before anybody waits for it."""
    future: Future[Any] = Future()
    if isinstance(result, BaseException):
        future.set_exception(result)
    else:
        future.set_result(result)
    return future


@functools.cache
def drawn_with() -> str:
    """The code, the fonts and the version of the library, as text that changes when they do."""
    paths = [Path(render.__file__), render.FONT_LIST]
    return " ".join([version("vl-convert-python"), *map(files.digest, paths)])
