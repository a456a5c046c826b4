"""Tariffs, lines, and which SIM was where when."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fleet", "0024_device_events"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("msisdn", models.CharField(blank=True, max_length=16, verbose_name="number")),
                ("carrier", models.CharField(blank=True, max_length=100)),
                (
                    "paired_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="on this SIM since"
                    ),
                ),
                (
                    "justification",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("safety", "Safety phone"),
                            ("lone_worker", "Lone worker"),
                            ("on_call", "On call"),
                            ("spare", "Spare"),
                            ("resilience", "Stands in when another link fails"),
                            ("machine", "Alarm, lift or meter"),
                            ("awaiting", "Waits for its hand-over"),
                            ("other", "Other, see the note"),
                        ],
                        max_length=12,
                        verbose_name="kept though unused because",
                    ),
                ),
                (
                    "justification_note",
                    models.CharField(blank=True, max_length=300, verbose_name="note on that"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("page", "A person"), ("mdm", "An MDM system"), ("bill", "A bill")],
                        default="page",
                        editable=False,
                        max_length=5,
                        verbose_name="known from",
                    ),
                ),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "ordering": ["msisdn", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LineChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("msisdn", models.CharField(blank=True, max_length=16, verbose_name="number")),
                ("carrier", models.CharField(blank=True, max_length=100)),
                (
                    "paired_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="on this SIM since"
                    ),
                ),
                (
                    "justification",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("safety", "Safety phone"),
                            ("lone_worker", "Lone worker"),
                            ("on_call", "On call"),
                            ("spare", "Spare"),
                            ("resilience", "Stands in when another link fails"),
                            ("machine", "Alarm, lift or meter"),
                            ("awaiting", "Waits for its hand-over"),
                            ("other", "Other, see the note"),
                        ],
                        max_length=12,
                        verbose_name="kept though unused because",
                    ),
                ),
                (
                    "justification_note",
                    models.CharField(blank=True, max_length=300, verbose_name="note on that"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("page", "A person"), ("mdm", "An MDM system"), ("bill", "A bill")],
                        default="page",
                        editable=False,
                        max_length=5,
                        verbose_name="known from",
                    ),
                ),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LinePairing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_at", models.DateTimeField(verbose_name="from")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "ordering": ["-from_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SimPairing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_at", models.DateTimeField(verbose_name="from")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "ordering": ["-from_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Tariff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("carrier", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=100)),
                (
                    "rental_pence",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="line rental a month"),
                ),
                (
                    "data_allowance_bytes",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="data allowance a month"
                    ),
                ),
                (
                    "minutes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="minutes a month"),
                ),
                ("texts", models.PositiveIntegerField(blank=True, null=True, verbose_name="texts a month")),
                (
                    "over_pence",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="charge above the data allowance"
                    ),
                ),
                (
                    "over_per",
                    models.CharField(
                        choices=[
                            ("month", "each month above it"),
                            ("gigabyte", "each GB above it"),
                            ("megabyte", "each MB above it"),
                        ],
                        default="month",
                        max_length=10,
                        verbose_name="charged for",
                    ),
                ),
                (
                    "megabyte_bytes",
                    models.IntegerField(
                        choices=[(1000000, "1,000,000 bytes"), (1048576, "1,048,576 bytes")],
                        default=1000000,
                        verbose_name="a megabyte is",
                    ),
                ),
                (
                    "is_vat_included",
                    models.BooleanField(blank=True, null=True, verbose_name="prices include VAT"),
                ),
            ],
            options={
                "ordering": ["carrier", "name"],
            },
        ),
        migrations.CreateModel(
            name="TariffChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("carrier", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=100)),
                (
                    "rental_pence",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="line rental a month"),
                ),
                (
                    "data_allowance_bytes",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="data allowance a month"
                    ),
                ),
                (
                    "minutes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="minutes a month"),
                ),
                ("texts", models.PositiveIntegerField(blank=True, null=True, verbose_name="texts a month")),
                (
                    "over_pence",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="charge above the data allowance"
                    ),
                ),
                (
                    "over_per",
                    models.CharField(
                        choices=[
                            ("month", "each month above it"),
                            ("gigabyte", "each GB above it"),
                            ("megabyte", "each MB above it"),
                        ],
                        default="month",
                        max_length=10,
                        verbose_name="charged for",
                    ),
                ),
                (
                    "megabyte_bytes",
                    models.IntegerField(
                        choices=[(1000000, "1,000,000 bytes"), (1048576, "1,048,576 bytes")],
                        default=1000000,
                        verbose_name="a megabyte is",
                    ),
                ),
                (
                    "is_vat_included",
                    models.BooleanField(blank=True, null=True, verbose_name="prices include VAT"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="sim",
            index=models.Index(
                condition=models.Q(("msisdn", ""), _negated=True),
                fields=["organisation", "msisdn"],
                name="sim_by_number",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sim",
            trigger=pgtrigger.compiler.Trigger(
                name="pairing_begun",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO fleet_simpairing (sim_id, device_id, from_at)\n    SELECT n.id, n.device_id, coalesce(n.observed_at, now()) FROM new_values n WHERE n.device_id IS NOT NULL;\n    RETURN NULL;\n",
                    hash="ba0a467394a7bf1ede38b84dd460ecbb0d5d0ca1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_pairing_begun_728e4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_sim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sim",
            trigger=pgtrigger.compiler.Trigger(
                name="pairing_moved",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    UPDATE fleet_simpairing p SET until_at = greatest(p.from_at, coalesce(n.observed_at, now()))\n    FROM new_values n JOIN old_values o ON o.id = n.id\n    WHERE p.sim_id = n.id AND p.until_at IS NULL AND n.device_id IS DISTINCT FROM o.device_id;\n    INSERT INTO fleet_simpairing (sim_id, device_id, from_at)\n    SELECT n.id, n.device_id, coalesce(n.observed_at, now())\n    FROM new_values n JOIN old_values o ON o.id = n.id\n    WHERE n.device_id IS NOT NULL AND n.device_id IS DISTINCT FROM o.device_id;\n    RETURN NULL;\n",
                    hash="f98d4b8d11396767f71c25d291adc5f2ffd23032",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_pairing_moved_cc1ea",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_sim",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="contract",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="lines",
                to="fleet.contract",
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="holder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="fleet.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="fleet.organisation"
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="sim",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="line",
                to="fleet.sim",
            ),
        ),
        migrations.AddField(
            model_name="linechange",
            name="contract",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.contract",
            ),
        ),
        migrations.AddField(
            model_name="linechange",
            name="holder",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="linechange",
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
            model_name="linechange",
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
            model_name="linechange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="fleet.line",
            ),
        ),
        migrations.AddField(
            model_name="linechange",
            name="sim",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.sim",
            ),
        ),
        migrations.AddField(
            model_name="linepairing",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pairings", to="fleet.line"
            ),
        ),
        migrations.AddField(
            model_name="linepairing",
            name="sim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="line_pairings", to="fleet.sim"
            ),
        ),
        migrations.AddField(
            model_name="simpairing",
            name="device",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="sim_pairings", to="fleet.device"
            ),
        ),
        migrations.AddField(
            model_name="simpairing",
            name="sim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pairings", to="fleet.sim"
            ),
        ),
        migrations.AddField(
            model_name="tariff",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tariffs", to="fleet.organisation"
            ),
        ),
        migrations.AddField(
            model_name="linechange",
            name="tariff",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="fleet.tariff",
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="tariff",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="fleet.tariff",
            ),
        ),
        migrations.AddField(
            model_name="tariffchange",
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
            model_name="tariffchange",
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
            model_name="tariffchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="fleet.tariff",
            ),
        ),
        migrations.AddConstraint(
            model_name="linepairing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_at__isnull", True)), fields=("line",), name="line_on_one_sim"
            ),
        ),
        migrations.AddConstraint(
            model_name="linepairing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"
                ),
                name="line_pairing_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="simpairing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_at__isnull", True)), fields=("sim",), name="sim_in_one_device"
            ),
        ),
        migrations.AddConstraint(
            model_name="simpairing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"
                ),
                name="sim_pairing_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=models.UniqueConstraint(
                fields=("organisation", "carrier", "name"), name="tariff_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=models.CheckConstraint(
                condition=models.Q(("over_per__in", ["month", "gigabyte", "megabyte"])),
                name="tariff_over_per",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=models.CheckConstraint(
                condition=models.Q(("megabyte_bytes__in", [1000000, 1048576])), name="tariff_megabyte"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariff",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_tariffchange" ("carrier", "data_allowance_bytes", "id", "is_vat_included", "megabyte_bytes", "minutes", "name", "organisation_id", "over_pence", "over_per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rental_pence", "texts") SELECT new_values."carrier", new_values."data_allowance_bytes", new_values."id", new_values."is_vat_included", new_values."megabyte_bytes", new_values."minutes", new_values."name", new_values."organisation_id", new_values."over_pence", new_values."over_per", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rental_pence", new_values."texts" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1bc033fef862c50f42676af93fe9549a54b64421",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_62a78",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_tariff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariff",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_tariffchange" ("carrier", "data_allowance_bytes", "id", "is_vat_included", "megabyte_bytes", "minutes", "name", "organisation_id", "over_pence", "over_per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rental_pence", "texts") SELECT new_values."carrier", new_values."data_allowance_bytes", new_values."id", new_values."is_vat_included", new_values."megabyte_bytes", new_values."minutes", new_values."name", new_values."organisation_id", new_values."over_pence", new_values."over_per", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rental_pence", new_values."texts" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d139f3efbc97a5641015b68e38221bc8a332f158",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_be13b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_tariff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariff",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_tariffchange" ("carrier", "data_allowance_bytes", "id", "is_vat_included", "megabyte_bytes", "minutes", "name", "organisation_id", "over_pence", "over_per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rental_pence", "texts") SELECT old_values."carrier", old_values."data_allowance_bytes", old_values."id", old_values."is_vat_included", old_values."megabyte_bytes", old_values."minutes", old_values."name", old_values."organisation_id", old_values."over_pence", old_values."over_per", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rental_pence", old_values."texts" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a57f24d20e40ad36bea20aa175b044733a55654b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_19bd5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_tariff",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="linechange",
            index=models.Index(fields=["pgh_obj", "pgh_id"], name="line_events_of"),
        ),
        migrations.AddIndex(
            model_name="linechange",
            index=models.Index(fields=["pgh_created_at", "pgh_id"], name="line_events_at"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6562e45a4e6040c23223bdfa6b0788260a61c720",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_82ca0",
                    table="fleet_linechange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["organisation", "msisdn", "id"], name="line_by_number"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True), models.Q(("msisdn", ""), _negated=True)),
                fields=("organisation", "msisdn"),
                name="line_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["page", "mdm", "bill"])), name="line_origin"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "justification__in",
                        [
                            "",
                            "safety",
                            "lone_worker",
                            "on_call",
                            "spare",
                            "resilience",
                            "machine",
                            "awaiting",
                            "other",
                        ],
                    )
                ),
                name="line_justification",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="line_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("sim__isnull", True), _connector="OR"),
                name="line_ended_has_no_sim",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="line",
            trigger=pgtrigger.compiler.Trigger(
                name="pairing_begun",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO fleet_linepairing (line_id, sim_id, from_at)\n    SELECT n.id, n.sim_id, coalesce(n.paired_at, now()) FROM new_values n WHERE n.sim_id IS NOT NULL;\n    RETURN NULL;\n",
                    hash="c816e4f829e76edee8c562ccb86f4f12c383bd55",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_pairing_begun_23ba0",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_line",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="line",
            trigger=pgtrigger.compiler.Trigger(
                name="pairing_moved",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    UPDATE fleet_linepairing p SET until_at = greatest(p.from_at, coalesce(n.paired_at, now()))\n    FROM new_values n JOIN old_values o ON o.id = n.id\n    WHERE p.line_id = n.id AND p.until_at IS NULL AND n.sim_id IS DISTINCT FROM o.sim_id;\n    INSERT INTO fleet_linepairing (line_id, sim_id, from_at)\n    SELECT n.id, n.sim_id, coalesce(n.paired_at, now())\n    FROM new_values n JOIN old_values o ON o.id = n.id\n    WHERE n.sim_id IS NOT NULL AND n.sim_id IS DISTINCT FROM o.sim_id;\n    RETURN NULL;\n",
                    hash="c0efcb9384dce09a7335b1ac0fcdb00d624e3d13",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_pairing_moved_3cdee",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_line",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="line",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_linechange" ("carrier", "contract_id", "ends_on", "holder_id", "id", "justification", "justification_note", "msisdn", "organisation_id", "origin", "paired_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sim_id", "starts_on", "tariff_id") SELECT new_values."carrier", new_values."contract_id", new_values."ends_on", new_values."holder_id", new_values."id", new_values."justification", new_values."justification_note", new_values."msisdn", new_values."organisation_id", new_values."origin", new_values."paired_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sim_id", new_values."starts_on", new_values."tariff_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e60be7ebd1c69ecb28c517664ac677c86ce7d8c5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_88a04",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_line",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="line",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_linechange" ("carrier", "contract_id", "ends_on", "holder_id", "id", "justification", "justification_note", "msisdn", "organisation_id", "origin", "paired_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sim_id", "starts_on", "tariff_id") SELECT new_values."carrier", new_values."contract_id", new_values."ends_on", new_values."holder_id", new_values."id", new_values."justification", new_values."justification_note", new_values."msisdn", new_values."organisation_id", new_values."origin", new_values."paired_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sim_id", new_values."starts_on", new_values."tariff_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c9f73bd969543cd1af16c70d09e539da4e2d2ed1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_21716",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_line",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="line",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_linechange" ("carrier", "contract_id", "ends_on", "holder_id", "id", "justification", "justification_note", "msisdn", "organisation_id", "origin", "paired_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sim_id", "starts_on", "tariff_id") SELECT old_values."carrier", old_values."contract_id", old_values."ends_on", old_values."holder_id", old_values."id", old_values."justification", old_values."justification_note", old_values."msisdn", old_values."organisation_id", old_values."origin", old_values."paired_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sim_id", old_values."starts_on", old_values."tariff_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0a2fdbcb645edf7c6843f68440e80d018515a92b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a7442",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_line",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="tariffchange",
            index=models.Index(fields=["pgh_obj", "pgh_id"], name="tariff_events_of"),
        ),
        migrations.AddIndex(
            model_name="tariffchange",
            index=models.Index(fields=["pgh_created_at", "pgh_id"], name="tariff_events_at"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8a2bcfce023d8bcd9ddc6d3967605a40a9a72e2a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c8fad",
                    table="fleet_tariffchange",
                    when="BEFORE",
                ),
            ),
        ),
    ]
