"""One scheme for each text that an organisation's classifications named as theirs, and back."""

from django.db import migrations

TABLES = ("fleet_classification", "fleet_classificationchange")
SCHEMES = """
    INSERT INTO fleet_classificationscheme (organisation_id, code, name)
    SELECT organisation_id, scheme, scheme FROM fleet_classification
    UNION SELECT organisation_id, scheme, scheme FROM fleet_classificationchange
    WHERE organisation_id IN (SELECT id FROM fleet_organisation)
"""
TO_ROWS = """
    UPDATE {table} named SET scheme_row_id = scheme.id FROM fleet_classificationscheme scheme
    WHERE scheme.organisation_id = named.organisation_id AND scheme.code = named.scheme
"""
# Of organisations that are gone the change log knows no scheme any more.
GONE = "UPDATE fleet_classificationchange SET scheme_row_id = 0 WHERE scheme_row_id IS NULL"
TO_TEXT = """
    UPDATE {table} named SET scheme = scheme.code FROM fleet_classificationscheme scheme
    WHERE scheme.id = named.scheme_row_id
"""


def _each(schema_editor, sql, *more):
    """The change log is append-only for everybody else, and this is no change that anybody made."""
    schema_editor.execute("ALTER TABLE fleet_classificationchange DISABLE TRIGGER USER")
    for statement in (*(sql.format(table=table) for table in TABLES), *more):
        schema_editor.execute(statement)
    schema_editor.execute("ALTER TABLE fleet_classificationchange ENABLE TRIGGER USER")


def to_rows(apps, schema_editor):
    schema_editor.execute(SCHEMES)
    _each(schema_editor, TO_ROWS, GONE)


def to_text(apps, schema_editor):
    _each(schema_editor, TO_TEXT)


class Migration(migrations.Migration):
    dependencies = [("fleet", "0011_classification_schemes")]
    operations = [migrations.RunPython(to_rows, to_text)]
