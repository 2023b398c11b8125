"""The local Sphinx extension: what turns the report's numbers and claims into pages.

It knows nothing of microwork: the report comes from the module named by the config value
``report_provider``, which offers ``load()``, ``content_hash()``, ``numbers_json()``,
``claims_json()`` and ``CHAPTERS``. One small module per concern, each with its ``setup``.
"""

from __future__ import annotations

import importlib
import os
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from book import card, chart, cite, claims, details, downloads, execute, landing, meta, numbers, pages, redirects, sources

HERE = Path(__file__).parent
PARTS = (execute, numbers, claims, chart, cite, details, landing, sources, pages, meta, card, downloads, redirects)


def setup(app: Sphinx) -> dict:
    # A warning is an error, whichever command starts the build.
    app.warningiserror = True
    app.add_config_value("report_provider", None, "env")
    # Not set by hand: when the content changes, every page is read again.
    app.add_config_value("report_content", "", "env")
    # Jupyter Book sets these for extensions of its own that the report does without.
    for unused in ("comments_config", "latex_engine_options"):
        app.add_config_value(unused, None, "")
    app.add_html_theme("report", str(HERE / "theme"))
    app.connect("config-inited", load_report, priority=100)
    app.connect("builder-inited", add_static_files)
    for part in PARTS:
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def load_report(app: Sphinx, config: Config) -> None:
    """Check the data and compute the report before anything is read or written."""
    provider = importlib.import_module(config.report_provider)
    config.report_content = provider.content_hash()
    # jupyter-cache looks at code cells only: a changed table or module would serve stale
    # numbers, so the cache lives in a folder named by the hash of all they depend on.
    config.nb_execution_cache_path = str(Path(app.outdir).parent / ".jupyter_cache" / config.report_content[:16])
    try:
        app.report = provider.load(Path(app.outdir).parent / ".report")
    except Exception as error:  # noqa: BLE001 - one clear line instead of a traceback, whatever went wrong
        raise ExtensionError(str(error), error, modname=type(error).__name__) from error
    app.report_provider = provider
    # Kernels run in chapters/ and must find the package of this very folder.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(app.srcdir), os.environ.get("PYTHONPATH")]))


def add_static_files(app: Sphinx) -> None:
    app.config.html_static_path.append(str(HERE / "static"))
