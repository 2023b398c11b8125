"""What the notes tell hosts to do, done by nginx and Apache word for word, on the public site of
the example."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from tallybook.live import HERE
from tallybook.release import public
from tallybook.sphinx import meta
from tallybook.sphinx.host_headers import UNFRAMED

from microwork.paths import ROOT
from tests import PATIENCE
from tests.archives import archive_of
from tests.files import read, wait_until, write

pytestmark = pytest.mark.weekly
NOTES = read(ROOT / "engine/docs/build.md")
NGINX = """daemon off; {user} worker_processes 1; pid {room}/pid;
events {{}}
http {{
access_log off; include /etc/nginx/mime.types; default_type application/octet-stream;
client_body_temp_path {room}/b; proxy_temp_path {room}/p; fastcgi_temp_path {room}/f;
uwsgi_temp_path {room}/u; scgi_temp_path {room}/s;
{notes}
}}
"""
APACHE = """ServerRoot {room}
ServerName localhost
Listen {place}
PidFile {room}/pid
ErrorLog {room}/log
{modules}
TypesConfig /etc/mime.types
User www-data
Group www-data
{notes}
"""
MODULES = Path("/usr/lib/apache2/modules")
PARTS = ("mpm_event", "authz_core", "mime", "dir", "headers", "setenvif", "filter", "deflate")
OF_PAGES, OF_DATA = "public, max-age=0, must-revalidate", "application/json"


@pytest.fixture(scope="module")
def laid_out(garden_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The public site of the example in a folder that any user may read."""
    site = (garden_root / "_build/html").resolve()
    packed = archive_of(site, tmp_path_factory.mktemp("release"), "1.0.0")
    with tempfile.TemporaryDirectory(prefix="hosting-") as folder:
        Path(folder).chmod(0o755)
        out = public.assemble(site, {"1.0.0": packed}, Path(folder) / "site")
        (out / "a.epub").touch()  # a release with files to keep has some
        yield out


def notes(kind: str, site: Path, port: str) -> str:
    """The example of the notes with the place of the site, the port and the policy filled in."""
    found = re.search(rf"^```{kind}\n(.*?)^```$", NOTES, re.M | re.S)
    assert found is not None
    text = found[1].replace("/srv/report", str(site)).replace("POLICY", meta.POLICY)
    return re.sub(r"listen 80;", f"listen {port};", text).replace("*:80", port)


@pytest.fixture(scope="module", params=["nginx", "apache"])
def host(request: pytest.FixtureRequest, laid_out: Path) -> Iterator[str]:
    """The address of a server that serves the site as the notes say."""
    program = shutil.which({"nginx": "nginx", "apache": "apache2"}[request.param])
    if program is None:
        pytest.skip(f"no {request.param} on this machine")
    with socket.socket() as free:
        free.bind((HERE, 0))
        place = f"{HERE}:{free.getsockname()[1]}"
    room, told = laid_out.parent, notes(request.param, laid_out, place)
    if request.param == "nginx":
        user = "user root;" if os.geteuid() == 0 else ""
        write(room / "conf", NGINX.format(user=user, room=room, notes=told))
        command = [program, "-c", f"{room}/conf", "-e", f"{room}/log"]
    else:
        loaded = (f"LoadModule {one}_module {MODULES}/mod_{one}.so\n" for one in PARTS)
        settings = {"room": room, "place": place, "modules": "".join(loaded), "notes": told}
        write(room / "conf", APACHE.format(**settings))
        command = [program, "-D", "FOREGROUND", "-f", f"{room}/conf", "-E", f"{room}/log"]
    server = subprocess.Popen(command)
    try:
        answers(place, server, room / "log")
        yield f"http://{place}/"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def answers(place: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server listens."""
    name, _, port = place.partition(":")

    def listens() -> bool:
        assert server.poll() is None, read(log)
        with socket.socket() as asked:
            return asked.connect_ex((name, int(port))) == 0

    wait_until(listens)


def sent(address: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.parametrize(
    ("path", "kind", "policy", "kept", "readers"),
    [
        ("", "text/html", UNFRAMED, OF_PAGES, None),
        ("rain.html", "text/html", UNFRAMED, OF_PAGES, None),
        ("_embed/rain.total.html", "text/html", meta.POLICY, OF_PAGES, None),
        ("v/1.0.0/_embed/rain.total.html", "text/html", meta.POLICY, "public, max-age=86400", None),
        ("v/1.0.0/rain.html", "text/html", UNFRAMED, "public, max-age=86400", None),
        ("_embed/rain.total.json", OF_DATA, meta.POLICY, OF_PAGES, "*"),
        ("numbers.json", OF_DATA, UNFRAMED, OF_PAGES, "*"),
        ("rain.md", "text/markdown; charset=utf-8", UNFRAMED, OF_PAGES, "*"),
        ("data/rain/months.csv", "text/csv; charset=utf-8", UNFRAMED, OF_PAGES, "*"),
        ("releases.atom", "application/atom+xml", UNFRAMED, OF_PAGES, "*"),
        ("a.epub", "application/epub+zip", UNFRAMED, OF_PAGES, None),
        ("llms.txt", "text/plain; charset=utf-8", UNFRAMED, OF_PAGES, "*"),
        ("v/timemap.txt", "application/link-format", UNFRAMED, "public, max-age=86400", "*"),
        ("_static/report.css", "text/css; charset=utf-8", UNFRAMED, "public, max-age=600", None),
    ],
)
def test_each_file_is_sent_as_the_notes_say(host, path, kind, policy, kept, readers):
    status, heads, _body = sent(host + path)
    assert status == 200
    assert heads["Content-Type"].lower().startswith(kind), heads["Content-Type"]
    for name, wanted in {
        "Content-Security-Policy": policy,
        "Cache-Control": kept,
        "Access-Control-Allow-Origin": readers,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Frame-Options": None,
    }.items():
        assert heads.get_all(name) == (wanted and [wanted]), name


def test_text_is_compressed(host):
    for path in ("", "_static/report.css", "numbers.json", "rain.md"):
        assert sent(host + path)[1]["Content-Encoding"] == "gzip", path


def test_an_address_that_is_none_gets_the_page_for_it_in_no_frame(host, laid_out):
    for path in ("nothing.html", "deep/er/nothing", "_embed/nothing.html"):
        status, heads, body = sent(host + path)
        assert status == 404 and heads.get_all("Content-Security-Policy") == [UNFRAMED]
        assert heads["Content-Type"].startswith("text/html")
        assert len(body) > 500
