"""Every model of feedback has a factory, and what it makes can be saved."""

import pytest
from django.apps import apps

from tests.feedback import factories

pytestmark = pytest.mark.django_db


def _models() -> list[str]:
    return [
        model.__name__
        for model in apps.get_app_config("feedback").get_models()
        if not model.__name__.endswith("Change")
    ]


@pytest.mark.parametrize("name", _models())
def test_each_model_has_a_factory(name: str) -> None:
    row = getattr(factories, f"{name}Factory")()
    assert type(row).objects.filter(pk=row.pk).exists()
