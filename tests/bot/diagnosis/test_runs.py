"""The diagnosis runs at each closing and every week, once; who reads a change of verdict when (29)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, update

from bot.rounds import closing
from flows.cadence import working_days_between
from flows.dialogue.effects import RecordKind
from storage import dialogue as dialogues
from storage import register
from storage.recording import LIVE
from storage.tables import record
from tests.bot.diagnosis.corvanne import Corvanne, Example
from tests.bot.surfaces.stage import BOREAL, CLAIRE, ELODIE, INES, MARC, WORKSPACE, flat, said

ISSUES: tuple[RecordKind, ...] = ("issue",)
LEADERS = (CLAIRE, MARC, ELODIE)


def close(case: Corvanne, flow: str) -> None:
    """The facilitator closes a dialogue."""
    db, now = case.town.parts.db, case.town.clock.now()
    every = db.read_sync(dialogues.runs, workspace=WORKSPACE, project_id=case.id)
    run = next(run for run in every if run.flow == flow)
    assert db.run_sync(closing.close, run=run, by=ELODIE, now=now)


def issues(case: Corvanne, **wanted: str) -> list[str]:
    """The open points the diagnosis has raised, by title."""
    kept = case.town.parts.db.read_sync(
        register.records, workspace=WORKSPACE, project_id=case.id, kinds=ISSUES, roles=None
    )
    mine = [one for one in kept if one.source == "diagnosis" and one.status in LIVE]
    return [one.title.en for one in mine if wanted.items() <= {**one.fields, "owner": one.owner}.items()]


async def test_closing_a_dialogue_runs_it_once(example: Example) -> None:
    base = example()
    close(base, "D10")
    assert base.town.ticks().count("diagnosis") == 1
    (run,) = base.runs()
    assert (run.cause, run.about, run.verdict) == ("dialogue", "D10", "GO_CONDITIONS")
    assert base.town.ticks() == []


async def test_every_week_it_runs_again_and_keeps_its_history(example: Example) -> None:
    base = example()
    close(base, "D10")
    base.town.until(base.town.clock.at + timedelta(days=15), step=7200)
    days = [run.at.astimezone(UTC).date() for run in base.runs() if run.cause == "weekly"]
    assert sum(day.weekday() == 0 for day in days) == 2
    others = [day.isoformat() for day in days if day.weekday()]
    assert others == ["2026-02-26"], "TRD-2 is past its date (R55)"
    claire = await base.town.person(CLAIRE).runs("/cadrage diag")
    await claire.presses("Calculs précédents", on=claire.heard)
    assert claire.reads.count("Feu vert sous conditions") == len(base.runs())
    assert "chaque semaine" in claire.reads


async def test_two_replicas_run_it_once(example: Example) -> None:
    base = example()
    close(base, "D10")
    first, second = base.town.ticks(), base.town.ticks()
    assert (first.count("diagnosis"), second.count("diagnosis")) == (1, 0)
    assert len(base.runs()) == 1


@pytest.mark.parametrize("on", ["2026-02-16", "2026-02-20"])  # a Monday, a Friday
async def test_29_the_team_reads_a_change_a_working_day_after_the_leaders(example: Example, on: str) -> None:
    base = example()
    base.town.clock.at = datetime.fromisoformat(f"{on}T15:00+00:00")  # 16:00 in Paris
    base.works_out()
    base.town.until(base.town.clock.at + timedelta(days=6), step=1800)
    told = {user: base.town.to(user, "verdict_changed") for user in LEADERS}
    assert all(len(messages) == 1 for messages in told.values())
    (channel,) = base.town.to(BOREAL, "verdict_team")
    last = max(messages[0].at for messages in told.values())
    assert channel.at - last >= timedelta(days=1)
    assert working_days_between(last.date(), channel.at.date()) == 1
    assert "Avant : Réponses insuffisantes pour conclure. Maintenant : Feu vert sous conditions." in (
        told[CLAIRE][0].text
    )
    assert base.town.to(INES, "verdict_changed") == []


async def test_29_the_team_cannot_read_it_earlier_by_asking(example: Example) -> None:
    base = example()
    base.works_out()
    ines = base.town.person(INES)
    base.town.clock.passes(hours=2)
    await ines.runs("/cadrage diag")
    assert flat("L’équipe pourra le lire à partir de cette date : mardi 17 février") in ines.told
    assert "Feu vert" not in ines.told
    elodie = await base.town.person(ELODIE).runs("/cadrage diag")
    await elodie.presses("Publier pour l’équipe", on=elodie.heard)
    assert flat("Pas encore : le sponsor et le pilote lisent d’abord un changement.") in elodie.told
    base.town.until(datetime(2026, 2, 17, 12, tzinfo=UTC))
    await ines.runs("/cadrage diag")
    assert "Feu vert sous conditions. Préparation 51/100" in ines.told
    await elodie.runs("/cadrage diag")
    await elodie.presses("Publier pour l’équipe", on=elodie.heard)
    base.town.delivers()
    (posted,) = base.town.to(BOREAL, "diagnosis_team")
    assert "R34" not in posted.text
    assert "environ 40" not in posted.text


async def test_conditions_are_open_points_once_the_team_may_know(example: Example) -> None:
    base = example()
    base.works_out()
    assert issues(base, rule="R07") == ["R07 Selling is not yet a shared method"]
    assert issues(base, condition="G2") == []
    base.town.until(base.town.clock.at + timedelta(days=2))
    assert issues(base, condition="G2", owner=CLAIRE) == ["Condition of the go: Sponsorship"]


async def test_every_high_rule_and_nothing_less_opens_a_point(example: Example) -> None:
    base = example()
    run = base.works_out()
    high = {rule.id for rule in run.rules if rule.severity in ("high", "blocking")}
    opened = {title.split()[0] for title in issues(base) if title[0] == "R" and title[1:3].isdigit()}
    assert opened == high == {
        "R07", "R08", "R11", "R14", "R21", "R34", "R36", "R37", "R42", "R54", "R62",
    }  # fmt: skip


async def test_what_people_disagree_on_goes_on_the_agenda(example: Example) -> None:
    base = example()
    base.works_out()
    agenda = issues(base, agenda="next_workshop", owner=ELODIE)
    assert sorted(agenda) == [
        "Agree on: Giving without return (opinions are split)",
        "Agree on: Goals explained in the same way",
        "Agree on: Not coping (opinions are split)",
    ]


async def test_what_is_put_right_is_settled_and_said_to_be_better(example: Example) -> None:
    base = example()
    base.works_out()
    assert issues(base, rule="R37") == ["R37 Nobody neutral can be seen one-to-one"]
    base.answers("facilitator", "SET16", "coach@example.org")
    base.works_out()
    assert issues(base, rule="R37") == []
    claire = await base.town.person(CLAIRE).runs("/cadrage diag")
    assert "Mieux que la dernière fois : R37 Aucune personne neutre n’est disponible" in claire.told
    assert "→ stable" in claire.told
    base.gives_up("facilitator", "SET16")
    base.works_out()
    assert issues(base, rule="R37") == ["R37 Nobody neutral can be seen one-to-one"]


async def test_what_the_owner_has_settled_stays_settled(example: Example) -> None:
    base = example()
    base.works_out()
    base.town.parts.db.run_sync(_resolved_by_hand, base.id)
    base.works_out()
    assert issues(base, rule="R07") == []


async def test_home_says_where_the_diagnosis_stands(example: Example) -> None:
    base = example()
    base.works_out()
    base.town.delivers()
    home = said(base.town.homes[ELODIE])
    assert "Feu vert sous conditions · préparation 51/100 · Solution 65" in home
    assert INES not in base.town.homes


def _resolved_by_hand(conn: Connection, project_id: str) -> None:
    conn.execute(
        update(record)
        .where(record.c.workspace == WORKSPACE, record.c.project_id == project_id)
        .where(record.c.source_item == "R07")
        .values(status="resolved")
    )
