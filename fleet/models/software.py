"""Which software matters to an organisation, and which version of it each device has."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower

from fleet.history import tracked
from fleet.models.constraints import one_of
from fleet.models.devices import Device
from fleet.models.organisations import Organisation
from fleet.versions import version_key
from fleet.vocabulary import ProductCategory


@tracked()
class TrackedProduct(models.Model):
    """What an organisation follows otherwise than everybody does: it adds to the shipped products, or stands
    in the place of the one with its name. Without patterns the product is not followed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tracked_products")
    name = models.CharField(max_length=100)
    category = models.CharField(max_length=10, choices=ProductCategory)
    patterns = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("organisation", Lower("name"), name="tracked_product_name"),
            one_of("category", ProductCategory, name="tracked_product_category"),
        ]

    def __str__(self) -> str:
        return self.name


class DeviceProductQuerySet(models.QuerySet["DeviceProduct"]):
    def which(self, given: dict[str, str]) -> DeviceProductQuerySet:
        """Those that meet look-ups of product and version; a version that compares is a known one."""
        rows = self.order_by()
        for lookup, value in given.items():
            if lookup.startswith("version_key"):
                key = Value(version_key(value), output_field=ArrayField(models.BigIntegerField()))
                rows = rows.filter(**{lookup: key}).exclude(version="")
            elif lookup == "known":
                rows = rows.filter(version="") if value == "false" else rows.exclude(version="")
            else:
                rows = rows.filter(**{lookup: value})
        return rows


class DeviceProduct(models.Model):
    """A followed product as the last count found it among what an MDM reports of a device.

    Where several versions are installed, the highest. `product` is the name that the organisation gives it.
    """

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="products", db_index=False)
    product = models.CharField(max_length=100)
    version = models.CharField(max_length=100, blank=True)
    version_key = ArrayField(models.BigIntegerField(), default=list, blank=True)

    objects = DeviceProductQuerySet.as_manager()

    class Meta:
        ordering = ["product"]
        constraints = [models.UniqueConstraint(fields=["device", "product"], name="device_product_once")]
        indexes = [
            # the device list by product and version, and the share of a version now
            models.Index(fields=["product", "version_key"], name="device_product_version"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.version}".strip()
