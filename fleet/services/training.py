"""Training records: taken in with how they came, taken out where they were wrong."""

from __future__ import annotations

from django.db import transaction

from fleet.models import TrainingRecord
from fleet.services import facts
from fleet.vocabulary import RecordSource


def record_training(*, record: TrainingRecord, source: RecordSource) -> None:
    """Save a new record. Without a last day of its own it holds as long as the catalogue says.

    Raises Conflict where the person has a record of that course and day already.
    """
    record.source = source
    facts.save(record)


@transaction.atomic
def remove_training(*, record: TrainingRecord) -> None:
    """Take out a record that was wrong, or a booking that came to nothing; the change log keeps it."""
    pk, organisation_id = record.pk, record.organisation_id
    record.delete()
    facts.announce_rows(TrainingRecord, organisation_id=organisation_id, ids=[pk])
