"""The commands of the engine, for the report in the folder where they are called."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from pathlib import Path

USAGE = """python -m tallybook build [--root DIR] [--anew]
python -m tallybook check
python -m tallybook describe TABLE
python -m tallybook keep [--out DIR]
python -m tallybook live [--port PORT]
python -m tallybook new FOLDER | --chapter NAME [--table FILE.csv] [--template DIR] [--run MODULE]
python -m tallybook release record | archive [--keep] | publish OUT [--releases DIR]
python -m tallybook seal
python -m tallybook translate
python -m tallybook try ANSWER [FACTOR=LOW..HIGH ...]"""

# The commands that read options of their own, each with its module.
WITH_OPTIONS = {
    "build": "tallybook.builder.process.command",
    "keep": "tallybook.keep.command",
    "live": "tallybook.live",
    "new": "tallybook.new",
    "release": "tallybook.release.command",
    "try": "tallybook.answers.trying",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code. Imports no more than the command needs."""
    command, *rest = (sys.argv[1:] if arguments is None else arguments) or [""]
    if (command not in WITH_OPTIONS or command == "try") and {"-h", "--help"} & {command, *rest}:
        print(USAGE)
        return 0
    if command in WITH_OPTIONS:
        found: int = importlib.import_module(WITH_OPTIONS[command]).main(rest)
        return found
    if command == "check" and not rest:
        from tallybook.data import main as check

        return check(Path("data"))
    if command == "describe" and len(rest) == 1:
        from tallybook.data.inference import main as describe

        return describe(rest[0])
    if command == "seal" and not rest:
        from tallybook.data.seal import main as seal

        return seal()
    if command == "translate" and not rest:
        from tallybook.translate import main as translate

        return translate()
    said = " ".join([command, *rest]).strip() or "no command"
    print(
        f"tallybook: found {said}; expected build, check, describe, keep, live, new,"
        " release, seal, translate or try\n" + USAGE,
        file=sys.stderr,
    )
    return 2


def run() -> int:
    """``main`` with one message for a fault of files or of the output, and none for a reader who
    has gone (``| head -1``)."""
    from tallybook.builder.process.faults import explain, of_files

    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.reconfigure(errors="backslashreplace")  # names of files
    try:
        code, said = main(), ""
        print(end="", flush=True)
        return code
    except KeyboardInterrupt:
        code, said = 128 + signal.SIGINT, "Stopped."
    except BrokenPipeError:
        code, said = 128 + signal.SIGPIPE, ""
    except Exception as error:  # noqa: BLE001 - whatever it is, a person is told where
        code, said = 1, explain(error, Path.cwd())
        if isinstance(error, OSError) and error.errno:
            wanted = f"the output: {error.strerror}; expected a place to print to"
            said = of_files(error, Path.cwd()) if error.filename else wanted
    print(said, end="\n" if said else "", file=sys.stderr)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else what is left fails again at the end
    return code


if __name__ == "__main__":
    sys.exit(run())
