"""Every target."""

from tests.access.targets import exchanges, matching, others, profiles, support_office
from tests.access.targets.target import Target

TARGETS: list[Target] = [
    *profiles.TARGETS,
    *matching.TARGETS,
    *exchanges.TARGETS,
    *others.TARGETS,
    *support_office.TARGETS,
]


def at(stage: str) -> list[Target]:
    return [target for target in TARGETS if target.stage == stage]
