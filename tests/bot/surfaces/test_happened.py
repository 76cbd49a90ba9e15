"""One record's page says who changed what and when: by hand, and by answers, as the audit has it."""

from datetime import date, timedelta
from typing import Any

from flows.dialogue.effects import Draft, Record, Source
from flows.words import Words
from storage import erasing, recording
from storage import person as profiles
from storage.database import Connection
from storage.erasing import Wish
from storage.recording import Task
from tests.bot.surfaces.stage import CLAIRE, ELODIE, INES, MARC, START, WORKSPACE, Town
from tests.bot.surfaces.test_records_by_hand import project, records


def answered(place: Town, id: str, *, by: str, days: int, respondent: str = "", **said: Any) -> None:
    """An answer records an issue, or records it anew, so many days after the start."""
    draft = Draft(kind="issue", item="1", title=Words.same("Qui héberge ?"), status="open", **said)
    effect = Record(source=Source(dialogue="", question="PLA01", respondent=respondent), drafts=(draft,))

    def write(conn: Connection) -> None:
        known = recording.known(conn, workspace=WORKSPACE, dialogue_id="", effects=(effect,))
        task = Task(
            conn=conn, workspace=WORKSPACE, project_id=id, dialogue_id="", known=known, by=by,
            now=START + timedelta(days=days),
        )  # fmt: skip
        recording.record(task, effect)

    place.parts.db.run_sync(write)


async def test_what_answers_changed_stands_beside_what_people_did(place: Town) -> None:
    id = project(place)
    await place.person(MARC).opens_home()
    answered(place, id, by=MARC, days=0, owner=CLAIRE)
    answered(place, id, by=CLAIRE, days=1, owner=CLAIRE, due=date(2026, 3, 2), fields={"context": "Audit"})
    place.clock.passes(minutes=60 * 24 * 3)
    claire = await place.person(CLAIRE).runs("/cadrage ISS-1")
    await claire.presses("J’en prends note")
    assert claire.sees("Ce qui s’est passé", "Marc Delorme · noté · en cours", "modifié : échéance, contexte")
    text = claire.reads
    assert text.index("· noté ·") < text.index("modifié : échéance") < text.index("· J’en prends note")


async def test_it_reads_in_english_too_and_in_the_place_of_somebody_nobody_else_is_named(place: Town) -> None:
    id = project(place)
    place.parts.db.run_sync(profiles.set_language, workspace=WORKSPACE, user=MARC, language="en")
    answered(place, id, by="U0GONE", days=0, owner=CLAIRE)
    answered(place, id, by=INES, days=0, respondent=MARC, owner=MARC)  # Inès for Marc
    marc = await place.person(MARC).runs("/cadrage ISS-1")
    assert marc.sees("What happened", "somebody who is no longer in the project · recorded")
    await marc.runs("/cadrage ISS-2")
    assert marc.sees("Cadrage · recorded · open")


async def test_whoever_was_erased_is_a_former_member(place: Town) -> None:
    id = project(place)
    await records(place.person(INES), "issue Qui héberge ?")
    wish = Wish(workspace=WORKSPACE, user=INES, label="un ancien membre", heirs={id: MARC})
    place.parts.db.run_sync(erasing.erase, wish, now=START)
    elodie = await place.person(ELODIE).runs("/cadrage ISS-1")
    assert elodie.sees("un ancien membre · noté")
    assert INES not in elodie.reads
    assert "gone-" not in elodie.reads
