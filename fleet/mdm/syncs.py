"""Complete syncs: when all parts are applied, devices that none of them named are marked missing."""

from __future__ import annotations

from django.db.models import Min
from django.utils import timezone

from fleet.mdm import ranking
from fleet.mdm.reading import rows_of
from fleet.models import Delivery
from fleet.vocabulary import DeliveryStatus

# A device that was reported outside the sync since it began is there all the same, under whichever id.
# A sync whose records were all rejected names no device: it says nothing of what the source has.
_MARK = """
    WITH named AS (
        SELECT device_id FROM fleet_delivery, unnest(device_ids) AS device_id
        WHERE source_id = %(source)s AND sync_id = %(sync)s AND status = 'applied' AND device_id IS NOT NULL)
    UPDATE fleet_sourcerecord SET missing_since = %(now)s
    WHERE mdm_source_id = %(source)s AND missing_since IS NULL AND EXISTS (SELECT FROM named)
        AND device_id NOT IN (
            SELECT device_id FROM named
            UNION ALL SELECT device_id FROM fleet_sourcerecord
            WHERE mdm_source_id = %(source)s AND observed_at >= %(began)s)
    RETURNING device_id
"""


def complete(delivery: Delivery) -> None:
    """Mark what the source no longer has, once the delivery was the last part of its sync to be applied.

    It wins by no rank any more, so the devices follow anew where the organisation has ranks.
    """
    if not delivery.sync_id:
        return
    parts = Delivery.objects.filter(source=delivery.source_id, sync_id=delivery.sync_id)
    applied = parts.filter(status=DeliveryStatus.APPLIED, sync_of=delivery.sync_of)
    if applied.values("sync_part").distinct().count() < (delivery.sync_of or 0):
        return
    began = parts.aggregate(began=Min("received_at"))["began"]
    params = {"now": timezone.now(), "source": delivery.source_id, "sync": delivery.sync_id, "began": began}
    if rows_of(_MARK, params):
        ranking.follow_anew(delivery.source.organisation_id)
