"""What a build keeps for the next one, and how it knows that it still holds."""

STORE = ".results"  # beside a site that is made: a folder for each state of the report
DOCTREES = ".doctrees"  # of Sphinx's, beside it; and what begins so, of other languages
# Below the folder of the report: a fingerprint for each table that was found sound.
CHECKED = "_build/tables-checked"
