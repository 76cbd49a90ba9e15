"""A record made from a message: its words, the way back, and what becomes of both."""

from typing import Any

import pytest

from bot.outbound.outcome import Outcome, Refused, Sent
from bot.register import source
from bot.register.message import readable
from storage import capturing, life
from storage import project as projects
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    INES,
    JEANNE,
    PAUL,
    WORKSPACE,
    OurSlack,
    Someone,
    Town,
    flat,
)
from tests.bot.surfaces.test_records_by_hand import kept, project

LINK = "https://corvanne.slack.com/archives/C0BOREAL/p1712"
Json = dict[str, Any]


class Linking(OurSlack):
    """Slack that tells where a message stands, or that it is gone."""

    gone = False

    async def call(self, workspace: str, method: str, **params: Any) -> Outcome:
        if method == "chat.getPermalink":
            return Refused(code="message_not_found") if self.gone else Sent(data={"permalink": LINK})
        return await super().call(workspace, method, **params)


@pytest.fixture
def boreal(place: Town) -> Town:
    """The project, in a Slack that knows its messages."""
    place.slack.__class__ = Linking
    project(place)
    return place


def the_project(place: Town) -> str:
    return place.parts.db.read_sync(projects.for_user, workspace=WORKSPACE, user=INES)[0].id


async def uses(place: Town, user: str, shortcut: str = "record_decision", **more: Any) -> Someone:
    """A message shortcut on a message of Paul's in a thread of the project channel."""
    person = place.person(user)
    message = {
        "type": "message",
        "user": PAUL,
        "text": "Gardons l’ancien outil &amp; ses listes, <@U0PAUL>",
        "ts": "17.2",
        "thread_ts": "17.1",
    }
    payload: Json = {
        "type": "message_action", "callback_id": shortcut, "user": {"id": user, "team_id": WORKSPACE},
        "team": {"id": WORKSPACE}, "channel": {"id": BOREAL, "name": "boreal"}, "message_ts": "17.2",
        "message": message, "trigger_id": f"cut-{place.clicks}", "api_app_id": "A1",
        "response_url": "https://hooks.slack.com/actions/1", **more,
    }  # fmt: skip
    place.clicks += 1
    before = len(place.slack.told)
    await place.send(payload)
    person.heard = place.slack.told[-1] if len(place.slack.told) > before else {}
    return person


async def recorded(place: Town) -> Someone:
    ines = await uses(place, INES)
    ines.fills({"reason": "Rien d’autre n’est prêt"})
    await ines.sends()
    assert not ines.errors, ines.errors
    return ines


async def tells(place: Town, **event: Any) -> None:
    """Slack tells of a message of the channel."""
    place.clicks += 1
    said = {"type": "message", "channel": BOREAL, "channel_type": "channel", "ts": f"{place.clicks}.9"}
    await place.send({
        "type": "event_callback", "event_id": f"Ev{place.clicks}", "team_id": WORKSPACE,
        "event": {**said, **event},
    })  # fmt: skip


async def test_33_the_words_and_the_link_are_kept_and_the_card_stands_in_the_thread(boreal: Town) -> None:
    id = the_project(boreal)
    await recorded(boreal)
    one = kept(boreal, id, "DEC-1")
    assert one.title.fr == "Gardons l’ancien outil & ses listes, @Paul Kermorgan"
    here = {"workspace": WORKSPACE, "project_id": id}
    found = boreal.parts.db.read_sync(capturing.source, **here, ref="DEC-1")
    assert found is not None
    assert (found.ts, found.author, found.permalink) == ("17.2", PAUL, LINK)
    assert found.text == "Gardons l’ancien outil & ses listes, @Paul Kermorgan"
    boreal.delivers()
    (card,) = boreal.to(BOREAL, "decision_card")
    assert card.message.thread_ts == "17.1", "the way from the message to the record"
    assert LINK in str(card.message.blocks), "and back"
    paul = await boreal.person(PAUL).runs("/cadrage DEC-1")
    assert paul.sees("un message> de Paul Kermorgan")


async def test_a_message_that_is_edited_or_deleted_later_is_said_and_the_words_stay(boreal: Town) -> None:
    id = the_project(boreal)
    await recorded(boreal)
    was = {"ts": "17.2", "text": "Gardons l’ancien outil"}
    await tells(boreal, subtype="message_changed", message={**was, "attachments": []}, previous_message=was)
    await tells(
        boreal, subtype="message_changed", message={"ts": "99.9", "text": "Autre"}, previous_message={}
    )
    here = {"workspace": WORKSPACE, "project_id": id}
    db = boreal.parts.db
    assert db.read_sync(capturing.source, **here, ref="DEC-1").state == "there"  # type: ignore[union-attr]
    await tells(boreal, subtype="message_changed", message={**was, "text": "Changeons"}, previous_message=was)
    found = db.read_sync(capturing.source, **here, ref="DEC-1")
    assert found is not None
    assert (found.state, found.text) == ("edited", "Gardons l’ancien outil & ses listes, @Paul Kermorgan")
    await tells(boreal, subtype="message_deleted", deleted_ts="17.2")
    boreal.clock.passes(minutes=2)
    boreal.delivers()
    (card,) = boreal.to(BOREAL, "decision_card")
    assert "le message a été supprimé" in card.text
    moves = [one.move for one in db.read_sync(life.history, **here, ref="DEC-1")]
    assert moves == ["recorded", "source", "source"]


async def test_a_private_conversation_is_not_copied(boreal: Town) -> None:
    id = the_project(boreal)
    ines = await uses(boreal, INES, channel={"id": "D0INES", "name": "directmessage"})
    assert ines.sees("Cela vient d’une conversation privée : rien n’est copié.")
    assert "Gardons" not in str(ines.modal), "nothing of it travels in the form"
    ines.fills({"title": "Garder l’outil", "reason": "Rien d’autre"})
    await ines.sends()
    here = {"workspace": WORKSPACE, "project_id": id}
    assert boreal.parts.db.read_sync(capturing.source, **here, ref="DEC-1") is None


async def test_a_very_long_message_with_a_file_is_cut_and_says_so(boreal: Town) -> None:
    long = {"user": PAUL, "text": "mot " * 10_000, "ts": "17.2", "files": [{"id": "F1"}]}
    ines = await uses(boreal, INES, message=long)
    assert ines.sees(
        "Le message est long : ses 3 000 premiers caractères sont copiés.", "fichiers du message"
    )
    ines.fills({"reason": "Rien d’autre"})
    await ines.sends()
    assert not ines.errors, ines.errors


async def test_a_message_of_another_app_is_taken_and_a_card_of_ours_is_not(boreal: Town) -> None:
    app = {
        "bot_id": "B9",
        "app_id": "A9",
        "text": "",
        "attachments": [{"fallback": "Export en panne"}],
        "ts": "17.2",
    }
    ines = await uses(boreal, INES, "record_issue", message=app)
    assert "Export en panne" in str(ines.modal)
    boreal.slack.opened = []
    mine = {"bot_id": "B1", "app_id": "A1", "text": "DEC-1", "ts": "17.3"}
    ines = await uses(boreal, INES, message=mine)
    assert flat("C’est une de mes propres cartes") in ines.told
    assert not boreal.slack.opened


async def test_a_message_that_is_gone_says_so(boreal: Town) -> None:
    boreal.slack.gone = True  # type: ignore[attr-defined]
    ines = await uses(boreal, INES)
    assert ines.sees("Ce message n’est plus là ; rien n’a été noté.")


async def test_somebody_without_a_part_in_the_project_records_nothing(boreal: Town) -> None:
    jeanne = await uses(boreal, JEANNE)
    assert "Je ne trouve rien là pour vous." in jeanne.told
    claire = await uses(boreal, CLAIRE, "record_risk")
    assert claire.sees("Que pourrait-il arriver, en une ligne ?")


def test_events_of_other_shapes_say_nothing() -> None:
    assert source.what({}) is None
    assert source.what({"channel": "C1", "subtype": "message_deleted"}) is None
    gone = {"channel": "C1", "subtype": "message_changed", "message": {"ts": "1.1", "subtype": "tombstone"}}
    assert source.what(gone) == ("C1", "1.1", "deleted")


class Reading(Linking):
    """Slack that also shows a message, and takes words for one person only."""

    async def call(self, workspace: str, method: str, **params: Any) -> Outcome:
        if method == "conversations.replies":
            found = [{"ts": "17.1", "text": "Quel outil ?"}, {"ts": "17.2", "user": PAUL, "text": "L’ancien"}]
            return Sent(data={"messages": [{**one, "thread_ts": "17.1"} for one in found]})
        return await super().call(workspace, method, **params)

    async def ephemeral(self, workspace: str, channel: str, user: str, text: str, blocks: Any) -> Outcome:
        self.told.append({"to": user, "text": text, "blocks": blocks})
        return Sent()


async def reacts(place: Town, user: str, name: str) -> None:
    place.clicks += 1
    item = {"type": "message", "channel": BOREAL, "ts": "17.2"}
    await place.send({
        "type": "event_callback", "event_id": f"Ev{place.clicks}", "team_id": WORKSPACE,
        "event": {"type": "reaction_added", "user": user, "reaction": name, "item": item},
    })  # fmt: skip


async def test_a_reaction_asks_before_anything_is_recorded_and_is_off_until_chosen(boreal: Town) -> None:
    boreal.slack.__class__ = Reading
    id = the_project(boreal)
    await reacts(boreal, INES, "pushpin")
    assert not boreal.slack.told, "no reaction was chosen"
    elodie = await boreal.person(ELODIE).runs("/cadrage reglages")
    await elodie.presses("Réglages du projet")
    elodie.fills({"emoji": "not a name"})
    await elodie.sends()
    assert list(elodie.errors) == ["emoji"]
    elodie.fills({"emoji": ":pushpin:"})
    await elodie.sends()
    await reacts(boreal, INES, "heart")
    await reacts(boreal, JEANNE, "pushpin")
    assert not boreal.slack.told
    await reacts(boreal, INES, "pushpin::skin-tone-3")
    (asked,) = boreal.slack.told
    assert asked["to"] == INES
    ines = await boreal.person(INES).presses("Noter une question", on=asked)
    assert "L’ancien" in str(ines.modal)
    await ines.sends()
    assert not ines.errors, ines.errors
    assert kept(boreal, id, "ISS-1").fields["quote"] == "L’ancien"


def test_words_of_slack_are_kept_as_people_read_them() -> None:
    said = "<@U1> in <#C1|crm>: see <https://a.example|this> or <https://b.example> <!here> &lt;b&gt;"
    assert readable(said, {"U1": "Inès"}) == (
        "@Inès in #crm: see this (https://a.example) or https://b.example @here <b>"
    )
    assert readable("<@U2|paul>, <@U3>", {}) == "@paul, @U3"


async def test_the_owner_takes_over_the_new_words_of_an_edited_message(boreal: Town) -> None:
    boreal.slack.__class__ = Reading
    id = the_project(boreal)
    await recorded(boreal)
    was = {"ts": "17.2", "text": "Gardons l’ancien outil"}
    await tells(boreal, subtype="message_changed", message={**was, "text": "L’ancien"}, previous_message=was)
    ines = await boreal.person(INES).runs("/cadrage DEC-1")
    assert not ines.sees("Reprendre les nouveaux mots"), "it is not hers"
    claire = await boreal.person(CLAIRE).runs("/cadrage DEC-1")
    await claire.presses("Reprendre les nouveaux mots")
    assert claire.sees("Copié jusqu’ici", "Gardons l’ancien outil")
    assert "L’ancien" in str(claire.modal["blocks"][-1]), "the words of now, to be read before they are taken"
    again = claire.submission()
    await claire.sends()
    await boreal.send(again)
    here = {"workspace": WORKSPACE, "project_id": id}
    found = boreal.parts.db.read_sync(capturing.source, **here, ref="DEC-1")
    assert found is not None
    assert (found.text, found.state) == ("L’ancien", "there")
    assert kept(boreal, id, "DEC-1").fields["quote"] == "L’ancien"
    past = boreal.parts.db.read_sync(life.history, **here, ref="DEC-1")
    assert [one.move for one in past] == ["recorded", "source", "refresh"]
    assert past[-1].changed["quote"][1] == "L’ancien"
    await claire.runs("/cadrage DEC-1")
    assert not claire.sees("le message a été modifié")


async def test_new_words_that_are_gone_meanwhile_leave_what_was_copied(boreal: Town) -> None:
    await recorded(boreal)
    was = {"ts": "17.2", "text": "Gardons l’ancien outil"}
    await tells(boreal, subtype="message_changed", message={**was, "text": "L’ancien"}, previous_message=was)
    claire = await boreal.person(CLAIRE).runs("/cadrage DEC-1")
    await claire.presses("Reprendre les nouveaux mots")
    assert claire.sees("Le message ne peut plus être lu. Les mots copiés restent.")
