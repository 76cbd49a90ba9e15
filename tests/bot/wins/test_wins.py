"""Small wins in Slack: noticed, posted within caps, told, hidden, forgotten; the round-up; initiatives.

Issue 5, points 4 to 6; acceptance 37: a person is named in a win only after their own yes.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.outbound.outcome import Outcome, Sent
from bot.wins import looking, weekly
from bot.words import blocks, elements
from flows.dialogue.effects import Draft
from flows.project import Member
from flows.wins.model import Win
from flows.words import Words
from storage import card, dialogue, life, recurring, rhythm, win
from storage import project as projects
from storage.database import Connection
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    INES,
    JEANNE,
    MARC,
    PAUL,
    START,
    WORKSPACE,
    Posted,
    Town,
    flat,
    founded,
    said,
)

MONDAY = START  # 12 January 2026, 10:00 in Paris
FRIDAY = datetime(2026, 1, 16, 10, 30, tzinfo=UTC)


def begun(conn: Connection) -> str:
    """Boréal with its people, looked at twice a day."""
    here: dict[str, Any] = {"workspace": WORKSPACE}
    id = projects.create(
        conn, **here, channel=BOREAL, language="fr", facilitator=ELODIE, name="Boréal", now=START
    )
    for role, user in (("sponsor", CLAIRE), ("arbiter", CLAIRE), ("lead", MARC)):
        projects.set_role(conn, **here, id=id, role=role, user=user)  # type: ignore[arg-type]
    team = [Member(user=MARC, function="sales"), Member(user=INES, function="marketing"),
            Member(user=PAUL, function="service")]  # fmt: skip
    projects.set_team(conn, **here, id=id, members=team)
    dialogue.open(
        conn, **here, project_id=id, flow="D05", opened_by=ELODIE, closes_on=None, now=START
    )  # the channel knows of it
    for what in (looking.TWICE_A_DAY, weekly.FRIDAY):
        recurring.plan(conn, what, **here, project_id=id, zone="Europe/Paris", now=START)
    return id


def project(place: Town) -> str:
    return place.parts.db.run_sync(begun)


def makes(place: Town, id: str, kind: str, title: str, **more: Any) -> str:
    draft = Draft(kind=kind, item=f"{kind}{title}", title=Words.same(title), **more)  # type: ignore[arg-type]
    made = place.parts.db.run_sync(
        life.make, workspace=WORKSPACE, project_id=id, draft=draft, by=MARC, now=place.clock.now()
    )
    return str(made.ref)


def moves(place: Town, id: str, ref: str, status: str, move: str, **more: Any) -> None:
    def step(conn: Connection) -> None:
        held = life.hold(conn, workspace=WORKSPACE, project_id=id, ref=ref)
        assert held is not None
        life.change(conn, held, by=MARC, move=move, status=status, now=place.clock.now(), **more)

    place.parts.db.run_sync(step)


def wins(place: Town) -> list[Posted]:
    return place.to(BOREAL, "win_card")


def kept(place: Town, id: str) -> list[Win]:
    found: list[Win] = place.parts.db.read_sync(win.since, workspace=WORKSPACE, project_id=id, moment=START)
    return found


def day(n: int, hour: int = 18) -> datetime:
    return datetime(2026, 1, n, hour, 0, tzinfo=UTC)


async def tells(place: Town, user: str, line: str, **fields: Any) -> Any:
    who = await place.person(user).runs(f"/cadrage avancee {line}", channel=BOREAL)
    who.fills(fields)
    return await who.sends()


async def test_what_the_records_say_is_posted_once_within_two_a_day_and_alike_twice_a_week(
    place: Town,
) -> None:
    id = project(place)
    for n in range(4):
        makes(place, id, "annex", f"Chantier {n}", owner=PAUL, due=day(30).date())
    asm = makes(place, id, "assumption", "L’export est complet", status="untested")
    moves(place, id, asm, "refuted", "refute", reason="Non")
    place.until(day(12))
    texts = [post.text for post in wins(place)]
    assert len(texts) == 2
    assert flat("WIN-1 SID-1 Chantier 0 a un porteur et une date.") in texts[0]
    assert flat("Ne sert jamais à évaluer, à payer ni à classer") in texts[0]
    place.until(day(13))
    assert flat("Tester plutôt que croire : l’hypothèse ASM-1 L’export est complet est démentie.") in (
        wins(place)[2].text
    )
    place.until(day(15))
    assert len(wins(place)) == 3, "the same detector twice a week at most"
    place.until(FRIDAY)
    (post,) = place.to(BOREAL, "round_up")
    alike = (
        "WIN" not in post.text
        and flat("SID-3 Chantier 2 a un porteur et une date. SID-4 Chantier 3") in post.text
    )
    assert alike, "the surplus stands in the round-up, in one line"
    assert post.text.index(flat("Notre façon de travailler")) < post.text.index(flat("à nos dépens"))
    assert flat("ces avancées ne servent jamais à évaluer").lower() in post.text.lower()
    nothing_owed = (
        "Rien de clos cette semaine, et aucune réponse de notre part n’est attendue la semaine prochaine."
    )
    assert nothing_owed in flat(post.text)
    place.until(day(30))
    assert len(wins(place)) == 3, "a win is one once, for ever"


async def test_a_day_of_a_blocking_setback_is_quiet_and_what_is_taken_back_is_not_said(place: Town) -> None:
    id = project(place)
    makes(place, id, "annex", "Chantier", owner=PAUL, due=day(30).date())
    makes(place, id, "issue", "Rien n’avance", fields={"blocking": True})
    place.until(day(12))
    assert wins(place) == []
    old = makes(place, id, "issue", "Qui porte les fiches ?")
    asm = makes(place, id, "assumption", "L’export est complet", status="untested")
    moves(place, id, asm, "confirmed", "confirm", reason="Oui")
    place.until(day(13, 10))
    assert len(wins(place)) == 2, "the day after it is said"
    moves(place, id, asm, "untested", "reopen", reason="Pas vraiment")
    place.until(day(14))
    assert [one.revoked for one in kept(place, id)] == [False, True]
    place.until(FRIDAY)
    assert flat("L’export") not in place.to(BOREAL, "round_up")[0].text
    place.until(day(27))
    moves(place, id, old, "resolved", "resolve", reason="Le service client")
    place.until(day(28))
    assert flat("depuis 15 jours est réglée : ISS-2 Qui porte les fiches") in wins(place)[-1].text


async def test_37_nobody_is_named_without_their_yes(place: Town) -> None:
    id = project(place)
    await place.person(PAUL).opens_home()  # the bot knows his name
    ines = await tells(place, INES, "Paul m’a montré l’export", kind="WM1")
    assert flat("nomme Paul Kermorgan") in flat(ines.errors["who"])
    ines.fills({"who": [PAUL], "team": "service"})
    await ines.sends()
    assert ines.sees("WIN-1 est noté. Les personnes nommées sont consultées")
    place.delivers()
    assert wins(place) == []
    (asked,) = place.to(PAUL, "win_consent")
    todo = await place.person(PAUL).runs("/cadrage afaire")
    assert flat("WIN-1 vous nommerait : Paul m’a montré l’export") in flat(todo.told)
    assert flat("Inès Rahmani aimerait vous remercier par votre nom") in asked.text
    marc = await place.person(MARC).presses("Oui, nommez-moi", on=asked)
    assert "plus" in marc.told, "nobody agrees for somebody else"
    paul = await place.person(PAUL).presses("Oui, nommez-moi", on=asked)
    assert "Merci" in paul.told
    place.delivers()
    (post,) = wins(place)
    assert flat("WIN-1 Paul m’a montré l’export") in post.text
    assert flat("L’après-vente · Merci, Paul Kermorgan.") in post.text
    assert "Inès" not in post.text
    await paul.presses("Masquer mon nom", on=post)
    place.clock.passes(minutes=2)
    place.delivers()
    (post,) = wins(place)
    assert "Paul" not in post.text
    assert flat("un collègue m’a montré l’export") in post.text
    assert kept(place, id)[0].people[0].consent == "no"


async def test_a_refusal_stops_the_post_and_silence_names_the_team(place: Town) -> None:
    id = project(place)
    for line in ("Un export plus court", "Un tableau de moins"):
        ines = await tells(place, INES, line, who=[PAUL])
        assert not ines.errors
    place.delivers()
    first, second = place.to(PAUL, "win_consent")
    await place.person(PAUL).presses("Ne pas publier", on=first)
    assert second
    place.until(day(20))
    assert [one.state for one in kept(place, id)] == ["dropped", "posted"]
    (post,) = wins(place)
    assert "Paul" not in post.text
    assert post.at.date() == day(19).date()


async def test_anybody_in_the_channel_tells_one_and_takes_it_back(place: Town) -> None:
    id = project(place)
    jeanne = await tells(place, JEANNE, "Le tableau tient sur une page", kind="WM2", team="sales")
    assert jeanne.sees("est publié dans le canal. Nommé : La vente, et personne sans son accord.")
    place.delivers()
    (post,) = wins(place)
    assert flat("Le tableau tient sur une page La vente") in flat(post.text.replace("·", ""))
    await jeanne.presses("Retirer")
    place.clock.passes(minutes=2)
    place.delivers()
    assert flat("Ce petit pas a été retiré.") in wins(place)[0].text
    away = await place.person(JEANNE).runs("/cadrage win Ailleurs", channel="C0OTHER")
    assert flat("dans le canal d’un projet") in flat(away.told)
    assert len(kept(place, id)) == 1


async def test_a_message_becomes_a_win_with_its_words_but_not_from_a_private_conversation(
    place: Town,
) -> None:
    id = project(place)
    for channel, words in ((BOREAL, "Le tableau tient sur une page"), ("D9", "Entre nous : rien ne va")):
        await place.send({
            "type": "message_action", "callback_id": "tell_win", "user": {"id": INES, "team_id": WORKSPACE},
            "team": {"id": WORKSPACE}, "channel": {"id": channel}, "message_ts": "7.1", "api_app_id": "A1",
            "message": {"type": "message", "user": PAUL, "text": words, "ts": "7.1"},
            "trigger_id": f"cut-{channel}", "response_url": "https://hooks.slack.com/actions/1",
        })  # fmt: skip
        ines = place.person(INES)
        assert (words in str(ines.modal)) is (channel == BOREAL)
        if channel == BOREAL:
            await ines.sends()
    assert [one.said.fr for one in kept(place, id)] == ["Le tableau tient sur une page"]


class Crosses:
    """Our Slack, where people have put this many crosses on whatever is asked about."""

    def __init__(self, slack: Any, n: int) -> None:
        self.slack, self.n = slack, n

    def __getattr__(self, name: str) -> Any:
        return getattr(self.slack, name)

    async def call(self, workspace: str, method: str, **params: Any) -> Outcome:
        if method != "conversations.replies":
            return await self.slack.call(workspace, method, **params)  # type: ignore[no-any-return]
        reactions = [{"name": "x", "count": self.n, "users": [INES, PAUL, MARC][: self.n]}]
        return Sent(data={"messages": [{"ts": params["ts"], "reactions": reactions}]})


async def test_three_crosses_hide_a_post_and_nobody_is_told_whose(place: Town) -> None:
    id = project(place)
    await tells(place, INES, "Le tableau tient sur une page")
    place.delivers()
    (post,) = wins(place)
    ts = place.parts.db.read_sync(card.place, workspace=WORKSPACE, kind="win_card", object_id=f"{id}:1")
    assert ts is not None
    for n in (1, 2, 3, 3):
        place.parts = replace(place.parts, slack=Crosses(place.slack, n))  # type: ignore[arg-type]
        await reacts(place, PAUL, ts.ts)
        assert kept(place, id)[0].state == ("posted" if n < 3 else "hidden")
    place.clock.passes(minutes=2)
    place.delivers()
    assert flat("Ce petit pas a été retiré.") in wins(place)[0].text
    (told,) = place.to(ELODIE, "win_hidden")
    assert flat("WIN-1 Le tableau tient sur une page") in told.text
    assert not [name for name in ("Paul", "Inès", "Marc") if name in told.text]
    paul = await place.person(PAUL).presses("L’afficher de nouveau", on=told)
    assert kept(place, id)[0].state == "hidden", "only the facilitator decides"
    assert paul.told
    await place.person(ELODIE).presses("L’afficher de nouveau", on=told)
    await reacts(place, PAUL, ts.ts)
    assert kept(place, id)[0].state == "posted", "what was shown again is not hidden twice"
    assert post


async def reacts(place: Town, user: str, ts: str) -> None:
    place.clicks += 1
    event = {"type": "reaction_added", "user": user, "reaction": "x",
             "item": {"type": "message", "channel": BOREAL, "ts": ts}}  # fmt: skip
    await place.send({
        "type": "event_callback", "event_id": f"Ev{place.clicks}", "team_id": WORKSPACE, "event": event,
    })  # fmt: skip


async def test_a_try_is_answered_travels_and_becomes_a_win(place: Town) -> None:
    id = project(place)
    paul = await place.person(PAUL).runs("/cadrage initiative Un pense-bête par visite", channel=BOREAL)
    paul.fills({"help": ["time"]})
    await paul.sends()
    assert paul.sees("Merci d’avoir essayé. INI-1 est noté ; on vous répond d’ici jeudi 15 janvier.")
    place.delivers()
    (shown,) = place.to(BOREAL, "initiative_card")
    assert flat("INI-1 Un pense-bête par visite · proposée Une équipe · aiderait : du temps") in shown.text
    assert "Paul" not in shown.text
    ines = await place.person(INES).presses("Répondre", on=shown)
    assert flat("c’est l’animateur ou le pilote") in flat(ines.told).lower()
    await place.person(INES).presses("Nous essayons aussi", on=shown)
    marc = await place.person(MARC).presses("Essayé", on=shown)
    assert flat("Seule la personne") in flat(marc.told)
    await paul.presses("Essayé", on=shown)
    place.until(day(14))
    assert (
        flat("INI-1 attend une réponse, d’ici jeudi 15 janvier.") in place.to(MARC, "initiative_owed")[0].text
    )
    assert len(place.to(ELODIE, "initiative_owed")) == 1
    home = await place.person(ELODIE).opens_home()
    assert flat("une réponse est due d’ici jeudi 15 janvier") in said(home.home)
    texts = " ".join(post.text for post in wins(place))
    assert flat("Une équipe a essayé : Un pense-bête par visite. Merci d’avoir osé.") in texts
    assert flat("Les bonnes idées voyagent : le marketing reprend INI-1") in texts
    (shown,) = place.to(BOREAL, "initiative_card")
    elodie = await place.person(ELODIE).presses("Répondre", on=shown)
    elodie.fills({"outcome": "set_aside", "words": "Merci !"})
    await elodie.sends()
    assert "raison" in elodie.errors["words"] or "pourquoi" in elodie.errors["words"]
    elodie.fills({"words": "Merci ! Le lot 2 le fera tout seul."})
    await elodie.sends()
    assert not elodie.errors
    place.until(day(15))
    (shown,) = place.to(BOREAL, "initiative_card")
    assert flat("mise de côté, avec nos remerciements") in shown.text
    assert flat("Le lot 2 le fera tout seul.") in place.to(PAUL, "initiative_answered")[0].text
    assert id


async def test_a_quiet_week_is_said_honestly_and_the_unseen_is_hinted_to_the_facilitator_alone(
    place: Town,
) -> None:
    project(place)
    place.until(FRIDAY)
    (post,) = place.to(BOREAL, "round_up")
    assert flat("Semaine calme pour les avancées ; prochaine étape :") in post.text
    assert place.to(ELODIE, "win_unseen") == []
    place.until(FRIDAY + timedelta(days=28))
    (hint,) = place.to(ELODIE, "win_unseen")
    assert flat("de ce côté : la vente, le marketing et l’après-vente.") in hint.text
    assert len(place.to(BOREAL, "round_up")) == 5
    assert not any(char.isdigit() for char in hint.text), "no figure, no history"


async def test_my_name_leaves_past_steps_and_tries(place: Town) -> None:
    id = project(place)
    ines = await tells(place, INES, "Paul m’a montré l’export", kind="WM1", who=[PAUL])
    assert not ines.errors
    place.delivers()
    paul = await place.person(PAUL).presses("Oui, nommez-moi", on=place.to(PAUL, "win_consent")[0])
    await paul.runs("/cadrage initiative Un pense-bête", channel=BOREAL)
    paul.fills({"by": "me"})
    await paul.sends()
    place.delivers()
    assert "Paul" in wins(place)[0].text
    assert "Paul" in place.to(BOREAL, "initiative_card")[0].text
    await paul.runs("/cadrage oublier")
    assert paul.sees("Votre nom disparaît de tous les petits pas")
    await paul.sends()
    place.clock.passes(minutes=2)
    place.delivers()
    assert "Paul" not in wins(place)[0].text + place.to(BOREAL, "initiative_card")[0].text
    assert flat("un collègue m’a montré l’export") in wins(place)[0].text
    assert PAUL not in str(kept(place, id))
    again = await place.person(PAUL).runs("/cadrage forget-me")
    assert again.sees("Aucun petit pas, aucun essai ne porte votre nom.")


async def test_the_sponsor_thanks_in_their_own_words_or_in_person(place: Town) -> None:
    id = project(place)
    for line in ("Le tableau tient sur une page", "Un formulaire de moins"):
        await tells(place, INES, line)
    digest = [
        blocks.actions(elements.button("Merci", f"digest.thank:WIN-{n}", value=f"{id}:WIN-{n}"))
        for n in (1, 2)
    ]
    place.delivers()
    marc = await place.person(MARC).presses("Merci", on={"blocks": digest[:1]})
    assert flat("Je ne trouve rien là pour vous.") in flat(marc.told), "nobody in the sponsor’s name"
    claire = await place.person(CLAIRE).presses("Merci", on={"blocks": digest[:1]})
    assert claire.sees("WIN-1 Le tableau tient sur une page")
    claire.fills({"words": "Bravo !"})
    await claire.sends()
    assert "20" in claire.errors["words"]
    claire.fills({"words": "Une page, c’est ce que je montrerai au conseil."})
    await claire.sends()
    assert claire.sees("Vos mots sont dans le canal.")
    place.clock.passes(minutes=2)
    place.delivers()
    first, second = wins(place)
    assert flat("Claire Vasseur > Une page, c’est ce que je montrerai au conseil.") in first.text
    await claire.presses("Merci", on={"blocks": digest[:1]})
    assert flat("Vous avez déjà remercié") in flat(claire.told)
    await claire.presses("Merci", on={"blocks": digest[1:]})
    claire.fills({"spoken": ["spoken"]})
    await claire.sends()
    assert claire.sees("vous le direz de vive voix")
    assert "Claire" not in second.text
    assert [one.thanks for one in kept(place, id)][1] == ""


async def test_a_pause_is_silent_and_what_waited_is_said_after_it(place: Town) -> None:
    id = project(place)
    place.parts.db.run_sync(
        rhythm.set_pause, workspace=WORKSPACE, project_id=id, since=day(12).date(), until=day(19).date(),
        by=ELODIE, now=START,
    )  # fmt: skip
    makes(place, id, "annex", "Chantier", owner=PAUL, due=day(30).date())
    place.until(FRIDAY)
    assert wins(place) + place.to(BOREAL, "round_up") == []
    assert len(kept(place, id)) == 1, "noticed all the same"
    place.until(day(19))
    assert [post.at.date() for post in wins(place)] == [day(19).date()]


async def test_before_anybody_was_invited_the_channel_reads_nothing(place: Town) -> None:
    id = await founded(place)
    await tells(place, ELODIE, "La page est prête")
    place.until(FRIDAY)
    assert wins(place) + place.to(BOREAL, "round_up") == []
    assert next(one.state for one in kept(place, id)) == "waiting"


async def test_small_steps_as_a_page(place: Town) -> None:
    project(place)
    await tells(place, INES, "Le tableau tient sur une page")
    marc = await place.person(MARC).runs("/cadrage etat")
    await marc.presses("Petits pas", on=marc.heard)
    assert marc.sees("WIN-1 Le tableau tient sur une page", "Ne sert jamais à évaluer")
    await marc.presses("J’ai essayé quelque chose")
    assert marc.sees("En une ligne, même minuscule")
    jeanne = await place.person(JEANNE).runs("/cadrage aide")
    assert "Petits" not in said(jeanne.heard)
