import pytest

from servers import program


def test_missing_server_skips_its_tests_on_a_desk(monkeypatch):
    """Who has no Virtuoso can still run the tests; the reason names what to install."""
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match="no-such-server is missing; install it from Debian"):
        program("no-such-server", package="it from Debian")


def test_missing_server_fails_where_all_tests_must_run(monkeypatch):
    """Where CI is set, a skipped engine would be a hole nobody sees."""
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="no-such-server is missing"):
        program("no-such-server", package="it from Debian")
