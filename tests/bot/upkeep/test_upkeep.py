"""Nobody's item rots: reminded in one grouped message, put off, stopped, handed over; overdue it goes to the
lead, then to the arbiter, once each (issue 4, point 4; acceptance 35)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.dialogue.effects import Draft
from flows.register.model import Kept
from flows.words import Words
from storage import arbitration, life, register
from storage import person as persons
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    MARC,
    PAUL,
    WORKSPACE,
    Posted,
    Town,
    flat,
    founded,
    said,
)

TITLE = "Qui porte les fiches contacts ?"
DUE = date(2026, 1, 14)  # a Wednesday
NOTHING_DECIDED = "Les deux listes seront reprises."


def item(
    place: Town,
    project: str,
    *,
    owner: str | None = INES,
    kind: str = "issue",
    due: date = DUE,
    blocking: str = "no",
    title: str = TITLE,
) -> str:
    """An open point with a date. Its number."""
    draft = Draft(
        kind=kind, item=f"{kind}{owner}{title}", title=Words.same(title), owner=owner, due=due,  # type: ignore[arg-type]
        fields={"if_nobody": NOTHING_DECIDED, "blocking": blocking},
    )  # fmt: skip
    made: Kept = place.parts.db.run_sync(
        life.make, workspace=WORKSPACE, project_id=project, draft=draft, by=MARC, now=place.clock.now()
    )
    return made.ref


def noon(day: int) -> datetime:
    return datetime(2026, 1, day, 12, 0, tzinfo=UTC)


def reminders(place: Town, user: str, ref: str) -> list[Posted]:
    return [post for post in place.to(user, "reminder") if ref in post.text]


def owner(place: Town, project: str, ref: str) -> str | None:
    found = place.parts.db.read_sync(
        register.get, workspace=WORKSPACE, project_id=project, ref=ref, roles=None
    )
    assert found is not None
    return found.owner


async def test_35_three_reminders_at_most_then_lead_then_arbiter_once_each(place: Town) -> None:
    project = await founded(place)
    ref, small = item(place, project, blocking="yes"), item(place, project, kind="action")
    place.until(datetime(2026, 1, 13, 18, 0, tzinfo=UTC))
    assert reminders(place, INES, ref) == [], "not before its day"
    place.until(datetime(2026, 2, 6, 12, 0, tzinfo=UTC))
    mine = reminders(place, INES, ref)
    assert [post.at.date() for post in mine] == [DUE, date(2026, 1, 19), date(2026, 1, 22)]
    assert flat("rappel 1 sur 3") in mine[0].text
    assert flat(TITLE) in mine[0].text
    assert [post.at.date() for post in reminders(place, MARC, ref)] == [date(2026, 1, 21)], "the lead, once"
    waiting = place.parts.db.read_sync(arbitration.for_arbiter, workspace=WORKSPACE, user=CLAIRE)
    assert [(one.subject, one.consequence) for one in waiting] == [(ref, NOTHING_DECIDED)]
    assert not [post for post in place.to(BOREAL) if "retard" in post.text or "Inès" in post.text]
    (told,) = reminders(place, CLAIRE, small)
    assert flat("Demande une décision") in told.text, "a small thing is a line of her list, once"
    claire = await place.person(CLAIRE).opens_home()
    assert flat(TITLE) in said(claire.home)


async def test_put_off_until_a_day_and_stopped_for_ever(place: Town) -> None:
    project = await founded(place)
    first, second = item(place, project), item(place, project, kind="action")
    place.until(noon(14))
    (message,) = reminders(place, INES, first)
    assert second in message.text, "one grouped message"
    ines = place.person(INES)
    await ines.presses("Ne plus me le rappeler", on=row(message, first))
    assert first in ines.told
    await ines.presses("La semaine prochaine", on=row(message, second))
    assert flat("lundi 19 janvier") in ines.told
    place.until(noon(30))
    later = [post for post in place.to(INES, "reminder") if post.at.date() > DUE]
    assert later[0].at.date() == date(2026, 1, 19)
    assert not any(first in post.text for post in later), "stopped means never again"
    marc = place.person(MARC)
    await marc.presses("Ne plus me le rappeler", on=row(message, first))
    assert "Je ne trouve rien" in marc.told, "nobody stops somebody else's reminders"


@pytest.mark.parametrize(
    ("language", "stopped", "name"),
    [
        ("fr", "ses rappels sont arrêtés", "Nommer quelqu’un"),
        ("en", "reminders of it are stopped", "Name somebody"),
    ],
)
async def test_what_nobody_is_reminded_of_any_more_the_facilitator_reads_and_nobody_else(
    place: Town, language: str, stopped: str, name: str
) -> None:
    project = await founded(place)
    ref = item(place, project)
    place.parts.db.run_sync(persons.set_language, workspace=WORKSPACE, user=ELODIE, language=language)
    place.until(noon(14))
    elodie = await place.person(ELODIE).opens_home()
    assert stopped not in said(elodie.home)
    await place.person(INES).presses("Ne plus me le rappeler", on=reminders(place, INES, ref)[0])
    elodie = await elodie.opens_home()
    assert flat(stopped) in said(elodie.home)
    (line,) = [one for one in elodie.home["blocks"] if flat(stopped) in said({"blocks": [one]})]
    assert "Inès" not in str(line), "that it is stopped, not by whom"
    for other in (MARC, CLAIRE):
        assert flat(stopped) not in said((await place.person(other).opens_home()).home)
    await elodie.presses(name, on=elodie.home)
    elodie.fills({"who": PAUL})
    await elodie.sends()
    place.until(noon(15))
    await place.person(PAUL).presses("Je m’en occupe", on=place.to(PAUL, "handover")[0])
    elodie = await elodie.opens_home()
    assert flat(stopped) not in said(elodie.home), "somebody is reminded of it again"


async def test_what_one_reminder_does_not_hold_has_its_way(place: Town) -> None:
    project = await founded(place)
    refs = [item(place, project, due=DUE, owner=INES, title=f"Point {n}") for n in range(8)]
    place.until(noon(14))
    (message,) = [post for post in place.to(INES, "reminder") if refs[0] in post.text]
    assert flat("2 autres points figurent dans votre liste") in message.text


async def test_settled_from_the_reminder_with_a_sentence(place: Town) -> None:
    project = await founded(place)
    ref = item(place, project)
    place.until(noon(14))
    (message,) = reminders(place, INES, ref)
    ines = await place.person(INES).presses("Réglé", on=message)
    ines.fills({"resolution": "Le service les porte, avec relecture."})
    await ines.sends()
    assert not ines.errors, ines.errors
    place.until(noon(30))
    assert reminders(place, INES, ref) == [message], "what is settled is not said again"


async def test_handed_over_to_somebody_who_may_refuse(place: Town) -> None:
    project = await founded(place)
    ref = item(place, project)
    place.until(noon(14))
    ines = await place.person(INES).presses("Passer à…", on=row(reminders(place, INES, ref)[0], ref))
    ines.fills({"who": HUGO, "word": "Tu connais mieux."})
    await ines.sends()
    place.until(noon(15))
    (card,) = place.to(HUGO, "handover")
    assert flat("Tu connais mieux.") in card.text
    await place.person(HUGO).presses("Pas moi", on=card)
    place.until(noon(16))
    (back,) = place.to(INES, "handover_back")
    assert "Hugo Teixeira" in back.text
    assert owner(place, project, ref) == INES
    await ines.presses("Demander à quelqu’un d’autre", on=back)
    ines.fills({"who": PAUL})
    await ines.sends()
    place.until(noon(19))
    paul = await place.person(PAUL).presses("Je m’en occupe", on=place.to(PAUL, "handover")[0])
    assert owner(place, project, ref) == PAUL
    place.until(noon(20))
    assert reminders(place, PAUL, ref), "it is his now, and it is due"
    await paul.presses("Je m’en occupe", on=card)
    assert "plus" in paul.told
    assert owner(place, project, ref) == PAUL


async def test_an_owner_who_has_left_the_lead_names_another(place: Town) -> None:
    project = await founded(place)
    ref = item(place, project, owner=HUGO)
    hugo = place.parts.db.read_sync(persons.get, workspace=WORKSPACE, user=HUGO)
    assert hugo is not None
    place.parts.db.run_sync(persons.remember, person=replace(hugo, deleted=True))
    place.until(noon(14))
    assert reminders(place, HUGO, ref) == []
    (message,) = reminders(place, MARC, ref)
    assert flat("plus personne ne s’en occupe") in message.text
    marc = await place.person(MARC).presses("Nommer quelqu’un", on=message)
    marc.fills({"who": PAUL})
    await marc.sends()
    place.until(noon(15))
    await place.person(PAUL).presses("Je m’en occupe", on=place.to(PAUL, "handover")[0])
    assert owner(place, project, ref) == PAUL


async def test_only_its_owner_and_those_who_run_the_project_hand_it_over(place: Town) -> None:
    project = await founded(place)
    ref = item(place, project)
    place.until(noon(14))
    (message,) = reminders(place, INES, ref)
    hugo = await place.person(HUGO).presses("Passer à…", on=row(message, ref))
    assert "Je ne trouve rien" in hugo.told
    elodie = await place.person(ELODIE).presses("Passer à…", on=row(message, ref))
    elodie.fills({"who": "U0KIM"})
    await elodie.sends()
    assert "who" in elodie.errors


def row(message: Posted, ref: str) -> Posted:
    """The message with the buttons of one point only."""
    blocks = [block for block in message.message.blocks if f":{ref}" in str(block.get("elements"))]
    return replace(message, message=replace(message.message, blocks=tuple(blocks)))
