"""The report to keep: PDF and EPUB, made from the pages of a built site."""
