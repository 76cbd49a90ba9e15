"""The card of the project in its channel: where it stands, in place, and never how far anybody is."""

import re

from bot.register import queueing
from bot.rounds import closing
from flows.dialogue.effects import Draft
from flows.words import Words
from storage import dialogue as dialogues
from storage import life
from storage import project as projects
from storage.database import Connection
from tests.bot.surfaces.stage import BOREAL, INES, MARC, WORKSPACE, Posted, Town, flat
from tests.bot.surfaces.test_invitations import invited


def card(place: Town) -> Posted:
    place.clock.passes(minutes=2)
    place.delivers()
    (found,) = place.to(BOREAL, "project_card")
    return found


def open_points(found: Posted) -> int:
    said = re.search(r"(\d+)\squestions? ouverte", found.text)
    assert said, found.text
    return int(said[1])


async def test_the_card_says_where_the_project_stands_and_changes_in_place(place: Town) -> None:
    id = await invited(place)
    first = card(place)
    assert flat("Cadrage, semaine 0 sur 6 0 dialogue clos sur 15") in first.text
    assert flat("Prochaine étape : ") in first.text
    assert "Inès" in first.text, "who is in it"
    points = open_points(first)

    def settles(conn: Connection) -> None:
        now = place.clock.now()
        project = projects.get(conn, workspace=WORKSPACE, id=id)
        assert project is not None
        draft = Draft(kind="issue", item="x", title=Words.same("Qui porte les fiches ?"))
        made = life.make(conn, workspace=WORKSPACE, project_id=id, draft=draft, by=MARC, now=now)
        queueing.told(conn, project=project, record=made, by=MARC, now=now)
        hidden = Draft(kind="issue", item="y", title=Words.same("La prime"), restricted=True)
        made = life.make(conn, workspace=WORKSPACE, project_id=id, draft=hidden, by=MARC, now=now)
        queueing.told(conn, project=project, record=made, by=MARC, now=now)
        run = next(
            one for one in dialogues.runs(conn, workspace=WORKSPACE, project_id=id) if one.flow == "D02"
        )
        assert closing.close(conn, run=run, by=MARC, now=now)

    place.parts.db.run_sync(settles)
    again = card(place)
    assert again.key == first.key
    assert flat("1 dialogue clos sur 15") in again.text
    assert open_points(again) == points + 1, "what is restricted is not even counted"
    for told in ("prime", "%", "répondu"):
        assert told not in again.text


async def test_the_card_is_found_from_the_status(place: Town) -> None:
    """Pinned on request: whoever wants it at hand pins it, and is told how."""
    await invited(place)
    ines = await place.person(INES).runs("/cadrage status", channel=BOREAL)
    status = ines.heard
    await ines.presses("Carte dans le canal", on=status)
    assert ines.sees("Le canal n’a pas encore de carte"), "not before it has been delivered"
    card(place)
    await ines.presses("Carte dans le canal", on=status)
    method, asked = place.slack.asked[-1]
    assert method == "chat.getPermalink"
    assert asked["channel"] == BOREAL
