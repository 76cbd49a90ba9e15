"""What workshops leave for the detectors of small wins (6.1), from records and counts. Judges nothing."""

from collections.abc import Iterator

from sqlalchemy import bindparam, func, select

from flows.wins import facts as shapes
from storage.register import kept
from storage.tables import workshop, workshop_card
from storage.win_sources import Sources

#: The step in which roles are carried, and the workshop in which failure is imagined.
ROLES, PREMORTEM = "W01.4", "W07"
OTHER = "other"

_HELD = select(func.count()).where(
    workshop.c.workspace == bindparam("w"),
    workshop.c.project_id == bindparam("p"),
    workshop.c.script == PREMORTEM,
    workshop.c.state == "ended",
)
#: Causes that were not merged into another one; unsigned, and counted together only.
_CAUSES = (
    select(func.count())
    .select_from(workshop_card)
    .join(
        workshop,
        (workshop.c.workspace == workshop_card.c.workspace) & (workshop.c.id == workshop_card.c.workshop_id),
    )
    .where(
        workshop_card.c.workspace == bindparam("w"),
        workshop.c.workspace == bindparam("w"),
        workshop.c.project_id == bindparam("p"),
        workshop.c.script == PREMORTEM,
        workshop.c.state == "ended",
        workshop_card.c.kind == "idea",
        workshop_card.c.into == "",
    )
)


def roles_carried(source: Sources) -> bool:
    """W01: a vote has carried who steers and who settles."""
    return any(
        row.source_question == ROLES and row.status == "accepted"
        for row in source.records.get("decision", ())
    )


def gaps(source: Sources) -> Iterator[shapes.Gap]:
    """Each gap, and whether a workshop has agreed that it is one (W03)."""
    for row in source.records.get("gap", ()):
        one = kept(row)
        function = str(one.fields.get("function") or one.fields.get("area") or OTHER)
        agreed = bool(one.fields.get("agreed_in"))
        yield shapes.Gap(ref=one.ref, function=function, owned=bool(one.owner), agreed=agreed)


def let_go(source: Sources) -> Iterator[shapes.Let]:
    """Needs that were must-haves, and that nobody at all has placed there again (W06): the department that
    asked for them has let go too."""
    for row in source.records.get("need", ()):
        one = kept(row)
        if one.fields.get("let_go"):
            yield shapes.Let(ref=one.ref, function=str(one.fields.get("function") or OTHER))


def causes(source: Sources) -> int | None:
    """How many causes of failing the premortem has found; None while it has not been held."""
    key = {"w": source.project.workspace, "p": source.project.id}
    if not source.conn.execute(_HELD, key).scalar():
        return None
    return int(source.conn.execute(_CAUSES, key).scalar() or 0)


def granted(source: Sources) -> Iterator[shapes.Answered]:
    """Conditions asked for in W04 that the sponsor has granted."""
    for row in source.records.get("decision", ()):
        one = kept(row)
        if one.fields.get("condition") == "granted" and one.status == "accepted":
            yield shapes.Answered(key=one.ref, title=one.title)
