"""News drafted for the lead: a private card at ten, posted once edited, or skipped; nothing by itself."""

from datetime import UTC, date, datetime

from bot.rounds import closing
from storage import dialogue as dialogues
from storage import news, rhythm
from storage.database import Connection
from tests.bot.surfaces.stage import BOREAL, INES, MARC, WORKSPACE, Posted, Town, flat, said
from tests.bot.surfaces.test_invitations import invited

TUESDAY = datetime(2026, 1, 20, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 1, 22, 12, tzinfo=UTC)
DRAFT = "Nouvelles pour le canal : un brouillon est prêt"


async def closed(place: Town) -> str:
    """A dialogue has closed. The project."""
    id = await invited(place)
    place.until(datetime(2026, 1, 19, 12, tzinfo=UTC))

    def closes(conn: Connection) -> None:
        runs = dialogues.runs(conn, workspace=WORKSPACE, project_id=id)
        run = next(one for one in runs if one.flow == "D02")
        assert closing.close(conn, run=run, by=MARC, now=place.clock.now())

    place.parts.db.run_sync(closes)
    return id


def drafts(place: Town) -> list[Posted]:
    return place.to(MARC, "news_draft")


async def test_a_draft_waits_for_its_lead_who_edits_and_posts_it(place: Town) -> None:
    project = await closed(place)
    place.until(TUESDAY)
    card = drafts(place)[-1]
    assert card.at.replace(second=0) == datetime(2026, 1, 20, 9, tzinfo=UTC), "ten in Paris"
    assert flat(DRAFT) in card.text
    assert flat("Clos : Objectifs et enjeux.") in card.text
    assert "Commencer" not in card.text, "it reminds of nothing else"
    assert not place.to(BOREAL, "news"), "nothing is posted by itself"
    marc = await place.person(MARC).presses("Modifier et publier", on=card)
    assert "Clos : Objectifs et enjeux." in str(marc.modal), "the draft stands in the field"
    marc.fills({"text": "Court"})
    await marc.sends()
    assert "20" in marc.errors["text"]
    marc.fills({"text": "Les objectifs sont écrits. <!channel> *Suite* mardi."})
    await marc.sends()
    place.delivers()
    (post,) = place.to(BOREAL, "news")
    assert drafts(place)[-1].text.startswith(flat("Les nouvelles sont publiées dans le canal."))
    assert flat("Nouvelles du projet, par Marc Delorme") in post.text
    assert "<!channel>" not in str(post.message.blocks), "what was typed stays text"
    await marc.presses("Modifier et publier", on=card)
    assert flat("Il n’y a plus rien à en publier.") in marc.told
    ines = await place.person(INES).presses("Modifier et publier", on=card)
    assert flat("Il n’y a plus rien à en publier.") in ines.told
    kept = place.parts.db.read_sync(news.since, workspace=WORKSPACE, project_id=project, day=TUESDAY.date())
    assert [one.state for one in kept] == ["posted"]


async def test_a_draft_that_is_skipped_is_not_shown_again_and_an_old_one_goes_by_itself(place: Town) -> None:
    await closed(place)
    place.until(TUESDAY)
    marc = await place.person(MARC).presses("Passer", on=drafts(place)[-1])
    assert flat("Rien n’est publié cette fois-ci.") in marc.told
    await marc.opens_home()
    place.delivers()
    assert flat(DRAFT) not in said(marc.home)
    place.until(THURSDAY)
    await marc.opens_home()
    place.delivers()
    assert flat(DRAFT) in said(marc.home), "the next one comes by itself"
    place.until(datetime(2026, 1, 26, 12, tzinfo=UTC))
    await marc.opens_home()
    place.delivers()
    assert flat(DRAFT) not in said(marc.home), "and is old after a day"
    assert not place.to(BOREAL, "news")


async def test_no_draft_while_nothing_is_sent(place: Town) -> None:
    id = await closed(place)
    place.parts.db.run_sync(
        rhythm.set_pause, workspace=WORKSPACE, project_id=id, since=date(2026, 1, 19),
        until=date(2026, 1, 30), by=MARC, now=place.clock.now(),
    )  # fmt: skip
    place.until(TUESDAY)
    found = place.parts.db.read_sync(news.since, workspace=WORKSPACE, project_id=id, day=date(2026, 1, 1))
    assert [one for one in found if one.day == TUESDAY.date()] == []
