"""What a bulk change sets: one small form a verb."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.errors import Invalid
from fleet.forms.parts import PersonField, name_empty_choices
from fleet.models import Organisation, Site, StaffMember, User
from fleet.services.bulk import Verb, tags
from fleet.services.custody import STEPS
from fleet.vocabulary import CustodyKind, WorkStyle
from fleet.web.forms import GovukForm

MAX_FILE_BYTES = 20 * 1024 * 1024


class BulkForm(GovukForm):
    """Choices are those that the person may see; asks for the organisation only where there is a choice."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), help_text="What belongs to another organisation is left out."
    )

    def __init__(self, *args: Any, user: User, verb: Verb, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        organisations = Organisation.objects.filter(pk__in=user.access.organisation_ids(verb.permission))
        self.only = organisations[0] if len(organisations) == 1 else None
        fields["organisation"].queryset = organisations
        if self.only:
            del fields["organisation"]
        if "site" in fields:
            fields["site"].queryset = Site.objects.visible_to(user)
        if "holder" in fields:
            fields["holder"].people = StaffMember.objects.visible_to(user)
        name_empty_choices(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        organisation = self.only or cleaned.get("organisation")
        for name in ("site", "holder"):
            one = cleaned.get(name)
            if one and organisation and one.organisation_id != organisation.pk:
                self.add_error(name, f"Choose one of {organisation}.")
        return cleaned | {"organisation": organisation}

    @property
    def given(self) -> dict[str, Any]:
        """The verb's value."""
        return {name: one for name, one in self.cleaned_data.items() if name != "organisation"}


class SiteForm(BulkForm):
    site = forms.ModelChoiceField(Site.objects.none(), label="New site")


class GiveForm(BulkForm):
    holder = PersonField(label="Who gets them", help_text="Staff number or email address.")
    kind = forms.ChoiceField(
        label="For how long",
        choices=[(CustodyKind.ISSUED, "Issued, until they return it"), (CustodyKind.LOANED, "On loan")],
        initial=CustodyKind.ISSUED,
        widget=forms.RadioSelect,
    )
    despite_reservation = forms.BooleanField(
        label="Include devices that are kept for somebody else", required=False
    )

    def clean_holder(self) -> StaffMember | None:
        holder: StaffMember | None = self.cleaned_data["holder"]
        if holder and not holder.is_active():
            raise forms.ValidationError(f"{holder} is not at work today. Choose somebody who is.")
        return holder


LIFE_CYCLE = [kind for kind, step in STEPS.items() if step.becomes and not step.needs_holder]


class LifeCycleForm(BulkForm):
    kind = forms.ChoiceField(
        label="What happened to them",
        choices=[(kind.value, kind.label) for kind in LIFE_CYCLE],
        widget=forms.RadioSelect,
    )
    site = forms.ModelChoiceField(
        Site.objects.none(), required=False, help_text="Where they are now. Needed when they are received."
    )
    note = forms.CharField(required=False, max_length=300, widget=forms.Textarea({"rows": 3}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind and STEPS[CustodyKind(kind)].needs_site and not cleaned.get("site"):
            self.add_error("site", "Say at which site they are.")
        return cleaned


class TagsForm(BulkForm):
    file = forms.FileField(
        label="File with the new tags",
        help_text=(
            "CSV, XLSX or ODS. The column new_asset_tag holds the new tag; asset_tag, serial, hw_id, imei or "
            "imei2 says which device is meant."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError("The file is larger than 20 MB. Send it in parts.")
        try:
            self.lines = tags.read_lines(file.read())
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error
        return file

    @property
    def given(self) -> dict[str, Any]:
        return {"lines": self.lines}


class GivenTagsForm(BulkForm):
    """The same for machines, which send the lines themselves: `devices`."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            self.lines = tags.lines_of(self.data.get("devices"))
        except Invalid as error:
            self.add_error(None, str(error))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        return {"lines": self.lines}


class RoleForm(BulkForm):
    job_role = forms.CharField(label="New job role", max_length=100)


class WorkStyleForm(BulkForm):
    work_style = forms.ChoiceField(
        label="New work style", choices=WorkStyle.choices, widget=forms.RadioSelect
    )


class GroupForm(BulkForm):
    group = forms.CharField(
        label="New team or group", max_length=100, required=False, help_text="Empty takes them out of theirs."
    )


FORMS: dict[tuple[str, str], type[BulkForm]] = {
    ("devices", "site"): SiteForm,
    ("devices", "holder"): GiveForm,
    ("devices", "life-cycle"): LifeCycleForm,
    ("devices", "asset-tag"): TagsForm,
    ("people", "site"): SiteForm,
    ("people", "job-role"): RoleForm,
    ("people", "work-style"): WorkStyleForm,
    ("people", "group"): GroupForm,
}


def api_form_of(verb: Verb) -> type[BulkForm]:
    return GivenTagsForm if form_of(verb) is TagsForm else form_of(verb)


def form_of(verb: Verb) -> type[BulkForm]:
    return FORMS[verb.subject, verb.key]
