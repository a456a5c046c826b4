"""Who gave each role stood in the change log alone; now it stands with the role."""

from django.db import migrations

FROM_THE_LOG = """
UPDATE fleet_grant SET given_by_id = told.actor
FROM (
    SELECT event.pgh_obj_id AS grant_id, (context.metadata ->> 'actor')::bigint AS actor
    FROM fleet_grantchange event
    JOIN pghistory_context context ON context.id = event.pgh_context_id
    WHERE event.pgh_label = 'insert'
) told
JOIN fleet_user giver ON giver.id = told.actor
WHERE told.grant_id = fleet_grant.id AND fleet_grant.given_by_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("fleet", "0009_access"), ("pghistory", "0001_initial")]
    operations = [migrations.RunSQL(FROM_THE_LOG, migrations.RunSQL.noop)]
