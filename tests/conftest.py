"""Fixtures that several test modules share."""

import pytest

from engines import Engines
from laichau_kg.cli import run
from mini import make_checkout
from servers import oxigraph_server, virtuoso_server
from serving import serving


def pytest_addoption(parser):
    """Add the one flag that rewrites approved answers."""
    parser.addoption("--update-snapshots", action="store_true", help="rewrite tests/snapshots; never in CI")


@pytest.fixture(scope="session")
def run_on():
    """Give ``run_on(engine, files, text)``: ask one of `engines.ENGINES`; servers start when first asked."""
    engines = Engines()
    yield engines.run
    engines.close()


@pytest.fixture(scope="session")
def oxigraph_address(tmp_path_factory):
    """Give the address of a real Oxigraph server."""
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso_address(tmp_path_factory):
    """Give the address of a real Virtuoso that sends at most 1,000 rows."""
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso"), rows=1000) as address:
        yield address


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """The mini record's folder."""
    return make_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def laichau(checkout, capsys):
    """Run one command line on the mini record; give exit code, stdout and stderr."""

    def runs(*arguments):
        code = run(["--root", str(checkout), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return runs


@pytest.fixture(scope="session")
def web_service():
    """Give this checkout's record as the web serves it, at ``http://testserver/``."""
    from laichau_kg import open_record  # noqa: PLC0415 - only tests of the web need it
    from laichau_kg.web import open_service  # noqa: PLC0415 - the same

    with open_record() as record:
        yield open_service(record, base="http://testserver/")


@pytest.fixture(scope="session")
def web_app(web_service):
    """Give the web's application."""
    from laichau_kg.web import create_app  # noqa: PLC0415 - only tests of the web need it

    return create_app(web_service)


@pytest.fixture(scope="session")
def web(web_app):
    """Give a client of the web's application; it follows no redirect."""
    from starlette.testclient import TestClient  # noqa: PLC0415 - only tests of the web need it

    with TestClient(web_app, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def site():
    """Give the address of a running server over this checkout's record, ending in a slash."""
    with serving() as (_, address):
        yield address
