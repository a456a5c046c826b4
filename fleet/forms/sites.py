"""Facts of a site."""

from __future__ import annotations

from django import forms

from fleet.forms.parts import NARROW, FactsForm
from fleet.models import Site


class SiteForm(FactsForm):
    class Meta:
        model = Site
        fields = (
            "code",
            "name",
            "kind",
            "region",
            "postcode",
            "latitude",
            "longitude",
            "capacity_desks",
            "network_mbps",
            "has_wifi",
            "has_training_room",
            "opens_on",
            "closes_on",
            "replaced_by",
        )
        labels = {"capacity_desks": "Capacity in desks", "opens_on": "Opens on", "closes_on": "Closes on"}
        help_texts = {
            "closes_on": "The first day on which it is shut.",
            "replaced_by": "Where its work moves to when it closes.",
            "network_mbps": "What everybody there shares.",
        }
        widgets = {name: forms.TextInput(NARROW) for name in ("code", "postcode")}
