from django.apps import AppConfig

# Where the parts of a programme have their pages.
PARTS_OF_PROGRAMMES = (
    "/entitlements/",
    "/exit-criteria/",
    "/gates/",
    "/minimums/",
    "/tranche-people/",
    "/tranches/",
    "/waivers/",
)


class RolloutsConfig(AppConfig):
    """Programmes, tranches, readiness, gates: what is planned on top of the facts."""

    name = "rollouts"

    def ready(self) -> None:
        from feedback import measures
        from fleet import access
        from fleet.services import erasure, handing_over, reservations
        from fleet.services.schemes import following
        from rollouts import receivers
        from rollouts.measures import HandedOver
        from rollouts.models import Programme
        from rollouts.services.allocation import BY_TRANCHES
        from rollouts.services.erasing import ERASERS
        from rollouts.services.foreseeing import foresee
        from rollouts.services.handing_over import CHARGES
        from rollouts.services.time_lines import register_decisions

        receivers.connect()
        measures.register(HandedOver())
        for charge in CHARGES:
            handing_over.register(charge)
        erasure.register(*ERASERS)
        reservations.register(BY_TRANCHES)
        register_decisions()
        following.register(
            following.Follower(
                key="programmes", model=Programme, noun="programmes", permission="rollouts.view"
            )
        )
        following.register_effects(foresee)
        access.register(
            {
                "rollouts.view": "See programmes, tranches and readiness",
                "rollouts.plan": "Plan programmes and tranches, allocate devices, defer people",
                "rollouts.propose": "Propose a gate",
                "rollouts.decide": "Decide at a gate",
                "rollouts.waive": "Waive a blocker",
                "rollouts.hold": "Hold and release a tranche",
                "rollouts.reflect": "Record a reflection and close a tranche",
            }
        )
        self._hang_up_pages()

    def _hang_up_pages(self) -> None:
        from fleet.services import access_log, change_kinds
        from fleet.web import decisions, navigation, panels
        from rollouts.decisions import rollout_decisions
        from rollouts.views.changes import KINDS, SEEN
        from rollouts.views.panels import device_panel, person_panel, site_panel

        navigation.register(
            navigation.Page(section="Today", title="Today", url_name="home:today"),
            navigation.Page(
                section="Rollouts",
                title="Programmes",
                url_name="rollouts:programme-list",
                permissions=("rollouts.view",),
                also=PARTS_OF_PROGRAMMES,
            ),
        )
        decisions.register(rollout_decisions)
        change_kinds.register(**KINDS)
        access_log.register(**SEEN)
        panels.register("device", device_panel)
        panels.register("person", person_panel)
        panels.register("site", site_panel)
