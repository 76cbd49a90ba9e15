"""Where people disagree the bot says so, and puts it on the agenda of a workshop (3.4; issue 3, point 6)."""

from sqlalchemy import Connection, update

from bot.rounds import agenda, announce
from flows.project import Project
from flows.register.model import Kept
from storage import dialogue as dialogues
from storage import plan
from storage.tables import record
from tests.bot.diagnosis.corvanne import Corvanne, Example
from tests.bot.surfaces.stage import BOREAL, ELODIE, INES, SOFIA, WORKSPACE, flat


def holds(case: Corvanne, *workshops: str) -> None:
    """The facilitator has said that these were held."""
    db, now = case.town.parts.db, case.town.clock.now()
    for each in case.town.parts.playbook.plan.workshops:
        if each.what in workshops:
            line = f"{each.week}.{each.day}.{each.what}"
            here = {"workspace": WORKSPACE, "project_id": case.id, "line": line}
            db.run_sync(plan.set_step, **here, state="sent", by=ELODIE, now=now)


async def test_the_channel_reads_how_many_and_where_never_which(example: Example) -> None:
    base = example()
    base.works_out()
    base.town.delivers()
    (posted,) = base.town.to(BOREAL, "disagreement")
    assert (
        "3 points that people see differently are now on the agenda of workshop W01 Kick-off" in posted.text
    )
    assert "Jan" not in posted.text, "its day has gone by without it"
    assert "Not coping" not in posted.text
    base.works_out()
    base.town.delivers()
    assert len(base.town.to(BOREAL, "disagreement")) == 1, "nothing new, nothing said"


async def test_the_agenda_is_read_from_the_channel_the_plan_and_home(example: Example) -> None:
    base = example()
    base.works_out()
    base.town.delivers()
    ines = base.town.person(INES)
    await ines.presses("See the agenda", on=base.town.to(BOREAL, "disagreement")[0])
    for point in ("Objectifs expliqués", "(les avis sont partagés)", "Porteur : Élodie Martin"):
        assert point in ines.reads
    ref = next(word for word in flat(ines.reads).split() if word.startswith("ISS-"))
    await ines.presses(f"Ouvrir {ref}")
    assert "ISS-" in ines.reads
    await ines.opens_home()
    await ines.presses("Voir l’ordre du jour", on=ines.home)
    elodie = await base.town.person(ELODIE).runs("/cadrage plan")
    assert "À l’ordre du jour : 3 points sur lesquels s’accorder" in flat(elodie.reads)


async def test_pairs_wait_for_the_arbiter_in_their_own_workshop(example: Example) -> None:
    base = example()
    base.works_out()
    holds(base, "W01", "W02", "W03", "W04", "W05", "W09")
    elodie = await base.town.person(ELODIE).runs("/cadrage plan")
    await elodie.presses("Voir l’ordre du jour")
    text = flat(elodie.reads)
    assert text.index("W06") < text.index("ISS-") < text.index("W08") < text.index("l’arbitre tranche")
    assert text.count("l’arbitre tranche") == 1, "the other pair is decided"
    assert "W01" not in text


async def test_what_is_settled_leaves_the_agenda(example: Example) -> None:
    base = example()
    base.works_out()
    base.town.parts.db.run_sync(_settled, base.id)
    base.town.delivers()
    assert base.town.to(BOREAL, "disagreement") == [], "settled before it could be said"
    elodie = await base.town.person(ELODIE).runs("/cadrage plan")
    await elodie.presses("Voir l’ordre du jour")  # the pairs of the arbiter are still there
    assert "Pour l’instant, aucun point sur lequel s’accorder." in elodie.reads
    assert "ISS-" not in elodie.reads


async def test_with_no_workshop_left_the_points_wait(example: Example) -> None:
    base = example()
    base.works_out()
    holds(base, *(each.what for each in base.town.parts.playbook.plan.workshops))
    base.town.delivers()
    (posted,) = base.town.to(BOREAL, "disagreement")
    assert "3 points that people see differently wait for the next workshop." in posted.text
    ines = base.town.person(INES)
    await ines.presses("See the agenda", on=posted)
    assert "Pour le prochain atelier" in ines.reads


async def test_what_came_out_names_the_point_beside_its_question(example: Example) -> None:
    base = example()
    base.works_out()
    db, now = base.town.parts.db, base.town.clock.now()
    every = db.read_sync(dialogues.runs, workspace=WORKSPACE, project_id=base.id)
    run = next(run for run in every if run.flow == "D02")
    here = {"project": base.project, "key": run.id, "ref": {"run": run.id}, "now": now}
    db.run_sync(announce.post, what="closing_line", **here)
    base.town.delivers()
    sofia = base.town.person(SOFIA)
    await sofia.presses("See what came out", on=base.town.to(BOREAL, "closing_line")[0])
    text = flat(sofia.reads)
    ref = next(
        one.ref for one in base.town.parts.db.read_sync(_all, base.project) if "OBJ08" in str(one.fields)
    )
    assert f"opinions are split · Recorded: {ref}" in text


def _all(conn: Connection, project: Project) -> tuple[Kept, ...]:
    return agenda.points(conn, project)


def _settled(conn: Connection, project_id: str) -> None:
    conn.execute(
        update(record)
        .where(record.c.workspace == WORKSPACE, record.c.project_id == project_id, record.c.kind == "issue")
        .values(status="resolved")
    )
