from pathlib import Path

import pytest

from laichau_kg.errors import LayoutError
from laichau_kg.layout import find_layout


def test_without_a_root_the_record_of_this_checkout_is_found():
    """An editable install answers from the checkout it lies in."""
    assert find_layout().root == Path(__file__).parents[1]


def test_a_root_that_lacks_folders_is_refused_by_their_names(tmp_path):
    """The error says where it looked and what is missing."""
    (tmp_path / "data").mkdir()

    with pytest.raises(LayoutError, match=r"ontology/, queries/ missing") as caught:
        find_layout(tmp_path)

    assert str(tmp_path) in str(caught.value)


def test_files_are_listed_by_name_and_only_turtle(tmp_path):
    """Each folder gives its Turtle files, sorted; other files are passed over."""
    for part in ("ontology/schemes", "ontology/shapes", "data/articles", "data/registers", "queries"):
        (tmp_path / part).mkdir(parents=True)
    for name in ("b.ttl", "a.ttl", "readme.md"):
        (tmp_path / "data" / "articles" / name).touch()

    layout = find_layout(tmp_path)

    assert [path.name for path in layout.article_files()] == ["a.ttl", "b.ttl"]
    assert (
        layout.register_files()
        == layout.scheme_files()
        == layout.shape_files()
        == layout.ontology_files()
        == []
    )
