"""Files of sites: an estates list."""

from collections import defaultdict

from fleet import rules
from fleet.models import Site
from fleet.services.imports.kind import Kind, Outcome, Warnings
from fleet.services.imports.references import site_within
from fleet.services.imports.spellings import fold


class SiteKind(Kind):
    def warnings(self, outcome: Outcome) -> Warnings:
        """New sites, and renamed ones, whose name another has: a file can then name neither by it."""
        here = {row.pk for row in outcome.rows}
        others_now = (values for pk, values in outcome.register.items() if pk not in here)
        codes: dict[str, set[str]] = defaultdict(set)
        for values in (*others_now, *(row.after for row in outcome.rows)):
            codes[fold(values["name"])].add(values["code"])
        for row in outcome.rows:
            others = codes[fold(row.after["name"])] - {row.after["code"]}
            if others and (row.before or {}).get("name") != row.after["name"]:
                named = ", ".join(sorted(others)[:3])
                message = f"{row.after['name']} is the name of {named} too. Is it the same site?"
                yield row.number, "name", message


SITES = SiteKind(
    title="Sites",
    permission="sites.change",
    model=Site,
    fields=(
        "code", "name", "kind", "region", "postcode", "latitude", "longitude", "capacity_desks",
        "network_mbps", "has_wifi", "has_training_room", "opens_on", "closes_on",
    ),
    references={"replaced_by": site_within("replaced_by")},
    identifiers=(("code",),),
    names_row=("name", "code"),
    url_name="fleet:site-detail",
    list_url_name="fleet:site-list",
    rules=rules.of_site,
    ignored=frozenset({"people", "devices_here", "per_head"}),
    synonyms={
        "site_code": "code", "office_code": "code", "building_code": "code", "location_code": "code",
        "site": "name", "site_name": "name", "office": "name", "building": "name", "location": "name",
        "office_name": "name", "building_name": "name", "type": "kind", "site_type": "kind",
        "post_code": "postcode", "lat": "latitude", "long": "longitude", "lng": "longitude",
        "lon": "longitude", "desks": "capacity_desks", "capacity": "capacity_desks",
        "bandwidth_mbps": "network_mbps", "network_mbit_s": "network_mbps", "bandwidth": "network_mbps",
        "wifi": "has_wifi", "wi_fi": "has_wifi", "training_room": "has_training_room", "opens": "opens_on",
        "opening_date": "opens_on", "open_date": "opens_on", "closes": "closes_on",
        "closing_date": "closes_on", "closure_date": "closes_on", "replacement": "replaced_by",
        "moves_to": "replaced_by",
    },
    meanings={
        "code": "Its key in the organisation",
        "latitude": "Decimal degrees, five places at most",
        "longitude": "Decimal degrees, five places at most",
        "capacity_desks": "A whole number",
        "network_mbps": "A whole number: what everybody there shares, in Mbit/s",
        "opens_on": "Date",
        "closes_on": "Date: the first day on which it is shut",
        "replaced_by": "The code or name of another site, which may stand in the same file",
    },
    example={
        "code": "LDS", "name": "Leeds, Wellington Place", "kind": "regional_centre", "region": "Yorkshire",
        "postcode": "LS1 4AP", "latitude": "53.79600", "longitude": "-1.55900", "capacity_desks": "1200",
        "network_mbps": "1000", "has_wifi": "yes", "has_training_room": "yes", "opens_on": "2026-04-01",
    },
)  # fmt: skip
