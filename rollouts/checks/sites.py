"""Checks on where people work."""

from rollouts.checks.base import PersonCheck, SiteCheck, day
from rollouts.vocabulary import CheckOwner, Severity


class SiteKnownOpen(PersonCheck):
    key = "site_known_open"
    title = "Home site is known and open"
    meaning = "The person has a home site, and it is open on the day of the handover."
    owner = CheckOwner.IT_MANAGER
    unknown = "base.site_id IS NULL"
    unknown_because = "'The home site is not known'"
    failed = "base.site_opens_on > base.day OR base.site_closes_on <= base.day"
    because = f"""
        base.site_name || CASE WHEN base.site_opens_on > base.day
            THEN ' opens on ' || {day("base.site_opens_on")}
            ELSE ' closes on ' || {day("base.site_closes_on")} END
        || ', and the handover is on ' || {day("base.day")}
    """
    until = "CASE WHEN base.site_opens_on > base.day THEN base.site_opens_on END"


class SiteClosing(PersonCheck):
    key = "site_closing"
    title = "Home site does not close soon after"
    meaning = (
        "The home site stays open for the programme's double touch weeks after the handover; "
        "otherwise the person would be visited twice."
    )
    owner = CheckOwner.SITE_LEAD
    failed = "base.site_closes_on > base.day AND base.site_closes_on < base.day + base.double_touch_days"
    because = f"""
        base.site_name || ' closes on ' || {day("base.site_closes_on")} || ', '
        || (base.site_closes_on - base.day) || ' days after the handover: a double touch'
    """


class SiteNetwork(SiteCheck):
    key = "site_network"
    title = "Site's network is fast enough"
    meaning = (
        "The site's network, shared by all staff whose home site it is, gives each head what is asked for."
    )
    owner = CheckOwner.SITE_LEAD
    severity = Severity.ADVISORY

    def sql(self) -> str:
        return """
            SELECT NULL::bigint, site.id,
                CASE WHEN site.network_mbps IS NULL THEN 'unknown' ELSE 'failed' END,
                CASE WHEN site.network_mbps IS NULL THEN 'The network of ' || site.name || ' is not known'
                    ELSE site.name || ' has ' || round(site.network_mbps::numeric / heads.people, 2)
                        || ' Mbit/s a head (' || site.network_mbps || ' for ' || heads.people || '); '
                        || %(network_mbps_per_head)s || ' is asked for' END,
                NULL::date
            FROM fleet_site site
            CROSS JOIN LATERAL (
                SELECT count(*) AS people FROM fleet_staffmember staff
                WHERE staff.site_id = site.id AND (staff.leaves_on IS NULL OR staff.leaves_on >= %(today)s)
            ) AS heads
            WHERE site.id IN (SELECT base.site_id FROM readiness_base base) AND (
                site.network_mbps IS NULL OR site.network_mbps < heads.people * %(network_mbps_per_head)s
            )
        """
