"""`/cadrage win`: one form of one line, its kind, whose step it is, and whom it names, who is asked first.

Anyone may tell one, also about another team. Nobody approves it; only those it names are asked.
"""

from typing import Any

from bot import answer, forms, people, verbs
from bot.asker import Asker
from bot.parts import Parts
from bot.register import capture
from bot.register import message as messages
from bot.request import Json, Reply, Request
from bot.wins import queueing
from bot.wins.card import named_in, whose
from bot.wins.whose import here, may_tell
from bot.words import blocks, elements
from bot.words.mrkdwn import line as line_of
from bot.words.text import N_
from flows.wins.model import DEPARTMENTS, LONGEST, Manual, Named, Win
from flows.words import Words
from storage import inbox, win
from storage import project as projects
from storage.database import Connection

CALLBACK = "win.tell"
LINE, KIND, TEAM, WHO = "line", "kind", "team", "who"
EVERYBODY = "team"
OTHER = "WM5"
MOST_NAMED = 5
NOWHERE = N_("Type it in the channel of a project, or open the project from Home.")


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage win …`: the words that follow are the line."""
    typed = " ".join(verbs.parse(str(request.payload.get("text") or "")).rest)
    return await _opened(request, parts, await here(request, parts), messages.readable(typed, {})[:LONGEST])


async def button(request: Request, parts: Parts) -> Reply:
    """[Tell a win], wherever it stands."""
    return await _opened(request, parts, await here(request, parts, answer.chosen(request)), "")


async def from_message(request: Request, parts: Parts) -> Reply:
    """The shortcut on any message: the form opens with its words, unless it comes from elsewhere."""
    who = await here(request, parts)
    w = who.w
    if not await may_tell(parts, who):
        return answer.tell(request, parts, w, w(NOWHERE))
    if capture.ours(request.payload):
        return answer.tell(request, parts, w, w("This is one of my own cards: use its buttons."))
    source = messages.of(request.payload, who.here.channel)

    async def build() -> Json:
        words = await capture.said(request, parts, source.text) if source.copied else ""
        return view(who, parts, line_of(words)[:LONGEST], nonce=request.trigger_id)

    return answer.show(request, parts, w, w("Tell a win"), build)


async def _opened(request: Request, parts: Parts, who: Asker, first: str) -> Reply:
    w = who.w
    if not await may_tell(parts, who):
        return answer.tell(request, parts, w, w(NOWHERE))

    async def build() -> Json:
        return view(who, parts, first, nonce=request.trigger_id)

    return answer.show(request, parts, w, w("Tell a win"), build)


def view(who: Asker, parts: Parts, first: str, *, nonce: str) -> Json:
    """The form."""
    w, project = who.w, who.here
    kinds: list[Manual] = [*parts.playbook.wins.manual.values()]
    own = project.cast.function_of(who.actor.user)
    teams = dict.fromkeys(
        one.function for one in project.cast.members if one.function in DEPARTMENTS and one.function
    )
    choices = [elements.option(w("The whole team"), EVERYBODY)]
    choices += [elements.option(w.of(DEPARTMENTS[one]), one) for one in teams]
    rows = [
        blocks.field(
            w("In one line"), elements.words(LINE, initial=first or None, most=LONGEST), block_id=LINE,
            hint=w("What has changed, even a little. No personal data of a customer."),
        ),
        blocks.field(
            w("What kind of step?"),
            elements.radio(KIND, [elements.option(w.of(one.words), one.id) for one in kinds], initial=OTHER),
            block_id=KIND,
        ),
        blocks.field(
            w("Whose step is it?"),
            elements.select(TEAM, choices, initial=own if own in teams else EVERYBODY), block_id=TEAM,
        ),
        blocks.field(
            w("Who is named?"), elements.users(WHO, most=MOST_NAMED), block_id=WHO, optional=True,
            hint=w("They are asked first: nobody is named without their yes."),
        ),
        blocks.context(w("Posted in the project’s channel in the team’s voice, without your name.")),
    ]  # fmt: skip
    return blocks.modal(
        w("Tell a win"), rows, callback_id=CALLBACK, submit=w("Tell it"), close=w("Cancel"),
        metadata=forms.packed(project=project.id, nonce=nonce),
    )  # fmt: skip


async def sent(request: Request, parts: Parts) -> Reply:
    """[Tell it]: kept; posted at once, or once those named have said yes, or when there is room."""
    held = forms.held(answer.metadata(request))
    who = await here(request, parts, held.get("project", "-"))
    w = who.w
    if not await may_tell(parts, who):
        return answer.tell(request, parts, w, w(NOWHERE))
    line = " ".join(str(answer.state(request, LINE, LINE).get("value") or "").split())[:LONGEST]
    named = [str(user) for user in answer.state(request, WHO, WHO).get("selected_users") or ()]
    if wrong := await _wrong(request, parts, who, line, named):
        return Reply(ack={"response_action": "errors", "errors": wrong})
    told = _told(request, parts, who, line, named)
    kept: Win = await parts.db.run(_keep, parts=parts, who=who, told=told, nonce=held.get("nonce", ""))
    parts.wake()
    value = f"{who.here.id}:{kept.number}"
    back = elements.button(w("Withdraw"), f"win.withdraw:{kept.number}", value=value)
    return answer.tell(request, parts, w, _done(who, kept), more=[blocks.actions(back)])


async def _wrong(request: Request, parts: Parts, who: Asker, line: str, named: list[str]) -> dict[str, str]:
    """What is wrong, under its field: nothing said, somebody who cannot be asked, or a name in the line
    whose owner would not be asked."""
    w = who.w
    if not line:
        return {LINE: w("Say it in one line.")}
    for user in named[:MOST_NAMED]:
        person = await people.known(parts, request.workspace, user)
        if person.is_bot or person.deleted or person.stranger:
            return {WHO: w("{name} cannot be asked here.", name=person.name)}
    for user, name in who.names.items():
        if user not in (*named, who.actor.user) and named_in(line, name):
            return {
                WHO: w("Your line names {name}: choose them here too, so that they are asked.", name=name)
            }
    return {}


def _told(request: Request, parts: Parts, who: Asker, line: str, named: list[str]) -> Win:
    kind = str((answer.state(request, KIND, KIND).get("selected_option") or {}).get("value") or OTHER)
    team = str((answer.state(request, TEAM, TEAM).get("selected_option") or {}).get("value") or "")
    me = who.actor.user
    asked = [Named(user=user, consent="yes" if user == me else "asked")
             for user in dict.fromkeys(named[:MOST_NAMED])]  # fmt: skip
    return Win(
        number=0,
        type=kind if kind in parts.playbook.wins.manual else OTHER,
        said=Words.same(line),
        state="asking" if any(one.consent == "asked" for one in asked) else "waiting",
        functions=(team,) if team in DEPARTMENTS else (),
        people=tuple(asked),
        by=me,
        found_at=parts.clock.now(),
    )


def _keep(conn: Connection, *, parts: Parts, who: Asker, told: Win, nonce: str) -> Win:
    """Once for each form, however often it is sent."""
    project, now = who.here, parts.clock.now()
    here_ = {"workspace": project.workspace, "project_id": project.id}
    before = inbox.hold_form(conn, workspace=project.workspace, nonce=nonce, now=now)
    if before is not None:
        return win.get(conn, **here_, number=int(before)) or told
    projects.lock(conn, workspace=project.workspace, id=project.id)
    kept = win.tell(conn, **here_, win=told)
    queueing.asked(conn, project=project, win_=kept, now=now)
    queueing.posted(conn, project=project, now=now)
    inbox.remember_form(conn, workspace=project.workspace, nonce=nonce, result=kept.number, now=now)
    return win.get(conn, **here_, number=kept.number) or kept


def _done(who: Asker, kept: Win) -> str:
    w, team = who.w, whose(who.w, kept)
    if kept.state == "posted":
        return w.md("*{ref}* is posted in the channel. Named: {team}, no person without their yes.",
                    ref=kept.name, team=team)  # fmt: skip
    if kept.state == "asking":
        return w.md(
            "*{ref}* is kept. Those it names are asked; it is posted once they have answered.", ref=kept.name
        )
    return w.md(
        "*{ref}* is kept. It is posted as soon as there is room, or said in Friday’s round-up.", ref=kept.name
    )


ACTIONS: dict[str, Any] = {"win.tell": button}
SHORTCUTS: dict[str, Any] = {"tell_win": from_message}
VIEWS: dict[str, Any] = {CALLBACK: sent}
