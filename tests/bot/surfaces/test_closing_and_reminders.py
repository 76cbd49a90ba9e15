"""Reminders that can be stopped (acceptance 35), nudges nobody sees, closing by date and by hand."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.rounds import announce
from storage import audit, outbox
from storage import dialogue as dialogues
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    COMPANY,
    ELODIE,
    HUGO,
    INES,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Someone,
    Town,
    said,
)
from tests.bot.surfaces.test_invitations import card, invited, local

TEAM = (CLAIRE, MARC, INES, PAUL, SOFIA, HUGO)
TUESDAY = datetime(2026, 1, 13, 12, 0, tzinfo=UTC)


async def finishes(place: Town, user: str) -> None:
    """Answers "outside my scope" to everything and says so: the shortest way to be done."""
    somebody = await place.person(user).presses(words(user, "Commencer"), on=card(place, user))
    for _ in range(12):
        if words(user, "J’ai terminé") in said(somebody.modal.get("submit", {})):
            break
        await leaves(somebody)
        await somebody.sends()
    await somebody.sends()


async def leaves(somebody: Someone) -> None:
    """Takes the way out of each question of the screen."""
    for _ in range(5):
        row = next((b for b in somebody.modal["blocks"] if b["block_id"].startswith("x:")), None)
        if row is None:
            return
        await somebody.presses(
            words(somebody.user, "Hors de mon périmètre"), on={**somebody.modal, "blocks": [row]}
        )


def words(user: str, french: str) -> str:
    english = {"Commencer": "Start", "J’ai terminé": "I’m done", "Hors de mon périmètre": "Outside my scope"}
    return english[french] if user == SOFIA else french


async def test_two_days_before_closing_those_not_done_are_reminded_once_in_their_hours(place: Town) -> None:
    await invited(place)
    place.until(TUESDAY)
    await finishes(place, INES)
    place.until(datetime(2026, 1, 20, 12, 0, tzinfo=UTC))
    reminded = {post.to for post in place.posts.values() if post.what == "reminder"}
    assert reminded == {CLAIRE, PAUL, SOFIA, HUGO}, "a check-in has this day of the lead's"
    place.until(datetime(2026, 1, 21, 12, 0, tzinfo=UTC))
    assert len(place.to(MARC, "reminder")) == 1
    assert local(place.to(HUGO, "reminder")[0], "Europe/Lisbon") == "Tue 09:30"
    claire = place.to(CLAIRE, "reminder")
    assert len(claire) == 1
    assert "2 sujets encore ouverts dans Boréal" in claire[0].text
    assert "Personne ne sait à qui il est envoyé" in claire[0].text
    assert place.to(BOREAL, "reminder") == []


async def test_35_stopped_means_never_again(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 20, 12, 0, tzinfo=UTC))
    hugo = await place.person(HUGO).presses("Ne plus me le rappeler", on=place.to(HUGO, "reminder")[0])
    assert "Plus de rappels pour Boréal" in hugo.told
    elodie = await place.person(ELODIE).opens_home()
    menu = next(b for b in elodie.home["blocks"] if "run.menu" in str(b.get("accessory")))
    await elodie.presses("Relancer, en privé", on={**elodie.home, "blocks": [menu]})
    place.until(datetime(2026, 1, 22, 12, 0, tzinfo=UTC))
    assert len(place.to(HUGO, "reminder")) == 1
    await hugo.runs("/cadrage reglages")
    hugo.fills({"reminders": "yes"})
    await hugo.sends()
    assert hugo.sees("Enregistré")


async def test_35_snoozed_means_quiet_until_then(place: Town) -> None:
    await invited(place, closes="2026-02-06")
    place.until(datetime(2026, 1, 12, 14, 0, tzinfo=UTC))
    await place.person(PAUL).presses("Plus tard", on=card(place, PAUL))
    place.until(datetime(2026, 1, 14, 12, 0, tzinfo=UTC))
    paul = await place.person(PAUL).presses("Dans une semaine", on=place.to(PAUL, "reminder")[0])
    assert "Pas de rappel avant mercredi 21 janvier" in paul.told
    place.until(datetime(2026, 1, 21, 8, 0, tzinfo=UTC))
    assert len(place.to(PAUL, "reminder")) == 1
    place.until(datetime(2026, 1, 21, 12, 0, tzinfo=UTC))
    assert len(place.to(PAUL, "reminder")) == 2


async def test_35_the_morning_after_a_snooze_is_that_of_the_person_however_far_east(place: Town) -> None:
    """At 09:30 in Auckland the day has not begun in Paris, where the project is."""
    place.slack.people[PAUL] = replace(COMPANY[PAUL], zone="Pacific/Auckland")
    await invited(place, closes="2026-02-06")
    place.until(datetime(2026, 1, 13, 0, 0, tzinfo=UTC))
    await place.person(PAUL).presses("Plus tard", on=card(place, PAUL))
    place.until(datetime(2026, 1, 16, 0, 0, tzinfo=UTC))
    [first] = place.to(PAUL, "reminder")
    await place.person(PAUL).presses("Dans une semaine", on=first)
    place.until(datetime(2026, 1, 24, 0, 0, tzinfo=UTC))
    assert [local(post, "Pacific/Auckland") for post in place.to(PAUL, "reminder")] == [
        "Thu 09:30",
        "Fri 09:30",
    ]


async def test_a_nudge_is_private_rare_and_tells_the_facilitator_nothing(place: Town) -> None:
    await invited(place, closes="2026-02-06")
    place.until(TUESDAY)
    await finishes(place, INES)
    elodie = await place.person(ELODIE).opens_home()
    menu = next(
        b
        for b in elodie.home["blocks"]
        if "Objectifs et enjeux" in said(b) and "run.menu" in str(b.get("accessory"))
    )
    await elodie.presses("Relancer, en privé", on={**elodie.home, "blocks": [menu]})
    assert elodie.sees("C’est fait. Rappel privé, à leurs heures ; personne ne voit qui.")
    place.until(datetime(2026, 1, 14, 12, 0, tzinfo=UTC))
    assert {post.to for post in place.posts.values() if post.what == "reminder"} == {
        CLAIRE,
        MARC,
        PAUL,
        SOFIA,
        HUGO,
    }
    await elodie.presses("Relancer, en privé", on={**elodie.home, "blocks": [menu]})
    assert elodie.sees("une relance en 5 jours ouvrés au plus. La prochaine est possible mardi 20 janvier")


async def test_closing_by_hand_says_the_coverage_first(place: Town) -> None:
    await invited(place)
    place.until(TUESDAY)
    await finishes(place, INES)
    elodie = await place.person(ELODIE).opens_home()
    menu = next(
        b
        for b in elodie.home["blocks"]
        if "Objectifs et enjeux" in said(b) and "run.menu" in str(b.get("accessory"))
    )
    await elodie.presses("Clore", on={**elodie.home, "blocks": [menu]})
    assert elodie.sees(
        "Objectifs et enjeux : 1 réponse sur 6. Cette couverture figurera dans la note.", "Clore quand même ?"
    )
    await elodie.sends()
    assert elodie.sees("C’est clos.")
    place.until(datetime(2026, 1, 13, 14, 0, tzinfo=UTC))
    line = place.to(BOREAL, "closing_line")[0]
    assert "Objectifs et enjeux, c’est clos : 1 réponse sur 6. Merci." in line.text
    assert "Clos · 1 réponse sur 6" in next(
        p.text for p in place.to(BOREAL, "dialogue_card") if "Objectifs" in p.text
    )
    assert "Objectifs et enjeux · Clos" in card(place, HUGO).text
    hugo = await place.person(HUGO).presses("Voir ce qui en est sorti", on=line)
    assert hugo.sees("Ce qui en est sorti")
    place.until(datetime(2026, 1, 30, 14, 0, tzinfo=UTC))
    assert len(place.to(BOREAL, "closing_line")) == 2  # goals once, by hand; sponsorship by its date


async def test_closing_twice_closes_once(place: Town) -> None:
    project = await invited(place)
    place.until(TUESDAY)
    elodie = await place.person(ELODIE).opens_home()
    menu = next(b for b in elodie.home["blocks"] if "run.menu" in str(b.get("accessory")))
    await elodie.presses("Clore", on={**elodie.home, "blocks": [menu]})
    form = elodie.modal
    await elodie.sends()
    place.slack.put(form["id"], form)
    await elodie.sends()
    assert elodie.sees("Déjà clos. Rien d’autre à faire.")
    place.delivers()
    assert len(place.to(BOREAL, "closing_line")) == 1
    read, here = place.parts.db.read_sync, {"workspace": WORKSPACE, "project_id": project}
    [run] = [run for run in read(dialogues.runs, **here) if run.status == "closed"]
    [link] = read(audit.about, **here, object=run.id)
    assert (link.action, link.data) == ("dialogue.closed", {"flow": run.flow})
    assert link.actor == read(audit.stands_for, project, ELODIE)


async def test_only_the_facilitator_closes_and_nudges(place: Town) -> None:
    project = await invited(place)
    run = next(
        r
        for r in place.parts.db.read_sync(dialogues.runs, workspace=WORKSPACE, project_id=project)
        if r.flow == "D02"
    )
    for user, answer in ((MARC, "Cela revient à l’animateur"), (INES, "Cela revient à l’animateur")):
        for what in ("close", "nudge"):
            option = {"text": {"type": "plain_text", "text": what}, "value": f"{what}:{run.id}"}
            menu = {"type": "overflow", "action_id": "run.menu", "options": [option, option]}
            somebody = await place.person(user).presses(
                what, on={"blocks": [{"type": "actions", "elements": [menu]}]}
            )
            assert answer in somebody.told
    assert place.parts.db.read_sync(dialogues.run, workspace=WORKSPACE, id=run.id).status == "open"  # type: ignore[union-attr]


async def test_it_closes_by_itself_the_day_after_its_last_day(place: Town) -> None:
    project = await invited(place)
    place.until(datetime(2026, 1, 22, 22, 50, tzinfo=UTC))  # still Thursday in Paris

    def states() -> set[str]:
        runs = place.parts.db.read_sync(dialogues.runs, workspace=WORKSPACE, project_id=project)
        return {run.status for run in runs if run.flow != "D01"}

    assert states() == {"open"}
    before = {post.key for post in place.to(BOREAL)}
    place.until(datetime(2026, 1, 23, 8, 0, tzinfo=UTC))
    assert states() == {"closed"}
    assert {post.key for post in place.to(BOREAL)} == before, "nothing new reaches the channel at night"
    place.until(datetime(2026, 1, 23, 9, 0, tzinfo=UTC))  # 10:00 in Paris
    assert len(place.to(BOREAL, "closing_line")) == 2
    ines = await place.person(INES).presses("Voir ce qui en est sorti", on=card(place, INES))
    assert ines.sees("Ce qui en est sorti")


async def test_a_bot_that_was_off_for_a_week_closes_and_does_not_repeat_old_reminders(place: Town) -> None:
    await invited(place)
    place.until(TUESDAY)
    place.clock.at = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)
    place.ticks()
    place.ticks()
    place.delivers()
    assert {post.what for post in place.to(BOREAL)} >= {"closing_line"}
    old = [
        post for post in place.posts.values() if post.what == "reminder" and "rappel 1 sur 3" not in post.text
    ]
    assert old == [], "what is due on one's own list is new, and said"


async def test_16_once_it_has_closed_my_card_tells_what_came_of_the_answers(place: Town) -> None:
    await invited(place)
    place.until(TUESDAY)
    ines = await place.person(INES).presses("Commencer", on=card(place, INES))
    await ines.presses("Je ne sais pas")
    place.delivers()
    assert "Ce que les réponses ont donné" not in card(place, INES).text
    place.until(datetime(2026, 1, 23, 9, 0, tzinfo=UTC))
    assert (
        "Objectifs et enjeux · Clos Ce que les réponses ont donné : 1 question ouverte."
        in card(place, INES).text
    )
    line = next(post.text for post in place.to(BOREAL, "closing_line") if "Objectifs" in post.text)
    assert "0 réponse sur 6 et 1 question ouverte. Merci." in line


async def test_a_decision_from_ones_own_answer_waits_for_the_closing_to_reach_the_channel(
    place: Town,
) -> None:
    """SPO01: the screen said "once this closes"."""
    await invited(place)
    place.until(TUESDAY)
    claire = await place.person(CLAIRE).presses("Commencer", on=card(place, CLAIRE))
    for row in [
        b for b in claire.modal["blocks"] if b["block_id"].startswith("x:") and "SPO01" not in b["block_id"]
    ]:
        view = claire.modal
        again = next(b for b in view["blocks"] if b["block_id"] == row["block_id"])
        await claire.presses("Hors de mon périmètre", on={**view, "blocks": [again]})
    claire.fills({"q:SPO01": "announced"})
    await claire.sends()
    place.delivers()
    assert place.to(BOREAL, "decision_card") == []
    assert await decisions(place, INES) == await decisions(place, ELODIE) == ["DEC-1"]
    status = await place.person(INES).runs("/cadrage etat", channel=BOREAL)
    assert "1 décision" in status.told
    place.until(datetime(2026, 1, 23, 9, 0, tzinfo=UTC))
    assert any("DEC-" in post.text for post in place.to(BOREAL, "decision_card"))
    assert await decisions(place, INES) == ["DEC-1", "DEC-2"]


async def test_the_card_of_a_decision_that_is_withdrawn_says_so(place: Town) -> None:
    """SET08 becomes "undecided" after the channel has read who steers."""
    await invited(place, closes="2026-01-22")
    place.until(datetime(2026, 1, 23, 9, 0, tzinfo=UTC))
    [posted] = place.to(BOREAL, "decision_card")
    assert "DEC-1" in posted.text
    assert "proposée" in posted.text
    elodie = await place.person(ELODIE).runs("/cadrage equipe", channel=BOREAL)
    await elodie.presses("Modifier", on=elodie.heard)
    await elodie.sends()
    elodie.fills({"q:SET08": "undecided"})
    await elodie.presses("Pas encore décidé")
    await elodie.sends()
    await elodie.sends()
    place.delivers()
    [posted] = place.to(BOREAL, "decision_card")
    assert posted.times == 2
    assert "DEC-1" in posted.text
    assert "retirée" in posted.text


async def decisions(place: Town, user: str) -> list[str]:
    """The decisions somebody finds in the register; DEC-1 is the set-up's, which is shown at once."""
    somebody = await place.person(user).opens_home()
    await somebody.presses("Toutes les décisions", on=somebody.home)
    return re.findall(r"DEC-\d+", somebody.reads)


async def test_what_was_kept_for_later_and_what_closes_soon_make_one_message_a_day(place: Town) -> None:
    """Two questions kept for later, and the closing two days ahead: one grouped reminder (journeys 6)."""
    await invited(place, closes="2026-01-16")
    place.until(datetime(2026, 1, 12, 14, 0, tzinfo=UTC))
    ines = await place.person(INES).presses("Commencer", on=card(place, INES))
    await ines.presses("Plus tard")
    assert ines.sees("Gardé pour plus tard. Un rappel mercredi 14 janvier")
    place.until(datetime(2026, 1, 15, 18, 0, tzinfo=UTC))
    assert [local(post, "Europe/Paris") for post in place.to(INES, "reminder")] == ["Wed 09:30"]


async def test_two_messages_of_one_moment_never_wait_for_each_other(place: Town) -> None:
    """Of two kinds with one key, as a reminder and a check-in of the same day."""
    later, sooner = datetime(2026, 1, 20, 9, 0, tzinfo=UTC), datetime(2026, 1, 14, 9, 0, tzinfo=UTC)
    here: dict[str, Any] = {"workspace": WORKSPACE, "user": INES, "key": "one", "ref": {}}
    now = place.clock.now()
    place.parts.db.run_sync(announce.private, what="reminder", now=now, at=later, **here)
    place.parts.db.run_sync(announce.private, what="checkin", now=now, at=sooner, **here)
    taken = place.parts.db.run_sync(outbox.claim, worker="w", now=sooner, limit=100)
    assert [row.ref["what"] for row in taken if row.key.endswith(f"one:{INES}")] == ["checkin"]
