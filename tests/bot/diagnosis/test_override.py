"""The sponsor goes on in spite of a verdict: only they may, with a reason, and the verdict stays (3.6)."""

import re

from flows.dialogue.effects import RecordKind
from flows.register.model import Kept
from storage import register
from tests.bot.diagnosis.corvanne import Corvanne, Example
from tests.bot.surfaces.stage import BOREAL, CLAIRE, ELODIE, MARC, WORKSPACE, Someone, flat

DECISIONS: tuple[RecordKind, ...] = ("decision",)
REASON = (
    "Our old tool stops in September and nothing else can carry the orders; we accept to work on sharing "
    "between departments at the same time, under my own watch."
)
BUTTON = "Poursuivre malgré tout"


def overrides(case: Corvanne) -> list[Kept]:
    kept = case.town.parts.db.read_sync(
        register.records, workspace=WORKSPACE, project_id=case.id, kinds=DECISIONS, roles=None
    )
    return [one for one in kept if one.source == "override"]


async def goes_on(case: Corvanne, reason: str) -> Someone:
    claire = await case.town.person(CLAIRE).runs("/cadrage diag")
    await claire.presses(BUTTON, on=claire.heard)
    claire.fills({"reason": reason, "agreed": ["yes"]})
    return await claire.sends()


async def test_the_sponsor_goes_on_with_a_reason_that_is_printed(example: Example) -> None:
    blocked = example("B")
    run = blocked.works_out()
    claire = await goes_on(blocked, REASON)
    (decision,) = overrides(blocked)
    assert flat(f"Enregistré sous {decision.ref}") in claire.reads
    assert decision.title.en == "The sponsor goes on in spite of “No go for now”"
    assert decision.fields["override_reason"] == REASON
    kept = blocked.runs()[0]
    assert (kept.number, kept.verdict) == (run.number, "NO_GO")
    assert kept.overridden is not None
    assert (kept.overridden.reason, kept.overridden.ref) == (REASON, decision.ref)
    await claire.runs("/cadrage diag")
    assert "Feu rouge pour l’instant" in claire.told
    assert flat("Le sponsor poursuit malgré") in claire.told
    assert REASON in claire.told
    blocked.town.delivers()
    assert any(decision.ref in post.text for post in blocked.town.to(BOREAL, "decision_card"))


async def test_a_short_reason_is_counted_and_changes_nothing(example: Example) -> None:
    blocked = example("B")
    blocked.works_out()
    claire = await goes_on(blocked, "  " + "x" * 64 + "  ")
    assert flat(claire.errors["reason"]) == flat("Il faut au moins 100 caractères ; il y en a 64.")
    assert overrides(blocked) == []


async def test_another_reason_supersedes_the_first(example: Example) -> None:
    blocked = example("B")
    blocked.works_out()
    await goes_on(blocked, REASON)
    await goes_on(blocked, REASON.replace("September", "October"))
    assert [(one.status) for one in overrides(blocked)] == ["superseded", "accepted"]
    claire = await blocked.town.person(CLAIRE).runs("/cadrage diag")
    assert "October" in claire.told
    assert "September" not in claire.told


async def test_the_same_form_sent_twice_is_recorded_once(example: Example) -> None:
    blocked = example("B")
    blocked.works_out()
    claire = await blocked.town.person(CLAIRE).runs("/cadrage diag")
    await claire.presses(BUTTON, on=claire.heard)
    claire.fills({"reason": REASON, "agreed": ["yes"]})
    form = claire.submission()
    await blocked.town.send(form)
    await blocked.town.send(form)
    assert len(overrides(blocked)) == 1


async def test_only_the_sponsor_may(example: Example) -> None:
    blocked = example("B")
    blocked.works_out()
    for user in (MARC, ELODIE):
        person = await blocked.town.person(user).runs("/cadrage diag")
        assert BUTTON not in person.told
        claire = await blocked.town.person(CLAIRE).runs("/cadrage diag")
        person.heard = claire.heard  # a button that is not theirs, pressed all the same
        await person.presses(BUTTON, on=claire.heard)
        assert re.search("Cela revient au sponsor", person.told), person.told
    assert overrides(blocked) == []


async def test_a_go_needs_no_override(example: Example) -> None:
    done = example("D")
    done.works_out()
    claire = await done.town.person(CLAIRE).runs("/cadrage diag")
    assert BUTTON not in claire.told
