"""Register facts of a device."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet import rules
from fleet.forms.parts import NARROW, FactsForm
from fleet.mdm import normalise
from fleet.models import Device
from fleet.vocabulary import LifeCycle


class DeviceForm(FactsForm):
    """Holder, site and life cycle move by custody; identifiers that an MDM reports are its to change."""

    class Meta:
        model = Device
        fields = (
            "asset_tag", "model", *rules.IDENTIFIERS, "life_cycle", "site", "purchased_on", "warranty_until"
        )  # fmt: skip
        widgets = {name: forms.TextInput(NARROW) for name in ("asset_tag", "imei", "imei2")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["life_cycle"].choices = [  # type: ignore[attr-defined]
                (life.value, life.label) for life in (LifeCycle.IN_STOCK, LifeCycle.ORDERED)
            ]
            return
        del self.fields["life_cycle"], self.fields["site"]
        if self.instance.source_records.exists():
            for name in rules.IDENTIFIERS:
                self.fields[name].disabled = True
                self.fields[name].help_text = "Reported by MDM, so it is changed there."

    def clean_imei(self) -> str:
        return rules.imei(self.cleaned_data["imei"])

    def clean_imei2(self) -> str:
        return rules.imei(self.cleaned_data["imei2"])

    def clean_serial(self) -> str:
        return normalise.serial(self.cleaned_data["serial"])

    def clean_hw_id(self) -> str:
        return normalise.hw_id(self.cleaned_data["hw_id"])
