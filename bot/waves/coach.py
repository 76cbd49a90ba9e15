"""The way to the neutral coach (5.4): a small form, a message without a name, a screen only the coach opens.

Three doors lead to the same form and the same request, which carries no origin: a button of a wave,
`/cadrage coach`, Home. Only the coach learns of it.
"""

from typing import Any

from bot import answer, asker, forms, people
from bot.asker import Asker
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.rounds import announce, sending
from bot.rounds.cards import message
from bot.waves.scene import sealer
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, mention, quote
from bot.words.text import N_, Wording, words
from storage import coaching
from storage import project as projects
from storage.coaching import Wish
from storage.database import Connection
from storage.outbox import Row

CALLBACK = "anonymous.wish"
WAYS = {"message": N_("By message"), "call": N_("By a call"), "meeting": N_("Face to face")}
WHEN, WORD = 100, 300  # characters
ENOUGH = 5  # contacts of a month below which no figure is shown


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage coach`."""
    return await _open(request, parts, await asker.unnoticed(request, parts))


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Talk to someone neutral], wherever it stands."""
    project_id = answer.chosen(request).rpartition(":")[2]
    return await _open(request, parts, await asker.unnoticed(request, parts, project_id=project_id or "-"))


async def asked(request: Request, parts: Parts) -> Reply:
    """[Tell the coach]: kept sealed until contact is made; the coach gets a message without a name."""
    held = forms.held(answer.metadata(request))
    who = await asker.unnoticed(request, parts, project_id=held.get("project", "-"))
    if not _has_part(who) or not who.here.cast.holder("coach"):
        return answer.tell(request, parts, who.w, _nobody(who))
    option = answer.state(request, "way", "way").get("selected_option") or {}
    wish = Wish(
        user=request.user,
        way=str(option.get("value") or ""),
        when=str(answer.state(request, "when", "when").get("value") or "")[:WHEN],
        word=str(answer.state(request, "word", "word").get("value") or "")[:WORD],
    )
    id = await parts.db.run(_ask, parts=parts, who=who, wish=wish)
    parts.wake()
    w = who.w
    rows = [
        blocks.section(
            w.md("{coach} has it and will reach you within 2 working days.", coach=_coach_name(who))
        ),
        blocks.actions(elements.button(w("Take it back"), "anonymous.unwish", value=f"{who.here.id}:{id}")),
    ]
    view = answer.page(w, w("Talk to the coach"), rows, callback_id="anonymous.done")
    return Reply(ack={"response_action": "update", "view": view})


async def taken_back(request: Request, parts: Parts) -> Reply:
    """[Take it back]: the request is deleted, whoever has read it or not."""
    project_id, _, id = answer.chosen(request).partition(":")
    who = await asker.unnoticed(request, parts, project_id=project_id or "-")
    view_id = str((request.payload.get("view") or {}).get("id") or "")
    if not _has_part(who) or not view_id:
        return Reply()
    await parts.db.run(_take_back, parts=parts, who=who, id=id)
    w = who.w
    view = answer.page(
        w, w("Talk to the coach"), [blocks.section(w("Taken back. Nothing of it is kept."))],
        callback_id="anonymous.done",
    )  # fmt: skip

    async def put() -> None:
        await parts.slack.update_view(request.workspace, view_id, view)

    return Reply(after=put)


async def read(request: Request, parts: Parts) -> Reply:
    """[Read]: the coach's screen. Nobody else's: not the facilitator's, not the sponsor's."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    w = who.w
    if who.project is None or who.project.cast.holder("coach") != request.user:
        return answer.tell(request, parts, w, w("I find nothing there for you."))

    async def build() -> Json:
        found = await parts.db.read(_screen, parts=parts, who=who)
        return answer.page(w, w("For the coach"), found, callback_id="anonymous.coaching")

    return answer.show(request, parts, w, w("For the coach"), build)


async def met(request: Request, parts: Parts) -> Reply:
    """[Contact made]: the request is deleted; one more is counted in the month."""
    project_id, _, id = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    view_id = str((request.payload.get("view") or {}).get("id") or "")
    if who.project is None or who.project.cast.holder("coach") != request.user or not view_id:
        return Reply()
    here = {"workspace": who.actor.workspace, "project_id": who.project.id}
    await parts.db.run(coaching.met, **here, id=id, today=who.today)
    await parts.db.run(announce.home, workspace=request.workspace, user=request.user, now=parts.clock.now())
    parts.wake()

    async def put() -> None:
        found = await parts.db.read(_screen, parts=parts, who=who)
        view = answer.page(who.w, who.w("For the coach"), found, callback_id="anonymous.coaching")
        await parts.slack.update_view(request.workspace, view_id, view)

    return Reply(after=put)


def told(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """ "Someone would like to talk": without a name, in the coach's hours."""
    user = str(row.ref.get("user", ""))
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is None or project.cast.holder("coach") != user:
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    if (later := sending.not_now(person, project, parts.clock.now())) is not None:
        return later
    w = words(people.language(person, project))
    said = w.md("Someone would like to talk (*{project}*). Only you can read who.", project=project.name)
    return message(
        blocks.section(said),
        blocks.actions(elements.button(w("Read"), "coach.read", value=project.id, style="primary")),
    )


async def _open(request: Request, parts: Parts, who: Asker) -> Reply:
    if not _has_part(who):
        return answer.tell(request, parts, who.w, who.w("I find nothing there for you."))
    if not who.here.cast.holder("coach"):
        return answer.tell(request, parts, who.w, _nobody(who))

    async def build() -> Json:
        return _form(who)

    return answer.show(request, parts, who.w, who.w("Talk to the coach"), build)


def _form(who: Asker) -> Json:
    w = who.w
    ways = [elements.option(w(said), way) for way, said in WAYS.items()]
    rows = [
        blocks.section(
            w.md(
                "*Only {coach} sees this.* Not linked to any answer. Deleted once contact is made; only a "
                "monthly number remains.",
                coach=_coach_name(who),
            )
        ),
        blocks.field(w("How to reach you"), elements.radio("way", ways, initial="message"), block_id="way"),
        blocks.field(
            w("When suits you"), elements.words("when", most=WHEN), block_id="when", optional=True
        ),
        blocks.field(
            w("A word"), elements.words("word", several_lines=True, most=WORD), block_id="word",
            hint=w("No need to explain."), optional=True,
        ),
    ]  # fmt: skip
    return blocks.modal(
        w("Talk to the coach"), rows, callback_id=CALLBACK, submit=w("Tell the coach"), close=w("Not now"),
        metadata=forms.packed(project=who.here.id),
    )  # fmt: skip


def _screen(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """Requests, then texts meant for the coach, then the monthly figure."""
    w, project = who.w, who.here
    here = {"workspace": project.workspace, "project_id": project.id}
    rows = [blocks.context(w.md("*Confidential.* Only you see this page. Nothing here is ever sent."))]
    asked_ = coaching.requests(conn, **here, sealer=sealer(parts))
    if not asked_:
        rows.append(blocks.section(w("Nobody is waiting for you.")))
    for id, wish in asked_:
        met_ = elements.button(w("Contact made"), f"coach.met:{id}", value=f"{project.id}:{id}")
        rows.append(blocks.section(_wish(w, wish), accessory=met_))
    for what, question, texts in coaching.texts(conn, **here, today=who.today, sealer=sealer(parts)):
        content = parts.playbook.waves.get(what)
        asked_about = next((q for q in content.questions if q.id == question), None) if content else None
        rows.append(blocks.divider())
        rows.append(blocks.section(bold(w.of(asked_about.words) if asked_about else question)))
        rows += [blocks.section(quote(text)) for text in texts]
        rows.append(
            blocks.context(w("Meant for you alone, by people nobody knows. Deleted 30 days after closing."))
        )
    n = coaching.in_month(conn, **here, month=who.today)
    number = w("fewer than 5") if n < ENOUGH else w.number(n)
    rows.append(blocks.context(w.md("Contacts this month: {number}.", number=number)))
    return rows


def _wish(w: Wording, wish: Wish) -> Mrkdwn:
    lines = [mention(wish.user)]
    if wish.way in WAYS:
        lines[0] = Mrkdwn(" · ").join([lines[0], w(WAYS[wish.way])])
    if wish.when:
        lines.append(w.md("When: {when}", when=wish.when))
    if wish.word:
        lines.append(quote(wish.word))
    return Mrkdwn("\n").join(lines)


def _ask(conn: Connection, *, parts: Parts, who: Asker, wish: Wish) -> str:
    project, now = who.here, parts.clock.now()
    here = {"workspace": project.workspace, "project_id": project.id}
    id = coaching.ask(conn, **here, wish=wish, sealer=sealer(parts))
    coach = project.cast.holder("coach")
    if coach:
        announce.private(
            conn, workspace=project.workspace, user=coach, what="coach_wish", key=id,
            ref={"project": project.id}, now=now, at=now,
        )  # fmt: skip
        announce.home(conn, workspace=project.workspace, user=coach, now=now)
    return id


def _take_back(conn: Connection, *, parts: Parts, who: Asker, id: str) -> None:
    """Only one's own request: it is looked for among what this person has asked."""
    here = {"workspace": who.actor.workspace, "project_id": who.here.id}
    for known, wish in coaching.requests(conn, **here, sealer=sealer(parts)):
        if known == id and wish.user == who.actor.user:
            coaching.withdraw(conn, **here, id=id)
            coach = who.here.cast.holder("coach")
            if coach:  # who waits stands in their Home
                announce.home(conn, workspace=who.actor.workspace, user=coach, now=parts.clock.now())


def _has_part(who: Asker) -> bool:
    return who.project is not None and bool(who.project.cast.roles_of(who.actor.user))


def _coach_name(who: Asker) -> str:
    coach = who.here.cast.holder("coach") or ""
    return who.names.get(coach, coach)


def _nobody(who: Asker) -> str:
    """No coach: whom to turn to outside the line."""
    hr = who.project.cast.people("hr") if who.project else ()
    if hr:
        return who.w.md(
            "No neutral coach is named yet. Outside the line, you can turn to {hr} (HR).",
            hr=who.names.get(hr[0], hr[0]),
        )
    return who.w("No neutral coach is named yet.")


ACTIONS: dict[str, Any] = {
    "anonymous.coach": open_form,
    "anonymous.unwish": taken_back,
    "coach.open": open_form,
    "coach.read": read,
    "coach.met": met,
}
VIEWS: dict[str, Any] = {CALLBACK: asked}
MESSAGES = {"coach_wish": told}
