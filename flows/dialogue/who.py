"""Who holds a role while the set-up is being answered: the answers go before the stored cast."""

from collections.abc import Mapping

from flows.dialogue.model import NOBODY, Dialogue
from flows.project import SINGLE_ROLES, Role

#: The set-up question that names each role (D01).
NAMED_BY: Mapping[Role, str] = {"lead": "SET10", "sponsor": "SET11", "arbiter": "SET12", "coach": "SET16"}


def holder(dialogue: Dialogue, role: Role) -> str | None:
    """The person who holds `role` as things stand in this dialogue; the arbiter is the sponsor by
    default (0.2). None when the role is empty or held by "nobody yet"."""
    answer = dialogue.answers.get(NAMED_BY.get(role, ""))
    if answer is not None and answer.given:
        return None if answer.value == NOBODY else str(answer.value)
    if role == "arbiter" and "arbiter" not in dialogue.cast.holders:
        return holder(dialogue, "sponsor")
    return dialogue.cast.holders.get(role)


def owner(dialogue: Dialogue, role: str | None) -> str:
    """Who takes an open point meant for `role`: its holder, else the facilitator (0.5), else the
    person whose sheet this is."""
    people = (role,) if role is None else _people(dialogue, role)
    found = next((user for user in people if user), None) or dialogue.cast.holders.get("facilitator")
    return found or dialogue.person


def _people(dialogue: Dialogue, role: str) -> tuple[str | None, ...]:
    single = next((known for known in SINGLE_ROLES if known == role), None)
    if single is not None:
        return (holder(dialogue, single),)
    return tuple(member.user for member in dialogue.cast.members if member.function == role)
