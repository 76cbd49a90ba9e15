"""What named check-ins have said lately, for those each of them names, and for nobody else."""

from typing import Any

from bot import answer, asker, people
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, limits
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording
from flows.checkin.model import CheckIn as Content
from flows.dialogue.model import Question, Value
from flows.playbook import Playbook
from storage import checkin
from storage.checkin import CheckIn
from storage.database import Connection

SHOWN = 4  # of each kind, the newest first
#: Conversations of the coach below which no figure is shown.
FEW, CONVERSATIONS = 5, "C10a"


async def opened(request: Request, parts: Parts) -> Reply:
    """[What check-ins say]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("project.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return answer.page(who.w, who.w("Check-ins"), await parts.db.read(rows, parts=parts, who=who))

    return answer.show(request, parts, who.w, who.w("Check-ins"), build)


def rows(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """Each kind this person may read, with its latest answers."""
    found: list[Json] = []
    held = who.here.cast.roles_of(who.actor.user)
    for content in parts.playbook.checkins.values():
        if content.seen_by and not held & set(content.seen_by):
            continue
        every = checkin.answered(conn, workspace=who.here.workspace, project_id=who.here.id, what=content.id)
        for one in reversed(every[-SHOWN:]):
            found += _said(conn, who, parts.playbook, content, one)
    if not found:
        return [blocks.section(who.w("No check-in has been answered yet."))]
    return found[: limits.VIEW_BLOCKS]


def _said(conn: Connection, who: Asker, playbook: Playbook, content: Content, one: CheckIn) -> list[Json]:
    w = who.w
    name = people.several(conn, workspace=one.workspace, users=(one.user,))[one.user].name
    head = Mrkdwn(" · ").join([bold(w.of(content.title)), w.day(one.day), name])
    asked = {item.question.id: item.question for item in content.items}
    choices = {**asked, **{id: q for id in ("SPO03",) if (q := _promised(playbook, id)) is not None}}
    lines = []
    for id, value in one.answers.items():
        base, _, ref = id.partition("@")
        question = asked.get(base)
        if question is None:
            continue
        options = choices.get("SPO03", question) if base == "C03a" else question
        what = ref.partition(":")[0] or w.of(question.short)
        said = bold(_value(w, playbook, options, base, value))
        lines.append(Mrkdwn(" ").join([what, said]))
    return [blocks.section(Mrkdwn("\n").join([head, *lines]))]


def _promised(playbook: Playbook, id: str) -> Question | None:
    return next((q for flow in playbook.flows.values() if (q := flow.question(id)) is not None), None)


def _value(w: Wording, playbook: Playbook, question: Question, id: str, value: Value) -> str:
    if id == CONVERSATIONS and isinstance(value, int) and value < FEW:
        return w("fewer than {n}", n=FEW)
    if question.kind == "scale5" and isinstance(value, int):
        return w.of(playbook.labels[question.labels or "agree"][value - 1])
    labels = {option.value: w.of(option.label) for option in question.options}
    if isinstance(value, list):
        return w.listed(labels.get(one, str(one)) for one in value)
    return labels.get(value, str(value))


ACTIONS: dict[str, Any] = {"checkin.results": opened}
