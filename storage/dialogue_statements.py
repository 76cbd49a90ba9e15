"""The SQL of dialogues, built once. Decides nothing."""

from typing import Any

from sqlalchemy import and_, bindparam, cast, func, literal, null, or_, select, text, update

from storage.statement import Both
from storage.tables import (
    answer,
    diagnosis,
    dialogue,
    member,
    participation,
    person,
    project,
    review,
    role,
)

IS_ROLE = -1
IS_BOT = -2

_THIS = (dialogue.c.workspace == bindparam("w"), dialogue.c.id == bindparam("d"))
_PART_OF = (participation.c.workspace == bindparam("w"), participation.c.dialogue_id == bindparam("d"))

RUN = select(dialogue).where(*_THIS)
LOCKED_RUN = RUN.with_for_update()
#: The code of the project's latest diagnosis: one step down an index, in the row that is read anyway.
VERDICT = (
    select(diagnosis.c.verdict)
    .where(diagnosis.c.workspace == dialogue.c.workspace, diagnosis.c.project_id == dialogue.c.project_id)
    .order_by(diagnosis.c.number.desc())
    .limit(1)
    .scalar_subquery()
    .label("verdict")
)
#: How the latest version of the note that went round stands, in the same way.
REVIEW = (
    select(review.c.state)
    .where(review.c.workspace == dialogue.c.workspace, review.c.project_id == dialogue.c.project_id)
    .order_by(review.c.version.desc())
    .limit(1)
    .scalar_subquery()
    .label("review")
)
_WITH_PROJECT = select(dialogue, project.c.currency.label("project_currency"), VERDICT, REVIEW).join(
    project, and_(project.c.workspace == dialogue.c.workspace, project.c.id == dialogue.c.project_id)
)
SHEET_OF = _WITH_PROJECT.where(*_THIS, project.c.workspace == bindparam("w"))
SHEETS_OF = _WITH_PROJECT.where(
    dialogue.c.workspace == bindparam("w"),
    dialogue.c.project_id == bindparam("p"),
    project.c.workspace == bindparam("w"),
)
LOCKED_SHEET_OF = SHEET_OF.with_for_update(of=dialogue)
RUNS = (
    select(dialogue)
    .where(dialogue.c.workspace == bindparam("w"), dialogue.c.project_id == bindparam("p"))
    .order_by(dialogue.c.opened_at, dialogue.c.id)
)
#: As text: PostgreSQL finds no partial index for a parameter once it has prepared the statement.
_IS_OPEN = text("status = 'open'")
OPEN = Both(
    lambda insert: insert(dialogue).on_conflict_do_nothing(
        index_elements=["workspace", "project_id", "flow"], index_where=_IS_OPEN
    )
)
OPEN_ID = select(dialogue.c.id).where(
    dialogue.c.workspace == bindparam("w"),
    dialogue.c.project_id == bindparam("p"),
    dialogue.c.flow == bindparam("f"),
    dialogue.c.status == "open",
)
#: The latest run of a flow, while none is open: the index on open runs refuses a second one anyway.
_LAST = (
    select(dialogue.c.id)
    .where(
        dialogue.c.workspace == bindparam("w"),
        dialogue.c.project_id == bindparam("p"),
        dialogue.c.flow == bindparam("f"),
    )
    .order_by((dialogue.c.status == "open").desc(), dialogue.c.opened_at.desc(), dialogue.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
TAKE_UP = (
    update(dialogue)
    .where(dialogue.c.workspace == bindparam("w"), dialogue.c.id == _LAST, dialogue.c.status == "closed")
    .values(status="open", closed_at=None, closed_by=None)
)
SET_PARTS = update(dialogue).where(*_THIS).values(parts=bindparam("parts"))
SET_CLOSING = update(dialogue).where(*_THIS).values(closes_on=bindparam("on"))
CLOSE = (
    update(dialogue)
    .where(*_THIS, dialogue.c.status == "open")
    .values(status="closed", closed_at=bindparam("now"), closed_by=bindparam("by"))
)

INVITE = Both(
    lambda insert: (
        (new := insert(participation))
        .on_conflict_do_update(
            index_elements=["workspace", "dialogue_id", "user"],
            set_={"invited_at": new.excluded.invited_at, "invited_by": new.excluded.invited_by},
            where=participation.c.invited_at.is_(None),
        )
        .returning(participation.c.user)
    )
)
WITHDRAW = (
    update(participation)
    .where(*_PART_OF, participation.c.user.in_(bindparam("users", expanding=True)))
    .values(invited_at=None, invited_by=None)
)
UNDO_DONE = (
    update(participation)
    .where(*_PART_OF, participation.c.user.in_(bindparam("users", expanding=True)))
    .values(done_at=None)
)
PARTICIPATIONS = (
    select(participation)
    .where(*_PART_OF)
    .order_by(func.coalesce(participation.c.invited_at, participation.c.started_at), participation.c.user)
)
COUNTS = select(
    func.count(participation.c.invited_at).label("invited"),
    func.count(participation.c.started_at).label("started"),
    func.count(participation.c.done_at).label("done"),
).where(*_PART_OF)
FOR_USER = (
    select(
        dialogue,
        participation.c.user,
        participation.c.invited_at,
        participation.c.started_at,
        participation.c.done_at,
        participation.c.later_at,
    )
    .join(
        dialogue,
        and_(dialogue.c.workspace == participation.c.workspace, dialogue.c.id == participation.c.dialogue_id),
    )
    .where(
        participation.c.workspace == bindparam("w"),
        participation.c.user == bindparam("u"),
        or_(participation.c.invited_at.is_not(None), participation.c.started_at.is_not(None)),
    )
    .order_by(dialogue.c.status.desc(), dialogue.c.opened_at.desc(), dialogue.c.id)
)

_no_daci = cast(null(), member.c.daci.type).label("daci")
_no_hours = cast(null(), member.c.hours.type).label("hours")
_no_name = cast(null(), person.c.name.type).label("name")


def _profile(holder: Any) -> Any:
    """The profile of whoever is in a row of roles or of the team, once Slack has given it."""
    known = (person.c.workspace == holder.c.workspace, person.c.user == holder.c.user)
    return and_(*known, person.c.fetched_at.is_not(None))


#: Roles, team lines, all with their names, and who is a bot, in one round trip.
CAST = (
    select(
        literal(IS_ROLE).label("position"),
        role.c.role.label("function"),
        role.c.user,
        _no_daci,
        _no_hours,
        person.c.name,
    )
    .outerjoin_from(role, person, _profile(role))
    .where(role.c.workspace == bindparam("w"), role.c.project_id == bindparam("p"))
    .union_all(
        select(*(member.c[n] for n in ("position", "function", "user", "daci", "hours")), person.c.name)
        .outerjoin_from(member, person, _profile(member))
        .where(member.c.workspace == bindparam("w"), member.c.project_id == bindparam("p")),
        select(literal(IS_BOT), literal("bot"), person.c.user, _no_daci, _no_hours, _no_name).where(
            person.c.workspace == bindparam("w"), person.c.is_bot
        ),
    )
)

_columns = (
    answer.c.dialogue_id,
    answer.c.question,
    answer.c.respondent,
    answer.c.version,
    answer.c.author,
    answer.c.value,
    answer.c.exit,
    answer.c.at,
    answer.c.shared,
    answer.c.compared,
)
_in_dialogue = (
    answer.c.workspace == bindparam("w"),
    answer.c.dialogue_id.in_(bindparam("ids", expanding=True)),
)
_mine = answer.c.respondent.in_([literal(""), bindparam("me")])
#: Two index look-ups: the cost does not grow with the number of respondents.
SHEET = (
    select(*_columns)
    .where(*_in_dialogue, _mine)
    .union_all(select(*_columns).where(*_in_dialogue, answer.c.compared, ~_mine))
)
