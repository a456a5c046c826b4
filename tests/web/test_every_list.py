"""Whatever a list is asked, a spreadsheet is what was asked for or an error: never all rows, nor a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import resolve, reverse

from fleet.models import Organisation, User
from fleet.web.lists import ListPage
from tests.access.routes import ROUTES

pytestmark = pytest.mark.django_db


def lists() -> Iterator[tuple[str, type[ListPage]]]:
    for name, route in ROUTES.items():
        if not route.about and not route.also and not name.startswith("api-"):
            view: Any = getattr(resolve(reverse(name)).func, "view_class", object)
            if issubclass(view, ListPage):
                yield reverse(name), view


def test_a_spreadsheet_of_what_makes_no_sense_is_refused_by_every_list(
    client_of: Callable[[User], Client], it_manager: User, department: Organisation
) -> None:
    client, wrong, asked = client_of(it_manager), [], 0
    for url, view in lists():
        if client.get(url).status_code == 404:
            continue
        filters = view.filterset_class.base_filters
        closed = [name for name, one in filters.items() if type(one.field) is not forms.CharField]
        for query in ("bogus=1", "sort=bogus", *(f"{name}=bogus" for name in closed)):
            asked += 1
            answer = client.get(f"{url}?format=csv&{query}")
            if answer.status_code != 400 or b"There is a problem" not in answer.content:
                wrong.append((url, query, answer.status_code))
        if client.get(f"{url}?format=tsv").status_code != 400:
            wrong.append((url, "format=tsv", 200))
    assert (wrong, asked > 100) == ([], True)
