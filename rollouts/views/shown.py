"""How rollouts' rows read on a page, where several pages show them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fleet.models import Device, StaffMember
from fleet.web.status import tag
from rollouts.models import Tranche
from rollouts.vocabulary import Readiness


def link(url: str, words: object) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, words)


def staff_link(person: StaffMember) -> SafeString:
    return link(reverse("fleet:person-detail", args=[person.pk]), person)


def device_link(device: Device | None) -> SafeString | None:
    return None if device is None else link(reverse("fleet:device-detail", args=[device.pk]), device)


def tranche_link(tranche: Tranche) -> SafeString:
    return link(reverse("rollouts:tranche-detail", args=[tranche.pk]), tranche)


def state_tag(tranche: Tranche) -> SafeString:
    return tag(tranche.state, tranche.get_state_display())


def readiness_tag(state: str) -> SafeString:
    """The readiness of a person, site or tranche."""
    return tag(state, Readiness(state).label)
