"""The open points a diagnosis raises, and settles again: rules, conditions of the go, what is contested.

Each has an owner, a date and a "done when". What somebody has changed by hand stays: an owner, a date, a
point that was settled. Never says who answered what; of an anonymous item only that opinions are split.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from bot.diagnosis.loose import called
from bot.diagnosis.picture import Picture
from bot.diagnosis.quotes import FUNCTIONS
from flows import cadence
from flows.agenda import NEXT_WORKSHOP
from flows.cadence import add_working_days
from flows.diagnosis.advice import headline
from flows.diagnosis.result import Contested
from flows.dialogue.effects import Draft, Record, Source
from flows.dialogue.show import joined
from flows.project import SINGLE_ROLES, Cast
from flows.words import Words
from storage import recording
from storage.database import Connection
from storage.recording import LIVE

#: What these records come from, in place of a question.
SOURCE = "diagnosis"
#: Severities that open a point (3.7).
OPENING = ("high", "blocking")
#: Working days that the owner of a new point is given (0.5).
TIME_TO_SETTLE = 10

AGREE = Words("Agree on: {what}", "S’accorder sur : {what}")
SPLIT = Words("Agree on: {what} (opinions are split)", "S’accorder sur : {what} (les avis sont partagés)")
APART = Words(
    "Agree on: {what} ({functions} see it differently)",
    "S’accorder sur : {what} ({functions} ne le voient pas de la même façon)",
)
CONDITION = Words("Condition of the go: {what}", "Condition du feu vert : {what}")


def follow(conn: Connection, picture: Picture, now: datetime, *, early: bool = False) -> None:
    """Make the register agree with this run: open what has become true, settle what is no longer.
    `early`: the verdict is not for the team yet, so no condition of it is opened either."""
    project = picture.project
    source = Source(dialogue=project.id, question=SOURCE, respondent="")
    here = {"workspace": project.workspace, "project_id": project.id}
    task = recording.about(conn, **here, source=source, now=now)
    rows = {row.source_item: row for row in task.of(source)}
    today = now.astimezone(cadence.zone(project.zone)).date()
    wanted = {draft.item: draft for draft in drafts(picture, today)}
    if early:
        wanted = {item: draft for item, draft in wanted.items() if item in rows or not _tells(draft)}
    kept = [_kept(draft, rows.get(item)) for item, draft in wanted.items()]
    settled = [_settled(row) for item, row in rows.items() if item not in wanted]
    recording.record(task, Record(source=source, drafts=(*kept, *settled)))


def drafts(picture: Picture, today: date) -> Iterable[Draft]:
    """Every point that is to be open now."""
    due = add_working_days(today, TIME_TO_SETTLE)
    model, rules = picture.model, {rule.id: rule for rule in picture.found.rules}
    for fired in rules.values():
        if fired.severity in OPENING:
            rule = model.rules[fired.id]
            title = Words("{rule} {what}", "{rule} {what}").fill(
                rule=Words.same(fired.id), what=headline(rule.words)
            )
            fields = {"family": fired.family, "blocking": fired.severity == "blocking", "rule": fired.id}
            restricted = bool(rule.seen_by)
            yield _draft(picture, fired.id, title, rule.owner, due, fields, restricted=restricted)
    for condition in picture.found.conditions:
        if condition.id not in model.rules:
            title = CONDITION.fill(what=called(picture, condition.id))
            fields = {"blocking": False, "condition": condition.id}
            yield _draft(picture, condition.id, title, condition.owner, due, fields)
    for one in (*_items(picture), *picture.found.apart):
        yield _contested(picture, one, due)


def _tells(draft: Draft) -> bool:
    """Its being there tells the verdict."""
    return "condition" in draft.fields


def _items(picture: Picture) -> list[Contested]:
    """Contested items; a contested pair goes to the arbiter instead (R64)."""
    return [one for one in picture.found.contested if not one.id.startswith("ARB")]


def _contested(picture: Picture, one: Contested, due: date) -> Draft:
    question = picture.question(one.id)
    what = question.short if question else Words.same(one.id)
    if one.functions:
        names = joined([FUNCTIONS.get(code, Words.same(code)) for code in one.functions], ", ")
        title = APART.fill(what=what, functions=names)
    else:
        title = (SPLIT if one.anonymous else AGREE).fill(what=what)
    fields = {"blocking": False, "agenda": NEXT_WORKSHOP, "contested": one.id}
    return _draft(picture, f"agree-{one.id}", title, "facilitator", due, fields)


def _draft(  # noqa: PLR0913, PLR0917 - what every open point says
    picture: Picture,
    item: str,
    title: Words,
    role: str,
    due: date,
    fields: Mapping[str, Any],
    *,
    restricted: bool = False,
) -> Draft:
    return Draft(
        kind="issue",
        item=item,
        title=title,
        owner=owner(picture.project.cast, role),
        due=due,
        restricted=restricted,
        fields=dict(fields),
    )


def owner(cast: Cast, role: str) -> str | None:
    """Who holds a role; the facilitator where nobody does."""
    single = next((known for known in SINGLE_ROLES if known == role), None)
    found = (
        cast.holder(single) if single else next((m.user for m in cast.members if m.function == role), None)
    )
    return found or cast.holder("facilitator")


def _kept(draft: Draft, row: Any) -> Draft:
    """An open point keeps its owner and its date from run to run."""
    if row is None or row.status not in LIVE:
        return draft
    return Draft(
        kind=draft.kind,
        item=draft.item,
        title=draft.title,
        owner=row.owner or draft.owner,
        due=row.due,
        restricted=draft.restricted,
        fields=draft.fields,
    )


def _settled(row: Any) -> Draft:
    """What is no longer true: resolved, with everything else as it stood."""
    fields = dict(row.fields or {})
    if row.status in LIVE:
        fields |= {"resolution": "no_longer_true"}
    return Draft(
        kind="issue",
        item=row.source_item,
        title=Words(row.title_en, row.title_fr),
        owner=row.owner,
        due=row.due,
        status="resolved",
        restricted=row.restricted,
        fields=fields,
    )
