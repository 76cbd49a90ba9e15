"""[Forget me]: what goes, what stays without a name, what nobody can find; then it is done (journeys 2i)."""

from collections.abc import Iterator
from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.leaving import erasure
from bot.leaving.erasure import Preview
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from storage import win
from storage.database import Connection

CALLBACK = "leaving.forget"
AGREED = "agreed"
MOST = 12  # records named in a line; the others are counted with them elsewhere


async def opened(request: Request, parts: Parts) -> Reply:
    """[Forget me…], in one's settings. Changes nothing."""
    who = (await asker.asker(request, parts)).at_home()
    w = who.w

    async def build() -> Json:
        return await parts.db.read(_page, who=who)

    return answer.show(request, parts, w, w("Forget me"), build)


async def sent(request: Request, parts: Parts) -> Reply:
    """[Forget me], sent: done in one transaction, or not at all."""
    who = (await asker.asker(request, parts)).at_home()
    w = who.w
    if not answer.state(request, AGREED, AGREED).get("selected_options"):
        said = w("Tick the box, so that nothing happens by a slip of the finger.")
        return Reply(ack={"response_action": "errors", "errors": {AGREED: said}})
    if not await parts.db.run(_forget, parts=parts, who=who):
        return answer.tell(request, parts, w, w("You facilitate a project: hand that over first."))
    parts.wake()
    done = w(
        "Done. Your data is gone. Where the company keeps what you decided or wrote down, it says “a former "
        "member”. Cards in the channel are being drawn again without your name."
    )
    return answer.tell(request, parts, w, done)


def _page(conn: Connection, *, who: Asker) -> Json:
    w = who.w
    person = erasure.known(conn, workspace=who.actor.workspace, user=who.actor.user)
    if person.held:
        said = w.md(
            "You facilitate {projects}. Give that role to somebody else first, in “Team and roles”; then "
            "come back here.",
            projects=", ".join(one.name for one in person.held),
        )
        return answer.page(w, w("Forget me"), [blocks.section(said)])
    steps = len(win.naming(conn, workspace=person.workspace, user=person.user))
    names = asker.named(conn, project=None)
    for one in person.projects:
        names |= asker.named(conn, project=one)
    preview = erasure.preview(conn, person)
    box = elements.checkboxes(AGREED, [elements.option(w("I understand that this cannot be undone"), "yes")])
    rows = [
        *(blocks.section(line) for line in _lines(who, preview, steps, names)),
        blocks.field(w("Before you go"), box, block_id=AGREED),
    ]
    return blocks.modal(
        w("Forget me"), rows, callback_id=CALLBACK, submit=w("Forget me"), close=w("Keep my data")
    )


def _lines(who: Asker, preview: Preview, steps: int, names: dict[str, str]) -> Iterator[Mrkdwn]:
    """What would happen, in the order of the journeys."""
    w, found, person = who.w, preview.found, preview.person
    answers = found.gone.get("answer", 0)
    records = sum(len(refs) for refs in found.renamed.values())
    yield (
        w.plural_md(
            "*Deleted:* your {n} answer, your profile, reminders, places in teams and private notes.",
            "*Deleted:* your {n} answers, your profile, reminders, places in teams and private notes.",
            answers,
        )
        if answers
        else w.md("*Deleted:* your profile, reminders, places in teams and private notes.")
    )
    yield (
        w.plural_md(
            "*Renamed “a former member”:* {n} record and what you decided or signed: all of it stays.",
            "*Renamed “a former member”:* {n} records and what you decided or signed: all of it stays.",
            records,
        )
        if records
        else w.md("*Renamed “a former member”:* what you decided or signed; the company keeps it.")
    )
    if steps:
        yield w.plural_md(
            "*Posts edited:* {n} small step that names you.",
            "*Posts edited:* {n} small steps that name you.",
            steps,
        )
    yield w.md(
        "*Cannot be found, so cannot be deleted:* your anonymous answers. Nobody can tell which are yours."
    )
    yield w.md("*Out of reach:* what stands in Slack itself, files people have saved, backups of the server.")
    for project in person.projects:
        if refs := found.left.get(project.id):
            heir = person.heirs.get(project.id, "")
            yield w.md(
                "*Left without an owner* in {project}: {refs}. It goes to {heir}, without a reason given.",
                project=project.name,
                refs=_few(refs),
                heir=names.get(heir, "") or w("nobody yet"),
            )
    if preview.named:
        yield w.md(
            "*Your name stands in words that people wrote:* {refs}. "
            "Ask those who run the project to change them.",
            refs=_few([ref for _, ref in preview.named]),
        )


def _forget(conn: Connection, *, parts: Parts, who: Asker) -> bool:
    person = erasure.known(conn, workspace=who.actor.workspace, user=who.actor.user)
    if person.held:
        return False
    erasure.erase(conn, playbook=parts.playbook, person=person, now=parts.clock.now())
    return True


def _few(refs: list[str]) -> str:
    return ", ".join(refs[:MOST]) + (" …" if len(refs) > MOST else "")


ACTIONS: dict[str, Any] = {"leaving.open": opened}
VIEWS: dict[str, Any] = {CALLBACK: sent}
