import datetime as dt

import pytest
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm

from fleet.web.forms import GovukForm
from tests.web.gallery import GalleryForm

FULL = {
    "name": "Northgate",
    "kind": "depot",
    "style": "depot",
    "kinds": ["depot", "touchdown"],
    "opens_on_day": "7",
    "opens_on_month": "3",
    "opens_on_year": "2026",
    "desks": "12",
}


def test_day_month_and_year_make_one_date() -> None:
    form = GalleryForm(FULL)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["opens_on"] == dt.date(2026, 3, 7)


@pytest.mark.parametrize(
    "parts",
    [("31", "2", "2026"), ("7", "", "2026"), ("7", "3", "26"), ("a", "b", "c"), ("1-2", "3", "2026")],
)
def test_what_is_no_date_comes_back_as_it_was_typed(parts: tuple[str, str, str]) -> None:
    day, month, year = parts
    form = GalleryForm(FULL | {"opens_on_day": day, "opens_on_month": month, "opens_on_year": year})
    assert form.errors == {"opens_on": ["Opening day must be a real date: day, month and year in numbers"]}
    html = str(form["opens_on"])
    assert [f'value="{part}"' in html for part in parts if part] == [True] * len(
        [part for part in parts if part]
    )


def test_a_label_may_hold_a_percent_sign() -> None:
    class Share(GovukForm):
        target = forms.IntegerField(label="Target (%)", max_value=100)

    assert Share({"target": "101"}).errors == {"target": ["Target (%) must be 100 or less"]}


def test_a_question_is_to_be_answered() -> None:
    class Asked(GovukForm):
        kind = forms.CharField(label="What is in the file?")

    assert Asked({}).errors == {"kind": ["Answer “What is in the file?”"]}


def test_an_initial_date_fills_the_boxes() -> None:
    html = str(GalleryForm(initial={"opens_on": dt.date(2026, 3, 7)})["opens_on"])
    assert 'name="opens_on_day" id="id_opens_on_0"' in html
    assert all(f'value="{part}"' in html for part in (7, 3, 2026))


def test_errors_name_the_field_and_are_tied_to_the_control() -> None:
    form = GalleryForm({})
    assert form.errors["name"] == ["Enter the name"]
    assert form.errors["kind"] == ["Select the kind"]
    html = form.render()
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert "govuk-input--error" in html
    assert " required" not in html


@pytest.mark.parametrize(
    ("field", "given", "message"),
    [
        ("kind", "castle", "Kind must be one of those listed"),
        ("desks", "-1", "Desks must be 1 or more"),
        ("desks", "many", "Desks must be a number"),
    ],
)
def test_what_cannot_be_names_the_field(field: str, given: str, message: str) -> None:
    assert GalleryForm(FULL | {field: given}).errors == {field: [message]}


def test_optional_fields_say_so() -> None:
    html = GalleryForm().render()
    assert "Notes (optional)" in html
    assert "Name (optional)" not in html


def test_the_admin_keeps_its_own_forms() -> None:
    assert "govuk" not in AdminAuthenticationForm().render()
