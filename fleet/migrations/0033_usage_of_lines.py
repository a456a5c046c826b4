"""Usage of lines by period, how carriers’ files are read, and forecasts."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fleet", "0032_replayed_deliveries"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="CarrierMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("carrier", models.CharField(max_length=100)),
                ("signature", models.CharField(max_length=2000)),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("itemised", "Itemised: a row for each call, text or session"),
                            ("summary", "Summary: a row for each line, with totals"),
                        ],
                        max_length=10,
                    ),
                ),
                ("columns", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                (
                    "data_unit",
                    models.CharField(
                        choices=[
                            ("bytes", "Bytes"),
                            ("kilobytes", "KB"),
                            ("megabytes", "MB"),
                            ("gigabytes", "GB"),
                        ],
                        default="megabytes",
                        max_length=10,
                    ),
                ),
                (
                    "megabyte_bytes",
                    models.IntegerField(
                        choices=[(1000000, "1,000,000 bytes"), (1048576, "1,048,576 bytes")], default=1000000
                    ),
                ),
                (
                    "time_unit",
                    models.CharField(
                        choices=[("seconds", "Seconds"), ("minutes", "Minutes")],
                        default="seconds",
                        max_length=10,
                    ),
                ),
                (
                    "charge_unit",
                    models.CharField(
                        choices=[("pounds", "Pounds"), ("pence", "Pence")], default="pounds", max_length=10
                    ),
                ),
                ("billing_day", models.PositiveSmallIntegerField(default=1)),
                ("is_vat_included", models.BooleanField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carrier_mappings",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["carrier", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CarrierMappingChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("carrier", models.CharField(max_length=100)),
                ("signature", models.CharField(max_length=2000)),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("itemised", "Itemised: a row for each call, text or session"),
                            ("summary", "Summary: a row for each line, with totals"),
                        ],
                        max_length=10,
                    ),
                ),
                ("columns", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                (
                    "data_unit",
                    models.CharField(
                        choices=[
                            ("bytes", "Bytes"),
                            ("kilobytes", "KB"),
                            ("megabytes", "MB"),
                            ("gigabytes", "GB"),
                        ],
                        default="megabytes",
                        max_length=10,
                    ),
                ),
                (
                    "megabyte_bytes",
                    models.IntegerField(
                        choices=[(1000000, "1,000,000 bytes"), (1048576, "1,048,576 bytes")], default=1000000
                    ),
                ),
                (
                    "time_unit",
                    models.CharField(
                        choices=[("seconds", "Seconds"), ("minutes", "Minutes")],
                        default="seconds",
                        max_length=10,
                    ),
                ),
                (
                    "charge_unit",
                    models.CharField(
                        choices=[("pounds", "Pounds"), ("pence", "Pence")], default="pounds", max_length=10
                    ),
                ),
                ("billing_day", models.PositiveSmallIntegerField(default=1)),
                ("is_vat_included", models.BooleanField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.carriermapping",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UsageBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("carrier", "Carrier"), ("device", "Device")],
                        default="carrier",
                        max_length=10,
                    ),
                ),
                ("carrier", models.CharField(blank=True, max_length=100)),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("period_start", models.DateField(blank=True, null=True)),
                ("period_end", models.DateField(blank=True, null=True)),
                ("replaced", models.JSONField(blank=True, default=list)),
                ("new_lines", models.JSONField(blank=True, default=list)),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usage_batch",
                        to="fleet.import",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usage_batches",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="fleet.mdmsource",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="UsageForecast",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_on", models.DateField()),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("linear", "By the days of the billing month so far"),
                            ("mean", "Mean of the months before"),
                        ],
                        max_length=10,
                    ),
                ),
                ("n", models.PositiveIntegerField()),
                ("used_bytes", models.BigIntegerField(blank=True, null=True)),
                ("expected_bytes", models.BigIntegerField()),
                ("allowance_bytes", models.BigIntegerField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usage_forecasts",
                        to="fleet.line",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usage_forecasts",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="UsageRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(choices=[("carrier", "Carrier"), ("device", "Device")], max_length=10),
                ),
                ("period_start", models.DateField(verbose_name="from")),
                ("period_end", models.DateField(verbose_name="until")),
                ("through_on", models.DateField(verbose_name="figures up to")),
                ("month", models.DateField()),
                ("data_bytes", models.BigIntegerField(blank=True, null=True, verbose_name="data")),
                (
                    "data_out_bytes",
                    models.BigIntegerField(blank=True, null=True, verbose_name="data out of bundle"),
                ),
                (
                    "voice_seconds",
                    models.BigIntegerField(blank=True, null=True, verbose_name="calls (seconds)"),
                ),
                (
                    "voice_out_seconds",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="calls out of bundle (seconds)"
                    ),
                ),
                ("calls_made", models.IntegerField(blank=True, null=True)),
                ("calls_received", models.IntegerField(blank=True, null=True)),
                ("texts", models.IntegerField(blank=True, null=True)),
                ("texts_out", models.IntegerField(blank=True, null=True, verbose_name="texts out of bundle")),
                ("charge_pence", models.BigIntegerField(blank=True, null=True, verbose_name="charge")),
                ("is_vat_included", models.BooleanField(blank=True, null=True, verbose_name="VAT included")),
                (
                    "is_used",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(
                            models.Q(("data_bytes__gt", 0), ("data_bytes__isnull", False)),
                            models.Q(("voice_seconds__gt", 0), ("voice_seconds__isnull", False)),
                            models.Q(("calls_made__gt", 0), ("calls_made__isnull", False)),
                            models.Q(("calls_received__gt", 0), ("calls_received__isnull", False)),
                            models.Q(("texts__gt", 0), ("texts__isnull", False)),
                            _connector="OR",
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                ("rows", models.TextField(blank=True, verbose_name="rows of the file")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="fleet.usagebatch",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usage_records",
                        to="fleet.line",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usage_records",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-period_start", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="carriermapping",
            constraint=models.UniqueConstraint(
                fields=("organisation", "carrier", "signature"), name="carrier_mapping_of_headers"
            ),
        ),
        migrations.AddConstraint(
            model_name="carriermapping",
            constraint=models.CheckConstraint(
                condition=models.Q(("shape__in", ["itemised", "summary"])), name="carrier_mapping_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="carriermapping",
            constraint=models.CheckConstraint(
                condition=models.Q(("billing_day__gte", 1), ("billing_day__lte", 28)),
                name="carrier_mapping_day",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carriermapping",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_carriermappingchange" ("billing_day", "carrier", "charge_unit", "columns", "data_unit", "id", "is_vat_included", "megabyte_bytes", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shape", "signature", "time_unit", "words") SELECT new_values."billing_day", new_values."carrier", new_values."charge_unit", new_values."columns", new_values."data_unit", new_values."id", new_values."is_vat_included", new_values."megabyte_bytes", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."shape", new_values."signature", new_values."time_unit", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="49925582635619389832fd4169af7fced241892d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6b87b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_carriermapping",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carriermapping",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_carriermappingchange" ("billing_day", "carrier", "charge_unit", "columns", "data_unit", "id", "is_vat_included", "megabyte_bytes", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shape", "signature", "time_unit", "words") SELECT new_values."billing_day", new_values."carrier", new_values."charge_unit", new_values."columns", new_values."data_unit", new_values."id", new_values."is_vat_included", new_values."megabyte_bytes", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."shape", new_values."signature", new_values."time_unit", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="812e627a222a35c90d8b322e3978b70149e392b7",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1ce1d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_carriermapping",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carriermapping",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_carriermappingchange" ("billing_day", "carrier", "charge_unit", "columns", "data_unit", "id", "is_vat_included", "megabyte_bytes", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shape", "signature", "time_unit", "words") SELECT old_values."billing_day", old_values."carrier", old_values."charge_unit", old_values."columns", old_values."data_unit", old_values."id", old_values."is_vat_included", old_values."megabyte_bytes", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."shape", old_values."signature", old_values."time_unit", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c5924a16465bd87525b970dd5836dfe9f144691e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aaa29",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_carriermapping",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="carriermappingchange",
            index=models.Index(fields=["pgh_obj", "pgh_id"], name="carriermapping_events_of"),
        ),
        migrations.AddIndex(
            model_name="carriermappingchange",
            index=models.Index(fields=["pgh_created_at", "pgh_id"], name="carriermapping_events_at"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carriermappingchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="343a919b2639c9939b4f84b229ff66ade270127b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_24463",
                    table="fleet_carriermappingchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="usagebatch",
            index=models.Index(fields=["organisation", "digest"], name="usage_batch_digest"),
        ),
        migrations.AddConstraint(
            model_name="usagebatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["carrier", "device"])), name="usage_batch_origin"
            ),
        ),
        migrations.AddConstraint(
            model_name="usagebatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period_start__isnull", True),
                    ("period_end__isnull", True),
                    ("period_end__gte", models.F("period_start")),
                    _connector="OR",
                ),
                name="usage_batch_period",
            ),
        ),
        migrations.AddIndex(
            model_name="usageforecast",
            index=models.Index(fields=["organisation", "-made_on"], name="usage_forecast_by_day"),
        ),
        migrations.AddConstraint(
            model_name="usageforecast",
            constraint=models.UniqueConstraint(
                fields=("line", "period_start", "made_on"), name="usage_forecast_of_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="usageforecast",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["linear", "mean"])), name="usage_forecast_method"
            ),
        ),
        migrations.AddIndex(
            model_name="usagerecord",
            index=models.Index(fields=["organisation", "month", "line"], name="usage_by_month"),
        ),
        migrations.AddConstraint(
            model_name="usagerecord",
            constraint=models.UniqueConstraint(
                fields=("line", "origin", "period_start"), name="usage_of_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="usagerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["carrier", "device"])), name="usage_origin"
            ),
        ),
        migrations.AddConstraint(
            model_name="usagerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period_start__isnull", True),
                    ("period_end__isnull", True),
                    ("period_end__gte", models.F("period_start")),
                    _connector="OR",
                ),
                name="usage_period_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="usagerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("through_on__gte", models.F("period_start")), ("through_on__lte", models.F("period_end"))
                ),
                name="usage_through_within",
            ),
        ),
    ]
