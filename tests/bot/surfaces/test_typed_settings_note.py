"""Typing to the bot stores nothing (acceptance 18); settings take effect at once; the note is a file."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from storage import project as projects
from storage.tables import metadata
from tests.bot.surfaces.stage import BOREAL, ELODIE, INES, KIM, MARC, SOFIA, Town, founded, said
from tests.bot.surfaces.test_invitations import invited

SECRET = "Mon chef freine tout le projet, ne le répétez pas"


def everything_stored(place: Town) -> str:
    """Every row of every table, as text."""
    return place.parts.db.read_sync(
        lambda conn: "".join(str(conn.execute(select(table)).all()) for table in metadata.tables.values())
    )


async def test_18_typing_an_answer_stores_nothing_and_gives_the_form(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    ines = await place.person(INES).says(SECRET)
    answer = place.to(INES, "typed")[0]
    assert "Je ne lis les réponses que dans le formulaire, pour que rien de sensible ne reste" in answer.text
    assert "chef" not in everything_stored(place)
    await ines.presses("Ouvrir le formulaire", on=answer)
    assert ines.sees("Un an après la mise en service")


async def test_18_the_same_message_delivered_four_times_is_answered_once(place: Town) -> None:
    for _ in range(4):
        await place.person(INES).says(SECRET, ts="5.5")
    assert len(place.to(INES, "typed")) == 1
    await place.person(INES).says(SECRET, ts="6.6")
    assert len(place.to(INES, "typed")) == 2


async def test_18_a_mention_in_a_channel_is_answered_in_its_thread_without_any_content(place: Town) -> None:
    await invited(place)
    await place.person(SOFIA).says(f"<@UBOT> {SECRET}", channel=BOREAL, kind="app_mention", ts="7.7")
    await place.person(SOFIA).says(f"<@UBOT> {SECRET}", channel=BOREAL, kind="message", ts="7.7")
    answers = place.to(BOREAL, "typed")
    assert len(answers) == 1
    assert answers[0].message.thread_ts == "7.7"
    assert "I read answers only in the form" in answers[0].text
    assert "chef" not in everything_stored(place)


@pytest.mark.parametrize(
    "event", [{"bot_id": "B1"}, {"subtype": "message_changed"}, {"subtype": "channel_join"}]
)
async def test_what_no_person_wrote_is_not_answered(place: Town, event: dict[str, str]) -> None:
    await place.send({
        "type": "event_callback", "event_id": "Ev9", "team_id": "T1",
        "event": {"type": "message", "channel": "D1", "channel_type": "im", "user": INES, **event},
    })  # fmt: skip
    place.delivers()
    assert place.posts == {}


async def test_a_language_given_to_settings_counts_at_once(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage settings en")
    assert "I will write to you in English from now on." in elodie.told
    place.delivers()
    assert "Finish set-up" in said(elodie.home) or "Next." in said(elodie.home)
    await elodie.runs("/cadrage réglages FR")
    assert "Je vous écrirai désormais en français." in elodie.told


async def test_the_settings_form_keeps_language_and_reminders(place: Town) -> None:
    await founded(place)
    ines = await place.person(INES).runs("/cadrage settings")
    assert ines.sees("Je vous écris en", "Rappels pour Boréal")
    ines.fills({"language": "en", "reminders": "no"})
    await ines.sends()
    assert ines.sees("Saved. It counts from now on.")
    await ines.runs("/cadrage settings")
    language = next(b for b in ines.modal["blocks"] if b["block_id"] == "language")["element"]
    reminders = next(b for b in ines.modal["blocks"] if b["block_id"] == "reminders")["element"]
    assert language["initial_option"]["value"] == "en"
    assert reminders["initial_option"]["value"] == "no"


async def test_nothing_is_sent_to_somebody_who_is_away(place: Town) -> None:
    await founded(place)
    ines = await place.person(INES).runs("/cadrage settings")
    await ines.fills({"away": "2026-01-11"}).sends()
    assert "Cette date est passée." in ines.errors["away"]
    await ines.fills({"away": "2026-01-14"}).sends()  # Wednesday
    elodie = await place.person(ELODIE).opens_home()
    await elodie.presses("Inviter l’équipe", on=elodie.home)
    await elodie.fills({"closes": "2026-01-28"}).sends()
    place.until(datetime(2026, 1, 14, 18, 0, tzinfo=UTC))
    assert place.to(SOFIA)
    assert place.to(INES) == []
    place.until(datetime(2026, 1, 15, 12, 0, tzinfo=UTC))
    assert len(place.to(INES)) == 1
    await ines.runs("/cadrage settings")
    away = next(b for b in ines.modal["blocks"] if b["block_id"] == "away")["element"]
    assert "initial_date" not in away, "an absence that is over is forgotten"


async def test_an_absence_is_kept_by_a_change_of_language_and_taken_away_by_an_empty_field(
    place: Town,
) -> None:
    await founded(place)
    ines = await place.person(INES).runs("/cadrage settings")
    await ines.fills({"away": "2026-01-14"}).sends()
    await ines.runs("/cadrage settings fr")
    await ines.runs("/cadrage settings")
    away = next(b for b in ines.modal["blocks"] if b["block_id"] == "away")["element"]
    assert away["initial_date"] == "2026-01-14"
    await ines.fills({"away": None}).sends()
    await ines.runs("/cadrage settings")
    away = next(b for b in ines.modal["blocks"] if b["block_id"] == "away")["element"]
    assert "initial_date" not in away


async def test_somebody_outside_has_settings_of_their_own_and_no_project_in_them(place: Town) -> None:
    await founded(place)
    kim = await place.person(KIM).runs("/cadrage settings")
    assert kim.sees("I write to you in")
    assert "Boréal" not in kim.reads
    kim.fills({"language": "fr"})
    await kim.sends()
    assert kim.sees("Enregistré")


async def test_the_note_is_a_markdown_file_in_the_channel_with_a_short_card(place: Town) -> None:
    await invited(place)
    elodie = await place.person(ELODIE).runs("/cadrage note")
    assert "Préparation de la note" in elodie.told
    place.delivers()
    posted = place.to(BOREAL, "document_file")[0]
    assert posted.message.file is not None
    assert posted.message.file.name == "note-de-cadrage-boreal-1.md"
    content = posted.message.file.content.decode()
    assert content.startswith("# Note de cadrage")
    assert "Boréal" in content
    assert "brouillon 1" in place.to(BOREAL, "note_card")[0].text
    place.clock.passes(seconds=60)
    marc = await place.person(MARC).runs("/cadrage note")
    assert "Préparation" in marc.told
    place.delivers()
    assert [p.message.file.name for p in place.to(BOREAL, "document_file") if p.message.file][-1].endswith(
        "-2.md"
    )
    assert place.to(BOREAL, "note_card")[0].times == 2


async def test_the_note_is_not_made_for_somebody_who_lost_the_right_meanwhile(place: Town) -> None:
    """Rights are asked again when it is sent (reliability T12)."""
    project = await invited(place)
    place.delivers()
    await place.person(MARC).runs("/cadrage note")
    place.parts.db.run_sync(projects.set_role, workspace="T1", id=project, role="lead", user=INES)
    place.delivers()
    assert place.to(BOREAL, "document_file") == []
