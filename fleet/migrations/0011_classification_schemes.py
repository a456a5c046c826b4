"""Classification schemes become rows; each classification may name one beside its text."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fleet", "0010_who_gave_roles"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]
    operations = [
        migrations.CreateModel(
            name="ClassificationScheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["code", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ClassificationSchemeChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="classificationscheme",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="schemes", to="fleet.organisation"
            ),
        ),
        migrations.AddField(
            model_name="classificationschemechange",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.organisation",
            ),
        ),
        migrations.AddField(
            model_name="classificationschemechange",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="classificationschemechange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="fleet.classificationscheme",
            ),
        ),
        migrations.AddConstraint(
            model_name="classificationscheme",
            constraint=models.UniqueConstraint(fields=("organisation", "code"), name="scheme_code"),
        ),
        migrations.AddConstraint(
            model_name="classificationscheme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="scheme_valid",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classificationscheme",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationschemechange" ("code", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") SELECT new_values."code", new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e09ca21cf609090a3bf2b326ab2ba42e47843952",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c33c9",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_classificationscheme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classificationscheme",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationschemechange" ("code", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") SELECT new_values."code", new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="16b5cf934fe71211776721ef16ccc4f3ba3260ff",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1bf80",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_classificationscheme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classificationscheme",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationschemechange" ("code", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") SELECT old_values."code", old_values."id", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."valid_from", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3efb3a9dacca42278c79d03609eaa54a31af7114",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5750c",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_classificationscheme",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="classificationschemechange",
            index=models.Index(fields=["pgh_obj", "pgh_id"], name="classificationscheme_events_of"),
        ),
        migrations.AddIndex(
            model_name="classificationschemechange",
            index=models.Index(fields=["pgh_created_at", "pgh_id"], name="classificationscheme_events_at"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classificationschemechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6da8110fc7f6bcdabc113ea28783faab10aa632e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_eb60b",
                    table="fleet_classificationschemechange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="classification",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="classification",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="classification",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(model_name="classification", name="classification_rank"),
        migrations.AddField(
            model_name="classification",
            name="scheme_row",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="classifications",
                to="fleet.classificationscheme",
            ),
        ),
        migrations.AddField(
            model_name="classificationchange",
            name="scheme_row",
            field=models.ForeignKey(
                null=True,
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.classificationscheme",
            ),
        ),
    ]
