import json

import pytest

HTML = {"accept": "text/html"}


@pytest.mark.parametrize("text", ["tran tien dung", "Trần Tiến Dũng", "TRẦN TIẾN", "  trần   tiến dũng "])
def test_names_are_found_without_diacritics_and_case(web, text):
    """However a name is typed, its bearer comes first."""
    found = json.loads(web.get("/suggest", params={"q": text, "lang": "vi"}).text)

    assert found[0]["href"] == "/vi/doc/person/tran-tien-dung"
    assert found[0]["name"] == "Trần Tiến Dũng"


def test_suggestions_are_few_and_say_what_they_are(web):
    """A common word gives eight suggestions at most, each with its kind in the page's language."""
    found = json.loads(web.get("/suggest?q=tinh&lang=en").text)

    assert len(found) == 8
    assert all(one["kind"] and one["name"] for one in found)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_page_lists_what_is_found_and_keeps_the_text(web, lang):
    """The page has the text in its field, and a link to each thing in its language."""
    page = web.get(f"/{lang}/search?q=ngan+sach", headers=HTML).text

    assert 'value="ngan sach"' in page
    assert f'href="/{lang}/doc/indicator/tong-thu-ngan-sach-dia-phuong"' in page


def test_text_in_the_address_stays_text(web):
    """What was typed is shown as text and never as markup."""
    page = web.get("/vi/search?q=%3Cscript%3Ealert(1)%3C/script%3E", headers=HTML).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_switch_of_language_keeps_what_was_searched(web):
    """The other language's page answers the same search."""
    page = web.get("/vi/search?q=chủ tịch", headers=HTML)

    assert '<a class="switch" href="/en/search?q=ch%E1%BB%A7+t%E1%BB%8Bch"' in page.text


@pytest.mark.parametrize("address", ["/vi/search", "/vi/search?q=", "/vi/search?q=zzzzqqq"])
def test_page_without_results_is_a_page(web, address):
    """Nothing asked and nothing found are no errors."""
    assert web.get(address, headers=HTML).status_code == 200


@pytest.mark.parametrize("address", ["/suggest?q=" + "a" * 201, "/suggest?q=a&lang=fr"])
def test_bad_request_is_told(web, address):
    """A text that is far too long, or another language, is refused."""
    assert web.get(address).status_code == 400
