import uuid
from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z][A-Z0-9-]{1,19}$", "Use 2 to 20 capital letters, digits or hyphens."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("department", "Department"),
                            ("council", "Council"),
                            ("agency", "Agency"),
                            ("supplier", "Supplier"),
                            ("bank", "Bank"),
                            ("other", "Other"),
                        ],
                        default="department",
                        max_length=20,
                    ),
                ),
                (
                    "brand_colour",
                    models.CharField(
                        default="#1d70b8",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$", "Enter a colour as # and six hex digits, like #1d70b8."
                            )
                        ],
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["department", "council", "agency", "supplier", "bank", "other"])
                        ),
                        name="organisation_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z][A-Z0-9-]{1,19}$", "Use 2 to 20 capital letters, digits or hyphens."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("department", "Department"),
                            ("council", "Council"),
                            ("agency", "Agency"),
                            ("supplier", "Supplier"),
                            ("bank", "Bank"),
                            ("other", "Other"),
                        ],
                        default="department",
                        max_length=20,
                    ),
                ),
                (
                    "brand_colour",
                    models.CharField(
                        default="#1d70b8",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$", "Enter a colour as # and six hex digits, like #1d70b8."
                            )
                        ],
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_organisationchange" ("brand_colour", "code", "created_at", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."brand_colour", new_values."code", new_values."created_at", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="75fb1ce1a2aeb41626269d40017c54e696828e60",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6da48",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_organisationchange" ("brand_colour", "code", "created_at", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."brand_colour", new_values."code", new_values."created_at", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="96789ec8d3ead24b68547eadb7540da98c7b9bd3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_97eb6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_organisationchange" ("brand_colour", "code", "created_at", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."brand_colour", old_values."code", old_values."created_at", old_values."id", old_values."kind", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b38e82a6e400ef384fabb73989156690fe154a95",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8c65f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9dfb974b03f534d01c91b0724bf6cf9efcb0523a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ae328",
                    table="fleet_organisationchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False, verbose_name="may open the admin")),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="user_email_any_case"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UserChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False, verbose_name="may open the admin")),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_userchange" ("email", "id", "is_active", "is_staff", "is_superuser", "joined_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."email", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."joined_at", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="fb63c356e19cea6df637dfef7a1a9d0577972b15",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2a914",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_userchange" ("email", "id", "is_active", "is_staff", "is_superuser", "joined_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."email", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."joined_at", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_staff" IS DISTINCT FROM (new_values."is_staff") OR old_values."is_superuser" IS DISTINCT FROM (new_values."is_superuser") OR old_values."joined_at" IS DISTINCT FROM (new_values."joined_at") OR old_values."name" IS DISTINCT FROM (new_values."name")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3cf4144879767c79fb728178292af02f77731163",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b4e80",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_userchange" ("email", "id", "is_active", "is_staff", "is_superuser", "joined_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."email", old_values."id", old_values."is_active", old_values."is_staff", old_values."is_superuser", old_values."joined_at", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4703b0973fbf862e4168802c5633471d127a5f85",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8e312",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="userchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="798b4723e9dec6f2053d3c287d6b7da0ebc27054",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_678f9",
                    table="fleet_userchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=100)),
                ("description", models.CharField(blank=True, max_length=300)),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="RoleChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.role",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False)),
                ("name", models.CharField(max_length=100)),
                ("description", models.CharField(blank=True, max_length=300)),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="role",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_rolechange" ("description", "id", "key", "name", "permissions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."description", new_values."id", new_values."key", new_values."name", new_values."permissions", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="06e588fa180045a2769d8a2c980d63d5a656e75a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5f35b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_role",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="role",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_rolechange" ("description", "id", "key", "name", "permissions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."description", new_values."id", new_values."key", new_values."name", new_values."permissions", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="565fa5603fedc2e5dcd06739a9aacdfd8f7ca778",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ec9e4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_role",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="role",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_rolechange" ("description", "id", "key", "name", "permissions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."description", old_values."id", old_values."key", old_values."name", old_values."permissions", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="41f4c99462ace3e3a380cc48095b7e1f840533ff",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8ae1a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_role",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rolechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ec04ffb2fb8a25fbd8523fe99bdc2450ffc5171d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9e550",
                    table="fleet_rolechange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Site",
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
                        related_name="sites",
                        to="fleet.organisation",
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("local_office", "Local office"),
                            ("regional_centre", "Regional centre"),
                            ("touchdown", "Touchdown site"),
                            ("headquarters", "Headquarters"),
                            ("depot", "Depot"),
                        ],
                        default="local_office",
                        max_length=20,
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=100)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("latitude", models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                ("longitude", models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                ("capacity_desks", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "network_mbps",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="network (Mbit/s)"),
                ),
                ("has_wifi", models.BooleanField(blank=True, null=True, verbose_name="Wi-Fi")),
                (
                    "has_training_room",
                    models.BooleanField(blank=True, null=True, verbose_name="training room"),
                ),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="opens")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="closes")),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaces",
                        to="fleet.site",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code"), name="site_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["local_office", "regional_centre", "touchdown", "headquarters", "depot"],
                            )
                        ),
                        name="site_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__isnull", True),
                            ("closes_on__isnull", True),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="site_closes_after_opening",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.site",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("local_office", "Local office"),
                            ("regional_centre", "Regional centre"),
                            ("touchdown", "Touchdown site"),
                            ("headquarters", "Headquarters"),
                            ("depot", "Depot"),
                        ],
                        default="local_office",
                        max_length=20,
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=100)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("latitude", models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                ("longitude", models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                ("capacity_desks", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "network_mbps",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="network (Mbit/s)"),
                ),
                ("has_wifi", models.BooleanField(blank=True, null=True, verbose_name="Wi-Fi")),
                (
                    "has_training_room",
                    models.BooleanField(blank=True, null=True, verbose_name="training room"),
                ),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="opens")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="closes")),
                (
                    "replaced_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="site",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sitechange" ("capacity_desks", "closes_on", "code", "has_training_room", "has_wifi", "id", "kind", "latitude", "longitude", "name", "network_mbps", "opens_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "region", "replaced_by_id") SELECT new_values."capacity_desks", new_values."closes_on", new_values."code", new_values."has_training_room", new_values."has_wifi", new_values."id", new_values."kind", new_values."latitude", new_values."longitude", new_values."name", new_values."network_mbps", new_values."opens_on", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."postcode", new_values."region", new_values."replaced_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b013d9de57e5a7436de4ab716fabe5c84d0414d4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_85bf4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_site",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="site",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sitechange" ("capacity_desks", "closes_on", "code", "has_training_room", "has_wifi", "id", "kind", "latitude", "longitude", "name", "network_mbps", "opens_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "region", "replaced_by_id") SELECT new_values."capacity_desks", new_values."closes_on", new_values."code", new_values."has_training_room", new_values."has_wifi", new_values."id", new_values."kind", new_values."latitude", new_values."longitude", new_values."name", new_values."network_mbps", new_values."opens_on", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."postcode", new_values."region", new_values."replaced_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="eafe23b143d7ed39f305a94e7ccfa536c7eacd82",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ef56e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_site",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="site",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sitechange" ("capacity_desks", "closes_on", "code", "has_training_room", "has_wifi", "id", "kind", "latitude", "longitude", "name", "network_mbps", "opens_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "region", "replaced_by_id") SELECT old_values."capacity_desks", old_values."closes_on", old_values."code", old_values."has_training_room", old_values."has_wifi", old_values."id", old_values."kind", old_values."latitude", old_values."longitude", old_values."name", old_values."network_mbps", old_values."opens_on", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."postcode", old_values."region", old_values."replaced_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="fbb8280d9078bb3239e7f1a9d9bd647569845d8a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ff2bf",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_site",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sitechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="61316268b158bfdb689e1b3ba4cd5f317d1619b4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_381c8",
                    table="fleet_sitechange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="fleet.role"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="fleet.organisation",
                    ),
                ),
                ("starts_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("sites", models.ManyToManyField(blank=True, related_name="grants", to="fleet.site")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at__isnull", True)),
                        fields=("user", "role", "organisation"),
                        name="grant_once_while_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.grant",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.role",
                    ),
                ),
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
                ("starts_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_grantchange" ("ends_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "starts_at", "user_id") SELECT new_values."ends_at", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role_id", new_values."starts_at", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e381d1a1418c5069014d0bebc56bf57f6be6244e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0c042",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_grantchange" ("ends_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "starts_at", "user_id") SELECT new_values."ends_at", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role_id", new_values."starts_at", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b1c0917c75d253ff1c502f079a54678fde56d1f1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7d7a1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_grantchange" ("ends_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "starts_at", "user_id") SELECT old_values."ends_at", old_values."id", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role_id", old_values."starts_at", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d079bc6b499ffab6f03ab805afd9f108e45a5ae8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_abdcb",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grantchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="52b523f1291f36b3373edbfd37e77dccbaf081d7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2b656",
                    table="fleet_grantchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("hint", models.CharField(editable=False, max_length=12)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(default="API", max_length=100)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApiTokenChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.apitoken",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("hint", models.CharField(editable=False, max_length=12)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(default="API", max_length=100)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="apitoken",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_apitokenchange" ("created_at", "created_by_id", "expires_at", "hint", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT new_values."created_at", new_values."created_by_id", new_values."expires_at", new_values."hint", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."revoked_at", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d74f38f5930420200333025b8197d2e62fa1c51b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b21fe",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_apitoken",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="apitoken",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_apitokenchange" ("created_at", "created_by_id", "expires_at", "hint", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT new_values."created_at", new_values."created_by_id", new_values."expires_at", new_values."hint", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."revoked_at", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."expires_at" IS DISTINCT FROM (new_values."expires_at") OR old_values."hint" IS DISTINCT FROM (new_values."hint") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c4db8d6005c41ca8a67cd57a8ef46ade0c405559",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5dffa",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_apitoken",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="apitoken",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_apitokenchange" ("created_at", "created_by_id", "expires_at", "hint", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT old_values."created_at", old_values."created_by_id", old_values."expires_at", old_values."hint", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."revoked_at", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c4a66137d43e3f7dd09ea1648ce85a35e36a34f0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_57aa0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_apitoken",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="apitokenchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="91a5452261c30d58c970b14e4b4b53faecd18a98",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_71919",
                    table="fleet_apitokenchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Classification",
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
                        related_name="classifications",
                        to="fleet.organisation",
                    ),
                ),
                ("scheme", models.CharField(max_length=100)),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=100)),
                ("rank", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["scheme", "rank"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code"), name="classification_code"),
                    models.UniqueConstraint(
                        fields=("organisation", "scheme", "rank"), name="classification_rank"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="classification_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassificationChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.classification",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                ("scheme", models.CharField(max_length=100)),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=100)),
                ("rank", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classification",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationchange" ("code", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "scheme", "valid_from", "valid_until") SELECT new_values."code", new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rank", new_values."scheme", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="653a0d388c623ff0eb9386dd9154c3b5e5d7055c",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationchange" ("code", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "scheme", "valid_from", "valid_until") SELECT new_values."code", new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rank", new_values."scheme", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4e7bb5691685d25585baac60dba763586e6df94d",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_classificationchange" ("code", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "scheme", "valid_from", "valid_until") SELECT old_values."code", old_values."id", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rank", old_values."scheme", old_values."valid_from", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c01185fc473900eaf4c732c5456ea62c66b4038a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_43e61",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_classification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classificationchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="89f3d9cd016bdf46798e715d64e4aa51db9ca4cd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_62dbb",
                    table="fleet_classificationchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Approval",
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
                        related_name="approvals",
                        to="fleet.organisation",
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
                ("minimum_version", models.CharField(max_length=50)),
                (
                    "minimum_key",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), editable=False, size=None
                    ),
                ),
                (
                    "classification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="fleet.classification",
                    ),
                ),
                ("authority", models.CharField(max_length=200)),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["platform", "-valid_from"],
                "indexes": [models.Index(fields=["organisation", "platform"], name="approval_by_platform")],
                "constraints": [
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
                        name="approval_platform",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="approval_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.approval",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                ("minimum_version", models.CharField(max_length=50)),
                (
                    "minimum_key",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), editable=False, size=None
                    ),
                ),
                (
                    "classification",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.classification",
                    ),
                ),
                ("authority", models.CharField(max_length=200)),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approval",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_approvalchange" ("authority", "classification_id", "id", "minimum_key", "minimum_version", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "reference", "valid_from", "valid_until", "withdrawn_at") SELECT new_values."authority", new_values."classification_id", new_values."id", new_values."minimum_key", new_values."minimum_version", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."platform", new_values."reference", new_values."valid_from", new_values."valid_until", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ebd9f0bea6f7d7c97f3c5910bda1e281edbe0876",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_approvalchange" ("authority", "classification_id", "id", "minimum_key", "minimum_version", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "reference", "valid_from", "valid_until", "withdrawn_at") SELECT new_values."authority", new_values."classification_id", new_values."id", new_values."minimum_key", new_values."minimum_version", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."platform", new_values."reference", new_values."valid_from", new_values."valid_until", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7b37a7f4d3a4725615e528f3572297646e23569b",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_approvalchange" ("authority", "classification_id", "id", "minimum_key", "minimum_version", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "reference", "valid_from", "valid_until", "withdrawn_at") SELECT old_values."authority", old_values."classification_id", old_values."id", old_values."minimum_key", old_values."minimum_version", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."platform", old_values."reference", old_values."valid_from", old_values."valid_until", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b18a5f0754b5b6d48340aab9ec65f76d54f3119f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d7984",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_approval",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="approvalchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d79c06678a8eabaf18214a0f917028354b3464cd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4fb32",
                    table="fleet_approvalchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conditions",
                        to="fleet.approval",
                    ),
                ),
                (
                    "control",
                    models.CharField(
                        choices=[
                            ("encrypted", "Encrypted"),
                            ("passcode", "Passcode set"),
                            ("supervised", "Supervised"),
                            ("software", "Named control installed"),
                            ("statement", "Signed statement"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="name of the control, or text of the statement",
                    ),
                ),
                ("signed_by", models.CharField(blank=True, max_length=200)),
                ("signed_on", models.DateField(blank=True, null=True)),
                ("signed_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("control__in", ["encrypted", "passcode", "supervised", "software", "statement"])
                        ),
                        name="condition_control",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("control__in", ["software", "statement"]), _negated=True),
                            models.Q(("name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="condition_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_on__isnull", True),
                            models.Q(("control", "statement"), models.Q(("signed_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="condition_signed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConditionChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.condition",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "approval",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.approval",
                    ),
                ),
                (
                    "control",
                    models.CharField(
                        choices=[
                            ("encrypted", "Encrypted"),
                            ("passcode", "Passcode set"),
                            ("supervised", "Supervised"),
                            ("software", "Named control installed"),
                            ("statement", "Signed statement"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="name of the control, or text of the statement",
                    ),
                ),
                ("signed_by", models.CharField(blank=True, max_length=200)),
                ("signed_on", models.DateField(blank=True, null=True)),
                ("signed_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="condition",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_conditionchange" ("approval_id", "control", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_by", "signed_on", "signed_until") SELECT new_values."approval_id", new_values."control", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."signed_by", new_values."signed_on", new_values."signed_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e546db14315158a9cef97c425a44ac6f4834ea9b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8045b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_condition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="condition",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_conditionchange" ("approval_id", "control", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_by", "signed_on", "signed_until") SELECT new_values."approval_id", new_values."control", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."signed_by", new_values."signed_on", new_values."signed_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="95aa01dec0ab76e5603d072c4a86b7dbce1ec684",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4b89b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_condition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="condition",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_conditionchange" ("approval_id", "control", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_by", "signed_on", "signed_until") SELECT old_values."approval_id", old_values."control", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."signed_by", old_values."signed_on", old_values."signed_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="eaa154ba3196bbb8def5eb8b5c49b191ba27dd57",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6a773",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_condition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conditionchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d1009ff3368a9c057165b2d390ece18ce9b1196e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_75ffb",
                    table="fleet_conditionchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="StaffMember",
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
                        related_name="staff",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="staff_records",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("staff_number", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("upn", models.CharField(blank=True, max_length=254, verbose_name="user principal name")),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="fleet.site",
                    ),
                ),
                ("job_role", models.CharField(blank=True, max_length=100)),
                (
                    "fte",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1.00"),
                        max_digits=3,
                        verbose_name="full-time equivalent",
                    ),
                ),
                (
                    "work_style",
                    models.CharField(
                        choices=[("office", "Office"), ("mobile", "Mobile"), ("home", "Home")],
                        default="office",
                        max_length=10,
                    ),
                ),
                (
                    "group",
                    models.CharField(blank=True, max_length=100, verbose_name="team or political group"),
                ),
                (
                    "assistive_needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("screen_reader", "Screen reader"),
                                ("magnification", "Magnification"),
                                ("speech_input", "Speech input"),
                                ("switch_control", "Switch control"),
                                ("braille_display", "Braille display"),
                                ("captions", "Captions"),
                                ("keyboard_only", "Keyboard only"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="assistive technology needed",
                    ),
                ),
                (
                    "classification",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="fleet.classification",
                        verbose_name="information classification handled",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts")),
                ("leaves_on", models.DateField(blank=True, null=True, verbose_name="leaves")),
            ],
            options={
                "ordering": ["name", "pk"],
                "indexes": [
                    models.Index(fields=["organisation", "name", "id"], name="staff_by_name"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector("name", config="simple"),
                        name="staff_name_words",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("staff_number", "text_pattern_ops"),
                        name="staff_number_prefix",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Lower("email"), "text_pattern_ops"
                        ),
                        name="staff_email_prefix",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Lower("upn"), "text_pattern_ops"
                        ),
                        name="staff_upn_prefix",
                    ),
                    models.Index(fields=["organisation", "job_role"], name="staff_by_job_role"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "staff_number"), name="staff_number"),
                    models.CheckConstraint(
                        condition=models.Q(("work_style__in", ["office", "mobile", "home"])),
                        name="staff_work_style",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("leaves_on__isnull", True),
                            ("leaves_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="staff_leaves_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fte__gt", 0), ("fte__lte", 1)), name="staff_fte_up_to_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffMemberChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.staffmember",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                (
                    "user",
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
                ("staff_number", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("upn", models.CharField(blank=True, max_length=254, verbose_name="user principal name")),
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
                ("job_role", models.CharField(blank=True, max_length=100)),
                (
                    "fte",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1.00"),
                        max_digits=3,
                        verbose_name="full-time equivalent",
                    ),
                ),
                (
                    "work_style",
                    models.CharField(
                        choices=[("office", "Office"), ("mobile", "Mobile"), ("home", "Home")],
                        default="office",
                        max_length=10,
                    ),
                ),
                (
                    "group",
                    models.CharField(blank=True, max_length=100, verbose_name="team or political group"),
                ),
                (
                    "assistive_needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("screen_reader", "Screen reader"),
                                ("magnification", "Magnification"),
                                ("speech_input", "Speech input"),
                                ("switch_control", "Switch control"),
                                ("braille_display", "Braille display"),
                                ("captions", "Captions"),
                                ("keyboard_only", "Keyboard only"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="assistive technology needed",
                    ),
                ),
                (
                    "classification",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.classification",
                        verbose_name="information classification handled",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts")),
                ("leaves_on", models.DateField(blank=True, null=True, verbose_name="leaves")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffmember",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_staffmemberchange" ("assistive_needs", "classification_id", "email", "fte", "group", "id", "job_role", "leaves_on", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "staff_number", "starts_on", "upn", "user_id", "work_style") SELECT new_values."assistive_needs", new_values."classification_id", new_values."email", new_values."fte", new_values."group", new_values."id", new_values."job_role", new_values."leaves_on", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."site_id", new_values."staff_number", new_values."starts_on", new_values."upn", new_values."user_id", new_values."work_style" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6ab4ba85f0ad59bc5f19404f6ce6b9582a04414f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3e0e8",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_staffmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffmember",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_staffmemberchange" ("assistive_needs", "classification_id", "email", "fte", "group", "id", "job_role", "leaves_on", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "staff_number", "starts_on", "upn", "user_id", "work_style") SELECT new_values."assistive_needs", new_values."classification_id", new_values."email", new_values."fte", new_values."group", new_values."id", new_values."job_role", new_values."leaves_on", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."site_id", new_values."staff_number", new_values."starts_on", new_values."upn", new_values."user_id", new_values."work_style" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bfece3f3a1082a5f009d7b1e124e1ec41c48349c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_301b0",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_staffmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffmember",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_staffmemberchange" ("assistive_needs", "classification_id", "email", "fte", "group", "id", "job_role", "leaves_on", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "staff_number", "starts_on", "upn", "user_id", "work_style") SELECT old_values."assistive_needs", old_values."classification_id", old_values."email", old_values."fte", old_values."group", old_values."id", old_values."job_role", old_values."leaves_on", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."site_id", old_values."staff_number", old_values."starts_on", old_values."upn", old_values."user_id", old_values."work_style" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4b819a4285a9eb1b7a7cd7af3d63641ffe7a0dbb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7cccb",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_staffmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffmemberchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="95c07a1da74b3f3dab02eb025ba8e033056eff1d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_62f01",
                    table="fleet_staffmemberchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="DeviceModel",
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
                        related_name="device_models",
                        to="fleet.organisation",
                    ),
                ),
                ("manufacturer", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("identifier", models.CharField(blank=True, max_length=100)),
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
                (
                    "form_factor",
                    models.CharField(
                        choices=[
                            ("desktop", "Desktop"),
                            ("laptop", "Laptop"),
                            ("tablet", "Tablet"),
                            ("phone", "Phone"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "price_pence",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="price (pence)"),
                ),
                ("supported_until", models.DateField(blank=True, null=True)),
                (
                    "assistive_supported",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("screen_reader", "Screen reader"),
                                ("magnification", "Magnification"),
                                ("speech_input", "Speech input"),
                                ("switch_control", "Switch control"),
                                ("braille_display", "Braille display"),
                                ("captions", "Captions"),
                                ("keyboard_only", "Keyboard only"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="assistive technology supported",
                    ),
                ),
            ],
            options={
                "ordering": ["manufacturer", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "manufacturer", "name"), name="model_name"
                    ),
                    models.UniqueConstraint(
                        models.F("organisation"),
                        django.db.models.functions.text.Lower("identifier"),
                        condition=models.Q(("identifier", ""), _negated=True),
                        name="model_identifier",
                    ),
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
                        name="model_platform",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("form_factor__in", ["desktop", "laptop", "tablet", "phone", "other"])
                        ),
                        name="model_form_factor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeviceModelChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.devicemodel",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                ("manufacturer", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("identifier", models.CharField(blank=True, max_length=100)),
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
                (
                    "form_factor",
                    models.CharField(
                        choices=[
                            ("desktop", "Desktop"),
                            ("laptop", "Laptop"),
                            ("tablet", "Tablet"),
                            ("phone", "Phone"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "price_pence",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="price (pence)"),
                ),
                ("supported_until", models.DateField(blank=True, null=True)),
                (
                    "assistive_supported",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("screen_reader", "Screen reader"),
                                ("magnification", "Magnification"),
                                ("speech_input", "Speech input"),
                                ("switch_control", "Switch control"),
                                ("braille_display", "Braille display"),
                                ("captions", "Captions"),
                                ("keyboard_only", "Keyboard only"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="assistive technology supported",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="devicemodel",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_devicemodelchange" ("assistive_supported", "form_factor", "id", "identifier", "manufacturer", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "price_pence", "supported_until") SELECT new_values."assistive_supported", new_values."form_factor", new_values."id", new_values."identifier", new_values."manufacturer", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."platform", new_values."price_pence", new_values."supported_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d4efdaa2e9e65281de94fe70539bbf28878c8714",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a79ac",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_devicemodel",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="devicemodel",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_devicemodelchange" ("assistive_supported", "form_factor", "id", "identifier", "manufacturer", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "price_pence", "supported_until") SELECT new_values."assistive_supported", new_values."form_factor", new_values."id", new_values."identifier", new_values."manufacturer", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."platform", new_values."price_pence", new_values."supported_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4f34a6aa82a979a7e4315b6d5801c6f5990f3d5a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7cc51",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_devicemodel",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="devicemodel",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_devicemodelchange" ("assistive_supported", "form_factor", "id", "identifier", "manufacturer", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "price_pence", "supported_until") SELECT old_values."assistive_supported", old_values."form_factor", old_values."id", old_values."identifier", old_values."manufacturer", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."platform", old_values."price_pence", old_values."supported_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="185f014adb686d2f39362dcce08bd4bd7aa0e0db",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f60ab",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_devicemodel",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="devicemodelchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9f40c30855e696b39bdc56898c6712289e1d8110",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5d8cc",
                    table="fleet_devicemodelchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Device",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to="fleet.organisation",
                    ),
                ),
                ("asset_tag", models.CharField(blank=True, max_length=100)),
                (
                    "model",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devices",
                        to="fleet.devicemodel",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devices",
                        to="fleet.site",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devices",
                        to="fleet.staffmember",
                    ),
                ),
                (
                    "life_cycle",
                    models.CharField(
                        choices=[
                            ("ordered", "Ordered"),
                            ("in_stock", "In stock"),
                            ("issued", "Issued"),
                            ("on_loan", "On loan"),
                            ("in_repair", "In repair"),
                            ("lost", "Lost"),
                            ("stolen", "Stolen"),
                            ("wiped", "Wiped"),
                            ("retired", "Retired"),
                            ("disposed", "Disposed"),
                        ],
                        default="in_stock",
                        max_length=10,
                    ),
                ),
                ("issued_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("purchased_on", models.DateField(blank=True, null=True)),
                ("warranty_until", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("serial", models.CharField(blank=True, max_length=100)),
                ("hw_id", models.CharField(blank=True, max_length=100, verbose_name="hardware id")),
                ("imei", models.CharField(blank=True, max_length=15, verbose_name="IMEI")),
                ("imei2", models.CharField(blank=True, max_length=15, verbose_name="second IMEI")),
                ("meid", models.CharField(blank=True, max_length=100, verbose_name="MEID")),
                ("wifi_mac", models.CharField(blank=True, max_length=12, verbose_name="Wi-Fi MAC")),
                ("manufacturer", models.CharField(blank=True, max_length=100)),
                ("reported_model", models.CharField(blank=True, max_length=200)),
                ("reported_model_id", models.CharField(blank=True, max_length=100)),
                ("reported_asset_tag", models.CharField(blank=True, max_length=100)),
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
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("os_version", models.CharField(blank=True, max_length=100, verbose_name="OS version")),
                (
                    "os_key",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("os_build", models.CharField(blank=True, max_length=100, verbose_name="OS build")),
                ("user_upn", models.CharField(blank=True, max_length=254, verbose_name="user (UPN)")),
                ("user_email", models.CharField(blank=True, max_length=254, verbose_name="user e-mail")),
                ("user_name", models.CharField(blank=True, max_length=200)),
                (
                    "enrolment",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("enrolled", "Enrolled"),
                            ("unenrolled", "Unenrolled"),
                            ("unknown", "Unknown"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "compliance",
                    models.CharField(
                        choices=[
                            ("compliant", "Compliant"),
                            ("noncompliant", "Not compliant"),
                            ("grace", "In grace period"),
                            ("unknown", "Unknown"),
                        ],
                        default="unknown",
                        max_length=12,
                    ),
                ),
                ("supervised", models.BooleanField(blank=True, null=True)),
                ("encrypted", models.BooleanField(blank=True, null=True)),
                ("passcode", models.BooleanField(blank=True, null=True)),
                ("lost_mode", models.BooleanField(blank=True, null=True)),
                (
                    "wipe",
                    models.CharField(
                        choices=[("none", "None"), ("issued", "Issued"), ("confirmed", "Confirmed")],
                        default="none",
                        max_length=10,
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        choices=[
                            ("organisation", "Organisation"),
                            ("personal", "Personal"),
                            ("unknown", "Unknown"),
                        ],
                        default="unknown",
                        max_length=12,
                    ),
                ),
                ("enrolled_at", models.DateTimeField(blank=True, null=True)),
                ("storage_total_bytes", models.BigIntegerField(blank=True, null=True)),
                ("software", models.JSONField(blank=True, default=list)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("serial", "text_pattern_ops"),
                        condition=models.Q(("serial", ""), _negated=True),
                        name="device_serial",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("hw_id", "text_pattern_ops"),
                        condition=models.Q(("hw_id", ""), _negated=True),
                        name="device_hw_id",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("imei", "text_pattern_ops"),
                        condition=models.Q(("imei", ""), _negated=True),
                        name="device_imei",
                    ),
                    models.Index(
                        condition=models.Q(("imei2", ""), _negated=True),
                        fields=["imei2"],
                        name="device_imei2",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Lower("asset_tag"), "text_pattern_ops"
                        ),
                        condition=models.Q(("asset_tag", ""), _negated=True),
                        name="device_asset_tag_prefix",
                    ),
                    models.Index(fields=["organisation", "asset_tag", "id"], name="device_by_tag"),
                    models.Index(fields=["organisation", "life_cycle", "model"], name="device_stock"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("asset_tag", ""), _negated=True),
                        fields=("organisation", "asset_tag"),
                        name="device_asset_tag",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "life_cycle__in",
                                [
                                    "ordered",
                                    "in_stock",
                                    "issued",
                                    "on_loan",
                                    "in_repair",
                                    "lost",
                                    "stolen",
                                    "wiped",
                                    "retired",
                                    "disposed",
                                ],
                            )
                        ),
                        name="device_life_cycle",
                    ),
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
                        name="device_platform",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("enrolment__in", ["pending", "enrolled", "unenrolled", "unknown"])
                        ),
                        name="device_enrolment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("compliance__in", ["compliant", "noncompliant", "grace", "unknown"])
                        ),
                        name="device_compliance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wipe__in", ["none", "issued", "confirmed"])), name="device_wipe"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ownership__in", ["organisation", "personal", "unknown"])),
                        name="device_ownership",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holder__isnull", False), ("life_cycle__in", ["issued", "on_loan"])),
                            models.Q(("life_cycle__in", ["issued", "on_loan"]), _negated=True),
                            _connector="OR",
                        ),
                        name="device_in_use_has_holder",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeviceChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.device",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                ("asset_tag", models.CharField(blank=True, max_length=100)),
                (
                    "model",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.devicemodel",
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
                    "holder",
                    models.ForeignKey(
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
                (
                    "life_cycle",
                    models.CharField(
                        choices=[
                            ("ordered", "Ordered"),
                            ("in_stock", "In stock"),
                            ("issued", "Issued"),
                            ("on_loan", "On loan"),
                            ("in_repair", "In repair"),
                            ("lost", "Lost"),
                            ("stolen", "Stolen"),
                            ("wiped", "Wiped"),
                            ("retired", "Retired"),
                            ("disposed", "Disposed"),
                        ],
                        default="in_stock",
                        max_length=10,
                    ),
                ),
                ("issued_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("purchased_on", models.DateField(blank=True, null=True)),
                ("warranty_until", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("serial", models.CharField(blank=True, max_length=100)),
                ("hw_id", models.CharField(blank=True, max_length=100, verbose_name="hardware id")),
                ("imei", models.CharField(blank=True, max_length=15, verbose_name="IMEI")),
                ("imei2", models.CharField(blank=True, max_length=15, verbose_name="second IMEI")),
                ("meid", models.CharField(blank=True, max_length=100, verbose_name="MEID")),
                ("wifi_mac", models.CharField(blank=True, max_length=12, verbose_name="Wi-Fi MAC")),
                ("manufacturer", models.CharField(blank=True, max_length=100)),
                ("reported_model", models.CharField(blank=True, max_length=200)),
                ("reported_model_id", models.CharField(blank=True, max_length=100)),
                ("reported_asset_tag", models.CharField(blank=True, max_length=100)),
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
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("os_version", models.CharField(blank=True, max_length=100, verbose_name="OS version")),
                (
                    "os_key",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("os_build", models.CharField(blank=True, max_length=100, verbose_name="OS build")),
                ("user_upn", models.CharField(blank=True, max_length=254, verbose_name="user (UPN)")),
                ("user_email", models.CharField(blank=True, max_length=254, verbose_name="user e-mail")),
                ("user_name", models.CharField(blank=True, max_length=200)),
                (
                    "enrolment",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("enrolled", "Enrolled"),
                            ("unenrolled", "Unenrolled"),
                            ("unknown", "Unknown"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "compliance",
                    models.CharField(
                        choices=[
                            ("compliant", "Compliant"),
                            ("noncompliant", "Not compliant"),
                            ("grace", "In grace period"),
                            ("unknown", "Unknown"),
                        ],
                        default="unknown",
                        max_length=12,
                    ),
                ),
                ("supervised", models.BooleanField(blank=True, null=True)),
                ("encrypted", models.BooleanField(blank=True, null=True)),
                ("passcode", models.BooleanField(blank=True, null=True)),
                ("lost_mode", models.BooleanField(blank=True, null=True)),
                (
                    "wipe",
                    models.CharField(
                        choices=[("none", "None"), ("issued", "Issued"), ("confirmed", "Confirmed")],
                        default="none",
                        max_length=10,
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        choices=[
                            ("organisation", "Organisation"),
                            ("personal", "Personal"),
                            ("unknown", "Unknown"),
                        ],
                        default="unknown",
                        max_length=12,
                    ),
                ),
                ("enrolled_at", models.DateTimeField(blank=True, null=True)),
                ("storage_total_bytes", models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="device",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_devicechange" ("asset_tag", "compliance", "created_at", "encrypted", "enrolled_at", "enrolment", "holder_id", "hw_id", "id", "imei", "imei2", "issued_at", "life_cycle", "lost_mode", "manufacturer", "meid", "model_id", "organisation_id", "os_build", "os_key", "os_version", "ownership", "passcode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "purchased_on", "reported_asset_tag", "reported_model", "reported_model_id", "serial", "site_id", "storage_total_bytes", "supervised", "user_email", "user_name", "user_upn", "warranty_until", "wifi_mac", "wipe") SELECT new_values."asset_tag", new_values."compliance", new_values."created_at", new_values."encrypted", new_values."enrolled_at", new_values."enrolment", new_values."holder_id", new_values."hw_id", new_values."id", new_values."imei", new_values."imei2", new_values."issued_at", new_values."life_cycle", new_values."lost_mode", new_values."manufacturer", new_values."meid", new_values."model_id", new_values."organisation_id", new_values."os_build", new_values."os_key", new_values."os_version", new_values."ownership", new_values."passcode", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."platform", new_values."purchased_on", new_values."reported_asset_tag", new_values."reported_model", new_values."reported_model_id", new_values."serial", new_values."site_id", new_values."storage_total_bytes", new_values."supervised", new_values."user_email", new_values."user_name", new_values."user_upn", new_values."warranty_until", new_values."wifi_mac", new_values."wipe" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="94a17bd7ed5e34521ad5d6a4401a2a1d1bf1eee2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c5462",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_device",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="device",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_devicechange" ("asset_tag", "compliance", "created_at", "encrypted", "enrolled_at", "enrolment", "holder_id", "hw_id", "id", "imei", "imei2", "issued_at", "life_cycle", "lost_mode", "manufacturer", "meid", "model_id", "organisation_id", "os_build", "os_key", "os_version", "ownership", "passcode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "purchased_on", "reported_asset_tag", "reported_model", "reported_model_id", "serial", "site_id", "storage_total_bytes", "supervised", "user_email", "user_name", "user_upn", "warranty_until", "wifi_mac", "wipe") SELECT new_values."asset_tag", new_values."compliance", new_values."created_at", new_values."encrypted", new_values."enrolled_at", new_values."enrolment", new_values."holder_id", new_values."hw_id", new_values."id", new_values."imei", new_values."imei2", new_values."issued_at", new_values."life_cycle", new_values."lost_mode", new_values."manufacturer", new_values."meid", new_values."model_id", new_values."organisation_id", new_values."os_build", new_values."os_key", new_values."os_version", new_values."ownership", new_values."passcode", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."platform", new_values."purchased_on", new_values."reported_asset_tag", new_values."reported_model", new_values."reported_model_id", new_values."serial", new_values."site_id", new_values."storage_total_bytes", new_values."supervised", new_values."user_email", new_values."user_name", new_values."user_upn", new_values."warranty_until", new_values."wifi_mac", new_values."wipe" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."asset_tag" IS DISTINCT FROM (new_values."asset_tag") OR old_values."compliance" IS DISTINCT FROM (new_values."compliance") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."encrypted" IS DISTINCT FROM (new_values."encrypted") OR old_values."enrolled_at" IS DISTINCT FROM (new_values."enrolled_at") OR old_values."enrolment" IS DISTINCT FROM (new_values."enrolment") OR old_values."holder_id" IS DISTINCT FROM (new_values."holder_id") OR old_values."hw_id" IS DISTINCT FROM (new_values."hw_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."imei" IS DISTINCT FROM (new_values."imei") OR old_values."imei2" IS DISTINCT FROM (new_values."imei2") OR old_values."issued_at" IS DISTINCT FROM (new_values."issued_at") OR old_values."life_cycle" IS DISTINCT FROM (new_values."life_cycle") OR old_values."lost_mode" IS DISTINCT FROM (new_values."lost_mode") OR old_values."manufacturer" IS DISTINCT FROM (new_values."manufacturer") OR old_values."meid" IS DISTINCT FROM (new_values."meid") OR old_values."model_id" IS DISTINCT FROM (new_values."model_id") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."os_build" IS DISTINCT FROM (new_values."os_build") OR old_values."os_key" IS DISTINCT FROM (new_values."os_key") OR old_values."os_version" IS DISTINCT FROM (new_values."os_version") OR old_values."ownership" IS DISTINCT FROM (new_values."ownership") OR old_values."passcode" IS DISTINCT FROM (new_values."passcode") OR old_values."platform" IS DISTINCT FROM (new_values."platform") OR old_values."purchased_on" IS DISTINCT FROM (new_values."purchased_on") OR old_values."reported_asset_tag" IS DISTINCT FROM (new_values."reported_asset_tag") OR old_values."reported_model" IS DISTINCT FROM (new_values."reported_model") OR old_values."reported_model_id" IS DISTINCT FROM (new_values."reported_model_id") OR old_values."serial" IS DISTINCT FROM (new_values."serial") OR old_values."site_id" IS DISTINCT FROM (new_values."site_id") OR old_values."storage_total_bytes" IS DISTINCT FROM (new_values."storage_total_bytes") OR old_values."supervised" IS DISTINCT FROM (new_values."supervised") OR old_values."user_email" IS DISTINCT FROM (new_values."user_email") OR old_values."user_name" IS DISTINCT FROM (new_values."user_name") OR old_values."user_upn" IS DISTINCT FROM (new_values."user_upn") OR old_values."warranty_until" IS DISTINCT FROM (new_values."warranty_until") OR old_values."wifi_mac" IS DISTINCT FROM (new_values."wifi_mac") OR old_values."wipe" IS DISTINCT FROM (new_values."wipe")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="01c89b41fde99d61a4da3092684ef7af3eb1f32a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bae1a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_device",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="device",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_devicechange" ("asset_tag", "compliance", "created_at", "encrypted", "enrolled_at", "enrolment", "holder_id", "hw_id", "id", "imei", "imei2", "issued_at", "life_cycle", "lost_mode", "manufacturer", "meid", "model_id", "organisation_id", "os_build", "os_key", "os_version", "ownership", "passcode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "purchased_on", "reported_asset_tag", "reported_model", "reported_model_id", "serial", "site_id", "storage_total_bytes", "supervised", "user_email", "user_name", "user_upn", "warranty_until", "wifi_mac", "wipe") SELECT old_values."asset_tag", old_values."compliance", old_values."created_at", old_values."encrypted", old_values."enrolled_at", old_values."enrolment", old_values."holder_id", old_values."hw_id", old_values."id", old_values."imei", old_values."imei2", old_values."issued_at", old_values."life_cycle", old_values."lost_mode", old_values."manufacturer", old_values."meid", old_values."model_id", old_values."organisation_id", old_values."os_build", old_values."os_key", old_values."os_version", old_values."ownership", old_values."passcode", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."platform", old_values."purchased_on", old_values."reported_asset_tag", old_values."reported_model", old_values."reported_model_id", old_values."serial", old_values."site_id", old_values."storage_total_bytes", old_values."supervised", old_values."user_email", old_values."user_name", old_values."user_upn", old_values."warranty_until", old_values."wifi_mac", old_values."wipe" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a9ca9c0d186df082a7e6eb25ff25fc05164c18b2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9dc65",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_device",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="devicechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cd5a272b1efd8512c4c48bd0b12c2003da6c5048",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_df1fc",
                    table="fleet_devicechange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "device",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="heartbeat",
                        serialize=False,
                        to="fleet.device",
                    ),
                ),
                ("last_seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "battery_level",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="battery (%)",
                    ),
                ),
                ("battery_level_at", models.DateTimeField(null=True)),
                (
                    "battery_health",
                    models.CharField(
                        choices=[("good", "Good"), ("service", "Needs service"), ("unknown", "Unknown")],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("battery_health_at", models.DateTimeField(null=True)),
                ("storage_free_bytes", models.BigIntegerField(null=True)),
                ("storage_free_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["last_seen_at", "device"], name="heartbeat_last_seen")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("battery_level__isnull", True), ("battery_level__lte", 100), _connector="OR"
                        ),
                        name="heartbeat_battery_percent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("battery_health__in", ["good", "service", "unknown"])),
                        name="heartbeat_battery_health",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sim",
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
                        related_name="sims",
                        to="fleet.organisation",
                    ),
                ),
                ("iccid", models.CharField(max_length=22, verbose_name="ICCID")),
                ("msisdn", models.CharField(blank=True, max_length=16, verbose_name="phone number (MSISDN)")),
                ("eid", models.CharField(blank=True, max_length=40, verbose_name="EID")),
                ("carrier", models.CharField(blank=True, max_length=100)),
                (
                    "device",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sims",
                        to="fleet.device",
                    ),
                ),
                ("observed_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ["iccid"],
                "constraints": [models.UniqueConstraint(fields=("organisation", "iccid"), name="sim_iccid")],
            },
        ),
        migrations.CreateModel(
            name="SimChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.sim",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                ("iccid", models.CharField(max_length=22, verbose_name="ICCID")),
                ("msisdn", models.CharField(blank=True, max_length=16, verbose_name="phone number (MSISDN)")),
                ("eid", models.CharField(blank=True, max_length=40, verbose_name="EID")),
                ("carrier", models.CharField(blank=True, max_length=100)),
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
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sim",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_simchange" ("carrier", "device_id", "eid", "iccid", "id", "msisdn", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."carrier", new_values."device_id", new_values."eid", new_values."iccid", new_values."id", new_values."msisdn", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="cbe6d8f9c4fc1d05676832be13694fe255a4c75d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7865e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_sim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sim",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_simchange" ("carrier", "device_id", "eid", "iccid", "id", "msisdn", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."carrier", new_values."device_id", new_values."eid", new_values."iccid", new_values."id", new_values."msisdn", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."carrier" IS DISTINCT FROM (new_values."carrier") OR old_values."device_id" IS DISTINCT FROM (new_values."device_id") OR old_values."eid" IS DISTINCT FROM (new_values."eid") OR old_values."iccid" IS DISTINCT FROM (new_values."iccid") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."msisdn" IS DISTINCT FROM (new_values."msisdn") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="34f3245c920637599aa72db6641b0bd68f045251",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f01c8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_sim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sim",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_simchange" ("carrier", "device_id", "eid", "iccid", "id", "msisdn", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."carrier", old_values."device_id", old_values."eid", old_values."iccid", old_values."id", old_values."msisdn", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7caa58985c78c67603a57ba9ac2c573af363dfd3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f7bcb",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_sim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="simchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7346395831cf90e1cca88522a5e20fc4caefe210",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4af46",
                    table="fleet_simchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="CustodyEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="custody_events",
                        to="fleet.device",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("issued", "Issued"),
                            ("loaned", "Loaned"),
                            ("returned", "Returned"),
                            ("moved", "Moved"),
                            ("sent_to_repair", "Sent to repair"),
                            ("repaired", "Back from repair"),
                            ("lost", "Lost"),
                            ("stolen", "Stolen"),
                            ("found", "Found"),
                            ("wiped", "Wiped"),
                            ("retired", "Retired"),
                            ("disposed", "Disposed"),
                        ],
                        max_length=15,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fleet.staffmember",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fleet.site",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "recorded_by",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "received",
                                    "issued",
                                    "loaned",
                                    "returned",
                                    "moved",
                                    "sent_to_repair",
                                    "repaired",
                                    "lost",
                                    "stolen",
                                    "found",
                                    "wiped",
                                    "retired",
                                    "disposed",
                                ],
                            )
                        ),
                        name="custody_kind",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="custodyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d82d83354b78abeb62bf79c163ab6d010e04cb4b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_bc979",
                    table="fleet_custodyevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="MdmSource",
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
                        related_name="mdm_sources",
                        to="fleet.organisation",
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[("native", "Native (Tranche's own schema)")], default="native", max_length=20
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "silent_after_hours",
                    models.PositiveIntegerField(
                        default=26,
                        help_text="Warn when nothing has arrived for this long.",
                        verbose_name="silent after (hours)",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "name"), name="mdm_source_name"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["native"])), name="mdm_source_kind"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MdmSourceChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.mdmsource",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                ("slug", models.SlugField(db_index=False, max_length=60)),
                ("name", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[("native", "Native (Tranche's own schema)")], default="native", max_length=20
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "silent_after_hours",
                    models.PositiveIntegerField(
                        default=26,
                        help_text="Warn when nothing has arrived for this long.",
                        verbose_name="silent after (hours)",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mdmsource",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_mdmsourcechange" ("created_at", "id", "is_active", "kind", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "silent_after_hours", "slug") SELECT new_values."created_at", new_values."id", new_values."is_active", new_values."kind", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."silent_after_hours", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1d3261e56562d75deb351f406e660c0cc133ae43",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_76766",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_mdmsource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mdmsource",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_mdmsourcechange" ("created_at", "id", "is_active", "kind", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "silent_after_hours", "slug") SELECT new_values."created_at", new_values."id", new_values."is_active", new_values."kind", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."silent_after_hours", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="34edc6bec5d2629131720b6daeaddec50873c2a9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_02c1e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_mdmsource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mdmsource",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_mdmsourcechange" ("created_at", "id", "is_active", "kind", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "silent_after_hours", "slug") SELECT old_values."created_at", old_values."id", old_values."is_active", old_values."kind", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."silent_after_hours", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="65934cf78dfec2e12bd4e1a0cb2c50d6b21b3055",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3049d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_mdmsource",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mdmsourcechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3809f03e0e22f134fe561724331eda4c20415ff7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b802c",
                    table="fleet_mdmsourcechange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="SourceToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("hint", models.CharField(editable=False, max_length=12)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to="fleet.mdmsource",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SourceTokenChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.sourcetoken",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("hint", models.CharField(editable=False, max_length=12)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.mdmsource",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcetoken",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sourcetokenchange" ("created_at", "created_by_id", "expires_at", "hint", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "source_id") SELECT new_values."created_at", new_values."created_by_id", new_values."expires_at", new_values."hint", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."revoked_at", new_values."source_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1c22e48f4b4ebc7410be0f31cd0ee4c2017a41ef",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5aaa3",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_sourcetoken",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcetoken",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sourcetokenchange" ("created_at", "created_by_id", "expires_at", "hint", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "source_id") SELECT new_values."created_at", new_values."created_by_id", new_values."expires_at", new_values."hint", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."revoked_at", new_values."source_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."expires_at" IS DISTINCT FROM (new_values."expires_at") OR old_values."hint" IS DISTINCT FROM (new_values."hint") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9d08f0d1ea36b633cd1d7bee062fb983784afe54",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8844d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_sourcetoken",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcetoken",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sourcetokenchange" ("created_at", "created_by_id", "expires_at", "hint", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "source_id") SELECT old_values."created_at", old_values."created_by_id", old_values."expires_at", old_values."hint", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."revoked_at", old_values."source_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="672e78e4d720e95effc2bcee681fe93f792b0b0a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ee921",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_sourcetoken",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcetokenchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5406daea1f099497dae00fcb414e7309becc4578",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5819a",
                    table="fleet_sourcetokenchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="fleet.mdmsource",
                    ),
                ),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("content_type", models.CharField(max_length=100)),
                ("idempotency_key", models.CharField(blank=True, max_length=200)),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the body as unpacked")),
                ("body", models.BinaryField()),
                ("size_bytes", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("processing", "Processing"),
                            ("applied", "Applied"),
                            ("failed", "Failed"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("sync_id", models.CharField(blank=True, max_length=100)),
                ("sync_part", models.PositiveIntegerField(blank=True, null=True)),
                ("sync_of", models.PositiveIntegerField(blank=True, null=True)),
                ("outcomes", models.TextField(blank=True)),
                (
                    "device_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(null=True), blank=True, default=list, size=None
                    ),
                ),
                ("problems", models.JSONField(blank=True, default=list)),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "ordering": ["-received_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["pending", "processing"])),
                        fields=["source", "received_at"],
                        name="delivery_waiting",
                    ),
                    models.Index(fields=["source", "-received_at"], name="delivery_by_source"),
                    models.Index(fields=["source", "digest"], name="delivery_by_digest"),
                    models.Index(
                        condition=models.Q(("sync_id", ""), _negated=True),
                        fields=["source", "sync_id"],
                        name="delivery_by_sync",
                    ),
                    models.Index(
                        condition=models.Q(("status", "failed")), fields=["source"], name="delivery_failed"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("idempotency_key", ""), _negated=True),
                        fields=("source", "idempotency_key"),
                        name="delivery_idempotency_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["pending", "processing", "applied", "failed"])),
                        name="delivery_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied_at__isnull", True), ("status", "pending")),
                            models.Q(
                                ("applied_at__isnull", True),
                                ("claimed_until__isnull", False),
                                ("status", "processing"),
                            ),
                            models.Q(("applied_at__isnull", False), ("status", "applied")),
                            models.Q(
                                ("applied_at__isnull", True),
                                ("status", "failed"),
                                models.Q(("error", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_state_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sync_id", ""), ("sync_of__isnull", True), ("sync_part__isnull", True)),
                            models.Q(
                                models.Q(("sync_id", ""), _negated=True),
                                ("sync_of__gte", models.F("sync_part")),
                                ("sync_part__gte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_sync_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mdm_source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="fleet.mdmsource",
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="source_records",
                        to="fleet.device",
                    ),
                ),
                ("source_id", models.CharField(blank=True, max_length=200)),
                ("observed_at", models.DateTimeField()),
                ("digest", models.BigIntegerField()),
                ("facts", models.JSONField(default=dict)),
                ("field_times", models.JSONField(default=dict)),
                ("missing_since", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["device", "mdm_source"], name="source_record_by_device"),
                    models.Index(
                        condition=models.Q(("missing_since__isnull", False)),
                        fields=["mdm_source"],
                        name="source_record_missing",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source_id", ""), _negated=True),
                        fields=("mdm_source", "source_id"),
                        name="source_record_id",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_id", "")),
                        fields=("mdm_source", "device"),
                        name="source_record_without_id",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerIdentifier",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="fleet.organisation"
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_identifiers",
                        to="fleet.device",
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=100)),
                ("until", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "kind", "value", "device"), name="former_identifier_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["serial", "hw_id", "imei"])),
                        name="former_identifier_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityConflict",
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
                        related_name="identity_conflicts",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identity_conflicts",
                        to="fleet.mdmsource",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="identity_conflicts",
                        to="fleet.delivery",
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=200)),
                ("record", models.JSONField()),
                ("observed_at", models.DateTimeField()),
                ("times_seen", models.PositiveIntegerField(default=1)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("resolved", "Resolved"), ("dismissed", "Dismissed")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("resolution", models.CharField(blank=True, max_length=500)),
                ("devices", models.ManyToManyField(related_name="identity_conflicts", to="fleet.device")),
            ],
            options={
                "ordering": ["-opened_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"),
                        models.F("kind"),
                        models.F("value"),
                        models.Case(models.When(kind="source_id", then="source"), default=0),
                        condition=models.Q(("status", "open")),
                        name="identity_conflict_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "resolved", "dismissed"])),
                        name="identity_conflict_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved_at__isnull", True), ("status", "open")),
                            models.Q(
                                models.Q(("status", "open"), _negated=True),
                                ("resolved_at__isnull", False),
                                models.Q(("resolution", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="identity_conflict_state_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityConflictChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.identityconflict",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.mdmsource",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.delivery",
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=200)),
                ("observed_at", models.DateTimeField()),
                ("times_seen", models.PositiveIntegerField(default=1)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("resolved", "Resolved"), ("dismissed", "Dismissed")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "resolved_by",
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
                ("resolution", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identityconflict",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_identityconflictchange" ("delivery_id", "id", "kind", "observed_at", "opened_at", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution", "resolved_at", "resolved_by_id", "source_id", "status", "times_seen", "value") SELECT new_values."delivery_id", new_values."id", new_values."kind", new_values."observed_at", new_values."opened_at", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."resolution", new_values."resolved_at", new_values."resolved_by_id", new_values."source_id", new_values."status", new_values."times_seen", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d9a80359a76daf46e02395dd70c01e4334a0cb55",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_adfff",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_identityconflict",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identityconflict",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_identityconflictchange" ("delivery_id", "id", "kind", "observed_at", "opened_at", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution", "resolved_at", "resolved_by_id", "source_id", "status", "times_seen", "value") SELECT new_values."delivery_id", new_values."id", new_values."kind", new_values."observed_at", new_values."opened_at", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."resolution", new_values."resolved_at", new_values."resolved_by_id", new_values."source_id", new_values."status", new_values."times_seen", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."delivery_id" IS DISTINCT FROM (new_values."delivery_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."observed_at" IS DISTINCT FROM (new_values."observed_at") OR old_values."opened_at" IS DISTINCT FROM (new_values."opened_at") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."resolution" IS DISTINCT FROM (new_values."resolution") OR old_values."resolved_at" IS DISTINCT FROM (new_values."resolved_at") OR old_values."resolved_by_id" IS DISTINCT FROM (new_values."resolved_by_id") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."times_seen" IS DISTINCT FROM (new_values."times_seen") OR old_values."value" IS DISTINCT FROM (new_values."value")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7d6419bef1c0d061f31c5985de1afac1c6970d93",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e0bb6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_identityconflict",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identityconflict",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_identityconflictchange" ("delivery_id", "id", "kind", "observed_at", "opened_at", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution", "resolved_at", "resolved_by_id", "source_id", "status", "times_seen", "value") SELECT old_values."delivery_id", old_values."id", old_values."kind", old_values."observed_at", old_values."opened_at", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."resolution", old_values."resolved_at", old_values."resolved_by_id", old_values."source_id", old_values."status", old_values."times_seen", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="112971183b579f1ba2fe47d8f21319b3a123b159",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3b938",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_identityconflict",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identityconflictchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0141329e1578fec0e8ed481c8eba915e3c13b992",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_58a77",
                    table="fleet_identityconflictchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="IdentityClaim",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="fleet.organisation"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        help_text="Whose source_id it is.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.mdmsource",
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=200)),
                ("serial", models.CharField(blank=True, max_length=100)),
                (
                    "device",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.device",
                    ),
                ),
                ("is_ignored", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "kind", "value", "serial", "source"),
                        name="identity_claim_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "source_id"), ("source__isnull", False)),
                            models.Q(("kind__in", ["serial", "hw_id", "imei"]), ("source__isnull", True)),
                            _connector="OR",
                        ),
                        name="identity_claim_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("device__isnull", True), ("is_ignored", False), _connector="OR"),
                        name="identity_claim_one_decision",
                    ),
                ],
            },
        ),
    ]
