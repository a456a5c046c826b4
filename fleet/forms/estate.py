"""What somebody asks of the fleet over time: page and API read the same questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from fleet.models import Organisation, Site, User
from fleet.services.estate.asking import Answer, Place, answer, platforms, products
from fleet.services.estate.groups import GROUPED
from fleet.vocabulary import Measure, Platform, ProductCategory
from fleet.web.forms import FilterForm, GovukForm

TARGET_PERCENT = 95


class PlaceForm(FilterForm):
    """Whose devices. What the address leaves out is the first organisation and all its sites."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), to_field_name="code", empty_label=None)
    site = forms.ModelChoiceField(Site.objects.none(), required=False, empty_label="All sites")

    defaults: dict[str, str] = {}

    def __init__(self, data: QueryDict, *, user: User) -> None:
        where = user.access.organisation_ids("devices.view")
        organisations = Organisation.objects.filter(pk__in=where)
        given = data.copy()
        if not given.get("organisation") and (first := organisations.first()):
            given["organisation"] = first.code
        for name, value in self.defaults.items():
            if not given.get(name):
                given[name] = value
        super().__init__(given)
        self.user = user
        fields: dict[str, Any] = self.fields
        fields["organisation"].queryset = organisations
        asked = organisations.filter(code=given.get("organisation", "")).first()
        sites = Site.objects.filter(user.access.scope("devices.view", sites=("pk",)))
        fields["site"].queryset = sites.filter(organisation=asked).order_by("name")
        self.prepare(Place(user=user, organisation=asked) if asked else None)
        if len(where) == 1:
            fields["organisation"].widget = forms.HiddenInput()

    def prepare(self, place: Place | None) -> None:
        """Fill in the choices that depend on the place."""

    @property
    def place(self) -> Place:
        given = self.cleaned_data
        return Place(user=self.user, organisation=given["organisation"], site=given["site"])


class ShareForm(PlaceForm):
    platform = forms.ChoiceField(label="Operating system")
    product = forms.ChoiceField(
        required=False, label="Software", help_text="Instead of the operating system."
    )
    version = forms.CharField(
        required=False,
        max_length=100,
        label="Version",
        help_text="This one or a later one. The newest where you leave it empty.",
    )
    target = forms.IntegerField(min_value=1, max_value=100, label="Target (per cent)")

    defaults = {"target": str(TARGET_PERCENT)}
    field_order = ["platform", "product", "version", "target", "site", "organisation"]

    def prepare(self, place: Place | None) -> None:
        found = platforms(place) if place else []
        product: Any = self.fields["product"]
        product.choices = [("", "None"), *((one, one) for one in (products(place) if place else ()))]
        offered = found or [Platform.WINDOWS.value]
        field: Any = self.fields["platform"]
        field.choices = [(one, Platform(one).label) for one in offered]
        if not self.data.get("platform"):
            self.data["platform"] = offered[0]  # type: ignore[index]

    @property
    def measured(self) -> tuple[Measure, str]:
        """What is asked about: a product, or else a platform."""
        given = self.cleaned_data
        if given["product"]:
            return Measure.PRODUCT, given["product"]
        return Measure.OS, given["platform"]

    @property
    def name(self) -> str:
        measure, group = self.measured
        return group if measure == Measure.PRODUCT else str(Platform(group).label)

    def ask(self) -> Answer:
        given, (measure, group) = self.cleaned_data, self.measured
        return answer(
            self.place,
            measure=measure,
            group=group,
            version=given["version"],
            target_percent=given["target"],
        )

    def clean_version(self) -> str:
        version: str = self.cleaned_data["version"].strip()
        if version and not any(mark.isdigit() for mark in version):
            raise forms.ValidationError("Enter a version with digits, like 17.4.")
        return version


class ProductForm(GovukForm):
    """A followed product; its name decides which one is changed."""

    name = forms.CharField(max_length=100, help_text="As people here call it.")
    category = forms.ChoiceField(label="Kind", choices=ProductCategory.choices)
    patterns = forms.CharField(
        label="Reported as",
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="One name a line, as MDM systems report it; * stands for anything. None: not followed.",
    )

    def clean_patterns(self) -> list[str]:
        patterns: list[str] = self.cleaned_data["patterns"].splitlines()
        if any(len(pattern) > 200 for pattern in patterns):
            raise forms.ValidationError("Keep each line to 200 letters.")
        return patterns


class OsSupportForm(GovukForm):
    """Until when a version is supported; platform and version decide which one is changed."""

    platform = forms.ChoiceField(label="Operating system", choices=Platform.choices)
    version = forms.CharField(
        max_length=100, help_text="And all that begin with its numbers: 17 is 17.4 and 17.6.1 as well."
    )
    supported_until = forms.DateField(
        required=False, label="Supported until", help_text="Without a day it is taken off the list."
    )
    source = forms.CharField(
        required=False,
        max_length=500,
        label="Who says so",
        help_text="Such as the maker's page and its date.",
    )


class GroupForm(PlaceForm):
    measure = forms.ChoiceField(label="What is counted", choices=[(one.value, one.label) for one in GROUPED])
    defaults = {"measure": Measure.COMPLIANCE.value}
    field_order = ["measure", "site", "organisation"]
