"""What people's own answers record is shown to others once their dialogue has closed, and counted then."""

from datetime import timedelta
from typing import Any

from bot.hub import counts, withheld
from bot.words.text import words
from flows.dialogue.effects import Amend
from flows.dialogue.events import Submitted
from storage import amending, register
from storage import dialogue as dialogues
from storage import project as projects
from storage.database import Connection
from tests.bot.surfaces.stage import ELODIE, MARC, START, WORKSPACE, Town
from tests.storage.scoping import take

SESSION = {"vendor": "Nord", "date": "2026-01-14", "scenarios": "Returns", "whole_team": "yes"}


def said_of_a_session(conn: Connection, *, town: Town) -> tuple[str, str]:
    """Marc was at a session with a vendor and worries about something. The project, and the run of D14."""
    id = projects.create(
        conn, workspace=WORKSPACE, channel="C1", language="fr", facilitator=ELODIE, name="Boréal", now=START
    )
    projects.set_role(conn, workspace=WORKSPACE, id=id, role="lead", user=MARC)
    opened = {"flow": "D14", "opened_by": ELODIE, "closes_on": None, "now": START}
    run = dialogues.open(conn, workspace=WORKSPACE, project_id=id, **opened)  # type: ignore[arg-type]

    def answers(who: str, screen: str, **values: Any) -> None:
        event = Submitted(by=who, screen=screen, values=values, at=START, confirmed=True)
        flows = town.parts.playbook.flows
        turn, _ = take(conn, flows=flows, project_id=id, id=run, event=event, workspace=WORKSPACE)
        assert turn.accepted, turn.problems

    answers(ELODIE, "sessions", VEN01=[SESSION])
    there = Amend(question="W09", fields={"VND-1": {"attendees": [MARC]}})
    amending.amend(conn, workspace=WORKSPACE, project_id=id, effect=there, now=START)
    said = {"VEN03@VND-1": 2, "VEN04@VND-1": 2, "VEN06@VND-1": "They were vague about exports"}
    answers(MARC, "after@VND-1", **said)
    answers(MARC, "changes@VND-1", **{"VEN05@VND-1": "Returns come first", "VEN05a@VND-1": "need"})
    return id, run


def seen(conn: Connection, *, town: Town, project_id: str, user: str = "") -> list[str]:
    project = projects.get(conn, workspace=WORKSPACE, id=project_id)
    assert project is not None
    kept = register.records(conn, workspace=WORKSPACE, project_id=project_id)
    found = withheld.shown(conn, kept, parts=town.parts, project=project, user=user)
    return [one.ref for one in found]


def counted(conn: Connection, *, town: Town, run_id: str) -> list[str]:
    run = dialogues.run(conn, workspace=WORKSPACE, id=run_id)
    assert run is not None
    return counts.came_of(conn, words("en"), run, town.parts.playbook.flows["D14"])


def test_what_somebody_says_about_a_record_waits_for_the_closing_too(place: Town) -> None:
    db = place.parts.db
    project, run = db.run_sync(said_of_a_session, town=place)
    assert db.read_sync(seen, town=place, project_id=project) == ["VND-1"]
    closes = {"workspace": WORKSPACE, "id": run, "by": ELODIE, "now": START + timedelta(days=2)}
    assert db.run_sync(dialogues.close, **closes)
    assert db.read_sync(seen, town=place, project_id=project) == ["ISS-1", "RSK-1", "VND-1"]
    later: dict[str, Any] = {"flow": "D14", "opened_by": ELODIE, "closes_on": None}
    later |= {"now": START + timedelta(days=9)}
    db.run_sync(dialogues.open, workspace=WORKSPACE, project_id=project, **later)
    asked_again = db.read_sync(seen, town=place, project_id=project)
    assert asked_again == ["ISS-1", "RSK-1", "VND-1"], "what was said the time before stays to be read"


def test_an_open_point_about_a_record_is_counted_with_its_dialogue(place: Town) -> None:
    db = place.parts.db
    _, run = db.run_sync(said_of_a_session, town=place)
    assert db.read_sync(counted, town=place, run_id=run) == ["1 open issue"]
