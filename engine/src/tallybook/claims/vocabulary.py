"""The words of the verdicts and of the checks, and what each means."""

from __future__ import annotations

from enum import StrEnum

from tallybook.errors import TallybookError
from tallybook.language import N_


class Check(StrEnum):
    """What kind of evidence a claim was held against, strongest first."""

    RECOUNT = N_("recount")
    NEIGHBOUR = N_("neighbour")
    DOCUMENTS = N_("documents")
    ARITHMETIC = N_("arithmetic")
    BOUND = N_("bound")
    NONE = "none"


class Verdict(StrEnum):
    """The verdicts, in the order in which pages list them."""

    HOLDS = N_("holds")
    DOCUMENTED = N_("documented")
    NOT_CONTRADICTED = N_("not contradicted")
    DOUBTFUL = N_("doubtful")
    TOO_HIGH = N_("too high")
    TOO_LOW = N_("too low")
    CONTRADICTED = N_("contradicted")
    SOMETHING_ELSE = N_("counts something else")
    UNDECIDED = N_("undecided")
    NOTHING_PUBLIC = N_("nothing public")
    NOT_READ = N_("not read by us")


class Lacks(StrEnum):
    """The one thing that a claim says and a text does not, so that the text says only something
    like it."""

    PLACE = N_("the place")
    TIME = N_("the time")
    PEOPLE = N_("who it is about")
    WORK = N_("the kind of work")
    EXTENT = N_("how many, how much or how often")
    REASON = N_("why")


MEANING = N_(
    {
        Verdict.HOLDS: "The test would have noticed an error that matters, and found none.",
        Verdict.DOCUMENTED: "Texts by others report the same. We did not test it on data.",
        Verdict.NOT_CONTRADICTED: (
            "What we found agrees, but it proves little: it would agree with much else."
        ),
        Verdict.DOUBTFUL: "What we found disagrees, by a test too weak to decide.",
        Verdict.TOO_HIGH: "Everything that we found lies below the published figure.",
        Verdict.TOO_LOW: "Everything that we found lies above the published figure.",
        Verdict.CONTRADICTED: "What we found is the opposite of the claim.",
        Verdict.SOMETHING_ELSE: "The figure is of another thing than the words say.",
        Verdict.UNDECIDED: "There is evidence, and it does not decide.",
        Verdict.NOTHING_PUBLIC: "We know of no public text or data on which to check it.",
        Verdict.NOT_READ: (
            "A public document probably decides this, but nobody who made this report has read it"
            " in full."
        ),
    }
)
# The verdicts that something could still change into a firm one, and that therefore say what.
UNSETTLED = (
    Verdict.NOT_CONTRADICTED,
    Verdict.DOUBTFUL,
    Verdict.UNDECIDED,
    Verdict.NOTHING_PUBLIC,
    Verdict.NOT_READ,
)
CHECKED = N_(
    {
        Check.RECOUNT: (
            "The same quantity, measured on data that do not come from those who made the claim."
        ),
        Check.NEIGHBOUR: (
            "A similar quantity on another platform, in another place or in another year."
        ),
        Check.DOCUMENTS: (
            "What texts by others say of the same matter. Of a figure, also what texts say that it"
            " counts, including texts by the claimants and by their critics."
        ),
        Check.ARITHMETIC: "Whether the claim fits the other figures in the same source.",
        Check.BOUND: (
            "What other published figures rule out, with no assumption about what is hidden."
        ),
        Check.NONE: (
            "We had nothing to test it on: no text or data, only public documents that we could not"
            " read, or only a range made from the figure itself."
        ),
    }
)
# What evidence on a claim has to be, by what it asserts; the place is said after it.
ASKED = N_(
    {
        "figure": "The same quantity.",
        "comparison": "A comparison that could come out either way.",
        "case": "One case is enough, or one for each place or thing that is named.",
        "general": "That it is so as a rule; one case is not enough.",
        "cause": "The same reason or consequence, in a text or in data.",
        "forecast": "What happened afterwards.",
    }
)
# Where a number may stand as what was found.
MEASURED = (Check.RECOUNT, Check.NEIGHBOUR, Check.BOUND)


class ClaimError(TallybookError):
    """A claim has no verdict, two verdicts, or one that its check does not allow."""
