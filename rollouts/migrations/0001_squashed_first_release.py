from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("rollouts", "0001_initial"),
        ("rollouts", "0002_changes_by_context"),
        ("rollouts", "0003_read_the_change_log"),
        ("rollouts", "0004_asked_training"),
    ]

    initial = True

    dependencies = [
        ("fleet", "0021_saved_views_and_search"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="DemoClock",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="demo_clock",
                        serialize=False,
                        to="fleet.organisation",
                    ),
                ),
                ("shown_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programmes",
                        to="fleet.organisation",
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("goal", models.CharField(blank=True, max_length=500)),
                (
                    "goal_quantity",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="devices to hand out",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts")),
                ("ends_on", models.DateField(verbose_name="ends")),
                (
                    "classification",
                    models.ForeignKey(
                        blank=True,
                        help_text="For people whose own classification is not known.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="fleet.classification",
                    ),
                ),
                (
                    "double_touch_weeks",
                    models.PositiveSmallIntegerField(default=8, verbose_name="double touch within (weeks)"),
                ),
                (
                    "seen_within_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="seen within (days)"),
                ),
                (
                    "facts_stale_after_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="MDM facts are stale after (days)"
                    ),
                ),
                (
                    "network_mbps_per_head",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.50"),
                        max_digits=6,
                        verbose_name="network per head (Mbit/s)",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code"), name="programme_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="programme_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("goal_quantity__gte", 1)), name="programme_goal_quantity"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_programmechange" ("classification_id", "code", "double_touch_weeks", "ends_on", "facts_stale_after_days", "goal", "goal_quantity", "id", "name", "network_mbps_per_head", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_within_days", "starts_on") SELECT new_values."classification_id", new_values."code", new_values."double_touch_weeks", new_values."ends_on", new_values."facts_stale_after_days", new_values."goal", new_values."goal_quantity", new_values."id", new_values."name", new_values."network_mbps_per_head", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."seen_within_days", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4e11926b815260e2effed6a7560d9e7459ab560d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8f02d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="rollouts_programme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_programmechange" ("classification_id", "code", "double_touch_weeks", "ends_on", "facts_stale_after_days", "goal", "goal_quantity", "id", "name", "network_mbps_per_head", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_within_days", "starts_on") SELECT new_values."classification_id", new_values."code", new_values."double_touch_weeks", new_values."ends_on", new_values."facts_stale_after_days", new_values."goal", new_values."goal_quantity", new_values."id", new_values."name", new_values."network_mbps_per_head", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."seen_within_days", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b19039f08d5102d7fd99397e29342ce8a58c2e9d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b20be",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="rollouts_programme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_programmechange" ("classification_id", "code", "double_touch_weeks", "ends_on", "facts_stale_after_days", "goal", "goal_quantity", "id", "name", "network_mbps_per_head", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_within_days", "starts_on") SELECT old_values."classification_id", old_values."code", old_values."double_touch_weeks", old_values."ends_on", old_values."facts_stale_after_days", old_values."goal", old_values."goal_quantity", old_values."id", old_values."name", old_values."network_mbps_per_head", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."seen_within_days", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a64778f15cab0f616d951ce530afdc3120f58605",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3171a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="rollouts_programme",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="ProgrammeChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="rollouts.programme",
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
                ("id", models.BigIntegerField()),
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
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("goal", models.CharField(blank=True, max_length=500)),
                (
                    "goal_quantity",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="devices to hand out",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts")),
                ("ends_on", models.DateField(verbose_name="ends")),
                (
                    "classification",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="For people whose own classification is not known.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.classification",
                    ),
                ),
                (
                    "double_touch_weeks",
                    models.PositiveSmallIntegerField(default=8, verbose_name="double touch within (weeks)"),
                ),
                (
                    "seen_within_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="seen within (days)"),
                ),
                (
                    "facts_stale_after_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="MDM facts are stale after (days)"
                    ),
                ),
                (
                    "network_mbps_per_head",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.50"),
                        max_digits=6,
                        verbose_name="network per head (Mbit/s)",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="programme_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="programme_events_at"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b9dc67ccf30f1a091c0134ef14e3731420b82dc7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f0504",
                    table="rollouts_programmechange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="PlatformMinimum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="minimums",
                        to="rollouts.programme",
                    ),
                ),
                (
                    "platform",
                    models.CharField(
                        choices=[
                            ("ios", "iOS"),
                            ("ipados", "iPadOS"),
                            ("macos", "macOS"),
                            ("tvos", "tvOS"),
                            ("windows", "Windows"),
                            ("android", "Android"),
                            ("chromeos", "ChromeOS"),
                            ("linux", "Linux"),
                            ("other", "Other"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=10,
                    ),
                ),
                ("version", models.CharField(max_length=50)),
                (
                    "version_key",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), editable=False, size=None
                    ),
                ),
            ],
            options={
                "ordering": ["platform"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "platform"), name="platform_minimum_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "platform__in",
                                [
                                    "ios",
                                    "ipados",
                                    "macos",
                                    "tvos",
                                    "windows",
                                    "android",
                                    "chromeos",
                                    "linux",
                                    "other",
                                    "unknown",
                                ],
                            )
                        ),
                        name="platform_minimum_platform",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="platformminimum",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_platformminimumchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "programme_id", "version", "version_key") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."platform", new_values."programme_id", new_values."version", new_values."version_key" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="21783e927a2c13b1f4cffa35befc167da68d0126",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_df49b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="rollouts_platformminimum",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="platformminimum",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_platformminimumchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "programme_id", "version", "version_key") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."platform", new_values."programme_id", new_values."version", new_values."version_key" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f2cac33a099658c4717bbd63ba7d034d311fec48",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c2ab4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="rollouts_platformminimum",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="platformminimum",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_platformminimumchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "programme_id", "version", "version_key") SELECT old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."platform", old_values."programme_id", old_values."version", old_values."version_key" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="310bdcae849341e983f60d600567b734486ac234",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0782f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="rollouts_platformminimum",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="PlatformMinimumChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="rollouts.platformminimum",
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
                ("id", models.BigIntegerField()),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.programme",
                    ),
                ),
                (
                    "platform",
                    models.CharField(
                        choices=[
                            ("ios", "iOS"),
                            ("ipados", "iPadOS"),
                            ("macos", "macOS"),
                            ("tvos", "tvOS"),
                            ("windows", "Windows"),
                            ("android", "Android"),
                            ("chromeos", "ChromeOS"),
                            ("linux", "Linux"),
                            ("other", "Other"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=10,
                    ),
                ),
                ("version", models.CharField(max_length=50)),
                (
                    "version_key",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), editable=False, size=None
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="platformminimum_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="platformminimum_events_at"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="platformminimumchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d98e3ecdb8fdb5116e8c1ebfe8c951432b42c849",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cdb11",
                    table="rollouts_platformminimumchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Entitlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entitlements",
                        to="rollouts.programme",
                    ),
                ),
                ("user_case", models.CharField(max_length=100)),
                (
                    "device_model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entitlements",
                        to="fleet.devicemodel",
                    ),
                ),
                (
                    "job_roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                (
                    "work_styles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("office", "Office"), ("mobile", "Mobile"), ("home", "Home")],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("priority", models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                "ordering": ["priority", "user_case"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "user_case"), name="entitlement_user_case"),
                    models.UniqueConstraint(fields=("programme", "priority"), name="entitlement_priority"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entitlement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_entitlementchange" ("device_model_id", "id", "job_roles", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "programme_id", "user_case", "work_styles") SELECT new_values."device_model_id", new_values."id", new_values."job_roles", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."priority", new_values."programme_id", new_values."user_case", new_values."work_styles" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="52367bea32ac6722f25f009aabb64781cc34ebc8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dddf9",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="rollouts_entitlement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entitlement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_entitlementchange" ("device_model_id", "id", "job_roles", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "programme_id", "user_case", "work_styles") SELECT new_values."device_model_id", new_values."id", new_values."job_roles", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."priority", new_values."programme_id", new_values."user_case", new_values."work_styles" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="51b3d96c3dc7a79c9190988e486c800eda909552",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fedc4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="rollouts_entitlement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entitlement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_entitlementchange" ("device_model_id", "id", "job_roles", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "programme_id", "user_case", "work_styles") SELECT old_values."device_model_id", old_values."id", old_values."job_roles", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."priority", old_values."programme_id", old_values."user_case", old_values."work_styles" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="04a24ade52a8d761b823f73d62fb99d5d2d5859d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1a3c6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="rollouts_entitlement",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="EntitlementChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="rollouts.entitlement",
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
                ("id", models.BigIntegerField()),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.programme",
                    ),
                ),
                ("user_case", models.CharField(max_length=100)),
                (
                    "device_model",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.devicemodel",
                    ),
                ),
                (
                    "job_roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                (
                    "work_styles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("office", "Office"), ("mobile", "Mobile"), ("home", "Home")],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("priority", models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="entitlement_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="entitlement_events_at"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entitlementchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7ff15e0033255564fb6110f093d096a9144d7e98",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4cd60",
                    table="rollouts_entitlementchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Forecast",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="forecasts",
                        to="rollouts.programme",
                    ),
                ),
                ("made_on", models.DateField()),
                ("method", models.CharField(max_length=200)),
                ("handed_over", models.PositiveIntegerField()),
                ("per_week", models.DecimalField(decimal_places=2, max_digits=8)),
                ("finish_on", models.DateField(null=True)),
                ("finish_early_on", models.DateField(null=True)),
                ("finish_late_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "made_on"), name="forecast_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tranche",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tranches",
                        to="rollouts.programme",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("planned", "Planned"),
                            ("gate", "At its gate"),
                            ("deploying", "Deploying"),
                            ("held", "Held"),
                            ("hypercare", "Hypercare"),
                            ("reflecting", "Reflecting"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("handover_starts_on", models.DateField(verbose_name="handover starts")),
                ("handover_ends_on", models.DateField(verbose_name="handover ends")),
                ("decision_due_on", models.DateField(blank=True, null=True, verbose_name="decision due")),
                (
                    "job_roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                (
                    "work_styles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("office", "Office"), ("mobile", "Mobile"), ("home", "Home")],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                ("locked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "hypercare_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="hypercare (days)"),
                ),
                ("hypercare_starts_on", models.DateField(blank=True, editable=False, null=True)),
                ("sites", models.ManyToManyField(blank=True, related_name="tranches", to="fleet.site")),
            ],
            options={
                "ordering": ["programme", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="tranche_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "planned",
                                    "gate",
                                    "deploying",
                                    "held",
                                    "hypercare",
                                    "reflecting",
                                    "closed",
                                ],
                            )
                        ),
                        name="tranche_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("handover_starts_on__isnull", True),
                            ("handover_ends_on__isnull", True),
                            ("handover_ends_on__gte", models.F("handover_starts_on")),
                            _connector="OR",
                        ),
                        name="tranche_handover_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("locked_at__isnull", True), ("state__in", ["draft", "planned"])),
                            models.Q(
                                models.Q(("state__in", ["draft", "planned"]), _negated=True),
                                ("locked_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="tranche_locked_from_gate_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["hypercare", "reflecting"]), _negated=True),
                            ("hypercare_starts_on__isnull", False),
                            _connector="OR",
                        ),
                        name="tranche_hypercare_has_start",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tranche",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_tranchechange" ("decision_due_on", "groups", "handover_ends_on", "handover_starts_on", "hypercare_days", "hypercare_starts_on", "id", "job_roles", "locked_at", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "state", "work_styles") SELECT new_values."decision_due_on", new_values."groups", new_values."handover_ends_on", new_values."handover_starts_on", new_values."hypercare_days", new_values."hypercare_starts_on", new_values."id", new_values."job_roles", new_values."locked_at", new_values."name", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."state", new_values."work_styles" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4bcb7adbf20dcc2a10799f8d43983b7ea7427edf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e938d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="rollouts_tranche",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tranche",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_tranchechange" ("decision_due_on", "groups", "handover_ends_on", "handover_starts_on", "hypercare_days", "hypercare_starts_on", "id", "job_roles", "locked_at", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "state", "work_styles") SELECT new_values."decision_due_on", new_values."groups", new_values."handover_ends_on", new_values."handover_starts_on", new_values."hypercare_days", new_values."hypercare_starts_on", new_values."id", new_values."job_roles", new_values."locked_at", new_values."name", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."state", new_values."work_styles" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="face60c57d080faff26899507a3bb632ebab0c73",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bed07",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="rollouts_tranche",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tranche",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_tranchechange" ("decision_due_on", "groups", "handover_ends_on", "handover_starts_on", "hypercare_days", "hypercare_starts_on", "id", "job_roles", "locked_at", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "state", "work_styles") SELECT old_values."decision_due_on", old_values."groups", old_values."handover_ends_on", old_values."handover_starts_on", old_values."hypercare_days", old_values."hypercare_starts_on", old_values."id", old_values."job_roles", old_values."locked_at", old_values."name", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."state", old_values."work_styles" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d963076c0aa8875208b528ed2a6b5708959ba978",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1c535",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="rollouts_tranche",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="TrancheChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="rollouts.tranche",
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
                ("id", models.BigIntegerField()),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.programme",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("planned", "Planned"),
                            ("gate", "At its gate"),
                            ("deploying", "Deploying"),
                            ("held", "Held"),
                            ("hypercare", "Hypercare"),
                            ("reflecting", "Reflecting"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("handover_starts_on", models.DateField(verbose_name="handover starts")),
                ("handover_ends_on", models.DateField(verbose_name="handover ends")),
                ("decision_due_on", models.DateField(blank=True, null=True, verbose_name="decision due")),
                (
                    "job_roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                (
                    "work_styles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("office", "Office"), ("mobile", "Mobile"), ("home", "Home")],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                ("locked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "hypercare_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="hypercare (days)"),
                ),
                ("hypercare_starts_on", models.DateField(blank=True, editable=False, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="tranche_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="tranche_events_at"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tranchechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="77fe3dcffa916fcf8840b6284519d1d3af77c19b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5c97c",
                    table="rollouts_tranchechange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="TrancheEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tranche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="rollouts.tranche",
                    ),
                ),
                ("verb", models.CharField(max_length=40)),
                ("from_state", models.CharField(blank=True, max_length=10)),
                ("to_state", models.CharField(blank=True, max_length=10)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trancheevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1901a510d337a1bf34e8d518c73d74000a25e212",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d98a0",
                    table="rollouts_trancheevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tranche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holds",
                        to="rollouts.tranche",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "By a person"), ("guardrail", "By a guardrail")],
                        default="person",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                (
                    "placed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("placed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("release_reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["-placed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_at__isnull", True)),
                        fields=("tranche",),
                        name="hold_one_open_a_tranche",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["person", "guardrail"])), name="hold_kind"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_holdchange" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_at", "placed_by_id", "reason", "release_reason", "released_at", "released_by_id", "tranche_id") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."placed_at", new_values."placed_by_id", new_values."reason", new_values."release_reason", new_values."released_at", new_values."released_by_id", new_values."tranche_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c8a0beeb8c6f43afce1b1cc289ff4af50a2efb4f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8ce88",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="rollouts_hold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_holdchange" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_at", "placed_by_id", "reason", "release_reason", "released_at", "released_by_id", "tranche_id") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."placed_at", new_values."placed_by_id", new_values."reason", new_values."release_reason", new_values."released_at", new_values."released_by_id", new_values."tranche_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e0d58aeaa16fb157d72ecaa14df319c202d0472f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b269c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="rollouts_hold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_holdchange" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_at", "placed_by_id", "reason", "release_reason", "released_at", "released_by_id", "tranche_id") SELECT old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."placed_at", old_values."placed_by_id", old_values."reason", old_values."release_reason", old_values."released_at", old_values."released_by_id", old_values."tranche_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="eaee0f8396aa787174d2d5d47e739e08071a6c29",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d3f2c",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="rollouts_hold",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="HoldChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="rollouts.hold",
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
                ("id", models.BigIntegerField()),
                (
                    "tranche",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.tranche",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "By a person"), ("guardrail", "By a guardrail")],
                        default="person",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                (
                    "placed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("placed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("release_reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="hold_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="hold_events_at"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holdchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="de44b65ab1c4377d75aa63f955c38023f7ed8059",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_455ee",
                    table="rollouts_holdchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="ExitCriterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tranche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exit_criteria",
                        to="rollouts.tranche",
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "exit criteria",
                "ordering": ["pk"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exitcriterion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_exitcriterionchange" ("id", "met_at", "met_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "tranche_id") SELECT new_values."id", new_values."met_at", new_values."met_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."text", new_values."tranche_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bb5cc3715de1ce0e43e7160f432fd4a7c041a621",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_aa114",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="rollouts_exitcriterion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exitcriterion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_exitcriterionchange" ("id", "met_at", "met_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "tranche_id") SELECT new_values."id", new_values."met_at", new_values."met_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."text", new_values."tranche_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="48f90f2e87c5a72badbeb7a6f5f2ed5d5c31da7e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7667f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="rollouts_exitcriterion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exitcriterion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_exitcriterionchange" ("id", "met_at", "met_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "tranche_id") SELECT old_values."id", old_values."met_at", old_values."met_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."text", old_values."tranche_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c828fecff6b544e68ba6492b6489782777c4d144",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5dcfa",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="rollouts_exitcriterion",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="ExitCriterionChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="rollouts.exitcriterion",
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
                ("id", models.BigIntegerField()),
                (
                    "tranche",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.tranche",
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="exitcriterion_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="exitcriterion_events_at"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exitcriterionchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a310ef862b72840aecce3429c431b89ed8b6231c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_04954",
                    table="rollouts_exitcriterionchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Reflection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tranche",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reflection",
                        to="rollouts.tranche",
                    ),
                ),
                ("what_happened", models.TextField()),
                ("lessons", models.TextField()),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reflection",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_reflectionchange" ("id", "lessons", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "tranche_id", "what_happened") SELECT new_values."id", new_values."lessons", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."tranche_id", new_values."what_happened" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d990c3611396fcc1e5e836928c08753489e6c5f8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5ac99",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="rollouts_reflection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reflection",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_reflectionchange" ("id", "lessons", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "tranche_id", "what_happened") SELECT new_values."id", new_values."lessons", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."tranche_id", new_values."what_happened" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="29308815708d0c814dc8f6ac6a02ef8445f98363",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3a4d9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="rollouts_reflection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reflection",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_reflectionchange" ("id", "lessons", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "tranche_id", "what_happened") SELECT old_values."id", old_values."lessons", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."tranche_id", old_values."what_happened" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="5eb6f37d0797be6736c495801eec739a3b0a188b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_00df3",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="rollouts_reflection",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="ReflectionChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="rollouts.reflection",
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
                ("id", models.BigIntegerField()),
                (
                    "tranche",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.tranche",
                    ),
                ),
                ("what_happened", models.TextField()),
                ("lessons", models.TextField()),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="reflection_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="reflection_events_at"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reflectionchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a7248b2587a2f63baa02536c3afd23637e1e3481",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2c557",
                    table="rollouts_reflectionchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Gate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tranche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gates",
                        to="rollouts.tranche",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for a decision"),
                            ("decided", "Decided"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "recommendation",
                    models.CharField(
                        choices=[
                            ("go", "Go"),
                            ("conditional_go", "Conditional go"),
                            ("no_go", "No-go"),
                            ("inconclusive", "Inconclusive"),
                        ],
                        max_length=15,
                    ),
                ),
                ("proposal", models.TextField(verbose_name="why")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("go", "Go"),
                            ("conditional_go", "Conditional go"),
                            ("no_go", "No-go"),
                            ("inconclusive", "Inconclusive"),
                        ],
                        max_length=15,
                    ),
                ),
                ("rationale", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("evidence", models.JSONField()),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["-proposed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("tranche",),
                        name="gate_one_open_a_tranche",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "decided", "withdrawn"])),
                        name="gate_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recommendation__in", ["go", "conditional_go", "no_go", "inconclusive"])
                        ),
                        name="gate_recommendation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("status", "decided"),
                                models.Q(("rationale", ""), _negated=True),
                                ("outcome__in", ["go", "conditional_go", "no_go", "inconclusive"]),
                            ),
                            models.Q(
                                ("decided_at__isnull", True),
                                ("outcome", ""),
                                ("status__in", ["open", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="gate_state_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="gate_decided_by_another",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="sealed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('decided', 'withdrawn'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="73408a0c1766d8f551215b1c1cad8004f322cb21",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_sealed_d9727",
                    table="rollouts_gate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_gatechange" ("decided_at", "decided_by_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal", "proposed_at", "proposed_by_id", "rationale", "recommendation", "seal", "status", "tranche_id") SELECT new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."outcome", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposal", new_values."proposed_at", new_values."proposed_by_id", new_values."rationale", new_values."recommendation", new_values."seal", new_values."status", new_values."tranche_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="67fafc2b73562dac9294896647e18fb45c94cb7a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_376b0",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="rollouts_gate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_gatechange" ("decided_at", "decided_by_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal", "proposed_at", "proposed_by_id", "rationale", "recommendation", "seal", "status", "tranche_id") SELECT new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."outcome", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposal", new_values."proposed_at", new_values."proposed_by_id", new_values."rationale", new_values."recommendation", new_values."seal", new_values."status", new_values."tranche_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."decided_at" IS DISTINCT FROM (new_values."decided_at") OR old_values."decided_by_id" IS DISTINCT FROM (new_values."decided_by_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."proposal" IS DISTINCT FROM (new_values."proposal") OR old_values."proposed_at" IS DISTINCT FROM (new_values."proposed_at") OR old_values."proposed_by_id" IS DISTINCT FROM (new_values."proposed_by_id") OR old_values."rationale" IS DISTINCT FROM (new_values."rationale") OR old_values."recommendation" IS DISTINCT FROM (new_values."recommendation") OR old_values."seal" IS DISTINCT FROM (new_values."seal") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."tranche_id" IS DISTINCT FROM (new_values."tranche_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d64148256a59e016659d6803b6e92897bbcc9b7a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_55c6d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="rollouts_gate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_gatechange" ("decided_at", "decided_by_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal", "proposed_at", "proposed_by_id", "rationale", "recommendation", "seal", "status", "tranche_id") SELECT old_values."decided_at", old_values."decided_by_id", old_values."id", old_values."outcome", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposal", old_values."proposed_at", old_values."proposed_by_id", old_values."rationale", old_values."recommendation", old_values."seal", old_values."status", old_values."tranche_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2e74af81f4d7ab837682fbece69db2bfd1b36a0b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_296ec",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="rollouts_gate",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="GateChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="rollouts.gate",
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
                ("id", models.BigIntegerField()),
                (
                    "tranche",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.tranche",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for a decision"),
                            ("decided", "Decided"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "recommendation",
                    models.CharField(
                        choices=[
                            ("go", "Go"),
                            ("conditional_go", "Conditional go"),
                            ("no_go", "No-go"),
                            ("inconclusive", "Inconclusive"),
                        ],
                        max_length=15,
                    ),
                ),
                ("proposal", models.TextField(verbose_name="why")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("go", "Go"),
                            ("conditional_go", "Conditional go"),
                            ("no_go", "No-go"),
                            ("inconclusive", "Inconclusive"),
                        ],
                        max_length=15,
                    ),
                ),
                ("rationale", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="gate_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="gate_events_at"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gatechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a0cb914eeb1a91300bd0939d0024b945063ec7bf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_10662",
                    table="rollouts_gatechange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="TranchePerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tranche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="rollouts.tranche",
                    ),
                ),
                (
                    "staff_member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tranche_places",
                        to="fleet.staffmember",
                    ),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tranche_people",
                        to="rollouts.entitlement",
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tranche_places",
                        to="fleet.device",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("allocated", "Allocated"),
                            ("handed_over", "Handed over"),
                            ("accepted", "Accepted"),
                            ("deferred", "Deferred"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="planned",
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="reason for deferral or withdrawal"
                    ),
                ),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="handover planned")),
                ("handed_over_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["tranche", "handed_over_at"], name="tranche_person_handed_over"),
                    models.Index(fields=["tranche", "state"], name="tranche_person_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("tranche", "staff_member"), name="tranche_person_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["allocated", "handed_over", "accepted"])),
                        fields=("device",),
                        name="tranche_device_allocated_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["planned", "allocated", "handed_over", "accepted", "deferred", "withdrawn"],
                            )
                        ),
                        name="tranche_person_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_over_at__isnull", True), ("state", "planned")),
                            models.Q(
                                ("device__isnull", False),
                                ("handed_over_at__isnull", True),
                                ("state", "allocated"),
                            ),
                            models.Q(
                                ("accepted_at__isnull", True),
                                ("handed_over_at__isnull", False),
                                ("state", "handed_over"),
                            ),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("handed_over_at__isnull", False),
                                ("state", "accepted"),
                            ),
                            models.Q(
                                ("state__in", ["deferred", "withdrawn"]),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="tranche_person_state_is_whole",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trancheperson",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_tranchepersonchange" ("accepted_at", "device_id", "entitlement_id", "handed_over_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "reason", "staff_member_id", "state", "tranche_id") SELECT new_values."accepted_at", new_values."device_id", new_values."entitlement_id", new_values."handed_over_at", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."planned_on", new_values."reason", new_values."staff_member_id", new_values."state", new_values."tranche_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="941dfcaf3b294e1f5cd517c6ea007aececd390f2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c3c85",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="rollouts_trancheperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trancheperson",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_tranchepersonchange" ("accepted_at", "device_id", "entitlement_id", "handed_over_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "reason", "staff_member_id", "state", "tranche_id") SELECT new_values."accepted_at", new_values."device_id", new_values."entitlement_id", new_values."handed_over_at", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."planned_on", new_values."reason", new_values."staff_member_id", new_values."state", new_values."tranche_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="365d576a870975372e2db4d236c4f3738cf0a114",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f618c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="rollouts_trancheperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trancheperson",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_tranchepersonchange" ("accepted_at", "device_id", "entitlement_id", "handed_over_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "reason", "staff_member_id", "state", "tranche_id") SELECT old_values."accepted_at", old_values."device_id", old_values."entitlement_id", old_values."handed_over_at", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."planned_on", old_values."reason", old_values."staff_member_id", old_values."state", old_values."tranche_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="db7a2b1bd3906370a5a30cf4b579da4db54b7c42",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_366cc",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="rollouts_trancheperson",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="TranchePersonChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="rollouts.trancheperson",
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
                ("id", models.BigIntegerField()),
                (
                    "tranche",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.tranche",
                    ),
                ),
                (
                    "staff_member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.staffmember",
                    ),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.entitlement",
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.device",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("allocated", "Allocated"),
                            ("handed_over", "Handed over"),
                            ("accepted", "Accepted"),
                            ("deferred", "Deferred"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="planned",
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="reason for deferral or withdrawal"
                    ),
                ),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="handover planned")),
                ("handed_over_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="trancheperson_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="trancheperson_events_at"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tranchepersonchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d69b93e5a83926af60a334923ca5291e98c38632",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9019a",
                    table="rollouts_tranchepersonchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tranche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="rollouts.tranche",
                    ),
                ),
                ("computed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("blocked", "Blocked"),
                            ("unknown", "Unknown"),
                            ("at_risk", "At risk"),
                            ("ready", "Ready"),
                        ],
                        max_length=10,
                    ),
                ),
                ("people", models.PositiveIntegerField()),
                ("ready", models.PositiveIntegerField()),
                ("at_risk", models.PositiveIntegerField()),
                ("unknown", models.PositiveIntegerField()),
                ("blocked", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["-computed_at", "-pk"],
                "indexes": [models.Index(fields=["tranche", "-computed_at"], name="assessment_trend")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["blocked", "unknown", "at_risk", "ready"])),
                        name="assessment_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "people",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("ready"), "+", models.F("at_risk")
                                        ),
                                        "+",
                                        models.F("unknown"),
                                    ),
                                    "+",
                                    models.F("blocked"),
                                ),
                            )
                        ),
                        name="assessment_adds_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="rollouts.assessment",
                    ),
                ),
                ("check_key", models.CharField(max_length=40)),
                (
                    "severity",
                    models.CharField(
                        choices=[("blocking", "Blocking"), ("advisory", "Advisory")], max_length=10
                    ),
                ),
                ("passed", models.PositiveIntegerField()),
                ("failed", models.PositiveIntegerField()),
                ("unknown", models.PositiveIntegerField()),
                ("waived", models.PositiveIntegerField()),
                ("people_affected", models.PositiveIntegerField()),
                ("would_release", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "check_key"), name="check_result_once"),
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["blocking", "advisory"])),
                        name="check_result_severity",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonReadiness",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="readiness",
                        serialize=False,
                        to="rollouts.trancheperson",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("blocked", "Blocked"),
                            ("unknown", "Unknown"),
                            ("at_risk", "At risk"),
                            ("ready", "Ready"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "blocking",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "unknowns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "advisory",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "waived",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("findings", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["blocked", "unknown", "at_risk", "ready"])),
                        name="person_readiness_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScopeFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tranche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scope_findings",
                        to="rollouts.tranche",
                    ),
                ),
                ("check_key", models.CharField(max_length=40)),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.site",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(choices=[("failed", "Failed"), ("unknown", "Unknown")], max_length=10),
                ),
                ("reason", models.CharField(max_length=500)),
                ("until", models.DateField(null=True)),
                ("is_waived", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tranche", "check_key", "site"),
                        name="scope_finding_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["failed", "unknown"])),
                        name="scope_finding_verdict",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Computation",
            fields=[
                (
                    "tranche",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="computation",
                        serialize=False,
                        to="rollouts.tranche",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="rollouts.assessment",
                    ),
                ),
                ("computed_at", models.DateTimeField(blank=True, null=True)),
                ("dirty_at", models.DateTimeField(blank=True, null=True)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("steps_done", models.PositiveSmallIntegerField(default=0)),
                ("steps_total", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("dirty_at__isnull", False)),
                        fields=["dirty_at"],
                        name="computation_dirty",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tranche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waivers",
                        to="rollouts.tranche",
                    ),
                ),
                ("check_key", models.CharField(max_length=40, verbose_name="check")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waivers",
                        to="rollouts.trancheperson",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.site",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("expires_on", models.DateField(verbose_name="expires")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("tranche", "check_key", "person", "site"),
                        name="waiver_open_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__isnull", True), ("site__isnull", True), _connector="OR"),
                        name="waiver_person_or_site",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_waiverchange" ("check_key", "created_at", "created_by_id", "ended_at", "ended_by_id", "expires_on", "id", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "site_id", "tranche_id") SELECT new_values."check_key", new_values."created_at", new_values."created_by_id", new_values."ended_at", new_values."ended_by_id", new_values."expires_on", new_values."id", new_values."owner_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."site_id", new_values."tranche_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3a502cace07e7c165eb6ddf33856c135623ee4bf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_864f6",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="rollouts_waiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_waiverchange" ("check_key", "created_at", "created_by_id", "ended_at", "ended_by_id", "expires_on", "id", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "site_id", "tranche_id") SELECT new_values."check_key", new_values."created_at", new_values."created_by_id", new_values."ended_at", new_values."ended_by_id", new_values."expires_on", new_values."id", new_values."owner_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."site_id", new_values."tranche_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="cffa09834e8e928959cf9f6159ea7ee6f587c669",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d4634",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="rollouts_waiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_waiverchange" ("check_key", "created_at", "created_by_id", "ended_at", "ended_by_id", "expires_on", "id", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "site_id", "tranche_id") SELECT old_values."check_key", old_values."created_at", old_values."created_by_id", old_values."ended_at", old_values."ended_by_id", old_values."expires_on", old_values."id", old_values."owner_id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."site_id", old_values."tranche_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="390e42b8cdf8a1ad1b8c21019aa6cda215c70f16",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2c44a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="rollouts_waiver",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="WaiverChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="rollouts.waiver",
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
                ("id", models.BigIntegerField()),
                (
                    "tranche",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.tranche",
                    ),
                ),
                ("check_key", models.CharField(max_length=40, verbose_name="check")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.trancheperson",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.site",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("expires_on", models.DateField(verbose_name="expires")),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="waiver_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="waiver_events_at"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiverchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="095a0cea2e056fffcffd6a12970b618e7f88f632",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2db48",
                    table="rollouts_waiverchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="ProgrammeCourse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="fleet.course"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="course_asks",
                        to="rollouts.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "course"), name="programme_course_once")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmecourse",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_programmecoursechange" ("course_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT new_values."course_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."programme_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3837fc0235a8cda4f0764d99f89ff638ebee3b78",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f1772",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="rollouts_programmecourse",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmecourse",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_programmecoursechange" ("course_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT new_values."course_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7801c64e42f590859ff3eac668685e2ec128d98e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e7c08",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="rollouts_programmecourse",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmecourse",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollouts_programmecoursechange" ("course_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT old_values."course_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."programme_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="92a7bda5fd7a3ff90e84cad7177610b410a47117",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6865c",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="rollouts_programmecourse",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="required_courses",
            field=models.ManyToManyField(
                blank=True,
                related_name="programmes",
                through="rollouts.ProgrammeCourse",
                to="fleet.course",
                verbose_name="training and briefings needed before the handover",
            ),
        ),
        migrations.CreateModel(
            name="ProgrammeCourseChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "course",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.course",
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
                        to="rollouts.programmecourse",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rollouts.programme",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="programmecourse_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="programmecourse_events_at"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmecoursechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b1caf509dfb2df8f2eae3acde0347eb5609d0191",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_03652",
                    table="rollouts_programmecoursechange",
                    when="BEFORE",
                ),
            ),
        ),
    ]
