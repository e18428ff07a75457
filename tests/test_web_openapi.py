import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import positive_data_acceptance

from laichau_kg.layout import find_layout
from laichau_kg.queries import Catalog

PATHS = [
    *(f"/questions/{query_id}" for query_id in Catalog.load(find_layout(Path(__file__).parents[1]))),
    "/suggest",
]  # the endpoint is held to its own protocol in test_web_sparql_protocol
NOT_TO_BE_SAID = [positive_data_acceptance]
"""Checks of what no schema can say: whether a text is SPARQL, or names something, or an answer has a page."""


@pytest.fixture(scope="session")
def api(web_app):
    """Give the application's own description, read by schemathesis as any client's tool reads it."""
    return schemathesis.openapi.from_asgi("/openapi.json", web_app)


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", PATHS)
def test_server_does_what_its_description_says(api, path, mode):
    """Whatever is sent, right or wrong, the answer is one that the description promises."""

    @settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=api[path]["GET"].as_strategy(generation_mode=mode))
    def holds(case):
        case.call_and_validate(excluded_checks=NOT_TO_BE_SAID)

    holds()


def test_every_question_is_described_with_its_parameters(web, web_service):
    """The description has each question, and of each its parameters, the language and the paging."""
    paths = json.loads(web.get("/openapi.json").text)["paths"]
    catalog = web_service.record.catalog

    assert {
        query.id: [parameter["name"] for parameter in paths[f"/questions/{query.id}"]["get"]["parameters"]]
        for query in catalog.values()
    } == {
        query.id: [*(parameter.name for parameter in query.parameters[:-1]), "lang", "page", "size"]
        for query in catalog.values()
    }


def test_schemas_of_the_description_are_json_schema(web):
    """OpenAPI 3.1 says that a schema is one of JSON Schema 2020-12."""
    schemas = json.loads(web.get("/openapi.json").text)["components"]["schemas"]

    assert [
        name for name, schema in schemas.items() if Draft202012Validator.check_schema(schema) is not None
    ] == []
