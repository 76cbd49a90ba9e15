"""[Send for review]: a version of the note goes round, to team, arbiter and sponsor (journeys G3).

What goes round is a version that is kept as it is. An earlier one in review ends then: its remarks, votes and
signatures stay with it, and do not carry over.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import answer, asker, forms
from bot.arbitration.seating import today_of
from bot.asker import Asker
from bot.documents import making
from bot.documents.kinds import NOTE
from bot.once import taken
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce, term
from bot.rounds.pieces import Piece, portions
from bot.signoff import following, queueing, standing
from bot.words import blocks
from flows.cadence import add_working_days
from flows.document import keeping
from flows.document.model import SIGN_OFF
from flows.document.note import NOT_REVIEWABLE
from flows.project import Project
from flows.signoff import signing
from flows.signoff.fingerprint import fingerprint, hidden, moved, registered
from flows.signoff.model import Review
from storage import alignment, inbox, register
from storage import dialogue as dialogues
from storage import document as documents
from storage import project as projects
from storage import review as reviews
from storage.database import Connection

OPEN, CALLBACK = "review.open", "review.open"
#: Where people put the note into their own words (RTE12).
FLOW, PART, SCREEN = "D15", "W10", "words"
#: Working days to write it.
TO_ANSWER = 5


async def pressed(request: Request, parts: Parts) -> Reply:
    """[Send for review]: what goes to whom, before anything does."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("review.open"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if who.here.cast.holder("sponsor") is None:
        return answer.tell(request, parts, who.w, who.w("Name a sponsor first: the sponsor signs the note."))

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who, nonce=request.trigger_id)

    return answer.show(request, parts, who.w, who.w("Send for review"), build)


def form(conn: Connection, *, parts: Parts, who: Asker, nonce: str) -> Json:
    """Which version, with how many gaps, to whom, and what happens to the one before."""
    w, project = who.w, who.here
    document = making.document(conn, parts=parts, project=project, doc=NOTE)
    if document is not None and NOT_REVIEWABLE in document.notices:
        said = w("Nothing is written about the goals yet: there is nothing to review. Hold W02 first.")
        return answer.page(w, w("Send for review"), [blocks.alert(said)])
    gaps = document.gaps if document is not None else 0
    people = standing.readers(project.cast)
    names = [who.names.get(user, user) for user in people]
    before = standing.latest(conn, project)
    rows = [
        blocks.section(w.md("*The note as it stands now* is kept as a version, and goes to {people}.",
                            people=w.listed(names))),
        blocks.section(w("Each of them reads it section by section, remarks on it, votes and signs.")),
        blocks.context(w.plural(
            "{n} thing is missing in it. It may be signed so: the version prints it in its place.",
            "{n} things are missing in it. It may be signed so: the version prints them in their place.",
            gaps)),
        blocks.context(w("Without you it goes round by itself three working days before W10 in a room, two "
                         "before W10 in the channel.")),
    ]  # fmt: skip
    if before is not None and before.state == "review":
        said = w(
            "Version {n} is in review. Its remarks, votes and signatures stay with it and do not carry over.",
            n=before.version,
        )
        rows.append(blocks.alert(said))
    return blocks.modal(
        w("Send for review"), rows, callback_id=CALLBACK, submit=w("Send it"), close=w("Not now"),
        metadata=forms.packed(project=project.id, nonce=nonce[:64]),
    )  # fmt: skip


async def sent(request: Request, parts: Parts) -> Reply:
    """[Send it]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("review.open"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    nonce = held.get("nonce", "")
    number = await parts.db.run(_sent, parts=parts, project=who.here, by=request.user, nonce=nonce)
    parts.wake()
    if not number:
        return answer.tell(request, parts, who.w, who.w("Name a sponsor first: the sponsor signs the note."))
    found = await parts.db.read(standing.of_version, who.here, number)
    if found is not None and found.state == "signed":
        said = who.w("Version {n} is signed, and nothing has changed since: it needs no review.", n=number)
        return answer.tell(request, parts, who.w, said)
    many = len(standing.readers(who.here.cast))
    return answer.tell(request, parts, who.w, who.w.plural(
        "Version {v} is in review. {n} person gets it in their working hours.",
        "Version {v} is in review. {n} people get it in their working hours.", many, v=number))  # fmt: skip


def _sent(conn: Connection, *, parts: Parts, project: Project, by: str, nonce: str) -> int:
    now = parts.clock.now()
    done = taken(conn, workspace=project.workspace, nonce=nonce, now=now) if nonce else None
    if done is not None:
        return int(done)
    found = open_round(conn, parts=parts, project=project, by=by)
    number = found.version if found is not None else 0
    if nonce:
        inbox.remember_form(conn, workspace=project.workspace, nonce=nonce, result=number, now=now)
    return number


def open_round(conn: Connection, *, parts: Parts, project: Project, by: str) -> Review | None:
    """A version of what is known now goes round; one that says the same and is in review or signed stays as
    it is. None without a sponsor: nobody could sign it."""
    now, sponsor = parts.clock.now(), project.cast.holder("sponsor")
    if sponsor is None:
        return None
    here = {"workspace": project.workspace, "project_id": project.id}
    projects.lock(conn, workspace=project.workspace, id=project.id)
    before = standing.latest(conn, project)
    number = _version(conn, parts=parts, project=project, by=by, before=before)
    if before is not None and before.version == number:
        return before
    if before is not None and (over := signing.supersede(before)) != before:
        over = replace(over, alike=standing.alike(conn, project))
        reviews.move(conn, **here, old=before, new=over)
        following.over(conn, parts=parts, project=project, review=over, now=now)
        queueing.changed(conn, project=project, review=over, users=standing.readers(project.cast), now=now)
    kept = documents.get(conn, **here, doc=NOTE, number=number)
    content = kept.content if kept is not None else {}
    new = Review(
        version=number, fingerprint=fingerprint(content), sponsor=sponsor,
        signers=standing.signers(project.cast),
    )  # fmt: skip
    reviews.begin(conn, **here, new=new, by=by, now=now)
    own_words(conn, parts=parts, project=project, by=by, now=now, anew=True)
    queueing.opened(conn, parts=parts, project=project, review=new, now=now)
    return new


def _version(conn: Connection, *, parts: Parts, project: Project, by: str, before: Review | None) -> int:
    """The version that went round last or, else, was made last, where it still says what the note would say;
    else a new one."""
    if before is not None and _stands(conn, parts, project, before):
        return before.version
    last = next(
        iter(documents.latest(conn, workspace=project.workspace, project_id=project.id, doc=NOTE)), None
    )
    if last is not None and (before is None or before.version < last.number):
        now = making.content_now(conn, parts=parts, project=project, doc=NOTE, number=last.number)
        if all(section == SIGN_OFF for section, _, _ in keeping.difference(last.content, now)):
            return last.number
    return making.make(conn, parts=parts, project=project, doc=NOTE, by=by)


def _stands(conn: Connection, parts: Parts, project: Project, before: Review) -> bool:
    """Whether the version that went round last says enough of what the note would say now. One in review:
    what goes on meanwhile may have changed, as long as it hides no open point; not where a remark was
    accepted, since the text was to change, nor where it went round for another sponsor. One that is signed:
    nothing has come into the register but what followed from the signature."""
    here = {"workspace": project.workspace, "project_id": project.id}
    kept = documents.get(conn, **here, doc=NOTE, number=before.version)
    if kept is None or not (before.state == "signed" or _goes_on(project, before)):
        return False
    now = making.content_now(conn, parts=parts, project=project, doc=NOTE, number=before.version)
    if moved(kept.content, now):
        return False
    if before.state == "signed":
        return registered(kept.content, now) <= _followed(conn, project, before)
    return not hidden(kept.content, now, standing.asked_in(before))


def _goes_on(project: Project, before: Review) -> bool:
    accepted = any(one.state == "accepted" for one in before.remarks)
    return before.state == "review" and before.sponsor == project.cast.holder("sponsor") and not accepted


def _followed(conn: Connection, project: Project, before: Review) -> frozenset[str]:
    """What a review and its signature have put into the register: the sponsor's decision, their conditions,
    and questions."""
    known = register.records(conn, workspace=project.workspace, project_id=project.id)
    sources = (SIGN_OFF, standing.source_of(before.version))
    return standing.asked_in(before).union(one.ref for one in known if one.source in sources)


def asks(conn: Connection, project: Project) -> bool:
    """Whether readings are asked for now: a dialogue that has closed stays so."""
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    return any(run.flow == FLOW and run.status == "open" and PART in run.parts for run in runs)


def own_words(  # noqa: PLR0913 - who is asked of which project, by whom, when
    conn: Connection, *, parts: Parts, project: Project, by: str, now: datetime, anew: bool = False
) -> None:
    """Everybody is asked for the note in their own words (RTE12), from the card: no message of its own.
    `anew`: of another version than before, which begins without a reading."""
    here = {"workspace": project.workspace}
    if FLOW not in parts.playbook.flows:
        return
    dialogues.take_up(conn, **here, project_id=project.id, flow=FLOW)
    closes_on = add_working_days(today_of(project, now), TO_ANSWER, project.holidays)
    id = dialogues.open(
        conn, **here, project_id=project.id, flow=FLOW, opened_by=by, closes_on=closes_on, now=now
    )
    dialogues.send_part(conn, **here, id=id, part=PART)
    if anew:
        alignment.begin_anew(conn, **here, dialogue_id=id, now=now)
    asked = portions(conn, parts=parts, project=project, of=Piece(FLOW, PART))
    dialogues.invite(conn, **here, dialogue_id=id, users=asked, by=by, now=now)
    waiting = [user for user, portion in asked.items() if portion.open]
    dialogues.reopen(conn, **here, dialogue_id=id, users=waiting)
    run = dialogues.run(conn, **here, id=id)
    if run is not None and (run.closes_on is None or run.closes_on <= closes_on):
        term.set_closing(conn, project=project, run_id=id, closes_on=closes_on)
    announce.dialogue_card(conn, project=project, run_id=id, now=now)


ACTIONS: dict[str, Any] = {OPEN: pressed}
VIEWS: dict[str, Any] = {CALLBACK: sent}
