"""Months from before allowances were kept get that of the tariff their line has now, as they were shown."""

from django.db import migrations

_MONTHS = """
    UPDATE fleet_usagerecord r SET allowance_bytes = t.data_allowance_bytes
    FROM fleet_line l JOIN fleet_tariff t ON t.id = l.tariff_id WHERE l.id = r.line_id
"""
# What a bill took the place of comes back when it is undone.
_REPLACED = """
    UPDATE fleet_usagebatch b SET replaced = (
        SELECT jsonb_agg(kept || jsonb_build_object('allowance_bytes', t.data_allowance_bytes) ORDER BY at)
        FROM jsonb_array_elements(b.replaced) WITH ORDINALITY AS one (kept, at)
        LEFT JOIN fleet_line l ON l.id = (kept ->> 'line_id')::bigint
        LEFT JOIN fleet_tariff t ON t.id = l.tariff_id
    ) WHERE b.replaced <> '[]'
"""


class Migration(migrations.Migration):
    dependencies = [("fleet", "0046_allowance_of_months")]

    operations = [
        migrations.RunSQL(_MONTHS, migrations.RunSQL.noop),
        migrations.RunSQL(_REPLACED, migrations.RunSQL.noop),
    ]
