"""One record as a page: its state, each field with its name, the answer it comes from.

Opened from a list, by `/cadrage DEC-12`, or from the answer that made it. Changes nothing; what can be done
with it stands in bot/register/ways.py.
"""

from bot import answer, asker
from bot.asker import Asker
from bot.hub import withheld
from bot.hub.kinds import TITLES
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Allow, Deny
from bot.register import ways
from bot.request import Json, Reply, Request
from bot.rhythm import confirming
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, md
from bot.words.text import Wording
from flows.dialogue import visible
from flows.dialogue.model import Question
from flows.document.outside import TICKED
from flows.register.model import Kept
from flows.register.shown import Field, fields, state
from storage import dialogue as dialogues
from storage import register, rhythm
from storage.database import Connection

CALLBACK = "register"
SHORT = 120  # characters of a field that stands beside another
SIDE_BY_SIDE = 10  # cells of one block


async def open_record(request: Request, parts: Parts) -> Reply:
    """[Open] beside a record of a list."""
    project_id, _, ref = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    return await shown(request, parts, who, ref)


async def shown(request: Request, parts: Parts, who: Asker, ref: str) -> Reply:
    """The page of the record that people call `ref`, for those who may read it."""
    verdict = who.may("register.read")
    if isinstance(verdict, Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(page, parts=parts, who=who, ref=ref)

    return await put(request, parts, who.w, ref[:24].upper(), build)


async def put(request: Request, parts: Parts, w: Wording, title: str, build: answer.Build) -> Reply:
    """The page in place of the one of the register that is open, else a page of its own."""
    here = request.payload.get("view") or {}
    if here.get("callback_id") != CALLBACK:
        return answer.show(request, parts, w, title, build)
    view = await build()
    return answer.refreshed(request, parts, view)


def page(conn: Connection, *, parts: Parts, who: Asker, ref: str) -> Json:
    """The record, or the one sentence for what is not there or not for this person."""
    w, found = who.w, readable(conn, parts=parts, who=who, ref=ref)
    if found is None:
        return answer.page(w, w("Cadrage"), [blocks.section(w.of(NOTHING_THERE))], callback_id=CALLBACK)
    said = (str(found.fields.get(key) or "") for key in ("by", "decided_by", "resolved_by"))
    users = [user for user in (found.owner, found.respondent, *said) if user]
    names = asker.named(conn, project=who.here, also=users)
    rows = [blocks.section(head(w, found)), blocks.context(small(w, found, names, who))]
    rows += _fields(w, fields(found, lambda id: question(parts, id), names))
    rows += _source(conn, parts, who, found, names)
    rows += ways.rows(conn, who, found, parts.clock.now())
    if found.kind == "lot":
        rows += _for_its_users(conn, who, found)
    back = elements.button(w(TITLES[found.kind]), "register.open:back", value=f"{who.here.id}:{found.kind}:0")
    rows.append(blocks.actions(back, *_for_vendors(who, found)))
    return answer.page(w, found.ref, rows, callback_id=CALLBACK)


def _for_vendors(who: Asker, record: Kept) -> list[Json]:
    """The way to the ticks of what vendors may read, for those who set them."""
    if record.kind not in TICKED or record.restricted or who.may("document.issue") != Allow():
        return []
    label, value = who.w("What vendors may read"), f"{who.here.id}:DOC2:shared"
    return [elements.button(label, "document.fill:shared", value=value)]


def _for_its_users(conn: Connection, who: Asker, lot: Kept) -> list[Json]:
    """What one of its users may say of a lot."""
    project = who.here
    given = rhythm.milestones(conn, workspace=project.workspace, project_id=project.id)
    began = given.get(lot.ref) or lot.due
    return confirming.rows(who.w, project=project, lot=lot, user=who.actor.user, began=began, today=who.today)


def readable(conn: Connection, *, parts: Parts, who: Asker, ref: str) -> Kept | None:
    """The record called `ref` when this person may read it now."""
    project, user = who.here, who.actor.user
    here = {"workspace": project.workspace, "project_id": project.id, "ref": ref}
    found = register.get(conn, **here, roles=project.cast.roles_of(user))
    if found is None:
        own = register.get(conn, **here, roles=None)
        found = own if own is not None and own.owner == user else None
    kept = withheld.shown(conn, (found,), parts=parts, project=project, user=user) if found else []
    return kept[0] if kept else None


#: States of what nobody acts on any more: its line is struck out wherever it stands.
FADED = frozenset({"superseded", "dropped", "rejected", "withdrawn", "not_needed"})


def head(w: Wording, record: Kept) -> Mrkdwn:
    """ "*DEC-12* Who steers · *proposed*"; struck out once nobody acts on it any more."""
    title = w.of(record.title)
    shown_ = w.md("~{title}~", title=title) if record.status in FADED else title
    said = Mrkdwn(" ").join([bold(record.ref), shown_])
    words = state(record.kind, record.status)
    return Mrkdwn(" · ").join([said, bold(w.of(words))]) if words else said


def small(w: Wording, record: Kept, names: dict[str, str], who: Asker) -> Mrkdwn:
    """Whose, until when, how many asked, since when."""
    parts: list[str] = []
    if record.owner and record.kind != "decision":  # whoever decides stands among its fields
        parts.append(w("Owner: {name}", name=names.get(record.owner, record.owner)))
    if record.due:
        parts.append(w("Due: {day}", day=w.full_day(record.due)))
    if record.asked_by > 1:
        parts.append(w.plural("asked by {n}", "asked by {n}", record.asked_by))
    if record.restricted:
        parts.append(w("confidential"))
    parts.append(w("recorded on {day}", day=w.full_day(asker.day_of(record.created_at, who.here))))
    return Mrkdwn(" · ").join([md(part) for part in parts])


def question(parts: Parts, id: str) -> Question | None:
    """The question of the playbook with this id, about whichever record."""
    flows = parts.playbook.flows.values()
    return next((found for flow in flows if (found := flow.question(id)) is not None), None)


def _fields(w: Wording, shown_: tuple[Field, ...]) -> list[Json]:
    """Short ones side by side, long ones below each other; each under its name."""
    cells = [(one, Mrkdwn("\n").join([bold(w.of(one.name)), w.of(one.value)])) for one in shown_]
    short = [cell for one, cell in cells if len(one.value.fr) <= SHORT]
    pairs = [short[n : n + SIDE_BY_SIDE] for n in range(0, len(short), SIDE_BY_SIDE)]
    long = [blocks.section(cell) for one, cell in cells if len(one.value.fr) > SHORT]
    return [*(blocks.fields(*pair) for pair in pairs), *long]


def _source(conn: Connection, parts: Parts, who: Asker, record: Kept, names: dict[str, str]) -> list[Json]:
    """Which question it comes from, whose answer, and the way there where the answer may be seen."""
    w, asked = who.w, question(parts, record.source)
    run = dialogues.run(conn, workspace=who.here.workspace, id=record.dialogue) if record.dialogue else None
    if asked is None or run is None:
        return []
    title = parts.playbook.flows[run.flow].title if run.flow in parts.playbook.flows else asked.short
    said = [w.md("From: {question} ({dialogue})", question=asked.short, dialogue=title)]
    if record.respondent and not record.asked_by:
        said.append(w.md("answer of {name}", name=names.get(record.respondent, record.respondent)))
    rows = [blocks.context(Mrkdwn(" · ").join(said))]
    if run.status == "closed":
        theirs = visible.readable(asked, who.here.cast.roles_of(who.actor.user))
        if theirs and who.may("results.read") == Allow():
            rows.append(blocks.actions(elements.button(w("See the answer"), "results.open", value=run.id)))
    elif record.respondent == who.actor.user:
        rows.append(blocks.actions(elements.button(w("See my answers"), "dialogue.open", value=run.id)))
    return rows


ACTIONS = {"record.open": open_record}
