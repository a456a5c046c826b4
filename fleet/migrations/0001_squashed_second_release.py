import uuid
from decimal import Decimal
from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import fleet.models.tokens
from fleet.migrations._shipped_roles import ship, withdraw

roles_in_lines = import_module("fleet.migrations.0026_roles_in_lines")

# Of the change log's contexts, what its searches ask for.
CONTEXT_KEYS = ("request_id", "actor", "delivery", "channel")
# Tables that are updated in bulk: a page needs room for all of its rows once more.
ROOMY = ("fleet_sourcerecord", "fleet_device")


class Migration(migrations.Migration):
    """Every table whole, in one step: a new database takes seconds. An older one goes on step by step."""

    replaces = [
        ("fleet", "0001_initial"),
        ("fleet", "0002_shipped_roles"),
        ("fleet", "0003_room_in_pages"),
        ("fleet", "0004_second_factor_by_role"),
        ("fleet", "0005_changes_by_context"),
        ("fleet", "0006_read_the_change_log"),
        ("fleet", "0007_training_and_contracts"),
        ("fleet", "0008_roles_in_training_and_contracts"),
        ("fleet", "0009_access"),
        ("fleet", "0010_who_gave_roles"),
        ("fleet", "0011_classification_schemes"),
        ("fleet", "0012_schemes_from_text"),
        ("fleet", "0013_classification_in_scheme"),
        ("fleet", "0014_scheme_switches"),
        ("fleet", "0015_imports"),
        ("fleet", "0016_sign_in"),
        ("fleet", "0017_access_log"),
        ("fleet", "0018_erasures"),
        ("fleet", "0019_bulk_changes"),
        ("fleet", "0020_prunings"),
        ("fleet", "0021_saved_views_and_search"),
        ("fleet", "0022_mdm_hooks"),
        ("fleet", "0023_discrepancies"),
        ("fleet", "0024_device_events"),
        ("fleet", "0025_lines_and_tariffs"),
        ("fleet", "0026_roles_in_lines"),
        ("fleet", "0027_lines_of_known_sims"),
        ("fleet", "0028_who_wins"),
        ("fleet", "0029_bulk_changes_by_workers"),
        ("fleet", "0030_state_of_bulk_changes"),
        ("fleet", "0031_bulk_changes_hold_their_state"),
        ("fleet", "0032_replayed_deliveries"),
        ("fleet", "0033_usage_of_lines"),
        ("fleet", "0034_fleet_by_day"),
        ("fleet", "0036_import_without_effect"),
        ("fleet", "0037_software_that_matters"),
        ("fleet", "0038_discrepancies_of_lines"),
        ("fleet", "0039_ends_of_os_support"),
        ("fleet", "0040_bank_holidays"),
        ("fleet", "0041_digests"),
    ]

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
                (
                    "bank_holidays",
                    models.CharField(
                        choices=[
                            ("ENG", "England"),
                            ("NIR", "Northern Ireland"),
                            ("SCT", "Scotland"),
                            ("WLS", "Wales"),
                        ],
                        default="ENG",
                        max_length=3,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["department", "council", "agency", "supplier", "bank", "other"])
                        ),
                        name="organisation_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bank_holidays__in", ["ENG", "NIR", "SCT", "WLS"])),
                        name="organisation_bank_holidays",
                    ),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
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
                (
                    "bank_holidays",
                    models.CharField(
                        choices=[
                            ("ENG", "England"),
                            ("NIR", "Northern Ireland"),
                            ("SCT", "Scotland"),
                            ("WLS", "Wales"),
                        ],
                        default="ENG",
                        max_length=3,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="organisation_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="organisation_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OsSupport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("version", models.CharField(max_length=100)),
                ("supported_until", models.DateField()),
                ("source", models.CharField(max_length=500)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="os_support",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "OS support",
                "ordering": ["supported_until", "platform", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "platform", "version"), name="os_support_once"
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
                        name="os_support_platform",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OsSupportChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                ("version", models.CharField(max_length=100)),
                ("supported_until", models.DateField()),
                ("source", models.CharField(max_length=500)),
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
                        to="fleet.ossupport",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="ossupport_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="ossupport_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pruning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=10)),
                ("before", models.DateTimeField()),
                ("rows", models.PositiveIntegerField()),
                ("done_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-done_at", "-pk"],
            },
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
                ("requires_second_factor", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="fleet.organisation",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.role",
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
                ("key", models.SlugField(db_index=False)),
                ("name", models.CharField(max_length=100)),
                ("description", models.CharField(blank=True, max_length=300)),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("requires_second_factor", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.organisation",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="role_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="role_events_at"),
                ],
            },
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
                "indexes": [models.Index(fields=["name", "id"], name="site_by_name")],
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
            name="SiteAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("spelling", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="site_aliases",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="fleet.site"
                    ),
                ),
            ],
            options={
                "ordering": ["spelling"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "spelling"), name="site_alias")
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteAliasChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("spelling", models.CharField(max_length=200)),
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
                        to="fleet.sitealias",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.site",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="sitealias_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="sitealias_events_at"),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.site",
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
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="site_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="site_events_at"),
                ],
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
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tariffs",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["carrier", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "carrier", "name"), name="tariff_name"),
                    models.CheckConstraint(
                        condition=models.Q(("over_per__in", ["month", "gigabyte", "megabyte"])),
                        name="tariff_over_per",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("megabyte_bytes__in", [1000000, 1048576])), name="tariff_megabyte"
                    ),
                ],
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
                        to="fleet.tariff",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="tariff_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="tariff_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrackedProduct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("browser", "Browser"),
                            ("assistive", "Assistive technology"),
                            ("vpn", "VPN"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "patterns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tracked_products",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"),
                        django.db.models.functions.text.Lower("name"),
                        name="tracked_product_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("category__in", ["browser", "assistive", "vpn", "other"])),
                        name="tracked_product_category",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrackedProductChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=100)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("browser", "Browser"),
                            ("assistive", "Assistive technology"),
                            ("vpn", "VPN"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "patterns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
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
                        to="fleet.trackedproduct",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="trackedproduct_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="trackedproduct_events_at"),
                ],
            },
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
                ("expires_at", models.DateTimeField(default=fleet.models.tokens.ninety_days_on)),
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
                ("is_read_only", models.BooleanField(default=False, verbose_name="may only read")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, null=True, size=None
                    ),
                ),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.apitoken",
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
                ("expires_at", models.DateTimeField(default=fleet.models.tokens.ninety_days_on)),
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
                ("is_read_only", models.BooleanField(default=False, verbose_name="may only read")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, null=True, size=None
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="apitoken_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="apitoken_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(choices=[("devices", "Devices"), ("people", "People")], max_length=10),
                ),
                ("verb", models.CharField(max_length=20)),
                ("value", models.JSONField(default=dict)),
                ("value_words", models.CharField(max_length=300, verbose_name="change")),
                ("filters", models.TextField(blank=True)),
                ("filter_words", models.TextField(blank=True, verbose_name="which")),
                (
                    "ticked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, null=True, size=None
                    ),
                ),
                ("address", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("matched", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("left", models.JSONField(blank=True, default=list)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("context_id", models.UUIDField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone", models.PositiveIntegerField(default=0, verbose_name="put back")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="bulk_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bulk_changes",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_channel", models.CharField(blank=True, max_length=10)),
                ("asked_request_id", models.CharField(blank=True, max_length=64)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claimed_by", models.UUIDField(blank=True, null=True)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("fingerprint", models.CharField(blank=True, max_length=32)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Not confirmed"),
                            ("doing", "Being made"),
                            ("done", "Made"),
                            ("undoing", "Being taken back"),
                            ("undone", "Taken back"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "indexes": [
                    models.Index(fields=["organisation", "-made_at"], name="bulk_change_by_time"),
                    models.Index(
                        condition=models.Q(("status__in", ("doing", "undoing"))),
                        fields=["made_at"],
                        name="bulk_change_work",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("subject__in", ["devices", "people"])), name="bulk_change_subject"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("context_id__isnull", True), ("done_at__isnull", True)),
                            models.Q(("context_id__isnull", False), ("done_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="bulk_change_done_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True), ("done_at__isnull", False), _connector="OR"
                        ),
                        name="bulk_change_undone_after_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["waiting", "doing", "done", "undoing", "undone", "failed"])
                        ),
                        name="bulk_change_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claimed_by__isnull", True), ("claimed_until__isnull", True)),
                            models.Q(
                                ("claimed_by__isnull", False),
                                ("claimed_until__isnull", False),
                                ("status__in", ("doing", "undoing")),
                            ),
                            _connector="OR",
                        ),
                        name="bulk_change_claimed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "failed"), models.Q(("error", ""), _negated=True)),
                            models.Q(("status", "failed"), _negated=True),
                            _connector="OR",
                        ),
                        name="bulk_change_failed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at__isnull", False), ("status__in", ("done", "undoing", "undone"))
                            ),
                            models.Q(
                                ("done_at__isnull", True),
                                models.Q(("status__in", ("done", "undoing", "undone")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bulk_change_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "undone"), _negated=True),
                            ("undone_at__isnull", False),
                            _connector="OR",
                        ),
                        name="bulk_change_undone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("supplier", models.CharField(max_length=200)),
                ("reference", models.CharField(max_length=100)),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("devices", "Devices"),
                            ("connectivity", "Connectivity"),
                            ("support", "Support"),
                            ("software", "Software"),
                            ("services", "Services"),
                            ("other", "Other"),
                        ],
                        default="devices",
                        max_length=20,
                        verbose_name="covers",
                    ),
                ),
                ("covers", models.CharField(blank=True, max_length=500, verbose_name="what it covers")),
                (
                    "device_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="devices covered"),
                ),
                ("starts_on", models.DateField(verbose_name="starts")),
                ("ends_on", models.DateField(verbose_name="ends")),
                ("notice_by", models.DateField(blank=True, null=True, verbose_name="notice by")),
                (
                    "notice_period",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="notice period"),
                ),
                (
                    "notice_unit",
                    models.CharField(
                        choices=[("days", "Days"), ("months", "Months")],
                        default="months",
                        max_length=10,
                        verbose_name="notice period in",
                    ),
                ),
                (
                    "renews_itself",
                    models.BooleanField(default=False, verbose_name="renews itself unless notice is given"),
                ),
                ("notice_given_on", models.DateField(blank=True, null=True, verbose_name="notice given")),
                ("value_pence", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="value")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contracts",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contracts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["ends_on", "pk"],
                "indexes": [models.Index(fields=["organisation", "ends_on"], name="contract_by_end")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "supplier", "reference"), name="contract_reference"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["devices", "connectivity", "support", "software", "services", "other"],
                            )
                        ),
                        name="contract_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("notice_unit__in", ["days", "months"])),
                        name="contract_notice_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="contract_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("notice_by__isnull", True),
                            ("notice_by__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="contract_notice_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("notice_by__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("notice_by")),
                            _connector="OR",
                        ),
                        name="contract_notice_before_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("supplier", models.CharField(max_length=200)),
                ("reference", models.CharField(max_length=100)),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("devices", "Devices"),
                            ("connectivity", "Connectivity"),
                            ("support", "Support"),
                            ("software", "Software"),
                            ("services", "Services"),
                            ("other", "Other"),
                        ],
                        default="devices",
                        max_length=20,
                        verbose_name="covers",
                    ),
                ),
                ("covers", models.CharField(blank=True, max_length=500, verbose_name="what it covers")),
                (
                    "device_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="devices covered"),
                ),
                ("starts_on", models.DateField(verbose_name="starts")),
                ("ends_on", models.DateField(verbose_name="ends")),
                ("notice_by", models.DateField(blank=True, null=True, verbose_name="notice by")),
                (
                    "notice_period",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="notice period"),
                ),
                (
                    "notice_unit",
                    models.CharField(
                        choices=[("days", "Days"), ("months", "Months")],
                        default="months",
                        max_length=10,
                        verbose_name="notice period in",
                    ),
                ),
                (
                    "renews_itself",
                    models.BooleanField(default=False, verbose_name="renews itself unless notice is given"),
                ),
                ("notice_given_on", models.DateField(blank=True, null=True, verbose_name="notice given")),
                ("value_pence", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="value")),
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
                    "owner",
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
                        to="fleet.contract",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="contract_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="contract_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("since", models.DateField()),
                ("week_since", models.DateField(blank=True, null=True)),
                ("sent_through", models.BigIntegerField(default=0)),
                ("mailed", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("since__lt", models.F("day"))), name="digest_covers_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("week_since", None), ("week_since__lte", models.F("since")), _connector="OR"
                        ),
                        name="digest_week_is_longer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dismissal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("leaver", "Held by somebody who has left"),
                            ("closed_site", "At a site that has closed"),
                            ("unknown_to_mdm", "In use, and no MDM knows it"),
                            ("silent", "In use, and silent for 30 days"),
                            ("not_issued", "In stock, and used by somebody"),
                            ("other_user", "Used by another than its holder"),
                            ("duplicate", "One asset tag or Wi-Fi address on several devices"),
                            ("personal", "Personal and enrolled"),
                            ("unsupported", "In use past the end of support"),
                            ("ghost", "Billed, and never seen in a device"),
                            ("unassigned", "A line of nobody and nothing"),
                            ("line_of_leaver", "A line of somebody who has left"),
                            ("unused", "A line without use for three months"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=500)),
                ("until", models.DateField()),
                ("dismissed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dismissed_by",
                    models.ForeignKey(
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
                        related_name="dismissals",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("organisation", "kind", "subject"),
                        name="dismissal_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="dismissal_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "leaver",
                                    "closed_site",
                                    "unknown_to_mdm",
                                    "silent",
                                    "not_issued",
                                    "other_user",
                                    "duplicate",
                                    "personal",
                                    "unsupported",
                                    "ghost",
                                    "unassigned",
                                    "line_of_leaver",
                                    "unused",
                                ],
                            )
                        ),
                        name="dismissal_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DismissalChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("leaver", "Held by somebody who has left"),
                            ("closed_site", "At a site that has closed"),
                            ("unknown_to_mdm", "In use, and no MDM knows it"),
                            ("silent", "In use, and silent for 30 days"),
                            ("not_issued", "In stock, and used by somebody"),
                            ("other_user", "Used by another than its holder"),
                            ("duplicate", "One asset tag or Wi-Fi address on several devices"),
                            ("personal", "Personal and enrolled"),
                            ("unsupported", "In use past the end of support"),
                            ("ghost", "Billed, and never seen in a device"),
                            ("unassigned", "A line of nobody and nothing"),
                            ("line_of_leaver", "A line of somebody who has left"),
                            ("unused", "A line without use for three months"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=500)),
                ("until", models.DateField()),
                ("dismissed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dismissed_by",
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
                        to="fleet.dismissal",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="dismissal_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="dismissal_events_at"),
                ],
            },
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
                (
                    "given_by",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.grant",
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
                (
                    "given_by",
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
                    models.Index(fields=["pgh_obj", "pgh_id"], name="grant_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="grant_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=30)),
                ("permission", models.CharField(max_length=50)),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("content", models.BinaryField()),
                ("size_bytes", models.PositiveIntegerField(verbose_name="size")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("complete_on", models.DateField(blank=True, null=True, verbose_name="whole list as of")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checking", "Being checked"),
                            ("naming", "Columns to be named"),
                            ("checked", "To be confirmed"),
                            ("nothing", "Nothing to change"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("undoing", "Being undone"),
                            ("undone", "Undone"),
                            ("failed", "Failed"),
                            ("discarded", "Discarded"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claimed_by", models.UUIDField(blank=True, null=True)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("unknown", models.JSONField(blank=True, default=list)),
                ("created", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("ended", models.PositiveIntegerField(default=0)),
                ("warned", models.PositiveIntegerField(default=0, verbose_name="warnings")),
                ("active", models.PositiveIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("is_moved", models.BooleanField(default=False)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("may_end_many", models.BooleanField(default=False)),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "context_id",
                    models.UUIDField(editable=False, null=True, verbose_name="change-log context"),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="imports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imports",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "undone_by",
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
                "ordering": ["-made_at", "-pk"],
                "indexes": [
                    models.Index(fields=["organisation", "-made_at"], name="import_by_time"),
                    models.Index(
                        condition=models.Q(("status__in", ("checking", "applying", "undoing"))),
                        fields=["made_at"],
                        name="import_work",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claimed_by__isnull", True), ("claimed_until__isnull", True)),
                            models.Q(
                                ("claimed_by__isnull", False),
                                ("claimed_until__isnull", False),
                                ("status__in", ("checking", "applying", "undoing")),
                            ),
                            _connector="OR",
                        ),
                        name="import_claimed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "failed"), models.Q(("error", ""), _negated=True)),
                            models.Q(("status", "failed"), _negated=True),
                            _connector="OR",
                        ),
                        name="import_failed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("applied_at__isnull", False),
                                ("status__in", ("applied", "undoing", "undone")),
                            ),
                            ("status", "failed"),
                            models.Q(
                                models.Q(("status__in", ("applied", "undoing", "undone")), _negated=True),
                                ("applied_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="import_applied",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", False),
                            models.Q(
                                ("status__in", ["applying", "applied", "undoing", "undone"]), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="import_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "undone"), ("undone_at__isnull", False)),
                            models.Q(
                                models.Q(("status", "undone"), _negated=True), ("undone_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="import_undone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content", b""), _negated=True),
                            models.Q(
                                ("status__in", ["naming", "checked", "checking", "applying"]), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="import_has_its_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "checking",
                                    "naming",
                                    "checked",
                                    "nothing",
                                    "applying",
                                    "applied",
                                    "undoing",
                                    "undone",
                                    "failed",
                                    "discarded",
                                ],
                            )
                        ),
                        name="import_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("created", "Created"),
                            ("changed", "Changed"),
                            ("ended", "Ended"),
                            ("rejected", "Rejected"),
                            ("warning", "Warning"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=300)),
                ("row_id", models.BigIntegerField(blank=True, null=True)),
                ("is_move", models.BooleanField(default=False)),
                ("details", models.JSONField(default=list)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="fleet.import"
                    ),
                ),
            ],
            options={
                "ordering": ["number", "pk"],
                "indexes": [
                    models.Index(fields=["file", "outcome", "number", "id"], name="import_line_by_outcome")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["created", "changed", "ended", "rejected", "warning"])
                        ),
                        name="import_line_outcome",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ranking",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="ranking",
                        serialize=False,
                        to="fleet.organisation",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_device", models.BigIntegerField(default=0)),
                ("looked_at", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["asked_at"],
                        name="ranking_under_way",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantSite",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("fleet.grant_sites",),
        ),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "carrier", "signature"), name="carrier_mapping_of_headers"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shape__in", ["itemised", "summary"])),
                        name="carrier_mapping_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("billing_day__gte", 1), ("billing_day__lte", 28)),
                        name="carrier_mapping_day",
                    ),
                ],
            },
        ),
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
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schemes",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["code", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code"), name="scheme_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="scheme_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("training", "Training"),
                            ("briefing", "Briefing"),
                            ("policy", "Policy acceptance"),
                        ],
                        default="training",
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                (
                    "validity_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="valid for (months)",
                    ),
                ),
                ("is_for_everybody", models.BooleanField(default=False, verbose_name="everybody needs it")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="courses",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code"), name="course_code"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["training", "briefing", "policy"])),
                        name="course_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("validity_months__isnull", True), ("validity_months__gte", 1), _connector="OR"
                        ),
                        name="course_validity",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("os", "Operating system"),
                            ("product", "Software"),
                            ("model", "Model"),
                            ("age", "Age"),
                            ("compliance", "Compliance"),
                            ("encryption", "Encryption"),
                            ("enrolment", "Enrolment"),
                            ("seen", "Last seen"),
                        ],
                        max_length=12,
                    ),
                ),
                ("group", models.CharField(max_length=320)),
                ("version", models.CharField(blank=True, max_length=100)),
                (
                    "version_key",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("count", models.PositiveIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.site",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "day"], name="day_count_of_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "measure", "group", "day", "site", "version"),
                        name="day_count_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "measure__in",
                                [
                                    "os",
                                    "product",
                                    "model",
                                    "age",
                                    "compliance",
                                    "encryption",
                                    "enrolment",
                                    "seen",
                                ],
                            )
                        ),
                        name="day_count_measure",
                    ),
                ],
            },
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
            name="DiscrepancyCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("leaver", "Held by somebody who has left"),
                            ("closed_site", "At a site that has closed"),
                            ("unknown_to_mdm", "In use, and no MDM knows it"),
                            ("silent", "In use, and silent for 30 days"),
                            ("not_issued", "In stock, and used by somebody"),
                            ("other_user", "Used by another than its holder"),
                            ("duplicate", "One asset tag or Wi-Fi address on several devices"),
                            ("personal", "Personal and enrolled"),
                            ("unsupported", "In use past the end of support"),
                            ("ghost", "Billed, and never seen in a device"),
                            ("unassigned", "A line of nobody and nothing"),
                            ("line_of_leaver", "A line of somebody who has left"),
                            ("unused", "A line without use for three months"),
                        ],
                        max_length=20,
                    ),
                ),
                ("found", models.PositiveIntegerField()),
                ("dismissed", models.PositiveIntegerField()),
                ("pence_at_stake", models.PositiveBigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.site",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "day", "kind", "site"),
                        name="discrepancy_count_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "leaver",
                                    "closed_site",
                                    "unknown_to_mdm",
                                    "silent",
                                    "not_issued",
                                    "other_user",
                                    "duplicate",
                                    "personal",
                                    "unsupported",
                                    "ghost",
                                    "unassigned",
                                    "line_of_leaver",
                                    "unused",
                                ],
                            )
                        ),
                        name="discrepancy_count_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportHeader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("header", models.CharField(max_length=200)),
                ("column", models.CharField(blank=True, max_length=60)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_headers",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "header"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "kind", "header"), name="import_header")
                ],
            },
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
                        choices=[
                            ("native", "Native (Tranche's own schema)"),
                            ("jamf", "Jamf Pro"),
                            ("intune", "Microsoft Intune"),
                            ("nanomdm", "NanoMDM"),
                            ("micromdm", "MicroMDM"),
                            ("fleet", "Fleet"),
                            ("maas360", "IBM MaaS360"),
                            ("android_management", "Android Management API"),
                            ("chromeos", "Google Workspace (ChromeOS and mobile)"),
                        ],
                        default="native",
                        max_length=20,
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
                (
                    "auth",
                    models.CharField(
                        choices=[
                            ("bearer", "Bearer token (Authorization header)"),
                            ("basic", "User name and password (HTTP basic)"),
                            ("header", "A header of its own"),
                            ("path", "Secret in the address"),
                            ("hmac", "Signature over the body (X-Hmac-Signature)"),
                            ("oidc", "Google's identity token (OpenID Connect)"),
                        ],
                        default="bearer",
                        max_length=10,
                        verbose_name="proves who it is by",
                    ),
                ),
                ("auth_header", models.CharField(blank=True, max_length=60, verbose_name="header")),
                ("oidc_audience", models.CharField(blank=True, max_length=300, verbose_name="audience")),
                ("oidc_email", models.CharField(blank=True, max_length=254, verbose_name="service account")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "name"), name="mdm_source_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "native",
                                    "jamf",
                                    "intune",
                                    "nanomdm",
                                    "micromdm",
                                    "fleet",
                                    "maas360",
                                    "android_management",
                                    "chromeos",
                                ],
                            )
                        ),
                        name="mdm_source_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("auth__in", ["bearer", "basic", "header", "path", "hmac", "oidc"])
                        ),
                        name="mdm_source_auth",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("auth", "header"), models.Q(("auth_header", ""), _negated=True)),
                            models.Q(models.Q(("auth", "header"), _negated=True), ("auth_header", "")),
                            _connector="OR",
                        ),
                        name="mdm_source_header_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("auth", "oidc"),
                                models.Q(("oidc_audience", ""), _negated=True),
                                models.Q(("oidc_email", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("auth", "oidc"), _negated=True),
                                ("oidc_audience", ""),
                                ("oidc_email", ""),
                            ),
                            _connector="OR",
                        ),
                        name="mdm_source_oidc_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasuredDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("measured_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["day"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "day"), name="measured_day_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("list", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=100)),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared in the organisation")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_shared", True)),
                        fields=["list", "organisation"],
                        name="saved_view_shared",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("owner"),
                        models.F("list"),
                        django.db.models.functions.text.Lower("name"),
                        name="saved_view_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedViewChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("list", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=100)),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared in the organisation")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                        to="fleet.savedview",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="savedview_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="savedview_events_at"),
                ],
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
                (
                    "from_scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="switches_away",
                        to="fleet.classificationscheme",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="switches",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "scheduled_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="switches_to",
                        to="fleet.classificationscheme",
                    ),
                ),
            ],
            options={
                "verbose_name": "switch of schemes",
                "ordering": ["-switches_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "scheduled", "done", "cancelled"])),
                        name="switch_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_scheme", models.F("to_scheme")), _negated=True),
                        name="switch_goes_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at__isnull", False), ("report__isnull", False), ("state", "done")
                            ),
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("done_at__isnull", True),
                                ("report__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="switch_done_with_report",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["scheduled", "done"]), _negated=True),
                            ("scheduled_at__isnull", False),
                            _connector="OR",
                        ),
                        name="switch_scheduled_at",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "scheduled")),
                        fields=("organisation",),
                        name="switch_scheduled_once",
                    ),
                ],
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
                (
                    "from_scheme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.classificationscheme",
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
                        to="fleet.schemeswitch",
                    ),
                ),
                (
                    "scheduled_by",
                    models.ForeignKey(
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
                (
                    "to_scheme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.classificationscheme",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="schemeswitch_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="schemeswitch_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("secret", models.CharField(editable=False, max_length=300)),
                ("last_step", models.BigIntegerField(default=0, editable=False)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_factor",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecondFactorChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
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
                        to="fleet.secondfactor",
                    ),
                ),
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="secondfactor_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="secondfactor_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "session_key",
                    models.CharField(
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                        verbose_name="SHA-256 of the session key",
                    ),
                ),
                ("ip_address", models.GenericIPAddressField(null=True)),
                ("browser", models.CharField(blank=True, max_length=60)),
                ("signed_in_at", models.DateTimeField(null=True)),
                ("last_active_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignInEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("signed_in", "Signed in"),
                            ("code_asked", "Password right, code asked for"),
                            ("wrong_password", "Wrong password"),
                            ("wrong_code", "Wrong code"),
                            ("paused", "Sign-in paused"),
                            ("link_asked", "Asked for a reset link"),
                            ("password_set", "Password set"),
                            ("signed_out", "Signed out"),
                            ("ended", "Session ended"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("password", "Password"),
                            ("code", "Authenticator app"),
                            ("recovery", "Recovery code"),
                            ("reset", "Reset link"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("ip_address", models.GenericIPAddressField(null=True)),
                ("browser", models.CharField(blank=True, max_length=60)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="sign_in_newest"),
                    models.Index(fields=["user", "-at"], name="sign_in_by_user"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "signed_in",
                                    "code_asked",
                                    "wrong_password",
                                    "wrong_code",
                                    "paused",
                                    "link_asked",
                                    "password_set",
                                    "signed_out",
                                    "ended",
                                ],
                            )
                        ),
                        name="sign_in_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("method", ""),
                            ("method__in", ["password", "code", "recovery", "reset"]),
                            _connector="OR",
                        ),
                        name="sign_in_method",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceRank",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("operating_system", "Operating system"),
                            ("user", "User"),
                            ("enrolment", "Enrolment and ownership"),
                            ("security", "Security"),
                            ("hardware", "Hardware and storage"),
                            ("sims", "SIMs"),
                            ("software", "Software"),
                        ],
                        max_length=20,
                        verbose_name="facts",
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="source_ranks",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ranks",
                        to="fleet.mdmsource",
                    ),
                ),
            ],
            options={
                "ordering": ["group", "rank"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "group", "rank"), name="source_rank_once"
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "group", "source"), name="source_rank_of_source_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "group__in",
                                [
                                    "operating_system",
                                    "user",
                                    "enrolment",
                                    "security",
                                    "hardware",
                                    "sims",
                                    "software",
                                ],
                            )
                        ),
                        name="source_rank_group",
                    ),
                    models.CheckConstraint(condition=models.Q(("rank__gte", 1)), name="source_rank_from_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceRankChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("operating_system", "Operating system"),
                            ("user", "User"),
                            ("enrolment", "Enrolment and ownership"),
                            ("security", "Security"),
                            ("hardware", "Hardware and storage"),
                            ("sims", "SIMs"),
                            ("software", "Software"),
                        ],
                        max_length=20,
                        verbose_name="facts",
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField()),
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
                        to="fleet.sourcerank",
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="sourcerank_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="sourcerank_events_at"),
                ],
            },
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
                ("sealed", models.TextField(blank=True, editable=False)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.sourcetoken",
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
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="sourcetoken_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="sourcetoken_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnwantedNews",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unwanted_news",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "kind"), name="unwanted_news_once")],
            },
        ),
        migrations.CreateModel(
            name="UnwantedNewsChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=60)),
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
                        to="fleet.unwantednews",
                    ),
                ),
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="unwantednews_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="unwantednews_events_at"),
                ],
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
                "indexes": [models.Index(fields=["organisation", "digest"], name="usage_batch_digest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["carrier", "device"])), name="usage_batch_origin"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_start__isnull", True),
                            ("period_end__isnull", True),
                            ("period_end__gte", models.F("period_start")),
                            _connector="OR",
                        ),
                        name="usage_batch_period",
                    ),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to=settings.AUTH_USER_MODEL,
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
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="user_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="user_events_at"),
                ],
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
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="carriermapping_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="carriermapping_events_at"),
                ],
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
                        to="fleet.classificationscheme",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="classificationscheme_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="classificationscheme_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractModel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covered",
                        to="fleet.contract",
                    ),
                ),
                (
                    "device_model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="fleet.devicemodel"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "device_model"), name="contract_model")
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("training", "Training"),
                            ("briefing", "Briefing"),
                            ("policy", "Policy acceptance"),
                        ],
                        default="training",
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                (
                    "validity_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="valid for (months)",
                    ),
                ),
                ("is_for_everybody", models.BooleanField(default=False, verbose_name="everybody needs it")),
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
                        to="fleet.course",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="course_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="course_events_at"),
                ],
            },
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
                            ("quarantined", "Quarantined"),
                        ],
                        default="pending",
                        max_length=11,
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
                ("notes", models.JSONField(blank=True, default=dict)),
                ("replayed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "replayed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    models.Index(fields=["received_at", "id"], name="delivery_by_time"),
                    models.Index(
                        condition=models.Q(("status", "quarantined")),
                        fields=["source"],
                        name="delivery_quarantined",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("idempotency_key", ""), _negated=True),
                        fields=("source", "idempotency_key"),
                        name="delivery_idempotency_key",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["pending", "processing", "applied", "failed", "quarantined"])
                        ),
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
                                ("status__in", ["failed", "quarantined"]),
                                models.Q(("error", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_state_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractModelChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.contract",
                    ),
                ),
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
                        to="fleet.contractmodel",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="contractmodel_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="contractmodel_events_at"),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.devicemodel",
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
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="devicemodel_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="devicemodel_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantSiteChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "grant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.grant",
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
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.site",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.grantsite",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="grantsite_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="grantsite_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportHeaderChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=30)),
                ("header", models.CharField(max_length=200)),
                ("column", models.CharField(blank=True, max_length=60)),
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
                        to="fleet.importheader",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="importheader_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="importheader_events_at"),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.mdmsource",
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
                ("slug", models.SlugField(db_index=False, max_length=60)),
                ("name", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("native", "Native (Tranche's own schema)"),
                            ("jamf", "Jamf Pro"),
                            ("intune", "Microsoft Intune"),
                            ("nanomdm", "NanoMDM"),
                            ("micromdm", "MicroMDM"),
                            ("fleet", "Fleet"),
                            ("maas360", "IBM MaaS360"),
                            ("android_management", "Android Management API"),
                            ("chromeos", "Google Workspace (ChromeOS and mobile)"),
                        ],
                        default="native",
                        max_length=20,
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
                (
                    "auth",
                    models.CharField(
                        choices=[
                            ("bearer", "Bearer token (Authorization header)"),
                            ("basic", "User name and password (HTTP basic)"),
                            ("header", "A header of its own"),
                            ("path", "Secret in the address"),
                            ("hmac", "Signature over the body (X-Hmac-Signature)"),
                            ("oidc", "Google's identity token (OpenID Connect)"),
                        ],
                        default="bearer",
                        max_length=10,
                        verbose_name="proves who it is by",
                    ),
                ),
                ("auth_header", models.CharField(blank=True, max_length=60, verbose_name="header")),
                ("oidc_audience", models.CharField(blank=True, max_length=300, verbose_name="audience")),
                ("oidc_email", models.CharField(blank=True, max_length=254, verbose_name="service account")),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="mdmsource_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="mdmsource_events_at"),
                ],
            },
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
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=100)),
                ("rank", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="classifications",
                        to="fleet.classificationscheme",
                    ),
                ),
            ],
            options={
                "ordering": ["scheme", "rank"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code"), name="classification_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="classification_valid",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "scheme", "rank"), name="classification_rank"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "second_factor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to="fleet.secondfactor",
                    ),
                ),
            ],
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
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector(
                            "name", "job_role", "group", config="simple"
                        ),
                        name="staff_words",
                    ),
                    models.Index(fields=["name", "id"], name="staff_name"),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.staffmember",
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
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="staffmember_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="staffmember_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("completed_on", models.DateField(verbose_name="done on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("provider", models.CharField(blank=True, max_length=200)),
                ("reference", models.CharField(blank=True, max_length=100)),
                (
                    "source",
                    models.CharField(
                        choices=[("page", "Page"), ("import", "Import"), ("api", "API")],
                        default="page",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="records", to="fleet.course"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="training_records",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "staff_member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="training_records",
                        to="fleet.staffmember",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "training record",
                "ordering": ["-completed_on", "-pk"],
                "indexes": [
                    models.Index(fields=["organisation", "-completed_on", "-id"], name="training_by_day"),
                    models.Index(fields=["organisation", "valid_until"], name="training_by_end"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("staff_member", "course", "completed_on"), name="training_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["page", "import", "api"])), name="training_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completed_on__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("completed_on")),
                            _connector="OR",
                        ),
                        name="training_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingRecordChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("completed_on", models.DateField(verbose_name="done on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("provider", models.CharField(blank=True, max_length=200)),
                ("reference", models.CharField(blank=True, max_length=100)),
                (
                    "source",
                    models.CharField(
                        choices=[("page", "Page"), ("import", "Import"), ("api", "API")],
                        default="page",
                        editable=False,
                        max_length=10,
                    ),
                ),
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
                        to="fleet.trainingrecord",
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
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="trainingrecord_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="trainingrecord_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("page", "On a page"),
                            ("api", "Through the API, signed in"),
                            ("token", "Through the API, with a personal token"),
                        ],
                        max_length=5,
                    ),
                ),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("what", models.CharField(max_length=40)),
                ("is_export", models.BooleanField(default=False)),
                ("object_id", models.BigIntegerField(null=True)),
                ("rows", models.PositiveIntegerField(default=1)),
                ("filters", models.CharField(blank=True, max_length=500)),
                (
                    "organisations",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fleet.staffmember",
                        verbose_name="who was looked at",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looked",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["at", "id"], name="access_record_at"),
                    models.Index(
                        condition=models.Q(("person__isnull", False)),
                        fields=["person", "at"],
                        name="access_record_person",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["page", "api", "token"])),
                        name="access_record_channel",
                    )
                ],
            },
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
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="successors",
                        to="fleet.approval",
                    ),
                ),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.approval",
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
                (
                    "follows",
                    models.ForeignKey(
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="approval_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="approval_events_at"),
                ],
            },
        ),
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
                (
                    "becomes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mapped_from",
                        to="fleet.classification",
                    ),
                ),
                (
                    "classification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappings",
                        to="fleet.classification",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappings",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "to_scheme",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mapped_to",
                        to="fleet.classificationscheme",
                    ),
                ),
            ],
            options={
                "ordering": ["classification__scheme", "classification__rank", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("approvals__in", ["full", "renew", "end"])),
                        name="mapping_approvals",
                    ),
                    models.UniqueConstraint(fields=("classification", "to_scheme"), name="mapping_once"),
                ],
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
                (
                    "becomes",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.classification",
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
                        to="fleet.classificationmapping",
                    ),
                ),
                (
                    "to_scheme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.classificationscheme",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="classificationmappin_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="classificationmappin_events_at"),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.classification",
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
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=100)),
                ("rank", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "scheme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.classificationscheme",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="classification_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="classification_events_at"),
                ],
            },
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.condition",
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
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="condition_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="condition_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64)),
                (
                    "asked_by",
                    models.CharField(
                        choices=[
                            ("person", "The person themselves"),
                            ("employer", "Human resources"),
                            ("authority", "A court or the data protection authority"),
                            ("retention", "Our own retention rules"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("is_forced", models.BooleanField(default=False)),
                ("counts", models.JSONField(default=dict)),
                ("done_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "done_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="erasures",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "staff_member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasures",
                        to="fleet.staffmember",
                    ),
                ),
            ],
            options={
                "ordering": ["-done_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_by__in", ["person", "employer", "authority", "retention"])
                        ),
                        name="erasure_asked_by",
                    ),
                    models.UniqueConstraint(fields=("organisation", "digest"), name="erasure_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day of the role")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("accepted", "Accepted"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "grant",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invitation",
                        to="fleet.grant",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
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
                        related_name="invitations",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="fleet.role",
                    ),
                ),
                ("sites", models.ManyToManyField(blank=True, related_name="+", to="fleet.site")),
                (
                    "staff_member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="fleet.staffmember",
                    ),
                ),
            ],
            options={
                "ordering": ["-invited_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at", None),
                                ("grant", None),
                                ("state", "pending"),
                                ("withdrawn_at", None),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("digest", ""),
                                ("state", "accepted"),
                                ("withdrawn_at", None),
                            ),
                            models.Q(
                                ("accepted_at", None),
                                ("digest", ""),
                                ("state", "withdrawn"),
                                ("withdrawn_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_state_is_whole",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        models.F("role"),
                        models.F("organisation"),
                        condition=models.Q(("state", "pending")),
                        name="invitation_pending_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("digest", ""), _negated=True),
                        fields=("digest",),
                        name="invitation_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitationChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day of the role")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("accepted", "Accepted"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "grant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="fleet.grant",
                    ),
                ),
                (
                    "invited_by",
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
                        to="fleet.invitation",
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
                    "staff_member",
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="invitation_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="invitation_events_at"),
                ],
            },
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("msisdn", ""), _negated=True),
                        fields=["organisation", "msisdn"],
                        name="sim_by_number",
                    )
                ],
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.sim",
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
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="sim_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="sim_events_at"),
                ],
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
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sim_pairings",
                        to="fleet.device",
                    ),
                ),
                (
                    "sim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pairings", to="fleet.sim"
                    ),
                ),
            ],
            options={
                "ordering": ["-from_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at__isnull", True)),
                        fields=("sim",),
                        name="sim_in_one_device",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gte", models.F("from_at")),
                            _connector="OR",
                        ),
                        name="sim_pairing_in_order",
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
                            ("undone", "Taken back"),
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
                (
                    "recorded_in",
                    models.UUIDField(
                        db_default=django.db.models.functions.comparison.Cast(
                            django.db.models.functions.comparison.NullIf(
                                models.Func(
                                    models.Value("pghistory.context_id"),
                                    models.Value(True),
                                    function="current_setting",
                                ),
                                models.Value(""),
                            ),
                            models.UUIDField(),
                        ),
                        editable=False,
                        null=True,
                        verbose_name="change-log context",
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
                                    "undone",
                                ],
                            )
                        ),
                        name="custody_kind",
                    )
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.device",
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
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="device_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="device_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeviceProduct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("product", models.CharField(max_length=100)),
                ("version", models.CharField(blank=True, max_length=100)),
                (
                    "version_key",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="products",
                        to="fleet.device",
                    ),
                ),
            ],
            options={
                "ordering": ["product"],
                "indexes": [models.Index(fields=["product", "version_key"], name="device_product_version")],
                "constraints": [
                    models.UniqueConstraint(fields=("device", "product"), name="device_product_once")
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
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="lines",
                        to="fleet.contract",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="fleet.staffmember",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "sim",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="line",
                        to="fleet.sim",
                    ),
                ),
                (
                    "tariff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="fleet.tariff",
                    ),
                ),
            ],
            options={
                "ordering": ["msisdn", "pk"],
                "indexes": [models.Index(fields=["organisation", "msisdn", "id"], name="line_by_number")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), models.Q(("msisdn", ""), _negated=True)
                        ),
                        fields=("organisation", "msisdn"),
                        name="line_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["page", "mdm", "bill"])), name="line_origin"
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="line_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("sim__isnull", True), _connector="OR"),
                        name="line_ended_has_no_sim",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Discrepancy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("leaver", "Held by somebody who has left"),
                            ("closed_site", "At a site that has closed"),
                            ("unknown_to_mdm", "In use, and no MDM knows it"),
                            ("silent", "In use, and silent for 30 days"),
                            ("not_issued", "In stock, and used by somebody"),
                            ("other_user", "Used by another than its holder"),
                            ("duplicate", "One asset tag or Wi-Fi address on several devices"),
                            ("personal", "Personal and enrolled"),
                            ("unsupported", "In use past the end of support"),
                            ("ghost", "Billed, and never seen in a device"),
                            ("unassigned", "A line of nobody and nothing"),
                            ("line_of_leaver", "A line of somebody who has left"),
                            ("unused", "A line without use for three months"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject", models.CharField(max_length=40)),
                ("since", models.DateField(null=True, verbose_name="contradicts since")),
                ("pence_at_stake", models.PositiveIntegerField(null=True, verbose_name="at stake (pence)")),
                ("first_found_at", models.DateTimeField(verbose_name="first found")),
                ("last_found_at", models.DateTimeField()),
                (
                    "device",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="discrepancies",
                        to="fleet.device",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="discrepancies",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "other_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.staffmember",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="fleet.staffmember",
                    ),
                ),
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
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="discrepancies",
                        to="fleet.line",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "discrepancies",
                "ordering": ["-pence_at_stake", "pk"],
                "indexes": [models.Index(fields=["site", "kind"], name="discrepancy_by_site")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "kind", "subject"), name="discrepancy_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "leaver",
                                    "closed_site",
                                    "unknown_to_mdm",
                                    "silent",
                                    "not_issued",
                                    "other_user",
                                    "duplicate",
                                    "personal",
                                    "unsupported",
                                    "ghost",
                                    "unassigned",
                                    "line_of_leaver",
                                    "unused",
                                ],
                            )
                        ),
                        name="discrepancy_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("device__isnull", False), ("line", None)),
                            models.Q(("device", None), ("line__isnull", False)),
                            _connector="OR",
                        ),
                        name="discrepancy_of_one_thing",
                    ),
                ],
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
                (
                    "contract",
                    models.ForeignKey(
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
                        to="fleet.line",
                    ),
                ),
                (
                    "sim",
                    models.ForeignKey(
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
                (
                    "tariff",
                    models.ForeignKey(
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="line_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="line_events_at"),
                ],
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
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pairings", to="fleet.line"
                    ),
                ),
                (
                    "sim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="line_pairings",
                        to="fleet.sim",
                    ),
                ),
            ],
            options={
                "ordering": ["-from_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at__isnull", True)),
                        fields=("line",),
                        name="line_on_one_sim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gte", models.F("from_at")),
                            _connector="OR",
                        ),
                        name="line_pairing_in_order",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="fleet.identityconflict",
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
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="identityconflict_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="identityconflict_events_at"),
                ],
            },
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
        migrations.CreateModel(
            name="DeviceEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enrolled", "Enrolled"),
                            ("unenrolled", "Unenrolled"),
                            ("lost_on", "Lost mode on"),
                            ("lost_off", "Lost mode off"),
                            ("wipe_issued", "Wipe issued"),
                            ("wipe_confirmed", "Wipe confirmed"),
                            ("made_ours", "Ownership: the organisation’s"),
                            ("made_personal", "Ownership: personal"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("is_exact", models.BooleanField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "delivery",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="fleet.delivery",
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="fleet.device",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="fleet.mdmsource",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["at", "id"], name="device_event_by_time")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("device", "at", "source", "kind"), name="device_event_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "enrolled",
                                    "unenrolled",
                                    "lost_on",
                                    "lost_off",
                                    "wipe_issued",
                                    "wipe_confirmed",
                                    "made_ours",
                                    "made_personal",
                                ],
                            )
                        ),
                        name="device_event_kind",
                    ),
                ],
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
                "indexes": [models.Index(fields=["organisation", "-made_on"], name="usage_forecast_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "period_start", "made_on"), name="usage_forecast_of_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["linear", "mean"])), name="usage_forecast_method"
                    ),
                ],
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
                "indexes": [models.Index(fields=["organisation", "month", "line"], name="usage_by_month")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "origin", "period_start"), name="usage_of_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["carrier", "device"])), name="usage_origin"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_start__isnull", True),
                            ("period_end__isnull", True),
                            ("period_end__gte", models.F("period_start")),
                            _connector="OR",
                        ),
                        name="usage_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("through_on__gte", models.F("period_start")),
                            ("through_on__lte", models.F("period_end")),
                        ),
                        name="usage_through_within",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="Contract",
            name="device_models",
            field=models.ManyToManyField(
                blank=True, related_name="contracts", through="fleet.ContractModel", to="fleet.devicemodel"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_organisationchange" ("bank_holidays", "brand_colour", "code", "created_at", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."bank_holidays", new_values."brand_colour", new_values."code", new_values."created_at", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6a164652b07cba90689c62ad4504ee108b5fa4f2",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_organisationchange" ("bank_holidays", "brand_colour", "code", "created_at", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."bank_holidays", new_values."brand_colour", new_values."code", new_values."created_at", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="113951e2ed6ab6004d84fb3a582885e692c19b9a",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_organisationchange" ("bank_holidays", "brand_colour", "code", "created_at", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."bank_holidays", old_values."brand_colour", old_values."code", old_values."created_at", old_values."id", old_values."kind", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6fc48f3424646b9450286a487ef92f879e7e852a",
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
            model_name="pruning",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="48e1ec82a7b23d17f3fa42a2be75054308895268",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_16a10",
                    table="fleet_pruning",
                    when="BEFORE",
                ),
            ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="contractmodelchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3a22cb7f89002a5c56201c0e460c4777cfb9f5c9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0b36a",
                    table="fleet_contractmodelchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractmodel",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_contractmodelchange" ("contract_id", "device_model_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."contract_id", new_values."device_model_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="64abfa3d0efdc4d62b891eb23d712973840ddb51",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7efd2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_contractmodel",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractmodel",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_contractmodelchange" ("contract_id", "device_model_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."contract_id", new_values."device_model_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5374464d2f5c48d7e1bca2308c7d27e8d2353a38",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2f083",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_contractmodel",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractmodel",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_contractmodelchange" ("contract_id", "device_model_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."contract_id", old_values."device_model_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="88d8168e684531240a04d235d2e6d1c0d62fb15f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_48725",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_contractmodel",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deviceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e150f04456178fe39e258a018cc03be79c21c708",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8292e",
                    table="fleet_deviceevent",
                    when="BEFORE",
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
        pgtrigger.migrations.AddTrigger(
            model_name="mdmsource",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_mdmsourcechange" ("auth", "auth_header", "created_at", "id", "is_active", "kind", "name", "oidc_audience", "oidc_email", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "silent_after_hours", "slug") SELECT new_values."auth", new_values."auth_header", new_values."created_at", new_values."id", new_values."is_active", new_values."kind", new_values."name", new_values."oidc_audience", new_values."oidc_email", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."silent_after_hours", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5219ed2d382b6f33dd316163820118e99db9637f",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_mdmsourcechange" ("auth", "auth_header", "created_at", "id", "is_active", "kind", "name", "oidc_audience", "oidc_email", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "silent_after_hours", "slug") SELECT new_values."auth", new_values."auth_header", new_values."created_at", new_values."id", new_values."is_active", new_values."kind", new_values."name", new_values."oidc_audience", new_values."oidc_email", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."silent_after_hours", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="79fe4be0d6f1d967c60401ea401b9b72f6efb2e6",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_mdmsourcechange" ("auth", "auth_header", "created_at", "id", "is_active", "kind", "name", "oidc_audience", "oidc_email", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "silent_after_hours", "slug") SELECT old_values."auth", old_values."auth_header", old_values."created_at", old_values."id", old_values."is_active", old_values."kind", old_values."name", old_values."oidc_audience", old_values."oidc_email", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."silent_after_hours", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bb846c9d11e7df6c87a9d8a0193291c4a402c047",
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
            model_name="importheaderchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a42bbca5255f7f2d68cde0fc4f9b4a4cc30dd6ea",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_bcc42",
                    table="fleet_importheaderchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importheader",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_importheaderchange" ("column", "header", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."column", new_values."header", new_values."id", new_values."kind", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="635b90c4e43a6f502a8ab929552e4f94d80a2cd9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d889a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_importheader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importheader",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_importheaderchange" ("column", "header", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."column", new_values."header", new_values."id", new_values."kind", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="35c21d77ff9a9e933ae97ffa79e45b6f5d25d5f0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_306b1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_importheader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importheader",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_importheaderchange" ("column", "header", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."column", old_values."header", old_values."id", old_values."kind", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c6697675e5c279423c55c9eaf9ef300273f087af",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_73dff",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_importheader",
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
            model_name="dismissalchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="52ea4c1f15df1132077f64d3645c4b03fb9da987",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_062c4",
                    table="fleet_dismissalchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dismissal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_dismissalchange" ("dismissed_at", "dismissed_by_id", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "subject", "until", "withdrawn_at") SELECT new_values."dismissed_at", new_values."dismissed_by_id", new_values."id", new_values."kind", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."subject", new_values."until", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="30c87de16ea077089255615f20b5295d2b23eb8a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dfb37",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_dismissal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dismissal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_dismissalchange" ("dismissed_at", "dismissed_by_id", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "subject", "until", "withdrawn_at") SELECT new_values."dismissed_at", new_values."dismissed_by_id", new_values."id", new_values."kind", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."subject", new_values."until", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e5527f29b91153f1a48141057d9af3ff74631eda",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_db05a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_dismissal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dismissal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_dismissalchange" ("dismissed_at", "dismissed_by_id", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "subject", "until", "withdrawn_at") SELECT old_values."dismissed_at", old_values."dismissed_by_id", old_values."id", old_values."kind", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."subject", old_values."until", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="279b62bb0e9e5bcc7007fb0375b19c32ba0ffaaf",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_23aba",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_dismissal",
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
            model_name="coursechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="21d5f64ae34583669f6a6da18ed03d844f9742c1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1e57f",
                    table="fleet_coursechange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_coursechange" ("code", "id", "is_for_everybody", "kind", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "validity_months") SELECT new_values."code", new_values."id", new_values."is_for_everybody", new_values."kind", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."validity_months" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="91b0f7ed5b46f33afd14e5e93f005de637ca0124",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_792e2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_coursechange" ("code", "id", "is_for_everybody", "kind", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "validity_months") SELECT new_values."code", new_values."id", new_values."is_for_everybody", new_values."kind", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."validity_months" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="35f74b142ca98546e46b43cd94e4cb8067cc60fd",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_199e4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_coursechange" ("code", "id", "is_for_everybody", "kind", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "validity_months") SELECT old_values."code", old_values."id", old_values."is_for_everybody", old_values."kind", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."validity_months" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="cf8037510c4deb0366cdc430a47da0bde88f82eb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e9c5e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6046de500424c177cfcd9dc781b85d1806918313",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_73ea9",
                    table="fleet_contractchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_contractchange" ("covers", "device_count", "ends_on", "id", "kind", "notice_by", "notice_given_on", "notice_period", "notice_unit", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "renews_itself", "starts_on", "supplier", "title", "value_pence") SELECT new_values."covers", new_values."device_count", new_values."ends_on", new_values."id", new_values."kind", new_values."notice_by", new_values."notice_given_on", new_values."notice_period", new_values."notice_unit", new_values."organisation_id", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reference", new_values."renews_itself", new_values."starts_on", new_values."supplier", new_values."title", new_values."value_pence" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2302100bad80d4e8565e2d8f4d593f7045b9ca61",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7af79",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_contract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_contractchange" ("covers", "device_count", "ends_on", "id", "kind", "notice_by", "notice_given_on", "notice_period", "notice_unit", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "renews_itself", "starts_on", "supplier", "title", "value_pence") SELECT new_values."covers", new_values."device_count", new_values."ends_on", new_values."id", new_values."kind", new_values."notice_by", new_values."notice_given_on", new_values."notice_period", new_values."notice_unit", new_values."organisation_id", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reference", new_values."renews_itself", new_values."starts_on", new_values."supplier", new_values."title", new_values."value_pence" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a025d1921dd01c0df2a9c3fb3600f96389e29bb2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_657f2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_contract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_contractchange" ("covers", "device_count", "ends_on", "id", "kind", "notice_by", "notice_given_on", "notice_period", "notice_unit", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "renews_itself", "starts_on", "supplier", "title", "value_pence") SELECT old_values."covers", old_values."device_count", old_values."ends_on", old_values."id", old_values."kind", old_values."notice_by", old_values."notice_given_on", old_values."notice_period", old_values."notice_unit", old_values."organisation_id", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reference", old_values."renews_itself", old_values."starts_on", old_values."supplier", old_values."title", old_values."value_pence" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8721dff50b1dc3cb8adfc666236603e6be8c42ef",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_08467",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_contract",
                    when="AFTER",
                ),
            ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="apitoken",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_apitokenchange" ("created_at", "created_by_id", "expires_at", "hint", "id", "is_read_only", "name", "organisation_id", "permissions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT new_values."created_at", new_values."created_by_id", new_values."expires_at", new_values."hint", new_values."id", new_values."is_read_only", new_values."name", new_values."organisation_id", new_values."permissions", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."revoked_at", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="04ea71c98b4fd84765e204634dac36af57714aa1",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_apitokenchange" ("created_at", "created_by_id", "expires_at", "hint", "id", "is_read_only", "name", "organisation_id", "permissions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT new_values."created_at", new_values."created_by_id", new_values."expires_at", new_values."hint", new_values."id", new_values."is_read_only", new_values."name", new_values."organisation_id", new_values."permissions", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."revoked_at", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."expires_at" IS DISTINCT FROM (new_values."expires_at") OR old_values."hint" IS DISTINCT FROM (new_values."hint") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_read_only" IS DISTINCT FROM (new_values."is_read_only") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."permissions" IS DISTINCT FROM (new_values."permissions") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d6cd461fccef06b5724a894b6d701b40d549d06d",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_apitokenchange" ("created_at", "created_by_id", "expires_at", "hint", "id", "is_read_only", "name", "organisation_id", "permissions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") SELECT old_values."created_at", old_values."created_by_id", old_values."expires_at", old_values."hint", old_values."id", old_values."is_read_only", old_values."name", old_values."organisation_id", old_values."permissions", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."revoked_at", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="186288046a88f3f0a9398a916551c73f0084dc26",
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
        pgtrigger.migrations.AddTrigger(
            model_name="ossupport",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_ossupportchange" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "source", "supported_until", "version") SELECT new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."platform", new_values."source", new_values."supported_until", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="560048f5de5890f9fc469aa1736933f30cd213b4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a96e4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_ossupport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ossupport",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_ossupportchange" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "source", "supported_until", "version") SELECT new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."platform", new_values."source", new_values."supported_until", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="cf3ff0a83bdfe7e5e7bc3a254b173fac06601680",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_03fbe",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_ossupport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ossupport",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_ossupportchange" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "source", "supported_until", "version") SELECT old_values."id", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."platform", old_values."source", old_values."supported_until", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3a3ac01adbfce035be831cdcc16896d52adfa396",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b4fb9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_ossupport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ossupportchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="30071ee53eadb2bb4845edfd461d4a71de093d19",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b230a",
                    table="fleet_ossupportchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="role",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_rolechange" ("description", "id", "key", "name", "organisation_id", "permissions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requires_second_factor", "retired_at") SELECT new_values."description", new_values."id", new_values."key", new_values."name", new_values."organisation_id", new_values."permissions", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."requires_second_factor", new_values."retired_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="18c8dd650f6772b2b9f0ecf9ce771ac70db3f4e3",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_rolechange" ("description", "id", "key", "name", "organisation_id", "permissions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requires_second_factor", "retired_at") SELECT new_values."description", new_values."id", new_values."key", new_values."name", new_values."organisation_id", new_values."permissions", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."requires_second_factor", new_values."retired_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a3ad17f43810a2cf88fd738734e37812b242c06c",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_rolechange" ("description", "id", "key", "name", "organisation_id", "permissions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requires_second_factor", "retired_at") SELECT old_values."description", old_values."id", old_values."key", old_values."name", old_values."organisation_id", old_values."permissions", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."requires_second_factor", old_values."retired_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d85237975cdf5afbdfa2e6552857b6c3243abad5",
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
        pgtrigger.migrations.AddTrigger(
            model_name="savedview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_savedviewchange" ("created_at", "id", "is_shared", "list", "name", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") SELECT new_values."created_at", new_values."id", new_values."is_shared", new_values."list", new_values."name", new_values."organisation_id", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."query" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="23d6d7ea2992225d0ce2ade008131b0d5ad8fbc2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2aefa",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_savedview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="savedview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_savedviewchange" ("created_at", "id", "is_shared", "list", "name", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") SELECT new_values."created_at", new_values."id", new_values."is_shared", new_values."list", new_values."name", new_values."organisation_id", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."query" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="577dd3ff0623c9e983d6a018f937938587f7a10e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6a06f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_savedview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="savedview",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_savedviewchange" ("created_at", "id", "is_shared", "list", "name", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") SELECT old_values."created_at", old_values."id", old_values."is_shared", old_values."list", old_values."name", old_values."organisation_id", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."query" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="dee8ba746637c75c9733ccd579f661a9f8700186",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_597a9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_savedview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="savedviewchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a8eeb606bfaab78947e915c10caed08c184d0b95",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_bcd6e",
                    table="fleet_savedviewchange",
                    when="BEFORE",
                ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="secondfactor",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_secondfactorchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "user_id") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."since", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d2a9f870f0d3c54cebc9b33cefa9abaa39335146",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5d550",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_secondfactor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="secondfactor",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_secondfactorchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "user_id") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."since", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."since" IS DISTINCT FROM (new_values."since") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a591e21f6d18bd3b713ac1fac547857e72c3d807",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_88395",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_secondfactor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="secondfactor",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_secondfactorchange" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "user_id") SELECT old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."since", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c0968970bd84fe9272aeb899d78655c2c4421ba4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ce2af",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_secondfactor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="secondfactorchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="77e9415b05fe6cde5c4e1850353eef72c84d17a2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_70774",
                    table="fleet_secondfactorchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signinevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d5c2b06ca5bac8ac5bddef607d8c75e8f82aac27",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_11cff",
                    table="fleet_signinevent",
                    when="BEFORE",
                ),
            ),
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
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_grantchange" ("ends_at", "given_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "starts_at", "user_id") SELECT new_values."ends_at", new_values."given_by_id", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role_id", new_values."starts_at", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9542cff297075007d9a23d542c5817362691f5f4",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_grantchange" ("ends_at", "given_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "starts_at", "user_id") SELECT new_values."ends_at", new_values."given_by_id", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role_id", new_values."starts_at", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8b56a38e0bae033d3248b65962c33d6b9fbe02b4",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_grantchange" ("ends_at", "given_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "starts_at", "user_id") SELECT old_values."ends_at", old_values."given_by_id", old_values."id", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role_id", old_values."starts_at", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="cf3a6513194f7fe2bc27a8a354e3173e9f6717cc",
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
            model_name="sitealias",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sitealiaschange" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "spelling") SELECT new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."site_id", new_values."spelling" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="19d70c0ee6a07db8e05e5e5a5176c9dbc6d01cfc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_36ffc",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_sitealias",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sitealias",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sitealiaschange" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "spelling") SELECT new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."site_id", new_values."spelling" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="11273e5c567af2ce3418bd78ed4405a1d51dfd98",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f24e1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_sitealias",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sitealias",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sitealiaschange" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "spelling") SELECT old_values."id", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."site_id", old_values."spelling" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3ec5b8ff3f8e635441e0b0d3cb29a891bf47340c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0ae03",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_sitealias",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sitealiaschange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f411a2ee98c3891b72f60c2c6c8af9f8f15e2ec1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a4b94",
                    table="fleet_sitealiaschange",
                    when="BEFORE",
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
        pgtrigger.migrations.AddTrigger(
            model_name="sourcerank",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sourcerankchange" ("group", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "source_id") SELECT new_values."group", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rank", new_values."source_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2580d3a52ed57d96d593f88c827a33ba99e3445a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a800c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_sourcerank",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcerank",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sourcerankchange" ("group", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "source_id") SELECT new_values."group", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rank", new_values."source_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="499c2cdea202ede5df8d698dd4b88037309d0689",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_850f2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_sourcerank",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcerank",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_sourcerankchange" ("group", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "source_id") SELECT old_values."group", old_values."id", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rank", old_values."source_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e02145ec6b817c033b00fceaf3cff3939d93be50",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_97835",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_sourcerank",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcerankchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="77faabc9b51c0b1c14e684d2a28cf280a6612dda",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1f569",
                    table="fleet_sourcerankchange",
                    when="BEFORE",
                ),
            ),
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
            model_name="invitationchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="485cb5dc38f36b85d61acb2fb64e88e82ae04bf2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a314f",
                    table="fleet_invitationchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_invitationchange" ("accepted_at", "email", "ends_on", "expires_at", "grant_id", "id", "invited_at", "invited_by_id", "mailed_at", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "staff_member_id", "state", "withdrawn_at") SELECT new_values."accepted_at", new_values."email", new_values."ends_on", new_values."expires_at", new_values."grant_id", new_values."id", new_values."invited_at", new_values."invited_by_id", new_values."mailed_at", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role_id", new_values."staff_member_id", new_values."state", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0934c5be0365ab5fabf38606d8e281f869c5fe33",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3ac59",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_invitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_invitationchange" ("accepted_at", "email", "ends_on", "expires_at", "grant_id", "id", "invited_at", "invited_by_id", "mailed_at", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "staff_member_id", "state", "withdrawn_at") SELECT new_values."accepted_at", new_values."email", new_values."ends_on", new_values."expires_at", new_values."grant_id", new_values."id", new_values."invited_at", new_values."invited_by_id", new_values."mailed_at", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role_id", new_values."staff_member_id", new_values."state", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accepted_at" IS DISTINCT FROM (new_values."accepted_at") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."expires_at" IS DISTINCT FROM (new_values."expires_at") OR old_values."grant_id" IS DISTINCT FROM (new_values."grant_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."invited_at" IS DISTINCT FROM (new_values."invited_at") OR old_values."invited_by_id" IS DISTINCT FROM (new_values."invited_by_id") OR old_values."mailed_at" IS DISTINCT FROM (new_values."mailed_at") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."role_id" IS DISTINCT FROM (new_values."role_id") OR old_values."staff_member_id" IS DISTINCT FROM (new_values."staff_member_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."withdrawn_at" IS DISTINCT FROM (new_values."withdrawn_at")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="121b174b4d48775e703adc3c2da927edfb74022d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1e6ff",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_invitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_invitationchange" ("accepted_at", "email", "ends_on", "expires_at", "grant_id", "id", "invited_at", "invited_by_id", "mailed_at", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "staff_member_id", "state", "withdrawn_at") SELECT old_values."accepted_at", old_values."email", old_values."ends_on", old_values."expires_at", old_values."grant_id", old_values."id", old_values."invited_at", old_values."invited_by_id", old_values."mailed_at", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role_id", old_values."staff_member_id", old_values."state", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="44bea2900de0a6ff54a4e22e4fb23afad4dc17f9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1ceae",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_invitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="erasure",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="def756d9a9cba54b1bd49ce56e8e9325c87e9711",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c5b12",
                    table="fleet_erasure",
                    when="BEFORE",
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
        pgtrigger.migrations.AddTrigger(
            model_name="accessrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="16c9f0626ecfbf139f98183347b93d600e971d9c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ebabc",
                    table="fleet_accessrecord",
                    when="BEFORE",
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
        pgtrigger.migrations.AddTrigger(
            model_name="trackedproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_trackedproductchange" ("category", "id", "name", "organisation_id", "patterns", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."category", new_values."id", new_values."name", new_values."organisation_id", new_values."patterns", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="947228d6b82b83c07743b54b4e8312d45ec12e04",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cf0cb",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_trackedproduct",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trackedproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_trackedproductchange" ("category", "id", "name", "organisation_id", "patterns", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."category", new_values."id", new_values."name", new_values."organisation_id", new_values."patterns", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="41156c2fba44939b7c76dc1c1385eaea1b6b6a32",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_54beb",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_trackedproduct",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trackedproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_trackedproductchange" ("category", "id", "name", "organisation_id", "patterns", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."category", old_values."id", old_values."name", old_values."organisation_id", old_values."patterns", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a64aba33707bc33a1b007a06f5ea3238e7d8bf07",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b5161",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_trackedproduct",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trackedproductchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="49de95a6e07f6a21c3c0864880180c5f2f097dd7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4fe5b",
                    table="fleet_trackedproductchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_trainingrecordchange" ("completed_on", "course_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "reference", "source", "staff_member_id", "valid_until") SELECT new_values."completed_on", new_values."course_id", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."provider", new_values."reference", new_values."source", new_values."staff_member_id", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2fb1188c3d7370db94a2c59ca327be2c0a6ac5bf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e79b9",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_trainingrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_trainingrecordchange" ("completed_on", "course_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "reference", "source", "staff_member_id", "valid_until") SELECT new_values."completed_on", new_values."course_id", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."provider", new_values."reference", new_values."source", new_values."staff_member_id", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c52ff9c40a233a67ea69eaacf07da3ad6f0983b4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e0a20",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_trainingrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_trainingrecordchange" ("completed_on", "course_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "reference", "source", "staff_member_id", "valid_until") SELECT old_values."completed_on", old_values."course_id", old_values."id", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."provider", old_values."reference", old_values."source", old_values."staff_member_id", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0417fcc70893b18e133f86981c0e847e9b395ad0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_29783",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_trainingrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingrecordchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bc71b6bb9abe999e0bad56be8fdd4956795e8ca9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4f184",
                    table="fleet_trainingrecordchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unwantednews",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_unwantednewschange" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3926d607e6f544d6a47c53a692106f1afcc46254",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2f042",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_unwantednews",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unwantednews",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_unwantednewschange" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1ead23f5d111cac2782c7151488753c703453779",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e9e5a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_unwantednews",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unwantednews",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_unwantednewschange" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1785558afe27a89c66156f4ebc97cc84d752bcca",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_64a40",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_unwantednews",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unwantednewschange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6a6dbc0daa272a158c9cae2af0825406c382de24",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_539a0",
                    table="fleet_unwantednewschange",
                    when="BEFORE",
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
        pgtrigger.migrations.AddTrigger(
            model_name="grantsite",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_grantsitechange" ("grant_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") SELECT new_values."grant_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."site_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6fc040ef4e94d8eeeacd18798319e4fe67b49477",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_08348",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fleet_grant_sites",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grantsite",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_grantsitechange" ("grant_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") SELECT new_values."grant_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."site_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1fb9f42a42481d21af7aced42f3e904d35ffbfa0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a399b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_grant_sites",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grantsite",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_grantsitechange" ("grant_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") SELECT old_values."grant_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."site_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1ebbfff4473a6cf1bea067ab3593115f12991dfa",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ba385",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fleet_grant_sites",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grantsitechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="39038454c2c5bdc5ae9f5748b73fa615f78415cc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1a025",
                    table="fleet_grantsitechange",
                    when="BEFORE",
                ),
            ),
        ),
        *(
            migrations.RunSQL(
                f"CREATE INDEX pghistory_context_{key} ON pghistory_context ((metadata -> '{key}'))",
                f"DROP INDEX pghistory_context_{key}",
            )
            for key in CONTEXT_KEYS
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} SET (fillfactor = 50)", f"ALTER TABLE {table} RESET (fillfactor)"
            )
            for table in ROOMY
        ),
        migrations.RunPython(ship, withdraw),
        migrations.RunPython(roles_in_lines.ship, roles_in_lines.withdraw),
    ]
