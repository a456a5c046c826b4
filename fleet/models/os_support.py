"""Until when an operating system's versions are supported, as an organisation holds it."""

from __future__ import annotations

from django.db import models

from fleet.history import tracked
from fleet.models.constraints import one_of
from fleet.models.organisations import Organisation
from fleet.vocabulary import Platform


@tracked()
class OsSupport(models.Model):
    """A version and all that begin with its numbers: `17` is 17.4 and 17.6.1 as well. `source` says who says
    so."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="os_support")
    platform = models.CharField(max_length=10, choices=Platform)
    version = models.CharField(max_length=100)
    supported_until = models.DateField()
    source = models.CharField(max_length=500)

    class Meta:
        ordering = ["supported_until", "platform", "version"]
        verbose_name_plural = "OS support"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "platform", "version"], name="os_support_once"),
            one_of("platform", Platform, name="os_support_platform"),
        ]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} {self.version}"
