"""A contract, and the decisions on it."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.forms.parts import NARROW, FactsForm, PoundsField
from fleet.models import Contract, DeviceModel, User
from fleet.web.forms import GovukForm


class ContractForm(FactsForm):
    offers_itself = ("organisation", "owner")
    value_pence = PoundsField(label="Value in pounds", required=False, most=1_000_000_000)
    device_models = forms.ModelMultipleChoiceField(
        DeviceModel.objects.none(),
        label="Device models covered",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Contract
        fields = (
            "title",
            "supplier",
            "reference",
            "kind",
            "covers",
            "device_models",
            "device_count",
            "starts_on",
            "ends_on",
            "notice_by",
            "notice_period",
            "notice_unit",
            "renews_itself",
            "value_pence",
            "owner",
        )
        labels = {"kind": "Kind of contract"}
        help_texts = {
            "reference": "The number that the supplier knows it by.",
            "covers": "In words, such as 10 phones with 1 GB of data a month each.",
            "device_count": "How many devices are paid for.",
            "notice_by": "The last day to give notice. Empty: the notice period before the end.",
            "owner": "Who decides on it.",
        }
        error_messages = {"starts_on": {"required": "Enter the day on which the contract starts"}}
        widgets = {"reference": forms.TextInput(NARROW), "covers": forms.Textarea({"rows": 3})}

    def _offer_visible_rows(self) -> None:
        super()._offer_visible_rows()
        owner: Any = self.fields["owner"]
        is_chosen = "organisation" not in self.fields
        here = {self.instance.organisation_id} if is_chosen else self.user.access.organisation_ids()
        owner.queryset = User.objects.with_roles_in(here) | User.objects.filter(pk=self.instance.owner_id)


class GiveNoticeForm(GovukForm):
    given_on = forms.DateField(label="Notice given on")


class RenewForm(GovukForm):
    ends_on = forms.DateField(label="Runs now until")
    notice_by = forms.DateField(
        label="Notice by", required=False, help_text="Empty: the notice period before the new end."
    )
