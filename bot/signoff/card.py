"""The card of a review, one to each person: read, remark, say it in one's own words, vote, sign; its news.

Drawn from the data of now. Says of nobody whether they have read, voted or signed, but to themselves.
"""

from bot import asker, people
from bot.outbound.render import Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds.cards import message, shown
from bot.signoff import standing
from bot.signoff.opening import FLOW, PART, SCREEN
from bot.signoff.queueing import CARD, NEWS, REPLY
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, md, quote
from bot.words.text import Wording, words
from flows import cadence
from flows.document.note_sign import SPREAD
from flows.project import Project
from flows.signoff.model import Remark, Review
from storage import alignment
from storage import dialogue as dialogues
from storage import project as projects
from storage import review as reviews
from storage.database import Connection
from storage.outbox import Row


def card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """Somebody's card; nothing to those who have no part in it any more."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    user, version = str(row.ref.get("user", "")), int(row.ref.get("version") or 0)
    review = standing.of_version(conn, project, version) if project is not None else None
    if project is None or review is None or user not in standing.readers(project.cast):
        return None
    me = people.several(conn, workspace=row.workspace, users=(user,))[user]
    w = words(people.language(me, project))
    title = bold(w("Scoping note of {project}", project=project.name))
    head = w.md("{title} · version {n} is in review", title=title, n=version)
    if review.state != "review":
        return message(
            blocks.section(over(w, project, review)), blocks.actions(*_after(w, project, review, user))
        )
    why = w(
        "{name} asks you to read it: what you would change, whether you can carry it, and your signature.",
        name=_sender(conn, project),
    )
    return message(
        blocks.section(head),
        blocks.section(why),
        *_earlier(conn, w, project, user),
        blocks.actions(*ways(conn, parts, w, project, review, user)),
        blocks.context(*_mine(conn, w, project, review, user)),
    )


def ways(  # noqa: PLR0913, PLR0917 - whose buttons, about which version
    conn: Connection, parts: Parts, w: Wording, project: Project, review: Review, user: str
) -> list[Json]:
    """What somebody can do with a version in review."""
    value = f"{project.id}:{review.version}"
    found = [
        elements.button(w("Read"), "review.read", value=value, style="primary"),
        elements.button(w("Remark"), "review.remark", value=value),
    ]
    run = _run(conn, project)
    voter = user in standing.voters(project.cast)
    if voter and run is not None and FLOW in parts.playbook.flows:
        found.append(elements.button(w("In my own words"), "dialogue.open", value=f"{run.id}:{SCREEN}"))
    if voter and review.tally is None:
        found.append(elements.button(w("My vote"), "review.vote", value=value))
    if user in review.signers:
        named = w("Sign") if review.signature(user) is None else w("My signature")
        found.append(elements.button(named, "review.sign", value=value))
    return found


def over(w: Wording, project: Project, review: Review) -> Mrkdwn:
    """How a review has ended."""
    title = bold(w("Scoping note of {project}", project=project.name))
    if review.state == "signed":
        signed, asked = count(review)
        return w.md("{title} · version {n} is signed and frozen; signatures: {signed} of {asked}.",
                    title=title, n=review.version, signed=signed, asked=asked)  # fmt: skip
    if review.state == "back":
        return w.md("{title} · the sponsor has sent version {n} back.", title=title, n=review.version)
    return w.md("{title} · a newer version than {n} is in review.", title=title, n=review.version)


def count(review: Review) -> tuple[int, int]:
    """How many have signed, of how many who were asked."""
    signed = {one.user for one in review.signatures if one.choice != "back"}
    return len(signed), len({*review.signers, *signed})


def _after(w: Wording, project: Project, review: Review, user: str) -> list[Json]:
    value = f"{project.id}:{review.version}"
    found = [elements.button(w("Read"), "review.read", value=value)]
    if review.state == "signed" and user in review.signers and review.signature(user) is None:
        found.append(elements.button(w("Sign"), "review.sign", value=value))
    return found


def _earlier(conn: Connection, w: Wording, project: Project, user: str) -> list[Json]:
    """What they had said of an earlier version in their own words (RTE12), for their eyes."""
    run = _run(conn, project)
    if run is None:
        return []
    said = alignment.earlier(conn, workspace=project.workspace, dialogue_id=run.id, user=user)
    if not said:
        return []
    head = w.md("_What you had said of an earlier version, in your own words:_")
    return [blocks.section(Mrkdwn("\n").join([head, quote(said)]))]


def _mine(conn: Connection, w: Wording, project: Project, review: Review, user: str) -> list[str]:
    """What this person has done, for their eyes."""
    here = {"workspace": project.workspace, "project_id": project.id}
    votes = reviews.votes(conn, **here, version=review.version) if review.tally is None else ()
    said = []
    if any(one.user == user for one in votes):
        said.append(w("Your vote is in; it stays hidden until all are counted."))
    given = review.signature(user)
    if given is not None:
        said.append(w("You signed on {moment}.", moment=w.moment(given.at, project.zone)))
    remarks = [one for one in review.remarks if one.author == user]
    if remarks:
        answered = sum(one.state != "open" for one in remarks)
        said.append(w("Your remarks: {n}; with a reply: {answered}.", n=len(remarks), answered=answered))
    named = w("Remarks and signatures bear your name; your vote does not, unless you sign it.")
    return [*said, named]


def _sender(conn: Connection, project: Project) -> str:
    user = project.cast.holder("facilitator") or project.creator
    return asker.named(conn, project=project, also=(user,)).get(user, user)


def _run(conn: Connection, project: Project) -> dialogues.Run | None:
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    return next(
        (run for run in runs if run.flow == FLOW and run.status == "open" and PART in run.parts), None
    )


def reply(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """To whoever made a remark: what becomes of it."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    user, version = str(row.ref.get("user", "")), int(row.ref.get("version") or 0)
    review = standing.of_version(conn, project, version) if project is not None else None
    found = [one for one in review.remarks if one.id == row.ref.get("remark")] if review is not None else []
    if project is None or not found or found[0].author != user:
        return None
    me = people.several(conn, workspace=row.workspace, users=(user,))[user]
    w = words(people.language(me, project))
    return message(
        blocks.section(w.md("*Your remark on {section}* of the scoping note of {project}:",
                            section=found[0].section, project=project.name)),
        blocks.section(quote(found[0].words)),
        blocks.section(replied(w, found[0])),
    )  # fmt: skip


def replied(w: Wording, one: Remark) -> Mrkdwn:
    """What becomes of a remark, in a line."""
    if one.state == "open":
        return w.md("_No reply yet._")
    if one.issue:
        return w.md("*Open point {ref}.* {reply}", ref=one.issue, reply=one.reply)
    head = w.md("*Accepted.*") if one.state == "accepted" else w.md("*Answered.*")
    return Mrkdwn(" ").join([head, md(one.reply)])


def news(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """One line in the channel."""
    found = shown(conn, row)
    version, what = int(row.ref.get("version") or 0), str(row.ref.get("news", ""))
    review = standing.of_version(conn, found.project, version) if found is not None else None
    if found is None or review is None:
        return None
    w, value = found.w, f"{found.project.id}:{version}"
    read = blocks.actions(elements.button(w("Read"), "review.read", value=value))
    if what == "vote" and review.tally is not None:
        return message(blocks.section(counted(w, review)), read)
    day = max((one.at for one in review.signatures), default=None)
    if what == "signed" and review.state == "signed" and day is not None:
        local = day.astimezone(cadence.zone(found.project.zone)).date()
        rows = [
            over(w, found.project, review),
            w.md("Each signer gets it as PDF. {day}", day=w.full_day(local)),
        ]
        return message(blocks.section(rows[0]), blocks.context(rows[1]), read)
    if what == "back" and review.state == "back":
        why = next((one.words for one in review.signatures if one.choice == "back"), "")
        return message(blocks.section(over(w, found.project, review)), blocks.section(quote(why)), read)
    return None


def counted(w: Wording, review: Review) -> Mrkdwn:
    """How the vote went: counts, and no name."""
    tally = review.tally
    if tally is None:
        return w.md("The vote on version {n} is not counted yet.", n=review.version)
    given = [(point, n) for point, n in sorted(tally.counts.items()) if n]
    spread = " · ".join(w.of(SPREAD.fill(point=point, n=n)) for point, n in given)
    said = (
        w.md("*Version {n} of the note is carried:* {yes} of {total} at 3 or more.",
             n=review.version, yes=tally.supporting, total=tally.n)
        if tally.passed
        else w.md("*Version {n} of the note is not carried:* {yes} of {total} at 3 or more.",
                  n=review.version, yes=tally.supporting, total=tally.n)
    )  # fmt: skip
    return Mrkdwn("\n").join([said, md(spread)])


MESSAGES = {CARD: card, REPLY: reply, NEWS: news}
