"""What the words of an organisation's files mean, as somebody said once: headers and spellings of sites."""

from __future__ import annotations

from django.db import models

from fleet.history import tracked
from fleet.models.organisations import Organisation
from fleet.models.sites import Site


@tracked()
class ImportHeader(models.Model):
    """What a header of a kind's files means in an organisation; an empty `column` is left out."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="import_headers")
    kind = models.CharField(max_length=30)
    header = models.CharField(max_length=200)
    column = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["kind", "header"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "header"], name="import_header"),
        ]

    def __str__(self) -> str:
        return f"{self.header}: {self.column or 'left out'}"


@tracked()
class SiteAlias(models.Model):
    """Another way in which an organisation's files spell a site, without case and punctuation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="site_aliases")
    spelling = models.CharField(max_length=200)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        ordering = ["spelling"]
        constraints = [models.UniqueConstraint(fields=["organisation", "spelling"], name="site_alias")]

    def __str__(self) -> str:
        return self.spelling
