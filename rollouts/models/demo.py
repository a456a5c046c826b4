"""Where a made-up organisation's dates stand."""

from django.db import models

from fleet.models import Organisation


class DemoClock(models.Model):
    """Marks an organisation of the demo, and the day to which its dates were last brought up."""

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.CASCADE, related_name="demo_clock"
    )
    shown_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.organisation_id} as of {self.shown_on}"
