"""Which document of the registers a name in a text stands for."""

import pytest

from laichau_kg.drafting.lexicon import Lexicon, Thing
from laichau_kg.drafting.numbers import UnitList
from laichau_kg.drafting.resolving import Resolved, Resolver

COUNCIL = "hoi-dong-nhan-dan-tinh-lai-chau"
LEXICON = Lexicon(
    indicators={},
    units=UnitList([]),
    documents=(
        Thing(
            "nghi-quyet-05-nq-hdnd",
            ("Nghị quyết số 05/NQ-HĐND",),
            {"number": ("05/NQ-HĐND",), "kind": ("resolution",), "issuer": (COUNCIL,)},
        ),
        Thing("du-toan-2020", ("Dự toán thu năm 2020", "dự toán HĐND tỉnh giao"), {"issuer": (COUNCIL,)}),
        Thing("du-toan-lai-chau", ("Dự toán giao tỉnh Lai Châu hằng năm", "dự toán Trung ương giao")),
        Thing("chuong-trinh-1719", ("Chương trình 1719",)),
        Thing("chien-luoc", ("Chiến lược giai đoạn 2021-2030", "Chiến lược mới")),
    ),
)


@pytest.mark.parametrize(
    ("province", "year", "number", "name", "slug"),
    [
        ("Lai Châu", "2020", "05/NQ-HĐND", "", "nghi-quyet-05-nq-hdnd"),
        ("", "", "05/NQ-HĐND", "", "nghi-quyet-05-nq-hdnd"),
        ("Lai Châu", "2020", "", "dự toán HĐND tỉnh giao", "du-toan-2020"),
        ("Lai Châu", "", "", "dự toán HĐND tỉnh giao", "du-toan-2020"),
        ("Lai Châu", "2023", "", "dự toán Trung ương giao", "du-toan-lai-chau"),
        ("Gia Lai", "2023", "", "Chương trình 1719", "chuong-trinh-1719"),
        ("Gia Lai", "2024", "", "Chiến lược mới", "chien-luoc"),
        ("Gia Lai", "2019", "", "Chiến lược giai đoạn 2021-2030", "chien-luoc"),
    ],
)
def test_known_document_is_found(province, year, number, name, slug):
    """A number or a name is that of the register, at home and in its years, or without any."""
    found = Resolver(LEXICON, province, year).document(number=number, name=name, kind="")

    assert (found.slug, found.known) == (slug, True)


@pytest.mark.parametrize(
    ("province", "year", "number", "name", "slug"),
    [
        ("Gia Lai", "2020", "05/NQ-HĐND", "", "05-nq-hdnd"),
        ("Gia Lai", "2020", "05/NQ-HĐND", "Nghị quyết 05/NQ-HĐND", "nghi-quyet-05-nq-hdnd-gia-lai-2020"),
        ("Gia Lai", "2020", "", "dự toán HĐND tỉnh giao", "du-toan-hdnd-tinh-giao"),
        ("Lai Châu", "2023", "", "dự toán HĐND tỉnh giao", "du-toan-hdnd-tinh-giao"),
        ("Gia Lai", "2023", "", "dự toán Trung ương giao", "du-toan-trung-uong-giao"),
        ("Gia Lai", "2019", "", "Chiến lược mới", "chien-luoc-moi"),
    ],
)
def test_document_of_another_province_or_other_years_is_not_meant(province, year, number, name, slug):
    """Every province has a resolution No. 5 and its estimates of each year."""
    found = Resolver(LEXICON, province, year).document(number=number, name=name, kind="")

    assert found == Resolved(slug, name or number, known=False)
