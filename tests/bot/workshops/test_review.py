"""W10: what people write is their own answer to RTE12; route and signature are decided in their own forms."""

from typing import Any

from storage import dialogue as dialogues
from storage.database import Connection
from tests.bot.surfaces.stage import BOREAL, INES, MARC, WORKSPACE, Town, flat, founded
from tests.bot.workshops.playing import Play
from tests.bot.workshops.test_pages import shown


def readings(place: Town, project: str) -> dict[str, str]:
    """Whose answer to RTE12 says what."""

    def read(conn: Connection) -> Any:
        [run] = [
            one for one in dialogues.runs(conn, workspace=WORKSPACE, project_id=project) if one.flow == "D15"
        ]
        assert "W10" in run.parts, "those who were not there are asked too"
        return dialogues.answers(conn, workspace=WORKSPACE, dialogue_id=run.id, roles=None)

    found = place.parts.db.read_sync(read)
    return {user: answer.value for user, answer in found.get("RTE12", ()) if answer.given}


async def test_what_people_write_at_w10_is_their_reading_of_the_note(place: Town) -> None:
    project = await founded(place)
    put = {2: [(MARC, "idea", "First the contacts", {}), (INES, "idea", "Serve faster", {})]}
    play = Play(place=place, project=project, script="W10", put=put).plays()
    assert readings(place, project) == {MARC: "First the contacts", INES: "Serve faster"}
    place.delivers()
    assert not [post for post in place.to(BOREAL) if "First the contacts" in post.text], (
        "the channel reads none"
    )
    assert flat("Sign version 1") in shown(play, 6)
    assert flat("Route: the facts") in shown(play, 6)
