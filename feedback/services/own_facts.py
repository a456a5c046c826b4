"""What the fleet knows of somebody on the day they say something: site, device, what runs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from feedback.models import Voice
from feedback.vocabulary import ANONYMOUS_AMONG, ShownAs
from fleet.models import Device, DeviceProduct, Grant, Organisation, StaffMember, User


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """Of one account in one organisation; each part is None or empty where it is not known."""

    staff_member: StaffMember | None
    device: Device | None
    software: str

    @property
    def words(self) -> list[str]:
        """What would be attached, for the person to read first."""
        site = self.staff_member.site.name if self.staff_member and self.staff_member.site else ""
        device = self.device
        model = str(device.model) if device and device.model else ""
        system = f"{device.get_platform_display()} {device.os_version}".strip() if device else ""
        return [part for part in (site, model, system, self.software) if part]


def own_facts(user: User, organisation: Organisation) -> OwnFacts:
    """Three queries. Of several devices held, the one seen last."""
    person = user.staff_records.filter(organisation=organisation).select_related("site").first()
    held = Device.objects.on_the_books().filter(holder=person).select_related("model") if person else None
    device = held.order_by("-heartbeat__last_seen_at", "-pk").first() if held is not None else None
    products = DeviceProduct.objects.filter(device=device).order_by("product") if device else []
    return OwnFacts(
        person, device, ", ".join(f"{one.product} {one.version}".strip() for one in products)[:300]
    )


def attach(voice: Voice, facts: OwnFacts) -> None:
    """Puts the facts on a voice that is not saved yet; of an anonymous one, those alone that many share."""
    person, device = facts.staff_member, facts.device
    voice.site = person.site if person else None
    if device is not None:
        voice.device, voice.device_model = device, device.model
        voice.platform, voice.os_version = device.platform, device.os_version
        voice.software = facts.software
    if voice.shown_as == ShownAs.ANONYMOUS:
        _blur(voice)
    else:
        voice.staff_member = person


def _blur(voice: Voice) -> None:
    """What at least so many people share together: the model and system first, then the site beside them.

    Those count who could have spoken: their account may post.
    """
    organisation_id = voice.thread.organisation_id
    held: Any = Device.objects.in_use().filter(organisation=organisation_id, holder__isnull=False)
    posting = Grant.objects.in_force().filter(
        organisation=organisation_id, user__is_active=True, role__permissions__contains=["feedback.post"]
    )
    alike: Any = StaffMember.objects.filter(organisation=organisation_id, user__in=posting.values("user"))
    voice.device = None
    voice.software = voice.os_version = ""
    for name, nothing in (("platform", ""), ("device_model", None)):
        fact = getattr(voice, name)
        narrower = held.filter(**{name.removeprefix("device_"): fact}) if fact else held.none()
        those = alike.filter(pk__in=narrower.values("holder"))
        if _many(those):
            held, alike = narrower, those
        else:
            setattr(voice, name, nothing)
    if voice.site and not _many(alike.filter(site=voice.site)):
        voice.site = None


def _many(rows: Any) -> bool:
    return len(rows.order_by()[:ANONYMOUS_AMONG].values_list("pk")) == ANONYMOUS_AMONG
