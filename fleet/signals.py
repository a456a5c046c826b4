"""What fleet tells the apps above it; fleet knows none of them."""

from django.dispatch import Signal

# Sent after commit. Arguments: organisation_id (int), device_ids, staff_ids and site_ids (sets of int).
# A set that is None means "any of this organisation": a bulk load does not list its rows.
facts_changed = Signal()
