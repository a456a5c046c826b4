import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import feedback.models.policies
import feedback.models.saying


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("fleet", "0040_bank_holidays"),
        ("fleet", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedbackImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=100, verbose_name="where they were said")),
                ("name", models.CharField(max_length=255, verbose_name="file")),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField(null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("checked", "Checked"), ("applied", "Imported"), ("discarded", "Discarded")],
                        default="checked",
                        max_length=10,
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
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
                        related_name="feedback_imports",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["checked", "applied", "discarded"])),
                        name="feedback_import_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "checked"),
                            models.Q(("content__isnull", True), ("decided_at__isnull", False)),
                            _connector="XOR",
                        ),
                        name="feedback_import_content_until_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackImportChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("source", models.CharField(max_length=100, verbose_name="where they were said")),
                ("name", models.CharField(max_length=255, verbose_name="file")),
                ("digest", models.CharField(max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[("checked", "Checked"), ("applied", "Imported"), ("discarded", "Discarded")],
                        default="checked",
                        max_length=10,
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
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
                        to="feedback.feedbackimport",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="feedbackimport_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="feedbackimport_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ways_to_be_shown",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("name", "With my name"),
                                ("role", "With my job role only"),
                                ("anonymous", "Anonymously"),
                            ],
                            max_length=10,
                        ),
                        default=feedback.models.policies.every_way,
                        size=None,
                        verbose_name="how people may be shown",
                    ),
                ),
                (
                    "shown_as",
                    models.CharField(
                        choices=[
                            ("name", "With my name"),
                            ("role", "With my job role only"),
                            ("anonymous", "Anonymously"),
                        ],
                        default="name",
                        max_length=10,
                        verbose_name="unless they choose",
                    ),
                ),
                (
                    "answer_within_days",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="working days to an official response",
                    ),
                ),
                (
                    "update_every_days",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="working days from one update to the next",
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback_policy",
                        to="fleet.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("shown_as__in", ["name", "role", "anonymous"])),
                        name="feedback_policy_shown_as",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_within_days__gte", 1), ("update_every_days__gte", 1)),
                        name="feedback_policy_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackPolicyChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "ways_to_be_shown",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("name", "With my name"),
                                ("role", "With my job role only"),
                                ("anonymous", "Anonymously"),
                            ],
                            max_length=10,
                        ),
                        default=feedback.models.policies.every_way,
                        size=None,
                        verbose_name="how people may be shown",
                    ),
                ),
                (
                    "shown_as",
                    models.CharField(
                        choices=[
                            ("name", "With my name"),
                            ("role", "With my job role only"),
                            ("anonymous", "Anonymously"),
                        ],
                        default="name",
                        max_length=10,
                        verbose_name="unless they choose",
                    ),
                ),
                (
                    "answer_within_days",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="working days to an official response",
                    ),
                ),
                (
                    "update_every_days",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="working days from one update to the next",
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
                        to="feedback.feedbackpolicy",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="feedbackpolicy_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="feedbackpolicy_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=150)),
                ("introduction", models.TextField(blank=True)),
                ("series", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("is_anonymous", models.BooleanField(default=True, verbose_name="anonymous")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everybody", "Everybody"),
                            ("site", "Everybody at a site"),
                            ("sample", "A random sample"),
                            ("named", "People who were named"),
                        ],
                        default="everybody",
                        max_length=10,
                        verbose_name="who is asked",
                    ),
                ),
                ("sample_size", models.PositiveIntegerField(blank=True, null=True, verbose_name="how many")),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="opens")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("open", "Open"), ("closed", "Closed")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("purpose", models.CharField(blank=True, editable=False, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        related_name="surveys",
                        to="fleet.organisation",
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
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["series", "opens_on"], name="survey_waves")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["everybody", "site", "sample", "named"])),
                        name="survey_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "open", "closed"])), name="survey_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__isnull", True),
                            ("closes_on__isnull", True),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="survey_closes_after_opening",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("closes_on__isnull", False), ("opens_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="survey_open_has_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "sample"), _negated=True),
                            ("sample_size__gte", 1),
                            _connector="OR",
                        ),
                        name="survey_sample_has_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "site"), _negated=True),
                            ("site__isnull", False),
                            _connector="OR",
                        ),
                        name="survey_site_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=150)),
                ("introduction", models.TextField(blank=True)),
                ("series", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("is_anonymous", models.BooleanField(default=True, verbose_name="anonymous")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everybody", "Everybody"),
                            ("site", "Everybody at a site"),
                            ("sample", "A random sample"),
                            ("named", "People who were named"),
                        ],
                        default="everybody",
                        max_length=10,
                        verbose_name="who is asked",
                    ),
                ),
                ("sample_size", models.PositiveIntegerField(blank=True, null=True, verbose_name="how many")),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="opens")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("open", "Open"), ("closed", "Closed")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("purpose", models.CharField(blank=True, editable=False, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
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
                        to="feedback.survey",
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="survey_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="survey_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "synonyms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="words that point to it",
                    ),
                ),
                ("is_retired", models.BooleanField(default=False, verbose_name="no longer offered")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topics",
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
                        name="topic_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80)),
                (
                    "synonyms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="words that point to it",
                    ),
                ),
                ("is_retired", models.BooleanField(default=False, verbose_name="no longer offered")),
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
                        to="feedback.topic",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="topic_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="topic_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "One answer"),
                            ("multiple", "Several answers"),
                            ("scale", "A scale"),
                            ("text", "Free text"),
                        ],
                        default="single",
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="question")),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150), blank=True, default=list, size=None
                    ),
                ),
                ("scale_to", models.PositiveSmallIntegerField(default=5)),
                ("lowest", models.CharField(blank=True, max_length=60, verbose_name="what 1 means")),
                (
                    "highest",
                    models.CharField(blank=True, max_length=60, verbose_name="what the highest means"),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="feedback.survey",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["single", "multiple", "scale", "text"])),
                        name="question_kind",
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("survey", "number"),
                        name="question_number",
                    ),
                    models.UniqueConstraint(fields=("survey", "key"), name="question_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["single", "multiple"]), _negated=True),
                            ("options__len__gte", 2),
                            _connector="OR",
                        ),
                        name="question_choice_has_options",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scale_to__gte", 3), ("scale_to__lte", 10)),
                        name="question_scale_from_3_to_10",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("answered", "Answered"),
                            ("declined", "Declined"),
                            ("expired", "Did not answer"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "staff_member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="survey_invitations",
                        to="fleet.staffmember",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitees",
                        to="feedback.survey",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")), fields=["staff_member"], name="invitee_asked"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "answered", "declined", "expired"])),
                        name="invitee_state",
                    ),
                    models.UniqueConstraint(fields=("survey", "staff_member"), name="invitee_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("filled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invitee",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sheet",
                        to="feedback.invitee",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="fleet.site",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="feedback.survey",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("text", models.TextField(blank=True, max_length=2000)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="feedback.question",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="feedback.sheet",
                    ),
                ),
            ],
            options={
                "ordering": ["sheet", "question"],
                "constraints": [models.UniqueConstraint(fields=("sheet", "question"), name="answer_once")],
            },
        ),
        migrations.CreateModel(
            name="QuestionChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "One answer"),
                            ("multiple", "Several answers"),
                            ("scale", "A scale"),
                            ("text", "Free text"),
                        ],
                        default="single",
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="question")),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150), blank=True, default=list, size=None
                    ),
                ),
                ("scale_to", models.PositiveSmallIntegerField(default=5)),
                ("lowest", models.CharField(blank=True, max_length=60, verbose_name="what 1 means")),
                (
                    "highest",
                    models.CharField(blank=True, max_length=60, verbose_name="what the highest means"),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
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
                        to="feedback.question",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="feedback.survey",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="question_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="question_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=feedback.models.saying.unordered_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("problem", "Problem"), ("idea", "Idea"), ("praise", "Praise")],
                        default="problem",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=150)),
                ("since_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("raised_at", models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("acknowledged", "Acknowledged"),
                            ("planned", "Planned"),
                            ("in_progress", "In progress"),
                            ("done", "Done"),
                            ("declined", "Declined"),
                            ("duplicate", "Duplicate"),
                        ],
                        default="open",
                        max_length=15,
                    ),
                ),
                ("status_reason", models.TextField(blank=True, verbose_name="why")),
                ("status_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("is_severe", models.BooleanField(default=False, verbose_name="severe")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="response due")),
                ("next_update_on", models.DateField(blank=True, null=True, verbose_name="next update")),
                ("is_answered", models.BooleanField(default=False, verbose_name="officially answered")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first official response"),
                ),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                (
                    "hidden_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is hidden"),
                ),
                ("people", models.PositiveIntegerField(default=0)),
                ("people_with_minutes", models.PositiveIntegerField(default=0)),
                ("minutes_a_year", models.PositiveBigIntegerField(default=0)),
                ("posts_shown", models.PositiveIntegerField(default=0)),
                ("said_at", models.DateTimeField(blank=True, null=True)),
                (
                    "imported",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="threads",
                        to="feedback.feedbackimport",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="feedback.thread",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="threads",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="threads",
                        to="feedback.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["-raised_at", "-pk"],
                "indexes": [
                    models.Index(fields=["organisation", "-minutes_a_year", "-id"], name="thread_by_pain"),
                    models.Index(fields=["organisation", "-raised_at", "-id"], name="thread_by_day"),
                    models.Index(fields=["organisation", "status", "due_on"], name="thread_by_due_day"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector("title", config="english"),
                        name="thread_title_words",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["problem", "idea", "praise"])), name="thread_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "open",
                                    "acknowledged",
                                    "planned",
                                    "in_progress",
                                    "done",
                                    "declined",
                                    "duplicate",
                                ],
                            )
                        ),
                        name="thread_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True), ("status", "duplicate"), _connector="XOR"
                        ),
                        name="thread_duplicate_is_merged",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True),
                            models.Q(("status_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="thread_declined_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hidden_at__isnull", True),
                            models.Q(("hidden_because", ""), _negated=True),
                            _connector="XOR",
                        ),
                        name="thread_hidden_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                        name="thread_not_merged_into_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThreadChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.BigIntegerField(
                        default=feedback.models.saying.unordered_id, editable=False, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("problem", "Problem"), ("idea", "Idea"), ("praise", "Praise")],
                        default="problem",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=150)),
                ("since_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("raised_at", models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("acknowledged", "Acknowledged"),
                            ("planned", "Planned"),
                            ("in_progress", "In progress"),
                            ("done", "Done"),
                            ("declined", "Declined"),
                            ("duplicate", "Duplicate"),
                        ],
                        default="open",
                        max_length=15,
                    ),
                ),
                ("status_reason", models.TextField(blank=True, verbose_name="why")),
                ("status_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("is_severe", models.BooleanField(default=False, verbose_name="severe")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="response due")),
                ("next_update_on", models.DateField(blank=True, null=True, verbose_name="next update")),
                ("is_answered", models.BooleanField(default=False, verbose_name="officially answered")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first official response"),
                ),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                (
                    "hidden_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is hidden"),
                ),
                (
                    "imported",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="feedback.feedbackimport",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="feedback.thread",
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
                        to="feedback.thread",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="feedback.topic",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="thread_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="thread_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=feedback.models.saying.unordered_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("author_key", models.BinaryField(blank=True, max_length=32, null=True)),
                (
                    "shown_as",
                    models.CharField(
                        choices=[
                            ("name", "With my name"),
                            ("role", "With my job role only"),
                            ("anonymous", "Anonymously"),
                        ],
                        default="name",
                        max_length=10,
                        verbose_name="shown",
                    ),
                ),
                ("author_name", models.CharField(blank=True, max_length=200)),
                ("author_role", models.CharField(blank=True, max_length=200)),
                ("is_author", models.BooleanField(default=False)),
                (
                    "minutes_a_day",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="minutes lost on such a day"
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("daily", "Every working day"),
                            ("weekly", "About once a week"),
                            ("monthly", "About once a month"),
                            ("rarely", "A few times a year"),
                            ("once", "It happened once"),
                        ],
                        max_length=10,
                        verbose_name="how often",
                    ),
                ),
                (
                    "joined_on",
                    models.DateField(blank=True, default=django.utils.timezone.localdate, null=True),
                ),
                (
                    "platform",
                    models.CharField(
                        blank=True,
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
                ("os_version", models.CharField(blank=True, max_length=100)),
                ("software", models.CharField(blank=True, max_length=300)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="voices",
                        to="fleet.device",
                    ),
                ),
                (
                    "device_model",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="voices",
                        to="fleet.devicemodel",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="voices",
                        to="fleet.site",
                    ),
                ),
                (
                    "staff_member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="voices",
                        to="fleet.staffmember",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voices",
                        to="feedback.thread",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("author_key__isnull", False)),
                        fields=["author_key"],
                        name="voice_by_key",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("shown_as__in", ["name", "role", "anonymous"])),
                        name="voice_shown_as",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("author__isnull", True),
                                ("author_name", ""),
                                ("author_role", ""),
                                ("shown_as", "anonymous"),
                            ),
                            models.Q(("author_key__isnull", True), ("shown_as__in", ["name", "role"])),
                            _connector="OR",
                        ),
                        name="voice_anonymous",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shown_as", "anonymous"), _negated=True),
                            models.Q(("device__isnull", True), ("staff_member__isnull", True)),
                            _connector="OR",
                        ),
                        name="voice_anonymous_has_no_device",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frequency__in", ["", "daily", "weekly", "monthly", "rarely", "once"])
                        ),
                        name="voice_frequency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minutes_a_day__isnull", True),
                            models.Q(("minutes_a_day__lte", 480), models.Q(("frequency", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="voice_minutes_have_a_frequency",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("author__isnull", False)),
                        fields=("thread", "author"),
                        name="voice_once_by_name",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("author_key__isnull", False)),
                        fields=("thread", "author_key"),
                        name="voice_once_by_key",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_author", True)), fields=("thread",), name="voice_one_author"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gathering",
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
                        choices=[("workshop", "Workshop"), ("surgery", "Surgery"), ("briefing", "Briefing")],
                        default="workshop",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=150)),
                ("about", models.TextField(blank=True, verbose_name="what it is about")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="room, or address")),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("places", models.PositiveIntegerField(blank=True, null=True, verbose_name="places")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cancelled_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is cancelled"),
                ),
                (
                    "led_by",
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
                        related_name="gatherings",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="gatherings",
                        to="fleet.site",
                    ),
                ),
                (
                    "threads",
                    models.ManyToManyField(blank=True, related_name="gatherings", to="feedback.thread"),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["workshop", "surgery", "briefing"])),
                        name="gathering_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="gathering_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True),
                            models.Q(("cancelled_because", ""), _negated=True),
                            _connector="XOR",
                        ),
                        name="gathering_cancelled_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("site__isnull", False), models.Q(("place", ""), _negated=True), _connector="OR"
                        ),
                        name="gathering_is_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GatheringChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("workshop", "Workshop"), ("surgery", "Surgery"), ("briefing", "Briefing")],
                        default="workshop",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=150)),
                ("about", models.TextField(blank=True, verbose_name="what it is about")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="room, or address")),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("places", models.PositiveIntegerField(blank=True, null=True, verbose_name="places")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cancelled_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is cancelled"),
                ),
                (
                    "led_by",
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
                        to="feedback.gathering",
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="gathering_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="gathering_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=feedback.models.saying.unordered_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("author_key", models.BinaryField(blank=True, max_length=32, null=True)),
                (
                    "shown_as",
                    models.CharField(
                        choices=[
                            ("name", "With my name"),
                            ("role", "With my job role only"),
                            ("anonymous", "Anonymously"),
                        ],
                        default="name",
                        max_length=10,
                        verbose_name="shown",
                    ),
                ),
                ("author_name", models.CharField(blank=True, max_length=200)),
                ("author_role", models.CharField(blank=True, max_length=200)),
                ("is_opening", models.BooleanField(default=False)),
                ("body", models.TextField(max_length=10000, verbose_name="what happens")),
                ("is_official", models.BooleanField(default=False, verbose_name="official response")),
                ("role_name", models.CharField(blank=True, max_length=200, verbose_name="in the role of")),
                (
                    "label",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="organisation as the file has it"
                    ),
                ),
                ("posted_at", models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                (
                    "hidden_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is hidden"),
                ),
                ("external_id", models.CharField(blank=True, max_length=200)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "imported",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="feedback.feedbackimport",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="feedback.post",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="feedback.thread",
                    ),
                ),
            ],
            options={
                "ordering": ["posted_at", "position", "pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector("body", config="english"),
                        name="post_words",
                    ),
                    models.Index(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=["external_id"],
                        name="post_by_external_id",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("shown_as__in", ["name", "role", "anonymous"])),
                        name="post_shown_as",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("author__isnull", True),
                                ("author_name", ""),
                                ("author_role", ""),
                                ("shown_as", "anonymous"),
                            ),
                            models.Q(("author_key__isnull", True), ("shown_as__in", ["name", "role"])),
                            _connector="OR",
                        ),
                        name="post_anonymous",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_opening", True)), fields=("thread",), name="post_one_opening"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_official", False),
                            models.Q(
                                models.Q(("role_name", ""), _negated=True),
                                models.Q(("shown_as", "anonymous"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="post_official_has_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hidden_at__isnull", True),
                            models.Q(("hidden_because", ""), _negated=True),
                            _connector="XOR",
                        ),
                        name="post_hidden_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="what is promised")),
                ("measure", models.CharField(max_length=40)),
                ("parameters", models.JSONField(blank=True, default=dict)),
                (
                    "target_percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="target",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="by the end of")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("kept", "Kept"),
                            ("missed", "Missed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True)),
                (
                    "withdrawn_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is withdrawn"),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        related_name="commitments",
                        to="fleet.organisation",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="fleet.site",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="commitments",
                        to="feedback.post",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitments",
                        to="feedback.thread",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["due_on"], name="commitment_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "kept", "missed", "withdrawn"])),
                        name="commitment_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target_percent__gte", 0), ("target_percent__lte", 100)),
                        name="commitment_target",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"), ("decided_on__isnull", False), _connector="XOR"
                        ),
                        name="commitment_decided_with_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "withdrawn"), ("withdrawn_because", ""), _connector="XOR"
                        ),
                        name="commitment_withdrawn_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("alt", models.CharField(max_length=200, verbose_name="what it shows")),
                ("content", models.BinaryField()),
                ("media_type", models.CharField(max_length=20)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="feedback.post",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "digest"), name="attachment_once"),
                    models.CheckConstraint(
                        condition=models.Q(("media_type__in", ["image/jpeg", "image/png"])),
                        name="attachment_media_type",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signed_up_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ups",
                        to="feedback.gathering",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["signed_up_at"],
                "constraints": [models.UniqueConstraint(fields=("gathering", "user"), name="sign_up_once")],
            },
        ),
        migrations.CreateModel(
            name="PostChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.BigIntegerField(
                        default=feedback.models.saying.unordered_id, editable=False, serialize=False
                    ),
                ),
                (
                    "shown_as",
                    models.CharField(
                        choices=[
                            ("name", "With my name"),
                            ("role", "With my job role only"),
                            ("anonymous", "Anonymously"),
                        ],
                        default="name",
                        max_length=10,
                        verbose_name="shown",
                    ),
                ),
                ("author_name", models.CharField(blank=True, max_length=200)),
                ("author_role", models.CharField(blank=True, max_length=200)),
                ("is_opening", models.BooleanField(default=False)),
                ("body", models.TextField(max_length=10000, verbose_name="what happens")),
                ("is_official", models.BooleanField(default=False, verbose_name="official response")),
                ("role_name", models.CharField(blank=True, max_length=200, verbose_name="in the role of")),
                (
                    "label",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="organisation as the file has it"
                    ),
                ),
                ("posted_at", models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                (
                    "hidden_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is hidden"),
                ),
                ("external_id", models.CharField(blank=True, max_length=200)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "imported",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="feedback.feedbackimport",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="feedback.post",
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
                        to="feedback.post",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="feedback.thread",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="post_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="post_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentChange",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("text", models.CharField(max_length=300, verbose_name="what is promised")),
                ("measure", models.CharField(max_length=40)),
                ("parameters", models.JSONField(blank=True, default=dict)),
                (
                    "target_percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="target",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="by the end of")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("kept", "Kept"),
                            ("missed", "Missed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True)),
                (
                    "withdrawn_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is withdrawn"),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
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
                        to="feedback.commitment",
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
                    "post",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="feedback.post",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="feedback.thread",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_obj", "pgh_id"], name="commitment_events_of"),
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="commitment_events_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("part", models.PositiveIntegerField()),
                ("whole", models.PositiveIntegerField()),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="feedback.commitment",
                    ),
                ),
            ],
            options={
                "ordering": ["day"],
                "constraints": [
                    models.UniqueConstraint(fields=("commitment", "day"), name="commitment_reading_once"),
                    models.CheckConstraint(
                        condition=models.Q(("part__lte", models.F("whole"))), name="commitment_reading_part"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitmentreading",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9f274a35a2ae6d6ae3c6d758d72801fd651b3f5f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ea8f5",
                    table="feedback_commitmentreading",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackimport",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_feedbackimportchange" ("by_id", "counts", "created_at", "decided_at", "digest", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") SELECT new_values."by_id", new_values."counts", new_values."created_at", new_values."decided_at", new_values."digest", new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source", new_values."status" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="48077668ded69e18707cc263cd3d4f48b6979692",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f6e72",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="feedback_feedbackimport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackimport",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_feedbackimportchange" ("by_id", "counts", "created_at", "decided_at", "digest", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") SELECT new_values."by_id", new_values."counts", new_values."created_at", new_values."decided_at", new_values."digest", new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source", new_values."status" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."counts" IS DISTINCT FROM (new_values."counts") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."decided_at" IS DISTINCT FROM (new_values."decided_at") OR old_values."digest" IS DISTINCT FROM (new_values."digest") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."status" IS DISTINCT FROM (new_values."status")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1260d52c253bcbceb4212258d7aedf19d79cff25",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_49cd8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="feedback_feedbackimport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackimport",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_feedbackimportchange" ("by_id", "counts", "created_at", "decided_at", "digest", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") SELECT old_values."by_id", old_values."counts", old_values."created_at", old_values."decided_at", old_values."digest", old_values."id", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source", old_values."status" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="42b22266c6e4b1ee85884e3ef69b8d21b4777f7e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6e91f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="feedback_feedbackimport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackimportchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6d5159f554b66cac182d217724a100aa177ebfae",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6a52d",
                    table="feedback_feedbackimportchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_feedbackpolicychange" ("answer_within_days", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shown_as", "update_every_days", "ways_to_be_shown") SELECT new_values."answer_within_days", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."shown_as", new_values."update_every_days", new_values."ways_to_be_shown" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6fffe2795a43981351cb2f9de1ba0a12040e97d4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c416e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="feedback_feedbackpolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_feedbackpolicychange" ("answer_within_days", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shown_as", "update_every_days", "ways_to_be_shown") SELECT new_values."answer_within_days", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."shown_as", new_values."update_every_days", new_values."ways_to_be_shown" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="76916106641698dbfa0e4b5f17dae0bbe0a71d3d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_76245",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="feedback_feedbackpolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_feedbackpolicychange" ("answer_within_days", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shown_as", "update_every_days", "ways_to_be_shown") SELECT old_values."answer_within_days", old_values."id", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."shown_as", old_values."update_every_days", old_values."ways_to_be_shown" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e61179816d701931696fd8ef81bebe3ab154ec66",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b7248",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="feedback_feedbackpolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackpolicychange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e0fa7a4a53cd1d4d90ef04a7154e1b1ff26772df",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_996f9",
                    table="feedback_feedbackpolicychange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gatheringchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0f4b9b17e4df90917b12742ae11f7fb9a190dbfa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d3137",
                    table="feedback_gatheringchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="survey",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_surveychange" ("audience", "closes_on", "created_at", "id", "introduction", "is_anonymous", "made_by_id", "opens_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sample_size", "series", "site_id", "state", "title") SELECT new_values."audience", new_values."closes_on", new_values."created_at", new_values."id", new_values."introduction", new_values."is_anonymous", new_values."made_by_id", new_values."opens_on", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."purpose", new_values."sample_size", new_values."series", new_values."site_id", new_values."state", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bf426be118f541a613553087af28b36fe6ecae09",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9d53e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="feedback_survey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="survey",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_surveychange" ("audience", "closes_on", "created_at", "id", "introduction", "is_anonymous", "made_by_id", "opens_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sample_size", "series", "site_id", "state", "title") SELECT new_values."audience", new_values."closes_on", new_values."created_at", new_values."id", new_values."introduction", new_values."is_anonymous", new_values."made_by_id", new_values."opens_on", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."purpose", new_values."sample_size", new_values."series", new_values."site_id", new_values."state", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0a5390d4a31c02b282b90046e360dc513540c03e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e69c5",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="feedback_survey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="survey",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_surveychange" ("audience", "closes_on", "created_at", "id", "introduction", "is_anonymous", "made_by_id", "opens_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sample_size", "series", "site_id", "state", "title") SELECT old_values."audience", old_values."closes_on", old_values."created_at", old_values."id", old_values."introduction", old_values."is_anonymous", old_values."made_by_id", old_values."opens_on", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."purpose", old_values."sample_size", old_values."series", old_values."site_id", old_values."state", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bf0d5fc782bfbac58a83eba49e9bb42398d2ae4e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_82373",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="feedback_survey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="questionchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2f4aa93f8daa6ba4fce0e7f552b3d79467cd072b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_051aa",
                    table="feedback_questionchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_questionchange" ("highest", "id", "is_required", "key", "kind", "lowest", "number", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scale_to", "survey_id", "text") SELECT new_values."highest", new_values."id", new_values."is_required", new_values."key", new_values."kind", new_values."lowest", new_values."number", new_values."options", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."scale_to", new_values."survey_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c4645218fc6b0d2b260f436871f020a37140f901",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c7f1d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="feedback_question",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_questionchange" ("highest", "id", "is_required", "key", "kind", "lowest", "number", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scale_to", "survey_id", "text") SELECT new_values."highest", new_values."id", new_values."is_required", new_values."key", new_values."kind", new_values."lowest", new_values."number", new_values."options", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."scale_to", new_values."survey_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="da9b9e041879700b387fc32a5f9eaf1691c6063c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_05346",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="feedback_question",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_questionchange" ("highest", "id", "is_required", "key", "kind", "lowest", "number", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scale_to", "survey_id", "text") SELECT old_values."highest", old_values."id", old_values."is_required", old_values."key", old_values."kind", old_values."lowest", old_values."number", old_values."options", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."scale_to", old_values."survey_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="827c46c9bba135f4df1b88efdb315d927a1584a2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_47db1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="feedback_question",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="surveychange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="486222b731b00841c348204e43fdc39ec3fc2eec",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a3990",
                    table="feedback_surveychange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e212879abfd1828bde96450e88179ff2f8903923",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_204e7",
                    table="feedback_postchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_postchange" ("author_name", "author_role", "body", "edited_at", "external_id", "hidden_at", "hidden_because", "id", "imported_id", "is_official", "is_opening", "label", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "posted_at", "role_name", "shown_as", "thread_id") SELECT new_values."author_name", new_values."author_role", new_values."body", new_values."edited_at", new_values."external_id", new_values."hidden_at", new_values."hidden_because", new_values."id", new_values."imported_id", new_values."is_official", new_values."is_opening", new_values."label", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."posted_at", new_values."role_name", new_values."shown_as", new_values."thread_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."author_name" IS DISTINCT FROM (new_values."author_name") OR old_values."author_role" IS DISTINCT FROM (new_values."author_role") OR old_values."body" IS DISTINCT FROM (new_values."body") OR old_values."edited_at" IS DISTINCT FROM (new_values."edited_at") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."hidden_at" IS DISTINCT FROM (new_values."hidden_at") OR old_values."hidden_because" IS DISTINCT FROM (new_values."hidden_because") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."imported_id" IS DISTINCT FROM (new_values."imported_id") OR old_values."is_official" IS DISTINCT FROM (new_values."is_official") OR old_values."is_opening" IS DISTINCT FROM (new_values."is_opening") OR old_values."label" IS DISTINCT FROM (new_values."label") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."posted_at" IS DISTINCT FROM (new_values."posted_at") OR old_values."role_name" IS DISTINCT FROM (new_values."role_name") OR old_values."shown_as" IS DISTINCT FROM (new_values."shown_as") OR old_values."thread_id" IS DISTINCT FROM (new_values."thread_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9463af7ebfab37fd89814aae9e761712c76a711a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_db933",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="feedback_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_postchange" ("author_name", "author_role", "body", "edited_at", "external_id", "hidden_at", "hidden_because", "id", "imported_id", "is_official", "is_opening", "label", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "posted_at", "role_name", "shown_as", "thread_id") SELECT old_values."author_name", old_values."author_role", old_values."body", old_values."edited_at", old_values."external_id", old_values."hidden_at", old_values."hidden_because", old_values."id", old_values."imported_id", old_values."is_official", old_values."is_opening", old_values."label", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."posted_at", old_values."role_name", old_values."shown_as", old_values."thread_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="743bdc9372a53566d4c40b77e2cc5ef1095e3681",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9f2c7",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="feedback_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gathering",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_gatheringchange" ("about", "cancelled_at", "cancelled_because", "ends_at", "id", "kind", "led_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "places", "site_id", "starts_at", "title") SELECT new_values."about", new_values."cancelled_at", new_values."cancelled_because", new_values."ends_at", new_values."id", new_values."kind", new_values."led_by_id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."places", new_values."site_id", new_values."starts_at", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="00925e0a11cc0a6211837e4bc4a3adeb2862d2d2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_57a32",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="feedback_gathering",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gathering",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_gatheringchange" ("about", "cancelled_at", "cancelled_because", "ends_at", "id", "kind", "led_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "places", "site_id", "starts_at", "title") SELECT new_values."about", new_values."cancelled_at", new_values."cancelled_because", new_values."ends_at", new_values."id", new_values."kind", new_values."led_by_id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."places", new_values."site_id", new_values."starts_at", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5f84aafd5baf7a5ea859b2db754d42397fe2232a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_35883",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="feedback_gathering",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gathering",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_gatheringchange" ("about", "cancelled_at", "cancelled_because", "ends_at", "id", "kind", "led_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "places", "site_id", "starts_at", "title") SELECT old_values."about", old_values."cancelled_at", old_values."cancelled_because", old_values."ends_at", old_values."id", old_values."kind", old_values."led_by_id", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."places", old_values."site_id", old_values."starts_at", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a5555550a09df5efad4560b0b20822c79a534028",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2c91a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="feedback_gathering",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitmentchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fb263d5712180d3d4ec42bb7353da8350479d7d8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0fde3",
                    table="feedback_commitmentchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_commitmentchange" ("decided_on", "due_on", "id", "made_at", "made_by_id", "measure", "organisation_id", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "site_id", "state", "target_percent", "text", "thread_id", "withdrawn_because") SELECT new_values."decided_on", new_values."due_on", new_values."id", new_values."made_at", new_values."made_by_id", new_values."measure", new_values."organisation_id", new_values."parameters", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."post_id", new_values."site_id", new_values."state", new_values."target_percent", new_values."text", new_values."thread_id", new_values."withdrawn_because" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c29fdfc1859a279fca775a3e617cb46be79683fb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fba40",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="feedback_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_commitmentchange" ("decided_on", "due_on", "id", "made_at", "made_by_id", "measure", "organisation_id", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "site_id", "state", "target_percent", "text", "thread_id", "withdrawn_because") SELECT new_values."decided_on", new_values."due_on", new_values."id", new_values."made_at", new_values."made_by_id", new_values."measure", new_values."organisation_id", new_values."parameters", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."post_id", new_values."site_id", new_values."state", new_values."target_percent", new_values."text", new_values."thread_id", new_values."withdrawn_because" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8237db9f317e5ae8f4ee5b5e79fcfa762de07774",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a8c56",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="feedback_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_commitmentchange" ("decided_on", "due_on", "id", "made_at", "made_by_id", "measure", "organisation_id", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "site_id", "state", "target_percent", "text", "thread_id", "withdrawn_because") SELECT old_values."decided_on", old_values."due_on", old_values."id", old_values."made_at", old_values."made_by_id", old_values."measure", old_values."organisation_id", old_values."parameters", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."post_id", old_values."site_id", old_values."state", old_values."target_percent", old_values."text", old_values."thread_id", old_values."withdrawn_because" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="78837cfd1e040bad7e1b8e6b9506272a7cd0b0d5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4955a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="feedback_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_topicchange" ("id", "is_retired", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "synonyms") SELECT new_values."id", new_values."is_retired", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."synonyms" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3e55c4168014269e7ad227ae4a25757ed164a08f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4ad0e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="feedback_topic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_topicchange" ("id", "is_retired", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "synonyms") SELECT new_values."id", new_values."is_retired", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."synonyms" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="15574f8ee0cd3a962c8a4f751bcc18d26b88a7df",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ce4ae",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="feedback_topic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_topicchange" ("id", "is_retired", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "synonyms") SELECT old_values."id", old_values."is_retired", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."synonyms" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="49f7afc3fbbef8e8130cbf330b15ba900296283a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_85287",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="feedback_topic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threadchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2e48475837e9fb586ee56a5c840713315b381a15",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c6776",
                    table="feedback_threadchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="thread",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_threadchange" ("answered_at", "due_on", "escalated_at", "hidden_at", "hidden_because", "id", "imported_id", "is_answered", "is_severe", "kind", "merged_into_id", "next_update_on", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "since_on", "status", "status_at", "status_reason", "title", "topic_id") SELECT new_values."answered_at", new_values."due_on", new_values."escalated_at", new_values."hidden_at", new_values."hidden_because", new_values."id", new_values."imported_id", new_values."is_answered", new_values."is_severe", new_values."kind", new_values."merged_into_id", new_values."next_update_on", new_values."organisation_id", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."raised_at", new_values."since_on", new_values."status", new_values."status_at", new_values."status_reason", new_values."title", new_values."topic_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."answered_at" IS DISTINCT FROM (new_values."answered_at") OR old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."escalated_at" IS DISTINCT FROM (new_values."escalated_at") OR old_values."hidden_at" IS DISTINCT FROM (new_values."hidden_at") OR old_values."hidden_because" IS DISTINCT FROM (new_values."hidden_because") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."imported_id" IS DISTINCT FROM (new_values."imported_id") OR old_values."is_answered" IS DISTINCT FROM (new_values."is_answered") OR old_values."is_severe" IS DISTINCT FROM (new_values."is_severe") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."next_update_on" IS DISTINCT FROM (new_values."next_update_on") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."raised_at" IS DISTINCT FROM (new_values."raised_at") OR old_values."since_on" IS DISTINCT FROM (new_values."since_on") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."status_at" IS DISTINCT FROM (new_values."status_at") OR old_values."status_reason" IS DISTINCT FROM (new_values."status_reason") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."topic_id" IS DISTINCT FROM (new_values."topic_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="50b187d77be9df2478c1eb1f74e09e51dc72f07b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3c560",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="feedback_thread",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="thread",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "feedback_threadchange" ("answered_at", "due_on", "escalated_at", "hidden_at", "hidden_because", "id", "imported_id", "is_answered", "is_severe", "kind", "merged_into_id", "next_update_on", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "since_on", "status", "status_at", "status_reason", "title", "topic_id") SELECT old_values."answered_at", old_values."due_on", old_values."escalated_at", old_values."hidden_at", old_values."hidden_because", old_values."id", old_values."imported_id", old_values."is_answered", old_values."is_severe", old_values."kind", old_values."merged_into_id", old_values."next_update_on", old_values."organisation_id", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."raised_at", old_values."since_on", old_values."status", old_values."status_at", old_values."status_reason", old_values."title", old_values."topic_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="dae0ac6e0170ebf52a6c9c5609d8fb7afe086830",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_15aa4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="feedback_thread",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c0669d978ca210bc3f8a86cdc9dacc79f2b5dd4f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9815d",
                    table="feedback_topicchange",
                    when="BEFORE",
                ),
            ),
        ),
    ]
