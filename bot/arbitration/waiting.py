"""What Home, `/cadrage todo` and the grouped reminder say of what is to be settled."""

from bot.arbitration import told
from bot.arbitration.hearing import Hearing, of
from bot.asker import Asker
from bot.hub.tasks import Next
from bot.parts import Parts
from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import N_
from flows.arbitration.life import REMIND, waited
from flows.project import Project
from storage import arbitration
from storage.database import Connection

SHOWN = 5
YOURS = N_("{ref} waits for your decision until {day}: *{title}*")
YOURS_LATE = N_("{ref} was to be decided by {day}, and waits for you: *{title}*")
COMMITTEE = N_("{ref} waits for the management committee until {day}: *{title}*")
COMMITTEE_LATE = N_("{ref} was to be decided by {day}, and waits for the management committee: *{title}*")


def mine(conn: Connection, parts: Parts, *, workspace: str, user: str) -> list[Hearing]:
    """What waits for this person's decision, in any project, the next due first."""
    cases = arbitration.for_arbiter(conn, workspace=workspace, user=user)
    return [found for case in cases if (found := of(conn, parts, case, user)) is not None]


def next_action(conn: Connection, parts: Parts, who: Asker) -> Next | None:
    """Line 3 of journeys 1.4: it waits for the arbiter. A delegate's goes before what one has delegated."""
    workspace, user = who.actor.workspace, who.actor.user
    found = [one for one in mine(conn, parts, workspace=workspace, user=user) if one.case.arbiter == user]
    if found:
        w, case = found[0].w, found[0].case
        day = w.day(case.due) if case.due else ""
        said = w.md(_waits(found[0]), ref=case.ref, day=day, title=case.title)
        return Next(said=said, button=w("Decide"), action="arbitration.decide", value=case.id)
    wanted = arbitration.words_wanted(conn, workspace=workspace, user=user)
    if not wanted:
        return None
    w, case = who.w, wanted[0]
    said = w.md("{ref} wants your own words: *{title}*", ref=case.ref, title=case.title)
    return Next(said=said, button=w("Say it in my words"), action="arbitration.say", value=case.id)


def _waits(found: Hearing) -> str:
    """How long it waits, or has waited, and for whom."""
    late = found.standing == "overdue"
    if found.case.seat == "committee":
        return COMMITTEE_LATE if late else COMMITTEE
    return YOURS_LATE if late else YOURS


def lines(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """In Home: what I am to settle, where my words are wanted, and what stands in the project."""
    workspace, user = who.actor.workspace, who.actor.user
    rows = [decide(one) for one in mine(conn, parts, workspace=workspace, user=user)[:SHOWN]]
    for case in arbitration.words_wanted(conn, workspace=workspace, user=user)[:SHOWN]:
        found = of(conn, parts, case, user)
        if found is not None:
            w = found.w
            label = w("{what}: {question}", what=w("Say it in my words"), question=case.ref)
            go = elements.button(
                w("Say it in my words"), f"arbitration.say:{case.id}", value=case.id, label=label
            )
            rows.append(blocks.section(told.head(found), accessory=go))
    if who.project is not None:
        rows += _here(conn, parts, who, who.project)
    return rows


def _here(conn: Connection, parts: Parts, who: Asker, project: Project) -> list[Json]:
    """For whoever brought it and for those who run the project: where it stands."""
    user, rows = who.actor.user, []
    steers = {"facilitator", "lead", "sponsor"} & project.cast.roles_of(user)
    for case in arbitration.pending(conn, workspace=project.workspace, project_id=project.id):
        found = of(conn, parts, case, user)
        if found is None or user in case.deciders or not (steers or case.asked_by == user):
            continue
        if found.readable(user):
            said = Mrkdwn("\n").join([told.head(found), told.whose(found)])
            label = found.w("Read {ref}", ref=case.ref)
            go = elements.button(found.w("Read"), f"arbitration.read:{case.id}", value=case.id, label=label)
            rows.append(blocks.section(said, accessory=go))
    return rows[:SHOWN]


def decide(found: Hearing) -> Json:
    """One case, with the button that settles it."""
    w, case = found.w, found.case
    label = w("{what}: {question}", what=w("Decide"), question=case.ref)
    go = elements.button(w("Decide"), f"arbitration.decide:{case.id}", value=case.id, label=label)
    return blocks.section(Mrkdwn("\n").join([told.head(found), told.whose(found)]), accessory=go)


def reminded(conn: Connection, parts: Parts, *, project: Project, user: str) -> list[Json]:
    """In the grouped reminder: what this person is to settle soon, and for the sponsor what waits past its
    day for somebody else."""
    rows = []
    for found in mine(conn, parts, workspace=project.workspace, user=user):
        if found.case.project_id == project.id and waited(found.case, found.today) >= REMIND:
            rows.append(decide(found))
    if project.cast.holder("sponsor") == user:
        for case in arbitration.for_digest(conn, workspace=project.workspace, project_id=project.id):
            heard = of(conn, parts, case, user)
            if heard is not None and user not in case.deciders:
                said = Mrkdwn("\n").join([told.head(heard), told.whose(heard)])
                go = elements.button(
                    heard.w("Read"), f"arbitration.read:{case.id}", value=case.id,
                    label=heard.w("Read {ref}", ref=case.ref),
                )  # fmt: skip
                rows.append(blocks.section(said, accessory=go))
    return rows
