"""What feedback's commitments can be measured by that only rollouts know."""

from __future__ import annotations

from django import forms
from django.urls import reverse

from feedback.measures import Measure, Parameters, Reading
from fleet.models import Organisation, Site
from rollouts.models import Programme, TranchePerson


class HandedOver(Measure):
    """The same two numbers as on the programme's page."""

    key = "handed_over"
    title = "Share of a programme's people who have their device"
    permission = "rollouts.view"

    def fields(self, organisation: Organisation) -> dict[str, forms.Field]:
        programmes = Programme.objects.filter(organisation=organisation).order_by("name")
        choices = [(str(one.pk), one.name) for one in programmes]
        return {"programme": forms.ChoiceField(label="Programme", choices=choices)}

    def words(self, parameters: Parameters) -> str:
        programme = Programme.objects.filter(pk=parameters["programme"]).first()
        return f"people in {programme or 'a programme that is gone'} who have their device"

    def read(self, organisation: Organisation, site: Site | None, parameters: Parameters) -> Reading:
        places = TranchePerson.objects.filter(
            tranche__programme=parameters["programme"], tranche__programme__organisation=organisation
        )
        if site:
            places = places.filter(staff_member__site=site)
        return Reading(places.figure("handed_over").count(), places.each_person_once().count())

    def url(self, organisation: Organisation, site: Site | None, parameters: Parameters) -> str:
        people = reverse("rollouts:programme-people", args=[parameters["programme"]])
        return f"{people}?figure=handed_over{f'&site={site.pk}' if site else ''}"
