"""What a classification becomes in another scheme, and the switch from one scheme to another."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fleet", "0013_classification_in_scheme")]
    operations = [
        migrations.CreateModel(
            name="ClassificationMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "approvals",
                    models.CharField(
                        choices=[
                            ("full", "Counts in full"),
                            ("renew", "Needs a renewed decision"),
                            ("end", "Ends"),
                        ],
                        default="full",
                        max_length=5,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["classification__scheme", "classification__rank", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ClassificationMappingChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "approvals",
                    models.CharField(
                        choices=[
                            ("full", "Counts in full"),
                            ("renew", "Needs a renewed decision"),
                            ("end", "Ends"),
                        ],
                        default="full",
                        max_length=5,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SchemeSwitch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("switches_on", models.DateField(verbose_name="first day of the new scheme")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("scheduled", "Scheduled"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("scheduled_at", models.DateTimeField(editable=False, null=True)),
                ("done_at", models.DateTimeField(editable=False, null=True)),
                ("request_id", models.CharField(blank=True, editable=False, max_length=64)),
                ("report", models.JSONField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "switch of schemes",
                "ordering": ["-switches_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SchemeSwitchChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("switches_on", models.DateField(verbose_name="first day of the new scheme")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("scheduled", "Scheduled"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("scheduled_at", models.DateTimeField(editable=False, null=True)),
                ("done_at", models.DateTimeField(editable=False, null=True)),
                ("request_id", models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="approval",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="approval",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="approval",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="approval",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="successors",
                to="fleet.approval",
            ),
        ),
        migrations.AddField(
            model_name="approvalchange",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.approval",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approval",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_approvalchange" ("authority", "classification_id", "follows_id", "id", "minimum_key", "minimum_version", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "reference", "valid_from", "valid_until", "withdrawn_at") SELECT new_values."authority", new_values."classification_id", new_values."follows_id", new_values."id", new_values."minimum_key", new_values."minimum_version", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."platform", new_values."reference", new_values."valid_from", new_values."valid_until", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="db64f6d165cde98e0e3b7f1d7578326107833544",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_caf1d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_approval",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approval",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_approvalchange" ("authority", "classification_id", "follows_id", "id", "minimum_key", "minimum_version", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "reference", "valid_from", "valid_until", "withdrawn_at") SELECT new_values."authority", new_values."classification_id", new_values."follows_id", new_values."id", new_values."minimum_key", new_values."minimum_version", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."platform", new_values."reference", new_values."valid_from", new_values."valid_until", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ee9f26226c8544368da7de3855907f2bc72f251a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2ff8f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_approval",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approval",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_approvalchange" ("authority", "classification_id", "follows_id", "id", "minimum_key", "minimum_version", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "reference", "valid_from", "valid_until", "withdrawn_at") SELECT old_values."authority", old_values."classification_id", old_values."follows_id", old_values."id", old_values."minimum_key", old_values."minimum_version", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."platform", old_values."reference", old_values."valid_from", old_values."valid_until", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0df8bbc9b66e08e6a087bb4cf0c6f01934d7edf1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d7984",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_approval",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="classificationmapping",
            name="becomes",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mapped_from",
                to="fleet.classification",
            ),
        ),
        migrations.AddField(
            model_name="classificationmapping",
            name="classification",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mappings",
                to="fleet.classification",
            ),
        ),
        migrations.AddField(
            model_name="classificationmapping",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mappings", to="fleet.organisation"
            ),
        ),
        migrations.AddField(
            model_name="classificationmappingchange",
            name="becomes",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.classification",
            ),
        ),
        migrations.AddField(
            model_name="classificationmappingchange",
            name="classification",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.classification",
            ),
        ),
        migrations.AddField(
            model_name="classificationmappingchange",
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
            model_name="classificationmappingchange",
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
            model_name="classificationmappingchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="fleet.classificationmapping",
            ),
        ),
        migrations.AddField(
            model_name="classificationmappingchange",
            name="to_scheme",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.classificationscheme",
            ),
        ),
        migrations.AddField(
            model_name="classificationmapping",
            name="to_scheme",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mapped_to",
                to="fleet.classificationscheme",
            ),
        ),
        migrations.AddField(
            model_name="schemeswitch",
            name="from_scheme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="switches_away",
                to="fleet.classificationscheme",
            ),
        ),
        migrations.AddField(
            model_name="schemeswitch",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="switches", to="fleet.organisation"
            ),
        ),
        migrations.AddField(
            model_name="schemeswitch",
            name="scheduled_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="schemeswitch",
            name="to_scheme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="switches_to",
                to="fleet.classificationscheme",
            ),
        ),
        migrations.AddField(
            model_name="schemeswitchchange",
            name="from_scheme",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.classificationscheme",
            ),
        ),
        migrations.AddField(
            model_name="schemeswitchchange",
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
            model_name="schemeswitchchange",
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
            model_name="schemeswitchchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="fleet.schemeswitch",
            ),
        ),
        migrations.AddField(
            model_name="schemeswitchchange",
            name="scheduled_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="schemeswitchchange",
            name="to_scheme",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.classificationscheme",
            ),
        ),
        migrations.AddIndex(
            model_name="classificationmappingchange",
            index=models.Index(fields=["pgh_obj", "pgh_id"], name="classificationmappin_events_of"),
        ),
        migrations.AddIndex(
            model_name="classificationmappingchange",
            index=models.Index(fields=["pgh_created_at", "pgh_id"], name="classificationmappin_events_at"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classificationmappingchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="22587580298b1cdfb3075d18c3e802726545185c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b2bbc",
                    table="fleet_classificationmappingchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="classificationmapping",
            constraint=models.CheckConstraint(
                condition=models.Q(("approvals__in", ["full", "renew", "end"])), name="mapping_approvals"
            ),
        ),
        migrations.AddConstraint(
            model_name="classificationmapping",
            constraint=models.UniqueConstraint(fields=("classification", "to_scheme"), name="mapping_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classificationmapping",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationmappingchange" ("approvals", "becomes_id", "classification_id", "id", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_scheme_id") SELECT new_values."approvals", new_values."becomes_id", new_values."classification_id", new_values."id", new_values."note", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."to_scheme_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="70f2dacc1cd8a52a98be57346a420e859149950d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_732fe",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_classificationmapping",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classificationmapping",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationmappingchange" ("approvals", "becomes_id", "classification_id", "id", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_scheme_id") SELECT new_values."approvals", new_values."becomes_id", new_values."classification_id", new_values."id", new_values."note", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."to_scheme_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="27cdce0c287140fd6ec8d9a352f123c5cc4c01d1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0c4cc",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_classificationmapping",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classificationmapping",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationmappingchange" ("approvals", "becomes_id", "classification_id", "id", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_scheme_id") SELECT old_values."approvals", old_values."becomes_id", old_values."classification_id", old_values."id", old_values."note", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."to_scheme_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="790f9586114dfba67e71a017ed08e6e5d0633c46",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0d7b8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_classificationmapping",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="schemeswitch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "scheduled", "done", "cancelled"])),
                name="switch_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="schemeswitch",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_scheme", models.F("to_scheme")), _negated=True),
                name="switch_goes_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="schemeswitch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("report__isnull", False), ("state", "done")),
                    models.Q(
                        models.Q(("state", "done"), _negated=True),
                        ("done_at__isnull", True),
                        ("report__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="switch_done_with_report",
            ),
        ),
        migrations.AddConstraint(
            model_name="schemeswitch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["scheduled", "done"]), _negated=True),
                    ("scheduled_at__isnull", False),
                    _connector="OR",
                ),
                name="switch_scheduled_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="schemeswitch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "scheduled")),
                fields=("organisation",),
                name="switch_scheduled_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schemeswitch",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_schemeswitchchange" ("done_at", "from_scheme_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "scheduled_at", "scheduled_by_id", "state", "switches_on", "to_scheme_id") SELECT new_values."done_at", new_values."from_scheme_id", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."request_id", new_values."scheduled_at", new_values."scheduled_by_id", new_values."state", new_values."switches_on", new_values."to_scheme_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8d5a2ccb2d0d3b12b872cb0fe572aff59ca1a8e8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_950d2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_schemeswitch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schemeswitch",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_schemeswitchchange" ("done_at", "from_scheme_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "scheduled_at", "scheduled_by_id", "state", "switches_on", "to_scheme_id") SELECT new_values."done_at", new_values."from_scheme_id", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."request_id", new_values."scheduled_at", new_values."scheduled_by_id", new_values."state", new_values."switches_on", new_values."to_scheme_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."done_at" IS DISTINCT FROM (new_values."done_at") OR old_values."from_scheme_id" IS DISTINCT FROM (new_values."from_scheme_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."request_id" IS DISTINCT FROM (new_values."request_id") OR old_values."scheduled_at" IS DISTINCT FROM (new_values."scheduled_at") OR old_values."scheduled_by_id" IS DISTINCT FROM (new_values."scheduled_by_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."switches_on" IS DISTINCT FROM (new_values."switches_on") OR old_values."to_scheme_id" IS DISTINCT FROM (new_values."to_scheme_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="36db3984d260eed3dc49744a3c37c0cab0ce7e7f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_55584",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_schemeswitch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schemeswitch",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_schemeswitchchange" ("done_at", "from_scheme_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "scheduled_at", "scheduled_by_id", "state", "switches_on", "to_scheme_id") SELECT old_values."done_at", old_values."from_scheme_id", old_values."id", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."request_id", old_values."scheduled_at", old_values."scheduled_by_id", old_values."state", old_values."switches_on", old_values."to_scheme_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="78f1680cd37c8b082f99dadadefbea19df6ccc98",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c40c9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_schemeswitch",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="schemeswitchchange",
            index=models.Index(fields=["pgh_obj", "pgh_id"], name="schemeswitch_events_of"),
        ),
        migrations.AddIndex(
            model_name="schemeswitchchange",
            index=models.Index(fields=["pgh_created_at", "pgh_id"], name="schemeswitch_events_at"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schemeswitchchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9158d5f00f41d1212066e438b1e3f2491d98541c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ef6a9",
                    table="fleet_schemeswitchchange",
                    when="BEFORE",
                ),
            ),
        ),
    ]
