import re
import signal
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest

from mini import make_checkout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The mini record's folder."""
    return make_checkout(tmp_path_factory.mktemp("checkout"))


@contextmanager
def serving(checkout, *arguments):
    """Run `laichau serve` on a free port; give the process and what it said when it was ready."""
    command = [sys.executable, "-m", "laichau_kg.cli", "--root", str(checkout), "serve", "--port", "0"]
    process = subprocess.Popen([*command, *arguments], stderr=subprocess.PIPE, text=True)
    try:
        yield process, process.stderr.readline()
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_server_says_where_it_is_and_answers(checkout):
    """The one line names an address, and the address answers."""
    with serving(checkout) as (_, said):
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)[0]
        body = httpx.get(f"{address}en/", headers={"accept": "text/html"}, timeout=60).text

    assert "<h1>" in body
    assert "/static/site.css" in body


def test_links_name_the_port_that_was_taken(checkout):
    """With a free port, canonical addresses have its number."""
    with serving(checkout) as (_, said):
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)[0]
        links = httpx.get(f"{address}doc/place/lai-chau.ttl", timeout=60).headers["link"]

    assert f'<{address}doc/place/lai-chau>; rel="canonical"' in links


def test_interrupt_ends_it_in_good_order(checkout):
    """Ctrl-C ends the server with 0 and without a word more."""
    with serving(checkout) as (process, _):
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)

    assert (process.returncode, said) == (0, "")


def test_it_speaks_vietnamese_when_asked(checkout):
    """`--lang vi` says where it is in Vietnamese."""
    with serving(checkout, "--lang", "vi") as (_, said):
        pass

    assert said.startswith("Hồ sơ ở địa chỉ http://")


@pytest.mark.parametrize("library", ["starlette", "uvicorn", "jinja2"])
def test_missing_extra_is_one_sentence(checkout, library):
    """Without the extra, one sentence says how to get it."""
    code = (
        f"import sys; sys.modules[{library!r}] = None; from laichau_kg.cli import run; "
        f"sys.exit(run(['--root', {str(checkout)!r}, 'serve']))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 2
    assert "pip install 'laichau-kg[serve]'" in done.stderr
    assert done.stderr.count("\n") == 1
