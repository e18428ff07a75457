import pyoxigraph as ox
import pytest

from laichau_kg._rows import FORMATS, EnoughError, RowSink, cut

VALUES = [
    "<http://e/a>",
    "1",
    '"}},{\\"a\\":{},{}"',
    '"two\\r\\nlines, \\"quoted\\""',
    '"back\\\\"',
    '"</result><result>"@vi',
    '"\\t\\n"',
    '""',
    "UNDEF",
    '"},{"',
]


def written(format_, count, *, columns=("?a", "?b")):
    """Have the engine write a table whose values look like the signs of the format."""
    rows = (
        " ".join(VALUES[(number + shift) % len(VALUES)] for shift in range(len(columns)))
        for number in range(count)
    )
    body = " ".join(f"({row})" for row in rows)
    text = f"SELECT * {{ VALUES ({' '.join(columns)}) {{ {body} }} }}"
    return ox.Store().query(text).serialize(format=getattr(ox.QueryResultsFormat, format_.upper()))


def pour(answer, sink, piece):
    """Write an answer in pieces of a size."""
    for start in range(0, len(answer), piece):
        sink.write(answer[start : start + piece])


@pytest.mark.parametrize("columns", [("?a", "?b"), ("?a",)], ids=["two-columns", "one-column"])
@pytest.mark.parametrize("most", [0, 1, 4, 10, 24])
@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_left_is_what_the_engine_writes_of_fewer_rows(format_, most, columns):
    """A cut answer is the whole answer of a query with so many rows, to the byte."""
    assert cut(written(format_, 25, columns=columns), format_, most) == written(
        format_, most, columns=columns
    )


@pytest.mark.parametrize("most", [25, 26, 1000])
@pytest.mark.parametrize("format_", FORMATS)
def test_answer_that_is_short_enough_is_not_cut(format_, most):
    """Exactly as many rows as are allowed is not too many."""
    assert cut(written(format_, 25), format_, most) is None


@pytest.mark.parametrize("piece", [1, 7, 8192])
@pytest.mark.parametrize("format_", FORMATS)
def test_sink_stops_at_the_first_row_too_many(format_, piece):
    """However the answer is chopped on its way, the sink keeps the rows that are allowed."""
    sink = RowSink(format_, rows=12, size=10**6)

    with pytest.raises(EnoughError):
        pour(written(format_, 25), sink, piece)

    assert sink.answer() == (written(format_, 12), True)


@pytest.mark.parametrize("piece", [1, 7, 8192])
@pytest.mark.parametrize("format_", FORMATS)
def test_sink_gives_a_whole_answer_as_it_came(format_, piece):
    """What fits is not touched, though its strings look like many rows."""
    whole = written(format_, 25)
    sink = RowSink(format_, rows=25, size=10**6)
    pour(whole, sink, piece)

    assert sink.answer() == (whole, False)


def test_sink_takes_no_byte_too_many():
    """Rows may be long: the bytes are limited, too."""
    sink = RowSink("tsv", rows=100, size=10)
    sink.write(b"0123456789")

    with pytest.raises(OverflowError):
        sink.write(b"0")
