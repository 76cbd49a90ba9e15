"""[Remark], [Reply]: what somebody wants of a section, under their name, and what becomes of it (RTE10, G3).

A question becomes an open point of the lead. Each remark has a reply before anybody signs.
"""

import secrets
from datetime import datetime
from typing import Any, cast, get_args

from bot import answer, asker, forms
from bot.arbitration.seating import today_of
from bot.asker import Asker
from bot.documents import making
from bot.documents.kinds import NOTE
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Allow, Deny
from bot.register import queueing as registering
from bot.request import Json, Reply, Request
from bot.signoff import queueing, standing
from bot.signoff.card import replied
from bot.signoff.reading import place
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, quote
from bot.words.text import N_
from bot.words.typography import typographic
from flows.cadence import add_working_days
from flows.dialogue.effects import Draft
from flows.document.text import Reading
from flows.project import Project
from flows.register.said import in_title
from flows.signoff import signing
from flows.signoff.model import Kind, Remark, Review
from flows.signoff.signing import Refused
from flows.words import Words
from storage import inbox, life
from storage import project as projects
from storage.database import Connection

MAKE, ANSWER = "review.remark", "review.reply"
LEAST, LONGEST = 10, 1000
TO_SETTLE = 5  # working days
SHOWN = 30  # remarks on one page
KINDS: dict[Kind, str] = {
    "change": N_("I would change something"),
    "reservation": N_("I can carry it, with a reservation"),
    "question": N_("I have a question: it becomes an open point"),
}
BECOMES: dict[str, str] = {
    "accept": N_("Accepted: the text changes"),
    "answer": N_("Answered: the text stays"),
}
QUESTION = Words("Question on the note, {section}: {text}", "Question sur la note, {section} : {text}")


async def opened(request: Request, parts: Parts) -> Reply:
    """[Remark]."""
    project_id, version, section = place(answer.chosen(request))
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("review.remark"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(form, who=who, version=version, section=section, nonce=request.trigger_id)

    return answer.show(request, parts, who.w, who.w("Remark"), build)


def form(conn: Connection, *, who: Asker, version: int, section: str, nonce: str) -> Json:
    """Which section, what is wanted of it, and the words."""
    w, review = who.w, standing.of_version(conn, who.here, version)
    kept = making.kept(conn, project=who.here, doc=NOTE, number=version)
    if review is None or kept is None:
        return answer.page(w, w("Remark"), [blocks.section(w.of(NOTHING_THERE))])
    if review.state != "review":
        return answer.page(w, w("Remark"), [blocks.section(w.of(signing.CLOSED.fill(n=version)))])
    reading = Reading(language=who.language, dress=typographic, names=kept.names)
    sections = [
        elements.option(f"{one.id} {reading.line(one.title)}", one.id) for one in kept.document.sections
    ]
    known = section if any(one.id == section for one in kept.document.sections) else None
    kinds = [elements.option(w(label), kind) for kind, label in KINDS.items()]
    words = elements.words("words", several_lines=True, most=LONGEST)
    rows = [
        blocks.context(w.md("*Named.* Your remark and its reply are printed in section N25.")),
        blocks.field(w("Section"), elements.select("section", sections, initial=known), block_id="section"),
        blocks.field(w("What you want"), elements.radio("kind", kinds, initial="change"), block_id="kind"),
        blocks.field(w("In your words"), words, block_id="words",
                     hint=w("Say what should stand there instead, if you can.")),
    ]  # fmt: skip
    metadata = forms.packed(project=who.here.id, version=str(version), nonce=nonce[:64])
    return blocks.modal(
        w("Remark"), rows, callback_id=MAKE, submit=w("Send"), close=w("Not now"), metadata=metadata
    )


async def made(request: Request, parts: Parts) -> Reply:
    """[Send]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("review.remark"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    section, kind, words = _option(request, "section"), _option(request, "kind"), typed(request, "words")
    if len(words) < LEAST:
        said = who.w("A few more words: {n} characters at least.", n=LEAST)
        return Reply(ack={"response_action": "errors", "errors": {"words": said}})
    if kind not in get_args(Kind) or not section:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    _, version, _ = place(f":{held.get('version', '')}")
    new = Remark(
        id=secrets.token_hex(16), section=section[:8], author=request.user, kind=cast("Kind", kind),
        words=words[:LONGEST], at=parts.clock.now(),
    )  # fmt: skip
    nonce = held.get("nonce", "")
    refused = await parts.db.run(_keep, parts=parts, project=who.here, version=version, new=new, nonce=nonce)
    parts.wake()
    if refused is not None:
        return answer.tell(request, parts, who.w, who.w.of(refused.words))
    return answer.tell(
        request, parts, who.w, who.w("Your remark is in. You will read here what becomes of it.")
    )


def _keep(  # noqa: PLR0913 - which remark, on which version, sent with which form
    conn: Connection, *, parts: Parts, project: Project, version: int, new: Remark, nonce: str
) -> Refused | None:
    now = parts.clock.now()
    if nonce and inbox.hold_form(conn, workspace=project.workspace, nonce=nonce, now=now) is not None:
        return None
    found = standing.change(conn, project=project, version=version, to=lambda old: signing.remark(old, new))
    if found is None or isinstance(found, Refused):
        return found
    if new.kind == "question":
        ref = _issue(conn, project, new, now)
        standing.change(
            conn, project=project, version=version, to=lambda old: signing.answer(old, new.id, "", issue=ref)
        )
    if nonce:
        inbox.remember_form(conn, workspace=project.workspace, nonce=nonce, result=new.id, now=now)
    steers = [user for role in ("lead", "facilitator") if (user := project.cast.holder(role))]
    queueing.changed(conn, project=project, review=found[1], users=(new.author, *steers), now=now)
    return None


def _issue(conn: Connection, project: Project, new: Remark, now: datetime) -> str:
    """The question as an open point of the lead."""
    lead = project.cast.holder("lead") or project.cast.holder("facilitator")
    due = add_working_days(today_of(project, now), TO_SETTLE, project.holidays)
    title = QUESTION.fill(section=new.section, text=in_title(new.words))
    draft = Draft(
        kind="issue", item=new.id, title=title, owner=lead, due=due,
        fields={"family": 4, "blocking": False, "detail": new.words},
    )  # fmt: skip
    kept = life.make(
        conn, workspace=project.workspace, project_id=project.id, draft=draft, by=new.author, now=now
    )
    registering.told(conn, project=project, record=kept, by=new.author, now=now)
    return kept.ref


async def listed(request: Request, parts: Parts) -> Reply:
    """[Remarks]: all of them with their replies; who runs the project replies."""
    project_id, version, _ = place(answer.chosen(request))
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("review.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(remarks, who=who, version=version)

    return answer.show(request, parts, who.w, who.w("Remarks"), build)


def remarks(conn: Connection, *, who: Asker, version: int) -> Json:
    """The page: those without a reply first."""
    w, review = who.w, standing.of_version(conn, who.here, version)
    if review is None or not review.remarks:
        return answer.page(w, w("Remarks"), [blocks.section(w("There is no remark on this version."))])
    authors = asker.named(conn, project=who.here, also=[one.author for one in review.remarks])
    rows: list[Json] = []
    for one in sorted(review.remarks, key=lambda one: (one.state != "open", one.section, one.at))[:SHOWN]:
        head = w.md("*{section}* · {name}: {kind}", section=one.section, kind=w(KINDS[one.kind]),
                    name=authors.get(one.author, one.author))  # fmt: skip
        replies = one.state == "open" and review.state == "review" and who.may("review.reply") == Allow()
        way = (
            elements.button(w("Reply"), ANSWER, value=f"{who.here.id}:{version}:{one.id}")
            if replies
            else None
        )
        rows.append(
            blocks.section(Mrkdwn("\n").join([head, quote(one.words), replied(w, one)]), accessory=way)
        )
    return answer.page(w, w("Remarks"), rows)


async def replying(request: Request, parts: Parts) -> Reply:
    """[Reply]."""
    project_id, version, id = place(answer.chosen(request))
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("review.reply"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(_reply_form, who=who, version=version, id=id)

    return answer.show(request, parts, who.w, who.w("Reply"), build)


def _reply_form(conn: Connection, *, who: Asker, version: int, id: str) -> Json:
    w, review = who.w, standing.of_version(conn, who.here, version)
    one = _remark(review, id)
    if one is None:
        return answer.page(w, w("Reply"), [blocks.section(w.of(signing.NO_REMARK))])
    options = [elements.option(w(label), key) for key, label in BECOMES.items()]
    words = elements.words("words", several_lines=True, most=LONGEST)
    rows = [
        blocks.section(quote(one.words)),
        blocks.field(
            w("What becomes of it"), elements.radio("becomes", options, initial="accept"), block_id="becomes"
        ),
        blocks.field(w("In your words"), words, block_id="words", optional=True,
                     hint=w("Needed when the text stays. Printed beside the remark.")),
        blocks.context(w("An accepted remark changes the text: then send a new version for review.")),
    ]  # fmt: skip
    metadata = forms.packed(project=who.here.id, version=str(version), remark=id)
    return blocks.modal(
        w("Reply"), rows, callback_id=ANSWER, submit=w("Reply"), close=w("Not now"), metadata=metadata
    )


async def answered(request: Request, parts: Parts) -> Reply:
    """[Reply], sent."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("review.reply"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    _, version, _ = place(f":{held.get('version', '')}")
    id, words = held.get("remark", ""), typed(request, "words")[:LONGEST]
    change = signing.answer if _option(request, "becomes") == "answer" else signing.accept
    refused = await parts.db.run(
        _answer, parts=parts, project=who.here, version=version, id=id, to=lambda old: change(old, id, words)
    )
    parts.wake()
    if refused is not None and refused.field:
        return Reply(ack={"response_action": "errors", "errors": {"words": who.w.of(refused.words)}})
    if refused is not None:
        return answer.tell(request, parts, who.w, who.w.of(refused.words))
    view = await parts.db.read(remarks, who=who, version=version)
    return answer.refreshed(request, parts, view)


def _answer(  # noqa: PLR0913 - which remark, of which version, and what becomes of it
    conn: Connection, *, parts: Parts, project: Project, version: int, id: str, to: Any
) -> Refused | None:
    projects.lock(conn, workspace=project.workspace, id=project.id)
    found = standing.change(conn, project=project, version=version, to=to)
    if found is None or isinstance(found, Refused):
        return found
    now, one = parts.clock.now(), _remark(found[1], id)
    if one is not None:
        queueing.replied(conn, project=project, version=version, remark=id, user=one.author, now=now)
        queueing.changed(conn, project=project, review=found[1], users=found[1].signers, now=now)
    return None


def _remark(review: Review | None, id: str) -> Remark | None:
    return next((one for one in review.remarks if one.id == id), None) if review is not None else None


def _option(request: Request, field: str) -> str:
    return str((answer.state(request, field, field).get("selected_option") or {}).get("value") or "")


def typed(request: Request, field: str) -> str:
    """What was typed into a field of this name."""
    return str(answer.state(request, field, field).get("value") or "").strip()


ACTIONS: dict[str, Any] = {MAKE: opened, ANSWER: replying, "review.remarks": listed}
VIEWS: dict[str, Any] = {MAKE: made, ANSWER: answered}
