from django.apps import AppConfig


class RolloutsConfig(AppConfig):
    """Programmes, tranches, readiness, gates: what is planned on top of the facts."""

    name = "rollouts"

    def ready(self) -> None:
        from fleet import access

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
