from dataclasses import replace
from threading import active_count

from laichau_kg.web import memory
from laichau_kg.web.preparing import preparing


def large(service):
    """Give the same service as if its record were large."""
    other = replace(service)
    other.__dict__["is_large"] = True
    return other


def test_small_record_is_not_prepared(web_service):
    """Of a small record nothing is asked before a reader asks."""
    before = active_count()

    with preparing(web_service):
        assert active_count() == before


def test_preparing_ends_with_the_server(web_service):
    """The thread that prepares a large record ends with the block, and leaves no dumps behind."""
    service, before = large(web_service), active_count()
    with preparing(service):
        pass
    folder = service.dumps.folder

    service.close()

    assert active_count() <= before + 1  # who listens to the dumps' process is about to end
    assert not folder.exists()


def test_memory_is_given_back_where_the_library_can(monkeypatch):
    """With another C library nothing is done, and nothing fails."""
    memory.give_back()
    monkeypatch.setattr(memory, "_function", lambda _name: None)

    memory.share_heaps()
    memory.give_back()
