"""The software that matters: which names mean which product, and which devices have it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.db import connection, transaction
from django.db.models import Count

from fleet.errors import Invalid
from fleet.models import DeviceProduct, Organisation, TrackedProduct
from fleet.models.devices import DeviceQuerySet
from fleet.versions import version_key
from fleet.vocabulary import ProductCategory

LONGEST_VERSION = 100


@dataclass(frozen=True, slots=True)
class Product:
    """`patterns` are of names as MDM systems report them, in small letters, `*` for anything.

    `is_own`: the organisation's word, not the shipped one. Without patterns it is not followed.
    """

    name: str
    category: str
    patterns: tuple[str, ...]
    is_own: bool = False

    def matches(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self.patterns)


def _shipped(category: ProductCategory, **products: tuple[str, ...]) -> list[Product]:
    return [Product(name.replace("_", " "), category.value, names) for name, names in products.items()]


SHIPPED: tuple[Product, ...] = (
    *_shipped(
        ProductCategory.BROWSER,
        Google_Chrome=("google chrome", "google chrome.app", "chrome", "com.android.chrome"),
        Microsoft_Edge=("microsoft edge", "microsoft edge.app", "edge", "com.microsoft.emmx"),
        Mozilla_Firefox=("mozilla firefox*", "firefox", "firefox.app", "org.mozilla.firefox"),
        Safari=("safari", "safari.app"),
        Internet_Explorer=("internet explorer*",),
    ),
    *_shipped(
        ProductCategory.ASSISTIVE,
        JAWS=("jaws", "jaws *", "freedom scientific jaws*"),
        NVDA=("nvda", "nvda *", "nonvisual desktop access*"),
        Dragon=("dragon", "dragon professional*", "dragon naturallyspeaking*", "dragon legal*"),
        ZoomText=("zoomtext*",),
        Fusion=("freedom scientific fusion*",),
        SuperNova=("supernova*", "dolphin supernova*"),
        TextHelp_Read_Write=("read&write*", "texthelp read&write*", "read & write*"),
        MindView=("mindview*",),
    ),
    *_shipped(
        ProductCategory.VPN,
        Cisco_Secure_Client=("cisco anyconnect*", "cisco secure client*"),
        GlobalProtect=("globalprotect*", "palo alto globalprotect*"),
        FortiClient=("forticlient*",),
        Zscaler=("zscaler*",),
        OpenVPN=("openvpn*",),
        WireGuard=("wireguard*",),
    ),
)

_NAMES = """
    SELECT DISTINCT s.name, left(coalesce(s.version, ''), 100) FROM fleet_device d
    CROSS JOIN LATERAL jsonb_to_recordset(d.software) AS s (name text, version text)
    WHERE d.organisation_id = %s AND jsonb_typeof(d.software) = 'array' AND s.name IS NOT NULL
"""
_FORGET = """
    DELETE FROM fleet_deviceproduct p USING fleet_device d WHERE d.id = p.device_id AND d.organisation_id = %s
"""
_STORE = """
    INSERT INTO fleet_deviceproduct (device_id, product, version, version_key)
    SELECT DISTINCT ON (d.id, m.product) d.id, m.product, m.version, m.key FROM fleet_device d
    CROSS JOIN LATERAL jsonb_to_recordset(d.software) AS s (name text, version text)
    JOIN jsonb_to_recordset(%s::jsonb) AS m (name text, version text, product text, key bigint[])
        ON m.name = s.name AND m.version = left(coalesce(s.version, ''), 100)
    WHERE d.organisation_id = %s AND jsonb_typeof(d.software) = 'array'
    ORDER BY d.id, m.product, m.key DESC
"""


def products_of(organisation: Organisation) -> list[Product]:
    """The shipped ones as the organisation changed them, and its own; by category and name. One query."""
    found = {product.name.lower(): product for product in SHIPPED}
    for row in TrackedProduct.objects.filter(organisation=organisation):
        found[row.name.lower()] = Product(row.name, row.category, tuple(row.patterns), is_own=True)
    return sorted(found.values(), key=lambda product: (product.category, product.name.lower()))


def found_on(devices: DeviceQuerySet) -> dict[str, int]:
    """Product → on how many of `devices` in use the last count found it; one query."""
    rows = DeviceProduct.objects.filter(device__in=devices.in_use().order_by()).order_by()
    return dict(rows.values_list("product").annotate(n=Count("pk")))


def follow(
    *, organisation: Organisation, name: str, category: str, patterns: Iterable[str]
) -> TrackedProduct:
    """From the next count on `name` means software so called. No patterns: it is not followed any more.

    Raises Invalid (`patterns`) for one that would match nearly everything.
    """
    wanted = sorted({" ".join(pattern.lower().split()) for pattern in patterns if pattern.strip()})
    for pattern in wanted:
        if len(pattern.replace("*", "").replace("?", "")) < 3:
            raise Invalid(f"“{pattern}” matches too much: write at least three letters.", field="patterns")
    row = TrackedProduct.objects.filter(organisation=organisation, name__iexact=name).first()
    row = row or TrackedProduct(organisation=organisation)
    row.name, row.category, row.patterns = name, category, wanted
    row.save()
    return row


@transaction.atomic
def match(*, organisation: Organisation) -> int:
    """Find the followed products on every device of the organisation; how many were found. Four statements.

    Names and versions that differ are few, so they are judged here, and the devices are joined to them.
    """
    followed = products_of(organisation)
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [organisation.pk])
        known = [
            {"name": name, "version": version, "product": product.name, "key": version_key(version)}
            for name, version in cursor.fetchall()
            for product in followed
            if product.matches(" ".join(name.lower().split()))
        ]
        cursor.execute(_FORGET, [organisation.pk])
        cursor.execute(_STORE, [json.dumps(known), organisation.pk])
        return int(cursor.rowcount)
