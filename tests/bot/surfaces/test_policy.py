"""The policy table, every cell of it: who may do what (reliability T12, T13)."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from bot.policy import NOTHING_THERE, TABLE, Action, Actor, Allow, Deny, Thing, can
from flows.project import Cast, Member, Project

PEOPLE = {
    "sponsor": "USPONSOR", "arbiter": "UARBITER", "lead": "ULEAD", "facilitator": "UFACIL", "coach": "UCOACH",
    "expert": "UEXPERT", "member": "UMEMBER", "hr": "UHR", "stranger": "USTRANGER",
}  # fmt: skip
CAST = Cast(
    holders={
        "sponsor": "USPONSOR", "arbiter": "UARBITER", "lead": "ULEAD", "facilitator": "UFACIL",
        "coach": "UCOACH", "expert": "UEXPERT",
    },
    members=(Member(user="UMEMBER", function="sales"), Member(user="UHR", function="hr")),
)  # fmt: skip
PROJECT = Project(
    id="p", workspace="T1", name="Boréal", channel="C1", language="fr", creator="UFACIL", cast=CAST,
    created_at=datetime(2026, 1, 12, tzinfo=UTC),
)  # fmt: skip
EVERYBODY = frozenset(PEOPLE)
IN_IT = EVERYBODY - {"stranger", "coach"}

#: The whole table again, by person: a change of a right must be made twice, on purpose.
MAY: dict[Action, frozenset[str]] = {
    "home.open": EVERYBODY,
    "help.read": EVERYBODY,
    "settings.change": EVERYBODY,
    "win.tell": EVERYBODY,
    "project.create": EVERYBODY,
    "project.read": IN_IT,
    "project.change": frozenset({"facilitator", "lead"}),
    "team.read": IN_IT | {"coach"},
    "results.read": IN_IT,
    "register.read": IN_IT,
    "register.take": frozenset({"sponsor", "facilitator"}),
    "register.bring": frozenset({"facilitator"}),
    "record.make": IN_IT - {"expert"},
    "record.edit": frozenset({"facilitator", "lead"}),
    "record.move": frozenset({"facilitator", "lead"}),
    "record.undo": frozenset(),
    "decision.note": frozenset({"sponsor", "arbiter", "facilitator", "lead"}),
    "decision.decide": frozenset({"sponsor", "arbiter"}),
    "decision.reopen": frozenset({"sponsor", "arbiter", "facilitator", "lead"}),
    "first_look.read": frozenset({"facilitator", "lead", "sponsor"}),
    "diagnosis.read": IN_IT,
    "diagnosis.full": frozenset({"facilitator", "lead", "sponsor"}),
    "diagnosis.post": frozenset({"facilitator"}),
    "alignment.rate": frozenset({"facilitator"}),
    "diagnosis.override": frozenset({"sponsor"}),
    "arbitration.read": IN_IT,
    "digest.read": frozenset({"sponsor", "lead", "facilitator"}),
    "digest.note": frozenset({"lead", "facilitator"}),
    "digest.settings": frozenset({"sponsor"}),
    "workshop.read": IN_IT,
    "workshop.run": frozenset({"facilitator"}),
    "arbitration.bring": IN_IT - {"expert"},
    "item.hand_over": frozenset({"facilitator", "lead"}),
    "dialogue.answer": frozenset(),
    "dialogue.later": frozenset(),
    "team.change": frozenset({"facilitator"}),
    "dialogue.send": frozenset({"facilitator", "lead"}),
    "plan.change": frozenset({"facilitator"}),
    "dialogue.nudge": frozenset({"facilitator"}),
    "dialogue.close": frozenset({"facilitator"}),
    "note.make": frozenset({"facilitator", "lead"}),
    "document.read": IN_IT,
    "document.issue": frozenset({"facilitator", "lead"}),
    "memo.read": frozenset({"facilitator", "lead", "sponsor", "arbiter"}),
    "rewards.publish": frozenset({"sponsor", "hr"}),
    "review.open": frozenset({"facilitator", "lead"}),
    "review.read": IN_IT,
    "review.remark": IN_IT - {"facilitator"},
    "review.reply": frozenset({"facilitator", "lead"}),
    "review.vote": IN_IT - {"facilitator", "expert", "arbiter"},
    "review.count": frozenset({"facilitator"}),
    "review.sign": IN_IT - {"facilitator", "expert"},
    "criteria.settle": frozenset({"facilitator", "lead"}),
    "weights.change": frozenset({"arbiter"}),
    "route.choose": frozenset({"facilitator", "lead"}),
    "route.decide": frozenset({"arbiter"}),
}
CELLS = [(action, person) for action in get_args(Action) for person in PEOPLE]


@pytest.mark.parametrize(("action", "person"), CELLS)
def test_every_cell(action: Action, person: str) -> None:
    verdict = can(Actor(workspace="T1", user=PEOPLE[person]), action, Thing(project=PROJECT))
    assert isinstance(verdict, Allow) is (person in MAY[action])


@pytest.mark.parametrize("action", get_args(Action))
def test_every_action_has_a_line(action: Action) -> None:
    assert action in TABLE


@pytest.mark.parametrize("action", get_args(Action))
def test_another_workspace_gets_what_does_not_exist(action: Action) -> None:
    """Also somebody who has the same id there as our facilitator has here."""
    elsewhere = can(Actor(workspace="T2", user="UFACIL"), action, Thing(project=PROJECT))
    nowhere = can(Actor(workspace="T2", user="UFACIL"), action, Thing(project=None))
    assert elsewhere == nowhere


@pytest.mark.parametrize("action", get_args(Action))
def test_a_stranger_cannot_tell_forbidden_from_absent(action: Action) -> None:
    stranger = Actor(workspace="T1", user="USTRANGER")
    assert can(stranger, action, Thing(project=PROJECT)) == can(stranger, action, Thing(project=None))


def test_an_unknown_action_is_refused_to_everybody() -> None:
    for user in PEOPLE.values():
        verdict = can(Actor(workspace="T1", user=user), "project.destroy", Thing(project=PROJECT))  # type: ignore[arg-type]
        assert isinstance(verdict, Deny)


def test_only_what_was_sent_to_somebody_by_id_is_theirs_to_answer() -> None:
    colleague = Actor(workspace="T1", user="USTRANGER")
    assert can(colleague, "dialogue.answer", Thing(project=PROJECT, invited=True)) == Allow()
    assert can(colleague, "project.read", Thing(project=PROJECT, invited=True)) == Deny(words=NOTHING_THERE)


#: What somebody may do to a record they see to, or a decision they are named to take.
OWN = frozenset({"record.edit", "record.move", "record.undo", "decision.decide", "decision.reopen"})


@pytest.mark.parametrize(("action", "person"), CELLS)
def test_every_cell_for_whoever_sees_to_the_record(action: Action, person: str) -> None:
    verdict = can(Actor(workspace="T1", user=PEOPLE[person]), action, Thing(project=PROJECT, owner=True))
    assert isinstance(verdict, Allow) is (person in MAY[action] or action in OWN)


#: What somebody may do to what was sent to them by id, or is theirs to hand over.
SENT = frozenset({"dialogue.answer", "dialogue.later", "item.hand_over"})


@pytest.mark.parametrize(("action", "person"), CELLS)
def test_every_cell_for_whoever_it_was_sent_to(action: Action, person: str) -> None:
    verdict = can(Actor(workspace="T1", user=PEOPLE[person]), action, Thing(project=PROJECT, invited=True))
    assert isinstance(verdict, Allow) is (person in MAY[action] or action in SENT)


@pytest.mark.parametrize(("action", "person"), CELLS)
def test_every_cell_for_a_guest_who_holds_a_role(action: Action, person: str) -> None:
    """A guest has the rights of their roles and starts no project; so has who Slack has not told about."""
    for more in ({"outsider": True}, {"known": False}):
        guest = Actor(workspace="T1", user=PEOPLE[person], **more)
        allowed = isinstance(can(guest, action, Thing(project=PROJECT)), Allow)
        assert allowed is (person in MAY[action] and action != "project.create")


def test_guests_and_other_companies_start_no_project() -> None:
    guest = Actor(workspace="T1", user="UKIM", outsider=True)
    assert isinstance(can(guest, "project.create", Thing()), Deny)


def test_a_guest_who_was_named_is_a_member_like_others() -> None:
    guest = Actor(workspace="T1", user="UMEMBER", outsider=True)
    assert can(guest, "project.read", Thing(project=PROJECT)) == Allow()


def test_a_member_is_told_who_can() -> None:
    verdict = can(Actor(workspace="T1", user="UMEMBER"), "dialogue.close", Thing(project=PROJECT))
    assert isinstance(verdict, Deny)
    assert verdict.holder == "UFACIL"
    assert (
        verdict.said("Élodie Martin").fr
        == "Cela revient à l’animateur (Élodie Martin). Dites-lui ce que vous changeriez."
    )
    assert verdict.said("Élodie Martin").en.startswith("This belongs to the facilitator (Élodie Martin).")


def test_the_facilitator_has_no_right_of_somebody_else_by_default() -> None:
    """Roles are held, not inherited: without the role the creator is a stranger too."""
    orphan = Project(
        id="p", workspace="T1", name="", channel="C1", language="en", creator="UFACIL", cast=Cast(),
        created_at=datetime(2026, 1, 12, tzinfo=UTC),
    )  # fmt: skip
    verdict = can(Actor(workspace="T1", user="UFACIL"), "team.change", Thing(project=orphan))
    assert verdict == Deny(words=NOTHING_THERE)
