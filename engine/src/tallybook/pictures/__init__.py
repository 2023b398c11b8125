"""Charts as pictures: drawn from their specifications, and kept. Nothing here needs the libraries
that charts are built with."""
