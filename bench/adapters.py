"""What MDM systems send through their adapters, beside the native schema in the same run."""

from __future__ import annotations

from collections.abc import Callable

from bench.clients import bearer
from bench.intake import push_all
from bench.results import Report, of_runs
from bench.senders import EVENTS, PAGES, events, pages
from fleet.mdm.adapters import ADAPTERS
from fleet.models import Delivery, MdmSource, Organisation, SourceToken
from fleet.vocabulary import DeliveryStatus, SourceKind

DEVICES, PAGE = 10_000, 1_000
# Fewer than may wait of one source, so that none is put off.
SINGLE = 400
ROUNDS = 3
Make = Callable[[str, str], list[bytes]]


def measure_adapters(report: Report, port: int) -> None:
    """First loads: pages of 1,000 devices, and bodies of one, for each kind; native comes first."""
    _measure(
        report,
        port,
        what="pages",
        kinds=[kind for kind in PAGES if kind in ADAPTERS],
        make=lambda kind, prefix: pages(kind, prefix, DEVICES, PAGE),
        size=f"{DEVICES:,} in pages of {PAGE:,}",
    )
    _measure(
        report,
        port,
        what="single events",
        kinds=[kind for kind in EVENTS if kind in ADAPTERS],
        make=lambda kind, prefix: events(kind, prefix, SINGLE),
        size=f"{SINGLE:,} bodies",
    )


def _measure(report: Report, port: int, *, what: str, kinds: list[str], make: Make, size: str) -> None:
    rates: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number in range(ROUNDS):
        for kind in kinds:
            rates[kind].append(_round(kind, f"A{what[:1].upper()}{number}", port, make))
    native = rates[SourceKind.NATIVE]
    for kind, ours in rates.items():
        ratios = sorted(mine / theirs for mine, theirs in zip(ours, native, strict=True))
        report.add(
            of_runs(
                f"Adapter {kind}, {what}",
                ours,
                "devices/s",
                reference=sorted(native)[ROUNDS // 2],
                ratio=ratios[ROUNDS // 2],
                size=size,
                wanted="0.8, at least 0.5",
            )
        )


def _round(kind: str, prefix: str, port: int, make: Make) -> float:
    """Devices a second, from the first request until the last delivery is applied, in a new organisation."""
    code = f"{prefix}{kind.replace('_', '')}"[:20].upper()
    organisation = Organisation.objects.create(code=code, name=code)
    source = MdmSource.objects.create(organisation=organisation, slug=code.lower(), name=code, kind=kind)
    _, secret = SourceToken.issue(source=source)
    bodies = make(kind, code)
    path = f"/api/v1/mdm/hooks/{source.slug}"
    seconds = push_all(source, lambda: bearer(port, secret), bodies, path)
    return _created(source) / seconds


def _created(source: MdmSource) -> int:
    """How many devices came of it; what was not read would make a kind look fast."""
    outcomes = "".join(Delivery.objects.filter(source=source).values_list("outcomes", flat=True))
    if Delivery.objects.filter(source=source).exclude(status=DeliveryStatus.APPLIED).exists():
        raise SystemExit(f"A delivery of {source} was not applied.")
    if not outcomes or set(outcomes) != {"c"}:
        raise SystemExit(f"Of {source} came {set(outcomes)}, not devices alone.")
    return len(outcomes)
