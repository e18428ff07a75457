"""A chart as it is had: its forms, its colours, its errors, and the command that writes it."""

import csv
import io
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from laichau_kg import open_record
from laichau_kg.charts import FORMS, Chart, draw_chart
from laichau_kg.charts.palette import COLOURS, DARK, MUTED, PAPER, TEXT
from laichau_kg.charts.wording import WORDS
from laichau_kg.cli import run
from laichau_kg.errors import OutputError, ParameterError, UnknownThingError

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def record():
    """The real record."""
    with open_record(ROOT) as opened:
        yield opened


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_description_tells_the_latest_figures(record, lang):
    """Who cannot see the chart hears what it shows."""
    chart = draw_chart(record, "grdp-binh-quan-dau-nguoi", lang=lang)

    told = chart.series.description
    assert told.startswith(chart.series.label)
    assert "65" in told
    assert chart.spec["description"] == told


@pytest.mark.parametrize("form", FORMS)
def test_every_form_comes_out_the_same_again(record, form):
    """The same figures give the same bytes."""
    once, again = (draw_chart(record, "toc-do-tang-truong-grdp", lang="vi").to(form) for _ in range(2))

    assert once == again


def test_svg_has_title_description_and_vietnamese_text(record):
    """A screen reader has the chart's name and sense; letters are text, not shapes."""
    root = ET.fromstring(draw_chart(record, "toc-do-tang-truong-grdp", lang="vi").to("svg"))  # noqa: S314 - ours

    labels = [element.text for element in root.iter(f"{SVG}text")]
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert root.findtext(f"{SVG}title") == "Tốc độ tăng trưởng GRDP"
    assert "9–10/năm" in labels
    assert "9,5" in labels


def test_svg_has_no_address_but_its_namespaces(record):
    """Nothing is fetched by whoever looks at it."""
    svg = draw_chart(record, "toc-do-tang-truong-grdp").to("svg").decode()

    assert set(re.findall(r'https?://[^"]+', svg)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_svg_has_colours_for_dark_paper(record):
    """Each colour that is drawn has its own on dark paper."""
    svg = draw_chart(record, "grdp-binh-quan-dau-nguoi").to("svg").decode()
    style = svg.partition("<style>")[2].partition("</style>")[0]

    used = set(re.findall(r'(?:fill|stroke)="(#\w+)"', svg.replace(style, "")))
    assert used <= set(DARK)
    assert "prefers-color-scheme:dark" in style


@pytest.mark.parametrize("paper", ["light", "dark"])
@pytest.mark.parametrize(
    ("colours", "least"), [(list(COLOURS.values()), 3), ([TEXT, MUTED], 4.5)], ids=["marks", "text"]
)
def test_colours_have_contrast(paper, colours, least):
    """What is drawn is seen on its paper."""
    shown = {colour: DARK[colour] if paper == "dark" else colour for colour in [*colours, PAPER]}

    ratios = [_contrast(shown[colour], shown[PAPER]) for colour in colours]

    assert min(ratios) >= least


def test_png_is_a_picture_of_the_same(record):
    """It is larger for paper than for a telephone."""
    widths = [
        int.from_bytes(draw_chart(record, "toc-do-tang-truong-grdp", size=size).to("png")[16:20])
        for size in ("narrow", "wide")
    ]

    assert widths[0] <= 2 * 340
    assert widths[1] > widths[0]


def test_csv_has_every_figure_with_its_evidence(record):
    """The table is what the chart was drawn from."""
    chart = draw_chart(record, "muc-giam-ty-le-ho-ngheo", lang="vi")

    rows = list(csv.DictReader(io.StringIO(chart.to("csv").decode(), newline="")))

    assert len(rows) == len(chart.series.figures) == 7
    assert all("#char=" in row["evidence"] for row in rows)


def test_an_area_may_be_asked_for_alone(record):
    """The other areas' panels are left out, and the area is told once."""
    chart = draw_chart(record, "muc-giam-ty-le-ho-ngheo", area="Tỉnh Lai Châu")

    assert {one.area for one in chart.series.figures} == {"lai-chau"}
    assert chart.spec["title"]["subtitle"] == ["Lai Châu province"]


def test_an_indicator_that_is_not_there_has_near_names(record):
    """A slip is answered with what may have been meant."""
    with pytest.raises(UnknownThingError, match="Did you mean"):
        draw_chart(record, "GRDP bình quân đầu ngươi nào")


def test_an_indicator_without_figures_is_refused(record):
    """An empty chart would look like a finding."""
    with pytest.raises(ParameterError, match="has no figures of xa-duoi-15-tieu-chi to draw"):
        draw_chart(record, "xa-duoi-15-tieu-chi", area="cac-huyen-ngheo-lai-chau")


def test_a_suffix_that_is_no_form_is_refused(record, tmp_path):
    """What the suffix promises can be written, or nothing is."""
    with pytest.raises(OutputError, match=r"\.svg, \.png, \.csv, \.json"):
        draw_chart(record, "ty-le-ho-ngheo").write(tmp_path / "chart.pdf")


@pytest.mark.parametrize(("module", "form"), [("altair", "json"), ("altair", "svg"), ("vl_convert", "png")])
def test_without_the_extra_one_sentence_says_how_to_get_it(record, monkeypatch, module, form):
    """The drawing libraries are an extra."""
    for name in (
        "laichau_kg.charts.spec",
        "laichau_kg.charts.pictures",
        "laichau_kg.charts.legend",
        "laichau_kg.charts.marks",
    ):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(OutputError, match=r"^A chart needs \w+: pip install 'laichau-kg\[serve\]'\.$"):
        Chart(draw_chart(record, "ty-le-ho-ngheo").series).to(form)


@pytest.mark.parametrize("form", FORMS)
def test_command_writes_each_form(tmp_path, capsys, form):
    """What the suffix names is written, and told beside the data."""
    path = tmp_path / f"chart.{form}"

    code = run(["chart", "tỷ lệ hộ nghèo", "-o", str(path), "--lang", "vi", "--root", str(ROOT)])

    said = capsys.readouterr()
    assert (code, said.out, said.err) == (0, "", f"Wrote {path}\n")
    assert path.stat().st_size > 100


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["ty-le-ho-ngheo", "-o", "chart.pdf"], "the suffix names no form"),
        (["ty-le-ho-ngheo", "-o", "/nowhere/chart.csv"], "cannot be written"),
        (["ty-le-ho-ngheo", "-o", "x.svg", "--area", "Ha Noi"], "is not a place"),
        (["ty-le-ho-ngheo", "-o", "x.svg", "--size", "huge"], "'huge' is not one of"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_of_the_command_is_one_sentence_and_2(capsys, words, complaint):
    """The error says what is wrong, on stderr."""
    code = run(["chart", *words, "--root", str(ROOT)])

    said = capsys.readouterr()
    assert (code, said.out, said.err.count("\n")) == (2, "", 1)
    assert complaint in said.err


def test_csv_needs_no_extra():
    """The figures themselves need no drawing library."""
    code = (
        "import sys; from laichau_kg import open_record; from laichau_kg.charts import draw_chart; "
        "draw_chart(open_record(), 'ty-le-ho-ngheo').to('csv'); "
        "print([name for name in ('altair', 'vl_convert') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_both_languages_have_the_same_words():
    """No word of a chart is told in one language only."""
    assert WORDS["vi"].keys() == WORDS["en"].keys()


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
