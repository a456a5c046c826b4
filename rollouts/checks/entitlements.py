"""Checks on what the person is to get: chosen, usable by them, and approved for what they handle."""

from fleet.vocabulary import AssistiveTechnology
from rollouts.checks.approval_sql import APPROVAL_FINDINGS
from rollouts.checks.base import PersonCheck
from rollouts.vocabulary import CheckOwner

_NEEDS = ", ".join(f"('{value}', '{text.lower()}')" for value, text in AssistiveTechnology.choices)


class EntitlementChosen(PersonCheck):
    key = "entitlement_chosen"
    title = "Entitlement is chosen"
    meaning = "One of the programme's user cases matches the person, and says which device they get."
    owner = CheckOwner.IT_MANAGER
    failed = "base.entitlement_id IS NULL"
    because = """
        'No user case matches ' || coalesce(nullif(base.job_role, ''), 'a person without a job role')
    """


class AssistiveSupported(PersonCheck):
    key = "assistive_supported"
    title = "Assistive technology is supported"
    meaning = (
        "The device that is allocated, or else planned, supports all assistive technology the person needs."
    )
    owner = CheckOwner.TECHNOLOGY_LEAD
    unknown = "base.assistive_needs <> '{}' AND base.model_id IS NULL"
    unknown_because = "'It is not known which device the person gets'"
    failed = "NOT base.assistive_needs <@ base.assistive_supported"
    because = f"""
        base.model_name || ' does not support ' || (
            SELECT string_agg(need.name, ', ') FROM (VALUES {_NEEDS}) AS need (key, name)
            WHERE need.key = ANY (base.assistive_needs) AND NOT need.key = ANY (base.assistive_supported)
        )
    """  # noqa: S608 (constants alone)


class ApprovedForClassification(PersonCheck):
    key = "approved_for_classification"
    title = "Approved for what the person handles"
    meaning = (
        "On the day of the handover an approval covers the device's platform and OS version for the "
        "classification that the person handles, and each of its conditions holds."
    )
    owner = CheckOwner.TECHNOLOGY_LEAD

    def sql(self) -> str:
        return APPROVAL_FINDINGS
