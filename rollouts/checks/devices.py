"""Checks on the allocated device."""

from fleet.vocabulary import LifeCycle
from rollouts.checks.base import DeviceCheck, FactCheck, PersonCheck, day, label
from rollouts.vocabulary import CheckOwner, Severity

_USABLE = f"('{LifeCycle.IN_STOCK}', '{LifeCycle.ISSUED}', '{LifeCycle.ON_LOAN}')"


class DeviceAllocated(PersonCheck):
    key = "device_allocated"
    title = "Device is allocated"
    meaning = (
        "A device is allocated that is in stock or with this person: not lost, in repair or with another."
    )
    owner = CheckOwner.STOCK_KEEPER
    failed = f"""
        base.device_id IS NULL OR base.life_cycle NOT IN {_USABLE} OR base.holder_id <> base.staff_id
    """
    because = f"""
        CASE WHEN base.device_id IS NULL THEN 'No device is allocated'
            WHEN base.life_cycle NOT IN {_USABLE}
                THEN base.device_name || ' is ' || lower({label("base.life_cycle", LifeCycle)})
            ELSE base.device_name || ' is held by somebody else' END
    """


class Enrolled(FactCheck):
    key = "enrolled"
    title = "Device is enrolled"
    meaning = "An MDM manages the allocated device."
    owner = CheckOwner.MDM_ADMINISTRATOR
    # An MDM that says "not enrolled" is believed, however long ago the device itself was seen.
    missing = "base.enrolment = 'unknown'"
    missing_because = "'No MDM says whether ' || base.device_name || ' is enrolled'"
    failed = "base.enrolment IN ('pending', 'unenrolled')"
    because = """
        base.device_name || CASE base.enrolment WHEN 'pending' THEN ' waits for its enrolment'
            ELSE ' is not enrolled' END
    """

    @property
    def unknown(self) -> str:  # type: ignore[override]
        return f"NOT ({self.failed}) AND (NOT base.has_facts OR {self.missing})"


class Compliant(FactCheck):
    key = "compliant"
    title = "Device is compliant"
    meaning = "The MDM calls the device compliant with its policy, or gives it a period of grace."
    owner = CheckOwner.MDM_ADMINISTRATOR
    missing = "base.compliance = 'unknown'"
    missing_because = "'No MDM says whether ' || base.device_name || ' is compliant'"
    failed = "base.compliance = 'noncompliant'"
    because = "base.device_name || ' is not compliant'"


class Encrypted(FactCheck):
    key = "encrypted"
    title = "Device is encrypted"
    meaning = "The MDM reports that the device's storage is encrypted."
    owner = CheckOwner.ENGINEER
    missing = "base.encrypted IS NULL"
    missing_because = "'No MDM says whether ' || base.device_name || ' is encrypted'"
    failed = "NOT base.encrypted"
    because = "base.device_name || ' is not encrypted'"


class OsMinimum(FactCheck):
    key = "os_minimum"
    title = "Operating system is new enough"
    meaning = "The operating system is at or above the oldest version that the programme hands out."
    owner = CheckOwner.ENGINEER
    missing = "base.minimum_key IS NOT NULL AND base.os_key = '{}'"
    missing_because = "'The OS version of ' || base.device_name || ' is not known'"
    failed = "base.os_key < base.minimum_key"
    because = "base.platform_name || ' ' || base.os_version || ' is below ' || base.minimum_version"


class SeenRecently(DeviceCheck):
    key = "seen_recently"
    title = "Device was seen recently"
    meaning = "The device checked in within the programme's number of days."
    owner = CheckOwner.ENGINEER
    severity = Severity.ADVISORY
    unknown = "base.last_seen_at IS NULL"
    unknown_because = "base.device_name || ' has never been seen'"
    failed = "base.last_seen_at < base.seen_after"
    because = f"base.device_name || ' was last seen on ' || {day('base.last_seen_at')}"
