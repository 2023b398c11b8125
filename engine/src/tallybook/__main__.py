"""The commands of the engine, for the report in the folder where they are called."""

from __future__ import annotations

import sys
from pathlib import Path

from tallybook import project

USAGE = """python -m tallybook build [--root DIR] [--anew]
python -m tallybook check
python -m tallybook describe TABLE
python -m tallybook live [--port PORT] [--still]
python -m tallybook new FOLDER [--table FILE.csv]
python -m tallybook seal
python -m tallybook try CLAIM [ASSUMPTION=VALUE ...]"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code. Imports no more than the command needs."""
    if said := project.shadows(Path.cwd()):
        print(said, file=sys.stderr)
        return 1
    command, *rest = (sys.argv[1:] if arguments is None else arguments) or [""]
    if command in ("-h", "--help"):
        print(USAGE)
        return 0
    if command == "build":
        from tallybook.builder.process.command import main as build

        return build(rest)
    if command == "check" and not rest:
        from tallybook.data.package import main as check

        return check(Path("data"))
    if command == "describe" and len(rest) == 1:
        from tallybook.data.inference import main as describe

        return describe(rest[0])
    if command == "live":
        from tallybook.live import main as live

        return live(rest)
    if command == "new":
        from tallybook.begin import main as new

        return new(rest)
    if command == "seal" and not rest:
        from tallybook.data.seal import main as seal

        return seal()
    if command == "try":
        from tallybook.claims.trying import main as attempt

        return attempt(rest)
    found = " ".join([command, *rest]).strip() or "no command"
    print(
        f"tallybook: found {found}; expected build, check, describe, live, new, seal or try\n{USAGE}",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    sys.exit(main())
