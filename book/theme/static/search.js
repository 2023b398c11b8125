/* What Sphinx's searchtools.js expects from sphinx_highlight.js, which the report does not load. */
"use strict";
const SPHINX_HIGHLIGHT_ENABLED = false;
