"""A document as a canvas: published on a press, refreshed with each version, never what is not for all."""

from storage import card, outbox
from storage.database import Connection
from tests.bot.signoff.test_review import TEAM, sent, signs, votes
from tests.bot.signoff.test_review import card as asked_to_sign
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    INES,
    MARC,
    SOFIA,
    WORKSPACE,
    Posted,
    Town,
    flat,
    founded,
)  # fmt: skip


def canvas(place: Town) -> list[Posted]:
    place.clock.passes(minutes=2)
    place.delivers()
    return place.to(BOREAL, "canvas")


def stands(conn: Connection, *, project: str) -> None:
    """Slack has made the canvas."""
    card.remember(
        conn, workspace=WORKSPACE, kind="canvas", object_id=f"{project}:DOC1", channel=BOREAL, ts="F1"
    )


async def noted(place: Town) -> str:
    project = await founded(place)
    await place.person(ELODIE).runs("/cadrage note")
    place.clock.passes(minutes=1)
    place.delivers()
    return project


async def test_the_note_is_published_and_refreshed_with_each_version(place: Town) -> None:
    project = await noted(place)
    elodie = await place.person(ELODIE).presses("Publier en canevas", on=place.to(BOREAL, "note_card")[0])
    assert "Publication en canevas" in elodie.told
    (made,) = canvas(place)
    assert made.message.canvas is not None
    assert made.message.canvas.title == "Note de cadrage · Boréal"
    assert flat(made.message.canvas.markdown).startswith("> Copie publiée de la version 1.")
    assert "N01" in made.message.canvas.markdown
    place.parts.db.run_sync(stands, project=project)
    await place.person(ELODIE).runs("/cadrage note")
    (made,) = canvas(place)
    assert made.message.canvas is not None
    assert "version 2" in flat(made.message.canvas.markdown)[:60]


async def test_without_a_canvas_a_new_version_queues_none(place: Town) -> None:
    await noted(place)
    await place.person(ELODIE).runs("/cadrage note")
    assert canvas(place) == []


async def test_others_publish_nothing_and_what_is_not_for_all_gets_no_canvas(place: Town) -> None:
    await noted(place)
    ines = await place.person(INES).presses("Publier en canevas", on=place.to(BOREAL, "note_card")[0])
    assert "revient à l’animateur" in ines.told
    card_ = place.to(BOREAL, "note_card")[0]
    blocks = [dict(block) for block in card_.message.blocks]
    for block in blocks:
        for element in block.get("elements", ()):
            if str(element.get("action_id", "")).startswith("canvas.publish"):
                element["value"] = element["value"].replace("DOC1", "DOC5")
    elodie = await place.person(ELODIE).presses("Publier en canevas", on={"blocks": blocks})
    assert "n’est pas pour tout le canal" in elodie.told
    assert canvas(place) == []


async def test_the_other_documents_that_everybody_reads_are_offered_beside_the_files(place: Town) -> None:
    await noted(place)
    elodie = await place.person(ELODIE).runs("/cadrage doc")
    assert elodie.sees("Canevas : Journal des décisions")
    assert "Canevas : Cahier des charges" not in elodie.reads
    await elodie.presses("Canevas : Journal des décisions")
    (made,) = canvas(place)
    assert made.message.canvas is not None
    assert "Journal des décisions" in made.message.canvas.markdown


async def test_where_slack_takes_none_the_text_goes_to_the_channel_with_the_reason(place: Town) -> None:
    project = await noted(place)
    ref = {"what": "canvas_instead", "project": project, "channel": BOREAL, "doc": "DOC1"}

    def refused(conn: Connection) -> None:
        for why in ("missing_scope", "strange_error"):
            outbox.queue(
                conn, workspace=WORKSPACE, key=why, lane=why, op="file", ref={**ref, "why": why},
                now=place.clock.now(),
            )  # fmt: skip

    place.parts.db.run_sync(refused)
    place.delivers()
    known, other = place.to(BOREAL, "canvas_instead")
    assert "un administrateur peut l’autoriser" in known.text
    assert "strange_error" in flat(other.text) or "strangeerror" in flat(other.text)
    assert known.message.file is not None
    assert known.message.file.name.startswith("note-de-cadrage-boreal")


async def test_a_signature_is_in_the_canvas_too(place: Town) -> None:
    project = await noted(place)
    await place.person(ELODIE).presses("Publier en canevas", on=place.to(BOREAL, "note_card")[0])
    place.delivers()
    place.parts.db.run_sync(stands, project=project)
    await sent(place)
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=asked_to_sign(place, CLAIRE))
    claire.fills({"choice": "back", "words": "Il manque la question des doublons."})
    await claire.sends()
    made = canvas(place)[-1]
    assert made.message.canvas is not None
    assert "Il manque la question des doublons." in made.message.canvas.markdown


async def test_a_signature_that_is_taken_back_is_out_of_the_canvas(place: Town) -> None:
    project = await noted(place)
    await place.person(ELODIE).presses("Publier en canevas", on=place.to(BOREAL, "note_card")[0])
    place.delivers()
    place.parts.db.run_sync(stands, project=project)
    await sent(place)
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    counted = canvas(place)[-1].message.canvas
    assert counted is not None
    assert flat("6 sur 6 à 3 ou plus") in flat(counted.markdown), "nor does the vote wait for a signature"
    await signs(place, MARC)

    def signed() -> bool:
        made = canvas(place)[-1].message.canvas
        assert made is not None
        return "| Marc Delorme |" in made.markdown.partition("N25")[2]

    assert signed()
    marc = place.person(MARC)
    await marc.presses("Ma signature", on=asked_to_sign(place, MARC))
    await marc.presses("Retirer ma signature")
    assert not signed()
