"""What came out of a dialogue, once it has closed: distributions first, then texts with authors.

Never before closing, so that nobody's answer leans on another's. Anonymous questions are not in it.
"""

from typing import Any

from sqlalchemy import Connection
from storage import dialogue as dialogues

from bot import answer, asker, blocks, elements
from bot.asker import Asker
from bot.cards import closed_words, counted, open_words
from bot.mrkdwn import Mrkdwn, bold, md
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from flows.dialogue.model import Flow, Question
from flows.dialogue.results import Result, result

PAGE = 12  # questions a page
QUOTES = 10  # texts shown for one question; the note has them all
LONGEST_QUOTE = 400  # characters


async def open_page(request: Request, parts: Parts) -> Reply:
    """[See what came out]."""
    run_id, _, page = answer.chosen(request).partition(":")
    run = await parts.db.read(dialogues.run, workspace=request.workspace, id=run_id)
    who = await asker.asker(request, parts, project_id=run.project_id if run else "-")
    if isinstance(verdict := who.may("results.read"), Deny) or run is None:
        return answer.tell(request, parts, who.w, who.refusal(verdict) if isinstance(verdict, Deny) else "")

    async def build() -> Json:
        start = int(page) if page.isdecimal() and len(page) < 5 else 0
        return await parts.db.read(view, parts=parts, who=who, run=run, start=start)

    return answer.show(request, parts, who.w, who.w("What came out"), build)


def view(conn: Connection, *, parts: Parts, who: Asker, run: dialogues.Run, start: int = 0) -> Json:
    """One page of results; while the dialogue is open, only when it closes."""
    w, flow = who.w, parts.playbook.flows.get(run.flow)
    if flow is None:
        return answer.page(w, w("What came out"), [blocks.section(w("This dialogue is no longer in the content."))])
    if run.status == "open":
        state = open_words(w, flow, run, counted(conn, run))
        rows = [
            blocks.section(bold(w.of(flow.title))), blocks.context(state),
            blocks.section(w("Answers are shown to everybody once this closes, not before.")),
        ]  # fmt: skip
        return answer.page(w, w("What came out"), rows)
    roles = who.project.cast.roles_of(who.actor.user) if who.project else frozenset()
    given = dialogues.answers(conn, workspace=run.workspace, dialogue_id=run.id, roles=roles)
    names = dict(who.names) | asker.named(
        conn, project=who.project, also={a.author for pairs in given.values() for _, a in pairs}
    )
    asked = [question for question in _once(flow) if question.id in given]
    rows = [blocks.section(bold(w.of(flow.title))), blocks.context(closed_words(w, run, counted(conn, run)))]
    for question in asked[start : start + PAGE]:
        rows += _question(who, result(question, [a for _, a in given[question.id]], names), names)
    if len(asked) > start + PAGE:
        more = elements.button(w("Next page"), "results.open", value=f"{run.id}:{start + PAGE}")
        rows.append(blocks.actions(more))
    return answer.page(w, w("What came out"), rows)


def _once(flow: Flow) -> list[Question]:
    """Each question once, whole: one that is spread over two screens stands twice in a flow."""
    found: dict[str, Question] = {}
    for question in flow.questions:
        before = found.get(question.id)
        if before is None or len(question.columns) > len(before.columns):
            found[question.id] = question
    return [question for question in found.values() if question.visibility != "anonymous"]


def _question(who: Asker, came: Result, names: dict[str, str]) -> list[Json]:
    w = who.w
    lines: list[Mrkdwn] = [bold(w.of(came.question.words))]
    for bar in came.bars:
        if bar.mean is not None:
            lines.append(w.md("{label}: {mean} on average", label=bar.label, mean=w.number(round(bar.mean, 1))))
        elif bar.count:
            lines.append(w.md("{label}: {count}", label=bar.label, count=bar.count))
    if came.mean is not None:
        lines.append(w.md("Average: {mean}", mean=w.number(round(came.mean, 1))))
    if came.split:
        lines.append(w.md("_Opinions are split._"))
    for quote in came.quotes[:QUOTES]:
        said = w.of(quote.words)[:LONGEST_QUOTE]
        lines.append(w.md("{name}: {said}", name=names.get(quote.author, quote.author), said=md(said)))
    if came.unknown:
        lines.append(w.md(w.plural("{n} does not know", "{n} do not know", came.unknown)))
    return [blocks.section(Mrkdwn("\n").join(lines))]


ACTIONS: dict[str, Any] = {"results.open": open_page}
