"""Devices, their models and SIMs: the register, kept true by what MDM systems report."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Value
from django.db.models.functions import Lower

from fleet.history import tracked
from fleet.models.constraints import one_of
from fleet.models.counts import count_of
from fleet.models.organisations import Organisation
from fleet.models.pairings import dated
from fleet.models.people import StaffMember
from fleet.models.searching import begins_a_word, found, labelled
from fleet.models.sites import Site
from fleet.versions import version_key
from fleet.vocabulary import (
    AssistiveTechnology,
    BatteryHealth,
    Compliance,
    Enrolment,
    FormFactor,
    LifeCycle,
    Ownership,
    Platform,
    Wipe,
)

VERSION = re.compile(r"\d{1,3}(\.\d*)*")

if TYPE_CHECKING:
    from fleet.models.accounts import User


IN_USE = (LifeCycle.ISSUED, LifeCycle.ON_LOAN)
OFF_THE_BOOKS = (LifeCycle.RETIRED, LifeCycle.DISPOSED)


class DeviceModelQuerySet(models.QuerySet["DeviceModel"]):
    def visible_to(self, user: User) -> DeviceModelQuerySet:
        return self.filter(user.access.scope("devices.view", sites=()))

    def with_counts(self) -> DeviceModelQuerySet:
        """Adds `in_stock` and `in_use`, numbers of devices."""
        stock = Device.objects.filter(life_cycle=LifeCycle.IN_STOCK)
        return self.annotate(
            in_stock=count_of(stock, model=OuterRef("pk")),
            in_use=count_of(Device.objects.in_use(), model=OuterRef("pk")),
        )


@tracked()
class DeviceModel(models.Model):
    """A model that the organisation buys. `identifier` is the maker's (`iPad13,4`), which MDMs report."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="device_models")
    manufacturer = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    identifier = models.CharField(max_length=100, blank=True)
    platform = models.CharField(max_length=10, choices=Platform)
    form_factor = models.CharField(max_length=10, choices=FormFactor)
    price_pence = models.PositiveIntegerField("price (pence)", null=True, blank=True)
    supported_until = models.DateField(null=True, blank=True)
    assistive_supported = ArrayField(
        models.CharField(max_length=30, choices=AssistiveTechnology),
        verbose_name="assistive technology supported",
        default=list,
        blank=True,
    )

    objects = DeviceModelQuerySet.as_manager()

    class Meta:
        ordering = ["manufacturer", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "manufacturer", "name"], name="model_name"),
            models.UniqueConstraint(
                "organisation", Lower("identifier"), condition=~Q(identifier=""), name="model_identifier"
            ),
            one_of("platform", Platform, name="model_platform"),
            one_of("form_factor", FormFactor, name="model_form_factor"),
        ]

    def __str__(self) -> str:
        return f"{self.manufacturer} {self.name}"


def _key(version: str) -> Value:
    return Value(version_key(version), output_field=ArrayField(models.BigIntegerField()))


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, user: User) -> DeviceQuerySet:
        """Those a role shows, and always the ones that one holds."""
        scope = user.access.scope("devices.view", sites=("site", "holder__site"))
        return self.filter(scope | Q(holder__in=user.own_staff_beyond("devices.view")))

    def search(self, text: str) -> DeviceQuerySet:
        """Those of which each word of `text` begins an identifier, a word of the site, model, platform or
        life cycle, or finds the holder; or that `text` as it stands begins an identifier or the OS of."""
        every = self.model.objects.order_by()

        def whole(start: str) -> list[DeviceQuerySet]:
            return [*self.identified(start), *self._of_os(start)]

        def each(word: str) -> list[DeviceQuerySet]:
            models = DeviceModel.objects.filter(begins_a_word(word, "name", "manufacturer", "identifier"))
            sites = Site.objects.filter(begins_a_word(word, "name", "code"))
            labels = {"platform": Platform.choices, "life_cycle": LifeCycle.choices}
            meant = {name: labelled(choices, word) for name, choices in labels.items()}
            return [
                *whole(word),
                every.filter(holder__in=StaffMember.objects.named(word).order_by()),
                every.filter(site__in=sites.values("pk")),
                every.filter(model__in=models.order_by().values("pk")),
                *(every.filter(**{f"{name}__in": values}) for name, values in meant.items() if values),
            ]

        return found(self, text, whole=whole, each=each)

    def identified(self, start: str) -> list[DeviceQuerySet]:
        """A branch for each identifier that begins so, each with an index of its own."""
        every = self.model.objects.order_by()
        tagged = every.exclude(asset_tag="").alias(lower=Lower("asset_tag"))
        return [
            every.exclude(serial="").filter(serial__startswith=start.upper()),
            every.exclude(hw_id="").filter(hw_id__startswith=start.lower().strip("{}")),
            every.exclude(imei="").filter(imei__startswith=start),
            every.exclude(imei2="").filter(imei2=start),
            tagged.filter(lower__startswith=start.lower()),
        ]

    def _of_os(self, start: str) -> list[DeviceQuerySet]:
        """What runs “iPadOS 17.4” or “17.4”. Few texts are like that, so no index is kept for them."""
        platform, _, version = start.rpartition(" ")
        if not VERSION.fullmatch(version) or (not platform and "." not in version):
            return []
        rows = self.model.objects.order_by().filter(os_version__startswith=version)
        return [rows.filter(platform__in=labelled(Platform.choices, platform)) if platform else rows]

    def seen_since(self, moment: dt.datetime) -> DeviceQuerySet:
        return self.filter(heartbeat__last_seen_at__gte=moment)

    def silent_since(self, moment: dt.datetime) -> DeviceQuerySet:
        """Not seen since then, or never: nobody can say where such a device is either."""
        seen = Q(heartbeat__last_seen_at__isnull=True) | Q(heartbeat__last_seen_at__lt=moment)
        return self.filter(seen)

    def os_below(self, version: str) -> DeviceQuerySet:
        """Those with a known OS version below this one; versions compare number by number."""
        return self.filter(os_key__lt=_key(version)).exclude(os_version="")

    def os_from(self, version: str) -> DeviceQuerySet:
        """Those with a known OS version of this one or a later one."""
        return self.filter(os_key__gte=_key(version)).exclude(os_version="")

    def in_use(self) -> DeviceQuerySet:
        return self.filter(life_cycle__in=IN_USE)

    def on_the_books(self) -> DeviceQuerySet:
        """All that the organisation still has or expects: not retired, disposed of or wiped for good."""
        return self.exclude(life_cycle__in=OFF_THE_BOOKS)


@tracked(exclude=("software",))
class Device(models.Model):
    """One device. Register facts are ours; the rest is what MDM systems report, newest observation wins.

    Identifiers are kept normalised: serial in capitals, hw_id in lower case without braces, IMEI 15 digits,
    MAC 12 hex digits. Empty means not known. What changes at every check-in is in `Heartbeat`.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="devices",
        db_index=False,  # device_by_tag and device_stock begin with it
    )

    # Register facts: imports, pages and custody set these.
    asset_tag = models.CharField(max_length=100, blank=True)
    model = models.ForeignKey(
        DeviceModel, null=True, blank=True, on_delete=models.PROTECT, related_name="devices"
    )
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="devices")
    holder = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="devices"
    )
    life_cycle = models.CharField(max_length=10, choices=LifeCycle, default=LifeCycle.IN_STOCK)
    issued_at = models.DateTimeField(null=True, blank=True, editable=False)
    purchased_on = models.DateField(null=True, blank=True)
    warranty_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    # Identifiers, from either side.
    serial = models.CharField(max_length=100, blank=True)
    hw_id = models.CharField("hardware id", max_length=100, blank=True)
    imei = models.CharField("IMEI", max_length=15, blank=True)
    imei2 = models.CharField("second IMEI", max_length=15, blank=True)
    meid = models.CharField("MEID", max_length=100, blank=True)
    wifi_mac = models.CharField("Wi-Fi MAC", max_length=12, blank=True)

    # Reported facts.
    manufacturer = models.CharField(max_length=100, blank=True)
    reported_model = models.CharField(max_length=200, blank=True)
    reported_model_id = models.CharField(max_length=100, blank=True)
    reported_asset_tag = models.CharField(max_length=100, blank=True)
    platform = models.CharField(max_length=10, choices=Platform, default=Platform.UNKNOWN)
    os_version = models.CharField("OS version", max_length=100, blank=True)
    os_key = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    os_build = models.CharField("OS build", max_length=100, blank=True)
    user_upn = models.CharField("user (UPN)", max_length=254, blank=True)
    user_email = models.CharField("user e-mail", max_length=254, blank=True)
    user_name = models.CharField(max_length=200, blank=True)
    enrolment = models.CharField(max_length=10, choices=Enrolment, default=Enrolment.UNKNOWN)
    compliance = models.CharField(max_length=12, choices=Compliance, default=Compliance.UNKNOWN)
    supervised = models.BooleanField(null=True, blank=True)
    encrypted = models.BooleanField(null=True, blank=True)
    passcode = models.BooleanField(null=True, blank=True)
    lost_mode = models.BooleanField(null=True, blank=True)
    wipe = models.CharField(max_length=10, choices=Wipe, default=Wipe.NONE)
    ownership = models.CharField(max_length=12, choices=Ownership, default=Ownership.UNKNOWN)
    enrolled_at = models.DateTimeField(null=True, blank=True)
    storage_total_bytes = models.BigIntegerField(null=True, blank=True)
    software = models.JSONField(default=list, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "asset_tag"], condition=~Q(asset_tag=""), name="device_asset_tag"
            ),
            one_of("life_cycle", LifeCycle, name="device_life_cycle"),
            one_of("platform", Platform, name="device_platform"),
            one_of("enrolment", Enrolment, name="device_enrolment"),
            one_of("compliance", Compliance, name="device_compliance"),
            one_of("wipe", Wipe, name="device_wipe"),
            one_of("ownership", Ownership, name="device_ownership"),
            models.CheckConstraint(
                condition=Q(life_cycle__in=[LifeCycle.ISSUED, LifeCycle.ON_LOAN], holder__isnull=False)
                | ~Q(life_cycle__in=[LifeCycle.ISSUED, LifeCycle.ON_LOAN]),
                name="device_in_use_has_holder",
            ),
        ]
        indexes = [
            # identity: which devices does this record name; also search by the start of an identifier
            models.Index(
                OpClass("serial", "text_pattern_ops"), condition=~Q(serial=""), name="device_serial"
            ),
            models.Index(OpClass("hw_id", "text_pattern_ops"), condition=~Q(hw_id=""), name="device_hw_id"),
            models.Index(OpClass("imei", "text_pattern_ops"), condition=~Q(imei=""), name="device_imei"),
            models.Index(fields=["imei2"], condition=~Q(imei2=""), name="device_imei2"),
            # search by the start of an asset tag
            models.Index(
                OpClass(Lower("asset_tag"), "text_pattern_ops"),
                condition=~Q(asset_tag=""),
                name="device_asset_tag_prefix",
            ),
            # the device list in its usual order
            models.Index(fields=["organisation", "asset_tag", "id"], name="device_by_tag"),
            # the device list by life cycle, and stock for allocation
            models.Index(fields=["organisation", "life_cycle", "model"], name="device_stock"),
        ]

    def __str__(self) -> str:
        return self.tag or self.serial or self.imei or self.hw_id or f"Device {self.pk}"

    @property
    def tag(self) -> str:
        """Our asset tag, or the one that an MDM reports where we have none."""
        return self.asset_tag or self.reported_asset_tag

    @property
    def model_name(self) -> str:
        return str(self.model) if self.model else (self.reported_model or self.reported_model_id)


class Heartbeat(models.Model):
    """What changes at each check-in; kept apart so that a check-in neither rewrites nor logs the device.

    Each value has the time at which it was observed, so that a late record cannot put an older one back.
    """

    device = models.OneToOneField(
        Device, primary_key=True, on_delete=models.CASCADE, related_name="heartbeat"
    )
    last_seen_at = models.DateTimeField(null=True, blank=True)
    battery_level = models.PositiveSmallIntegerField(
        "battery (%)", null=True, validators=[MaxValueValidator(100)]
    )
    battery_level_at = models.DateTimeField(null=True)
    battery_health = models.CharField(max_length=10, choices=BatteryHealth, default=BatteryHealth.UNKNOWN)
    battery_health_at = models.DateTimeField(null=True)
    storage_free_bytes = models.BigIntegerField(null=True)
    storage_free_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(battery_level__isnull=True) | Q(battery_level__lte=100),
                name="heartbeat_battery_percent",
            ),
            one_of("battery_health", BatteryHealth, name="heartbeat_battery_health"),
        ]
        indexes = [
            # the device list by last seen, and devices that fell silent
            models.Index(fields=["last_seen_at", "device"], name="heartbeat_last_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.device_id} last seen {self.last_seen_at}"


class SimQuerySet(models.QuerySet["Sim"]):
    def visible_to(self, user: User) -> SimQuerySet:
        return self.filter(user.access.scope("devices.view", sites=("device__site", "device__holder__site")))


@tracked(exclude=("observed_at",))
class Sim(models.Model):
    """A SIM, known by its ICCID; the device that it was last reported in."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sims")
    iccid = models.CharField("ICCID", max_length=22)
    msisdn = models.CharField("phone number (MSISDN)", max_length=16, blank=True)
    eid = models.CharField("EID", max_length=40, blank=True)
    carrier = models.CharField(max_length=100, blank=True)
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.SET_NULL, related_name="sims")
    observed_at = models.DateTimeField(null=True, editable=False)

    objects = SimQuerySet.as_manager()

    class Meta:
        ordering = ["iccid"]
        constraints = [models.UniqueConstraint(fields=["organisation", "iccid"], name="sim_iccid")]
        indexes = [
            # which SIM a number was last reported on
            models.Index(fields=["organisation", "msisdn"], condition=~Q(msisdn=""), name="sim_by_number"),
        ]
        triggers = dated("fleet_simpairing", one="sim", other="device", at="observed_at")

    def __str__(self) -> str:
        return self.iccid
