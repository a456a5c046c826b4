"""SIMs that are known already get their dated pairing and, where they have a number, their line."""

from django.db import migrations

# Numbers as MDM systems report them: a leading 0 is of the home country.
NUMBER = "regexp_replace(msisdn, '^[+]0(?=[1-9])', '+44')"

PAIRINGS = """
    INSERT INTO fleet_simpairing (sim_id, device_id, from_at)
    SELECT id, device_id, coalesce(observed_at, now()) FROM fleet_sim WHERE device_id IS NOT NULL
"""
LINES = f"""
    INSERT INTO fleet_line (organisation_id, msisdn, carrier, sim_id, paired_at, justification,
        justification_note, origin, starts_on)
    SELECT DISTINCT ON (organisation_id, {NUMBER}) organisation_id, {NUMBER}, carrier, id, observed_at,
        '', '', 'mdm', coalesce(observed_at, now())::date
    FROM fleet_sim WHERE msisdn <> ''
    ORDER BY organisation_id, {NUMBER}, observed_at DESC NULLS LAST, iccid DESC
"""  # noqa: S608 - NUMBER is ours


class Migration(migrations.Migration):
    dependencies = [("fleet", "0026_roles_in_lines")]
    operations = [
        migrations.RunSQL(PAIRINGS, "DELETE FROM fleet_simpairing"),
        migrations.RunSQL(LINES, "DELETE FROM fleet_line"),
    ]
