"""Who was erased, known by a keyed hash of the staff number alone."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.crypto import salted_hmac

from fleet.models import Erasure

SALT = "fleet.services.erasure"
REFUSAL = "Whoever had this staff number was erased on request: somebody new needs another number"


def digests_of(organisation_id: int, staff_number: str) -> list[str]:
    """Keyed hashes of a staff number: by the key of today, then by older ones that settings still name."""
    value = f"{organisation_id}:{staff_number.strip().casefold()}"
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(SALT, value, key, algorithm="sha256").hexdigest() for key in keys]


def memory_of(organisation_id: int) -> Callable[[str], bool]:
    """Tells of any number of staff numbers whether their person was erased. One query in all."""
    known = set(Erasure.objects.filter(organisation=organisation_id).values_list("digest", flat=True))

    def remembers(staff_number: str) -> bool:
        return bool(known) and not known.isdisjoint(digests_of(organisation_id, staff_number))

    return remembers


def is_erased(organisation_id: int, staff_number: str) -> bool:
    """Whether the person with this staff number was erased, so that they must not come back unnoticed."""
    return memory_of(organisation_id)(staff_number)
