"""Every model of fleet that people or systems fill has a factory, and what it makes can be saved."""

from typing import Any

import pytest
from django.apps import apps

from tests import factories
from tests.factories import ModelFactory

pytestmark = pytest.mark.django_db


def _factories() -> dict[str, type[ModelFactory[Any]]]:
    found = [value for value in vars(factories).values() if isinstance(value, type)]
    return {
        one._meta.model.__name__: one
        for one in found
        if issubclass(one, ModelFactory) and one is not ModelFactory
    }


def _models() -> list[str]:
    """All but the event tables of the change log and the tables that only join two others."""
    return [
        model.__name__
        for model in apps.get_app_config("fleet").get_models()
        if not model.__name__.endswith("Change") and not model._meta.proxy
    ]


@pytest.mark.parametrize("name", _models())
def test_each_model_has_a_factory(name: str) -> None:
    row = _factories()[name]()
    assert type(row).objects.filter(pk=row.pk).exists()
