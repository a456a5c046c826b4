"""A classification belongs to a scheme; the text is gone."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fleet", "0012_schemes_from_text")]
    operations = [
        migrations.AlterField(
            model_name="classification",
            name="scheme",
            field=models.CharField(max_length=100, blank=True, default=""),
        ),
        migrations.RemoveField(model_name="classification", name="scheme"),
        migrations.RenameField(model_name="classification", old_name="scheme_row", new_name="scheme"),
        migrations.AlterField(
            model_name="classificationchange",
            name="scheme",
            field=models.CharField(max_length=100, blank=True, default=""),
        ),
        migrations.RemoveField(model_name="classificationchange", name="scheme"),
        migrations.RenameField(model_name="classificationchange", old_name="scheme_row", new_name="scheme"),
        migrations.AlterField(
            model_name="classification",
            name="scheme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="classifications",
                to="fleet.classificationscheme",
            ),
        ),
        migrations.AlterField(
            model_name="classificationchange",
            name="scheme",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.classificationscheme",
            ),
        ),
        migrations.AddConstraint(
            model_name="classification",
            constraint=models.UniqueConstraint(
                fields=("organisation", "scheme", "rank"), name="classification_rank"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classification",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationchange" ("code", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "scheme_id", "valid_from", "valid_until") SELECT new_values."code", new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rank", new_values."scheme_id", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="31f9c5373b11be1901b96b5502ae78eb0e43f325",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2b31e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_classification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classification",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationchange" ("code", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "scheme_id", "valid_from", "valid_until") SELECT new_values."code", new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rank", new_values."scheme_id", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b4826c7f28c4343069447136f6d1eeacdecab181",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6343d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_classification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classification",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationchange" ("code", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "scheme_id", "valid_from", "valid_until") SELECT old_values."code", old_values."id", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rank", old_values."scheme_id", old_values."valid_from", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e3b66258082747258622dbd54a4cee52ca52f86c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_43e61",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_classification",
                    when="AFTER",
                ),
            ),
        ),
    ]
