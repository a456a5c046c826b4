"""Facts that belong together come from one source: devices of several sources are looked at again."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Count
from django.utils import timezone


def follow_anew(apps: Any, _schema_editor: Any) -> None:
    """A worker goes through them in batches, as when an organisation changes who wins."""
    source, ranking = apps.get_model("fleet", "MdmSource"), apps.get_model("fleet", "Ranking")
    several = source.objects.order_by().values("organisation").annotate(n=Count("pk")).filter(n__gt=1)
    begin = {"asked_at": timezone.now(), "asked_by": None, "done_at": None}
    begin |= {"last_device": 0, "looked_at": 0, "changed": 0}
    for row in several:
        ranking.objects.update_or_create(organisation_id=row["organisation"], defaults=begin)


class Migration(migrations.Migration):
    dependencies = [
        ("fleet", "0041_digests"),
    ]

    operations = [
        migrations.RunPython(follow_anew, migrations.RunPython.noop),
    ]
