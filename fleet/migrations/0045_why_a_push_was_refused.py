import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fleet", "0044_which_enrolment_ended"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="mdmsource",
            name="update_update",
        ),
        migrations.AddField(
            model_name="mdmsource",
            name="refusal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("nothing", "It carried nothing that proves who sent it"),
                    ("unknown", "Its token is none of this source’s"),
                    ("ended", "Its token has expired or was revoked"),
                    ("signature", "Its signature is not that of the body by a key of this source"),
                    ("unreadable", "It carried something else than an identity token"),
                    ("key", "No key of Google’s has signed its identity token"),
                    ("time", "Its identity token is no longer valid, or not yet"),
                    ("issuer", "Its identity token is of another issuer than Google"),
                    ("audience", "Its identity token is for another audience"),
                    ("account", "Its identity token is of another service account"),
                ],
                max_length=10,
                verbose_name="last refusal",
            ),
        ),
        migrations.AddField(
            model_name="mdmsource",
            name="refused_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="last refused"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mdmsource",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fleet_mdmsourcechange" ("auth", "auth_header", "created_at", "id", "is_active", "kind", "name", "oidc_audience", "oidc_email", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "silent_after_hours", "slug") SELECT new_values."auth", new_values."auth_header", new_values."created_at", new_values."id", new_values."is_active", new_values."kind", new_values."name", new_values."oidc_audience", new_values."oidc_email", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."silent_after_hours", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."auth" IS DISTINCT FROM (new_values."auth") OR old_values."auth_header" IS DISTINCT FROM (new_values."auth_header") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."oidc_audience" IS DISTINCT FROM (new_values."oidc_audience") OR old_values."oidc_email" IS DISTINCT FROM (new_values."oidc_email") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."silent_after_hours" IS DISTINCT FROM (new_values."silent_after_hours") OR old_values."slug" IS DISTINCT FROM (new_values."slug")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4e15c5562412b11c11a5c9650f7df0a117ae847e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_02c1e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fleet_mdmsource",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="mdmsource",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refusal", ""), ("refused_at__isnull", True)),
                    models.Q(
                        (
                            "refusal__in",
                            [
                                "nothing",
                                "unknown",
                                "ended",
                                "signature",
                                "unreadable",
                                "key",
                                "time",
                                "issuer",
                                "audience",
                                "account",
                            ],
                        ),
                        ("refused_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="mdm_source_refusal_is_whole",
            ),
        ),
    ]
