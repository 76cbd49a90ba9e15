"""The facilitator rates how the note is read (RTE12, W10): unsigned, three counts kept, R67 reads them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from bot.rounds import announce
from bot.routes import ROUTES
from flows.dialogue.events import Submitted
from storage import alignment, dialogue
from storage.tables import metadata
from tests.bot.diagnosis.corvanne import KEYS, Corvanne, Example
from tests.bot.surfaces.stage import BOREAL, CLAIRE, ELODIE, MARC, PAUL, WORKSPACE, Someone, flat, said
from tests.storage.scoping import take

TEAM = [user for key, user in KEYS.items() if key.startswith("p")]
WORDS = {user: f"Our goal is number {n}, lot one comes first." for n, user in enumerate(TEAM)}


def asked(case: Corvanne) -> str:
    """D15 has been sent, with the part of W10."""
    db, now = case.town.parts.db, case.town.clock.now()

    def sends(conn: Connection) -> str:
        run = dialogue.open(
            conn,
            workspace=WORKSPACE,
            project_id=case.id,
            flow="D15",
            opened_by=ELODIE,
            closes_on=None,
            now=now,
        )
        dialogue.invite(conn, workspace=WORKSPACE, dialogue_id=run, users=TEAM, by=ELODIE, now=now)
        dialogue.send_part(conn, workspace=WORKSPACE, id=run, part="W10")
        return run

    return db.run_sync(sends)


def writes(case: Corvanne, run: str, words: Mapping[str, str]) -> None:
    """These people put the note into their own words."""
    flows, now = case.town.parts.playbook.flows, case.town.clock.now()

    def takes(conn: Connection) -> None:
        for user, text in words.items():
            event = Submitted(by=user, screen="words", values={"RTE12": text}, at=now, confirmed=True)
            turn, _ = take(conn, flows=flows, project_id=case.id, id=run, event=event, workspace=WORKSPACE)
            assert turn.accepted, turn.problems

    case.town.parts.db.run_sync(takes)


async def opens(case: Corvanne, run: str, user: str = ELODIE) -> Someone:
    """[Rate the readings], wherever it stands."""
    person = case.town.person(user)
    button = {
        "type": "button",
        "action_id": "alignment.open",
        "value": run,
        "text": {"type": "plain_text", "text": "x"},
    }
    await person.presses("x", on={"blocks": [{"type": "actions", "block_id": "b", "elements": [button]}]})
    return person


def labels(person: Someone) -> list[str]:
    return [block["label"]["text"] for block in person.modal["blocks"] if block["type"] == "input"]


async def test_all_readings_side_by_side_without_authors_and_only_counts_are_kept(example: Example) -> None:
    base = example()
    run = asked(base)
    writes(base, run, WORDS)
    elodie = await opens(base, run)
    shown = labels(elodie)
    assert sorted(one.partition(". ")[2] for one in shown) == sorted(WORDS.values())
    assert not any(user in said(elodie.modal) for user in TEAM)
    assert "Paul" not in said(elodie.modal)
    elodie.fills(
        {f"reading:{n}": rating for n, rating in enumerate(["aligned"] * 4 + ["partly"] * 2 + ["not"] * 2, 1)}
    )
    await elodie.sends()
    assert flat("accord à 63 % (4 comme la note, 2 en partie, 2 autre chose)") in flat(elodie.reads)
    kept = base.town.parts.db.read_sync(alignment.of, workspace=WORKSPACE, dialogue_id=run)
    assert kept is not None
    assert (kept.aligned, kept.partly, kept.different) == (4, 2, 2)
    rows = base.town.parts.db.read_sync(lambda conn: conn.execute(select(metadata.tables["alignment"])).all())
    assert len(rows) == 1
    claire = await base.town.person(CLAIRE).runs("/cadrage diag")
    await claire.presses("Tous les conseils : 38 lignes", on=claire.heard)
    assert "R67 —" in claire.reads
    assert flat("4 sur 8 lisent la note de la même façon ; 2 en partie") in flat(claire.reads)


async def test_no_reading_is_shown_while_some_are_still_to_come(example: Example) -> None:
    base = example()
    run = asked(base)
    writes(base, run, {PAUL: "A heron comes first."})
    elodie = await opens(base, run)
    assert "heron" not in elodie.reads
    assert flat("lectures reçues, 1 sur 8") in flat(elodie.reads)
    base.town.parts.db.run_sync(
        dialogue.close, workspace=WORKSPACE, id=run, by=ELODIE, now=base.town.clock.now()
    )
    await opens(base, run)
    elodie = await opens(base, run)
    assert "heron" in elodie.reads


async def test_only_the_facilitator_rates(example: Example) -> None:
    base = example()
    run = asked(base)
    writes(base, run, WORDS)
    for user in (CLAIRE, MARC, PAUL):
        person = await opens(base, run, user)
        assert "lot one comes first" not in person.told + str(base.town.slack.views)
        assert base.town.parts.db.read_sync(alignment.of, workspace=WORKSPACE, dialogue_id=run) is None
    assert {"alignment.open"} <= ROUTES.actions.keys()


async def test_the_line_that_says_it_has_closed_leads_there(example: Example) -> None:
    base = example()
    run = asked(base)
    writes(base, run, WORDS)
    now = base.town.clock.now()
    here: dict[str, Any] = {"project": base.project, "key": run, "ref": {"run": run}, "now": now}
    base.town.parts.db.run_sync(announce.post, what="closing_line", **here)
    base.town.delivers()
    line = base.town.to(BOREAL, "closing_line")[-1]
    elodie = await base.town.person(ELODIE).presses("Rate the readings", on=line)
    assert len(labels(elodie)) == len(TEAM)
    paul = await base.town.person(PAUL).presses("Rate the readings", on=line)
    assert "lot one comes first" not in paul.told


async def test_what_has_changed_meanwhile_is_rated_once_more(example: Example) -> None:
    base = example()
    run = asked(base)
    writes(base, run, WORDS)
    elodie = await opens(base, run)
    writes(base, run, {PAUL: "A heron comes first."})
    elodie.fills({f"reading:{n}": "aligned" for n in range(1, 9)})
    await elodie.sends()
    assert "heron" in elodie.reads
    assert base.town.parts.db.read_sync(alignment.of, workspace=WORKSPACE, dialogue_id=run) is None


async def test_home_leads_the_facilitator_there_and_nobody_else(example: Example) -> None:
    base = example()
    run = asked(base)
    writes(base, run, WORDS)
    base.works_out()
    homes = {}
    for user in (ELODIE, CLAIRE):
        person = await base.town.person(user).opens_home()
        base.town.delivers()
        homes[user] = said(person.home)
    assert flat("8 lectures attendent votre évaluation") in flat(homes[ELODIE])
    assert "Lecture de la note" not in homes[CLAIRE]
