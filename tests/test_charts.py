"""Charts: what shares a scale, what a line joins, what marks and labels say."""

import json
import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import altair as alt
import pytest

from laichau_kg import open_record
from laichau_kg.answers import Answer
from laichau_kg.charts import draw_chart
from laichau_kg.charts.figures import STATUSES, Figure, Series, Unit
from laichau_kg.charts.layout import WIDE, place_labels, scales_of, years_of
from laichau_kg.charts.palette import PAPER
from laichau_kg.charts.panels import decimal_year, make_panels
from laichau_kg.charts.spec import to_vega_lite

ROOT = Path(__file__).parents[1]
SNAPSHOTS = Path(__file__).parent / "snapshots" / "charts"
CASES = sorted(SNAPSHOTS.glob("*.json"))
SVG = "{http://www.w3.org/2000/svg}"
MILLION = Unit("million-vnd", "Million VND", Decimal(1000000), "vnd")
BILLION = Unit("billion-vnd", "Billion VND", Decimal(1000000000), "vnd")
PERCENT = Unit("percent", "%", Decimal(1), "percent")


@pytest.fixture(scope="module")
def record():
    """The real record."""
    with open_record(ROOT) as opened:
        yield opened


def figure(period, value, status="actual", **other):
    """Make a figure of a year, of a stretch of years ("2021-2025") or of a half-year ("2020-h1")."""
    years = re.findall(r"\d{4}", period)
    last = date(int(years[0]), 6, 30) if period.endswith("h1") else date(int(years[-1]), 12, 31)
    unit = other.pop("unit", PERCENT)
    values = {
        "observation": f"observation/{period}-{value}-{status}",
        "area": "lai-chau",
        "area_label": "Lai Châu",
        "period_label": period,
        "first": date(int(years[0]), 1, 1),
        "last": last,
        "status": status,
        "status_label": status,
        "measure": "level",
        "measure_label": "Level",
        "bound": "exact",
        "bound_label": "exact",
        "value": Decimal(value),
        "value_max": None,
        "total": None,
        "unit": unit,
        "base": "",
        "base_label": "",
        "prices": "",
        "prices_label": "",
        "article": "article/mot",
        "article_label": "Article one",
        "evidence": "article/mot#char=1,2",
        "quote": value,
    }
    return Figure(**(values | other))


def series(*figures, lang="en", nature="level"):
    """Make a series of figures."""
    return Series("https://w3id.org/laichau-kg/id/indicator/x", "X", lang, nature, figures, Answer((), ()))


def joined(*figures):
    """Tell which figures lines join, by period, panel by panel."""
    return [
        [(segment.start.period_label, segment.end.period_label) for segment in panel.segments]
        for panel in make_panels(series(*figures))
    ]


def texts(*figures, lang="en"):
    """Give the labels of a series' first panel, with their pixels."""
    made = series(*figures, lang=lang)
    (panel, *_) = make_panels(made)
    return place_labels(panel, scales_of(panel, years_of(made), WIDE), lang)


def marks(spec, kind):
    """List a specification's layers of one kind of mark, outside its legend."""
    return [
        layer for panel in spec["vconcat"][1:-1] for layer in panel["layer"] if layer["mark"]["type"] == kind
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_chart_is_the_one_that_was_approved(case, record, request):
    """The specification is what was looked at and kept."""
    slug, lang, size = case.stem.split(".")

    content = draw_chart(record, slug, lang=lang, size=size).to("json").decode()

    if request.config.getoption("--update-snapshots"):
        assert "CI" not in os.environ, "Snapshots are approved by people, not by CI."
        case.write_text(content, encoding="utf-8")
    assert content.splitlines() == case.read_text(encoding="utf-8").splitlines()


def test_charts_were_approved_in_both_languages_and_sizes():
    """The approved charts cover what a reader may ask for."""
    kinds = {tuple(case.stem.split(".")[1:]) for case in CASES}

    assert {lang for lang, _ in kinds} == {"vi", "en"}
    assert {size for _, size in kinds} == {"wide", "narrow"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_chart_is_valid_vega_lite(case):
    """The schema of Vega-Lite takes it."""
    spec = json.loads(case.read_text(encoding="utf-8"))

    assert alt.VConcatChart.from_dict(spec).to_dict()["$schema"] == spec["$schema"]


def test_neighbouring_years_are_joined_and_gaps_are_left():
    """No line crosses the missing year 2022."""
    assert joined(figure("2020", "1"), figure("2021", "2"), figure("2023", "4")) == [[("2020", "2021")]]


def test_half_years_a_year_apart_are_joined():
    """First halves of years that follow each other compare."""
    assert joined(figure("2020-h1", "1"), figure("2021-h1", "2")) == [[("2020-h1", "2021-h1")]]


def test_multi_year_periods_that_touch_are_joined():
    """One plan period follows another."""
    found = joined(figure("2016-2020", "1"), figure("2021-2025", "2"), figure("2027-2031", "3"))

    assert found == [[("2016-2020", "2021-2025")]]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(figure("2021", "2", "estimate"), id="status"),
        pytest.param(figure("2021-h1", "2"), id="length of period"),
        pytest.param(figure("2021", "2", measure="average-per-year"), id="measure"),
        pytest.param(figure("2021", "2", bound="more-than"), id="bound"),
        pytest.param(figure("2021", "2", value_max=Decimal(3)), id="range"),
        pytest.param(figure("2021", "2", base="2015"), id="distance of base"),
    ],
)
def test_figures_of_different_kinds_share_a_scale_but_no_line(second):
    """A line would say that what is not alike grew from one to the other."""
    assert joined(figure("2020", "1"), second) == [[]]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(figure("2021", "2", area="muong-te", area_label="Mường Tè"), id="area"),
        pytest.param(figure("2021", "2", measure="change", measure_label="Change"), id="measure"),
        pytest.param(figure("2021", "2", unit=MILLION), id="family of units"),
        pytest.param(figure("2021", "2", prices="constant-2010"), id="price basis"),
    ],
)
def test_what_does_not_compare_has_a_panel_of_its_own(second):
    """Each panel has one scale, and so one kind of figures."""
    assert joined(figure("2020", "1"), second) == [[], []]


def test_amounts_that_flow_compare_over_equal_periods_only():
    """Three years' output is not set beside one year's; a yearly average of three years is."""
    figures = [
        figure("2020-h1", "571.8", unit=BILLION),
        figure("2021-2023", "2142", unit=BILLION, measure="average-per-year"),
        figure("2021-2023", "6426", unit=BILLION),
        figure("2024", "2236", "target", unit=BILLION),
    ]

    found = [
        (panel.months, [one.value for one in panel.figures])
        for panel in make_panels(series(*figures, nature="flow"))
    ]

    assert found == [
        (12, [Decimal(2142), Decimal(2236)]),
        (6, [Decimal("571.8")]),
        (36, [Decimal(6426)]),
    ]


@pytest.mark.parametrize(
    ("period", "lang", "told"),
    [
        ("2020-h1", "vi", "Level · Million VND · 6 tháng"),
        ("2020", "vi", "Level · Million VND"),
        ("2021-2023", "en", "Level · Million VND · 3 years together"),
    ],
)
def test_a_panel_of_flows_tells_how_long_its_periods_are(period, lang, told):
    """A year goes without saying."""
    spec = to_vega_lite(series(figure(period, "5", unit=MILLION), lang=lang, nature="flow"))

    assert " ".join(spec["vconcat"][1]["title"]["text"]) == told


def test_changes_against_the_year_before_are_joined():
    """Their bases are equally far back."""
    changes = [
        figure(year, "1", measure="change", measure_label="Change", base=base, base_label=base)
        for year, base in (("2020", "2019"), ("2021", "2020"))
    ]

    assert joined(*changes) == [[("2020", "2021")]]


def test_units_of_one_family_are_converted():
    """The unit that most figures have is the panel's; the other's multiplier brings it there."""
    (panel,) = make_panels(
        series(
            figure("2020", "1500", unit=BILLION),
            figure("2021", "1600", unit=BILLION),
            figure("2022", "1750000.5", unit=MILLION, value_max=Decimal(1800000), total=Decimal(2000000)),
        )
    )

    last = panel.figures[-1]
    assert panel.unit == BILLION
    assert (last.value, last.value_max, last.total) == (Decimal("1750.0005"), Decimal(1800), Decimal(2000))


def test_contradicting_figures_of_a_period_are_all_shown_and_break_the_line():
    """Neither of two figures of one year is left out, and neither is preferred."""
    figures = [figure("2020", "1"), figure("2021", "2"), figure("2021", "3"), figure("2022", "4")]

    (panel,) = make_panels(series(*figures))

    assert [label.text for label in texts(*figures)] == ["1", "2", "3", "4"]
    assert panel.segments == ()


def test_the_same_figure_in_two_articles_is_told_once_with_its_number():
    """Agreement is no contradiction: the line goes on."""
    figures = [figure("2020", "1"), figure("2020", "1", article="article/hai"), figure("2021", "2")]

    assert [label.text for label in texts(*figures)] == ["1 (×2)", "2"]
    assert joined(*figures) == [[("2020", "2021")]]


@pytest.mark.parametrize(
    ("one", "vi", "en"),
    [
        pytest.param(figure("2020", "5406.50"), "5.406,5", "5,406.5", id="number"),
        pytest.param(figure("2020", "-3"), "−3", "−3", id="below nought"),
        pytest.param(figure("2020", "5406", bound="more-than"), "> 5.406", "> 5,406", id="more-than"),
        pytest.param(figure("2020", "15", bound="at-most"), "≤ 15", "≤ 15", id="at-most"),
        pytest.param(figure("2020", "15", bound="at-least"), "≥ 15", "≥ 15", id="at-least"),
        pytest.param(figure("2020", "9", bound="about"), "~9", "~9", id="about"),
        pytest.param(figure("2020", "2", bound="almost"), "gần 2", "nearly 2", id="almost"),
        pytest.param(figure("2020", "9", value_max=Decimal(10)), "9–10", "9–10", id="range"),
        pytest.param(figure("2020", "38", total=Decimal(94)), "38/94", "38/94", id="total"),
        pytest.param(
            figure("2020", "3.4", measure="average-per-year"), "3,4/năm", "3.4 a year", id="average"
        ),
        pytest.param(
            figure("2020", "2", measure="change", base="2019", base_label="Năm 2019"),
            "2 so với năm 2019",
            "2 on năm 2019",
            id="base",
        ),
    ],
)
def test_labels_say_what_the_figure_says(one, vi, en):
    """Numbers, bounds, ranges and totals are written as each language writes them."""
    assert [texts(one, lang=lang)[0].text for lang in ("vi", "en")] == [vi, en]


def test_labels_do_not_cover_each_other():
    """Figures that lie close have their labels in different places; what has no room stays in the table."""
    labels = texts(figure("2020", "10"), figure("2020", "10.4"), figure("2021", "90"))

    assert [label.text for label in labels] == ["10", "10.4", "90"]
    assert abs(labels[0].dy - labels[1].dy) >= 14


def test_of_very_many_figures_the_last_are_labelled():
    """A hundred labels would say nothing; the newest of each status are what one looks for."""
    years = [
        figure(str(year), str(year), status) for status in ("actual", "target") for year in range(1950, 2000)
    ]

    assert [label.text for label in texts(*years)] == ["1,999", "1,999"]


def test_statuses_differ_in_shape():
    """Result, estimate and target have a shape each, open or filled, whatever their colour."""
    spec = to_vega_lite(series(*(figure("2020", "1", status) for status in STATUSES)))

    drawn = [(layer["mark"]["shape"], layer["mark"]["fill"] == PAPER) for layer in marks(spec, "point")]
    assert drawn == [("circle", False), ("diamond", True), ("cross", False)]


def test_lines_of_statuses_differ_in_dash():
    """A target's line is dotted, an estimate's dashed."""
    figures = [figure(year, "1", status) for status in STATUSES for year in ("2020", "2021")]

    (line,) = [
        layer for layer in marks(to_vega_lite(series(*figures)), "rule") if "strokeDash" in layer["encoding"]
    ]

    dashes = line["encoding"]["strokeDash"]["scale"]["range"]
    assert len(set(map(tuple, dashes))) == 3


def test_a_range_is_a_bar_with_both_its_ends():
    """From 9 to 10 is no 9.5: both ends are marked, and a bar joins them."""
    spec = to_vega_lite(series(figure("2021-2025", "9", "target", value_max=Decimal(10))))

    bars = [layer for layer in marks(spec, "rule") if "y2" in layer["encoding"] and "transform" in layer]
    assert [layer["encoding"]["y"]["field"] for layer in marks(spec, "point")] == ["value", "most"]
    assert [bar["encoding"]["y2"]["field"] for bar in bars] == ["most"]


@pytest.mark.parametrize(("bound", "drawn"), [("more-than", 2), ("at-most", 2), ("about", 1), ("exact", 1)])
def test_a_bound_is_an_arrow(bound, drawn):
    """What is only a bound points to where the value may lie."""
    assert len(marks(to_vega_lite(series(figure("2020", "5", bound=bound))), "point")) == drawn


def test_periods_are_stretches_of_the_axis():
    """A half-year is half as wide as its year, and a year ends where the next one starts."""
    spec = to_vega_lite(series(figure("2020-h1", "5"), figure("2021-2023", "6")))

    stretches = [(row["start"], row["end"]) for row in spec["datasets"]["figures-1"]]
    assert stretches == [(2020, decimal_year(date(2020, 7, 1))), (2021, 2024)]


def test_a_scale_starts_from_nought_unless_all_lies_far_from_it():
    """Small differences between large values are seen; large ones are not made larger."""
    ends = [
        scales_of(make_panels(made)[0], years_of(made), WIDE).y[0]
        for made in (
            series(figure("2020", "90"), figure("2021", "95")),
            series(figure("2020", "5"), figure("2021", "95")),
        )
    ]

    assert ends[0] > 80
    assert ends[1] <= 0


def test_targets_of_nought_have_a_scale():
    """None left is a figure too, and its mark stands clear of the years below."""
    made = series(figure("2025", "0", "target"))
    (panel,) = make_panels(made)

    low, high = scales_of(panel, years_of(made), WIDE).y
    assert low < 0 < high
