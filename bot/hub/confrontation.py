"""Planned and lived, side by side: the page of D04 once it has closed, by area and step (for W03).

For those who may read what came out. Nobody sees another's description before; nobody is named for one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.dialogue.place import Place
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Allow, Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import N_, Wording
from flows import confrontation
from flows.confrontation import AREA, SERIOUS, STEPS, Account, Area, Step, applies
from flows.dialogue.model import Flow, Question
from flows.dialogue.show import cell_in_words
from flows.register.model import Kept
from flows.register.shown import state
from storage import dialogue as dialogues
from storage import register
from storage.database import Connection

OPEN, CALLBACK = "confrontation.open", "confrontation"
#: Pages in whose place this one is put: itself, and what came out.
HERE = (CALLBACK, "dialogue.results")
#: Descriptions on one page: as many as fit whatever their length.
PER_PAGE = 8
#: What stands side by side, and what is said below.
BOTH, BELOW = ("planned", "lived"), ("outside", "gap", "target", "risk")
#: The distance between planned and lived in words: no sign by colour alone (8.3).
GAPS: Mapping[int, str] = {
    1: N_("no gap"), 2: N_("a small gap"), 3: N_("a medium gap"), 4: N_("a serious gap"),
    5: N_("a very serious gap"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """All that the page is drawn from, for one person."""

    who: Asker
    flow: Flow
    areas: tuple[Area, ...]
    gaps: Mapping[tuple[str, str], Kept]  # by respondent and line
    names: Mapping[str, str]

    @property
    def w(self) -> Wording:
        """How to speak to this person."""
        return self.who.w


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What is never cut in two: one description of one step, or an area that nobody described."""

    area: Area
    step: Step | None = None
    n: int = 0  # which description of the step, from 0


def ways(w: Wording, flow: Flow, run_id: str) -> list[Json]:
    """The button that leads here, from a dialogue that has two sides."""
    return [elements.button(w("Planned and lived"), OPEN, value=run_id)] if applies(flow) else []


def latest(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """The same for Home: of the latest run that has closed."""
    if who.may("results.read") != Allow():
        return []
    flows = parts.playbook.flows
    runs = dialogues.runs(conn, workspace=who.here.workspace, project_id=who.here.id)
    over = [run for run in runs if run.status == "closed" and run.flow in flows and applies(flows[run.flow])]
    return ways(who.w, flows[over[-1].flow], over[-1].id) if over else []


async def open_page(request: Request, parts: Parts) -> Reply:
    """[Planned and lived], [Next page]: "{run}" or "{run}:{page}"."""
    run_id, _, page = answer.chosen(request).partition(":")
    run = await parts.db.read(dialogues.run, workspace=request.workspace, id=run_id)
    who = await asker.asker(request, parts, project_id=run.project_id if run else "-")
    verdict = who.may("results.read")
    if run is None or isinstance(verdict, Deny):
        refused = verdict if isinstance(verdict, Deny) else Deny(words=NOTHING_THERE)
        return answer.tell(request, parts, who.w, who.refusal(refused))
    number = int(page) if page.isdecimal() and len(page) < 4 else 0

    async def build() -> Json:
        return await parts.db.read(view, parts=parts, who=who, run=run, number=number)

    if (request.payload.get("view") or {}).get("callback_id") in HERE:
        return answer.refreshed(request, parts, await build())
    return answer.show(request, parts, who.w, who.w("Planned and lived"), build)


def view(conn: Connection, *, parts: Parts, who: Asker, run: dialogues.Run, number: int = 0) -> Json:
    """One page of it; while the dialogue is open, the sentence that says it is too early."""
    w = who.w
    flow = parts.playbook.flows.get(run.flow)
    if run.status != "closed" or flow is None or not applies(flow):
        rows = [blocks.section(w("Answers are shown to the others once this closes, not before."))]
    else:
        rows = _rows(load(conn, who=who, flow=flow, run=run), run.id, number)
    place = Place(dialogue=run.id).packed()
    return answer.page(w, w("Planned and lived"), rows, metadata=place, callback_id=CALLBACK)


def load(conn: Connection, *, who: Asker, flow: Flow, run: dialogues.Run) -> Sides:
    """Descriptions, gaps and names of one run that has closed."""
    project = who.here
    here = {"workspace": project.workspace, "dialogue_id": run.id}
    roles = project.cast.roles_of(who.actor.user)
    given = dialogues.answers(conn, **here, roles=roles)
    kept = [one for one in register.of_dialogue(conn, **here, roles=roles) if one.kind == "gap"]
    owners = [str(owner) for owner in (*(one.owner for one in kept), *_owners(given)) if owner]
    return Sides(
        who=who,
        flow=flow,
        areas=confrontation.areas(given, [one.function or "" for one in project.cast.members]),
        gaps={(one.respondent, one.item): one for one in kept},
        names=asker.named(conn, project=project, also=owners),
    )


def _owners(given: Mapping[str, Iterable[tuple[str, Any]]]) -> Iterable[Any]:
    """Whom the descriptions name."""
    lines = (line for _, one in given.get(STEPS, ()) for line in one.value or () if isinstance(line, dict))
    return (line.get("owner") for line in lines)


def _rows(sides: Sides, run_id: str, number: int) -> list[Json]:
    """The blocks of one page, and the way to the others."""
    w, units = sides.w, list(_units(sides.areas))
    if not any(area.steps for area in sides.areas):
        return [blocks.section(w("Nobody has described a step: there is nothing to compare."))]
    pages = [units[n : n + PER_PAGE] for n in range(0, len(units), PER_PAGE)]
    number = min(number, len(pages) - 1)
    rows = [blocks.context(_promise(w))]
    for area, here in groupby(pages[number], key=lambda unit: unit.area):
        rows += _area(sides, area)
        for step, several in groupby(here, key=lambda unit: unit.step):
            if step is not None:
                rows += _step(sides, step, several)
    return [*rows, *_turning(w, run_id, number, len(pages))]


def _units(areas: Iterable[Area]) -> Iterable[Unit]:
    for area in areas:
        if not area.steps:
            yield Unit(area=area)
        for step in area.steps:
            yield from (Unit(area=area, step=step, n=n) for n in range(len(step.accounts)))


def _promise(w: Wording) -> Mrkdwn:
    return w.md(
        "Each description was written before anybody could read another. This page is about steps, not about "
        "people: it says nobody’s name but that of a gap’s owner."
    )


def _area(sides: Sides, area: Area) -> list[Json]:
    """The name of the area, what is there, and what W03 still needs of it."""
    w = sides.w
    asked = sides.flow.question(AREA)
    known = {option.value: option.label for option in asked.options} if asked else {}
    head = blocks.header(w.of(known[area.code]) if area.code in known else w("Area not given"))
    if not area.steps:
        said = [w.md("*Nobody has described this area.*")]
        if not area.present:
            said.append(w.md("Nobody in the team holds this function."))
        return [head, blocks.section(Mrkdwn(" ").join([*said, *_short(w, area)]))]
    figures = [
        w.plural_md("{n} step", "{n} steps", len(area.steps)),
        w.plural_md("{n} with a gap", "{n} with a gap", area.gaps),
        w.plural_md("{n} with a change outside", "{n} with a change outside", area.outside),
    ]
    return [head, blocks.context(Mrkdwn(" · ").join(figures), *(_short(w, area) if area.code else ()))]


def _short(w: Wording, area: Area) -> list[Mrkdwn]:
    """What is still missing before W03 can close on this area; nothing of one the team does not have."""
    if not area.present:
        return []
    missing = []
    if area.steps_short:
        missing.append(w.plural("{n} more step", "{n} more steps", area.steps_short))
    if area.outside_short:
        missing.append(w("one change outside"))
    if not missing:
        return [w.md("Enough here for workshop W03.")]
    return [w.md("Workshop W03 still needs here: {what}.", what=w.listed(missing))]


def _step(sides: Sides, step: Step, units: Iterable[Unit]) -> Iterable[Json]:
    """One step: what differs, in words; then each description of it."""
    w, total = sides.w, len(step.accounts)
    if total > 1:
        yield blocks.section(Mrkdwn(" · ").join([bold(step.name), *_seen(w, step)]))
    for unit in units:
        one = step.accounts[unit.n]
        name = (
            bold(step.name) if total == 1 else w.md("Description {n} of {total}", n=unit.n + 1, total=total)
        )
        yield from _account(sides, one, name)


def _seen(w: Wording, step: Step) -> list[Mrkdwn]:
    """How many described it, and whether they see the same distance."""
    low, high = (w(GAPS[each]) for each in step.range)
    said = [w.plural_md("{n} description", "{n} descriptions", len(step.accounts))]
    if step.seen == "apart":
        said.append(w.md("*seen differently*: from {low} to {high}", low=low, high=high))
    else:
        said.append(w.md("seen alike"))
    return said


def _account(sides: Sides, one: Account, name: Mrkdwn) -> Iterable[Json]:
    """One description: how far planned and lived are apart, both side by side, then the rest."""
    asked = sides.flow.question(STEPS)
    gap = sides.gaps.get(one.key)
    if asked is None:
        return
    yield blocks.section(
        Mrkdwn(" · ").join([name, *_distance(sides, one, gap)]), accessory=_open(sides, gap) if gap else None
    )
    yield blocks.fields(*(_cell(sides, asked, one, key, aside=True) for key in BOTH))
    below = [_cell(sides, asked, one, key) for key in BELOW if one.cells.get(key)]
    if below:
        yield blocks.section(Mrkdwn("\n").join(below))


def _distance(sides: Sides, one: Account, gap: Kept | None) -> list[Mrkdwn]:
    """ "a serious gap · *GAP-4* open · Owner: Inès"."""
    w = sides.w
    said = [bold(w(GAPS[one.severity]))]
    if gap is not None:
        words = state(gap.kind, gap.status)
        said.append(Mrkdwn(" ").join([bold(gap.ref), *([Mrkdwn(w.of(words))] if words else [])]))
    owner = gap.owner if gap is not None else str(one.cells.get("owner") or "")
    if owner:
        said.append(w.md("Owner: {name}", name=sides.names.get(owner, owner)))
    elif one.severity >= SERIOUS:
        said.append(w.md("*no owner yet*"))
    return said


def _open(sides: Sides, gap: Kept) -> Json:
    w, project = sides.w, sides.who.here
    label = w("Open {ref}", ref=gap.ref)
    return elements.button(label, f"record.open:{gap.ref}", value=f"{project.id}:{gap.ref}", label=label)


def _cell(sides: Sides, asked: Question, one: Account, key: str, *, aside: bool = False) -> Mrkdwn:
    """One cell under the name that those who described it read."""
    w = sides.w
    column = next(each for each in asked.columns if each.key == key)
    value = cell_in_words(asked, column, one.cells, sides.names)
    if aside:
        return w.md("*{name}*\n{value}", name=column.label, value=value)
    return w.md("*{name}*: {value}", name=column.label, value=value)


def _turning(w: Wording, run_id: str, number: int, total: int) -> list[Json]:
    """Which page this is, the way to the others, and to everything that was answered."""
    row = []
    if number:
        row.append(elements.button(w("Previous page"), f"{OPEN}:back", value=f"{run_id}:{number - 1}"))
    if number + 1 < total:
        row.append(elements.button(w("Next page"), f"{OPEN}:on", value=f"{run_id}:{number + 1}"))
    row.append(elements.button(w("See what came out"), "results.turn:all", value="0"))
    said = [blocks.context(w.md("Page {n} of {total}", n=number + 1, total=total))] if total > 1 else []
    return [*said, blocks.actions(*row, block_id="turn")]


ACTIONS = {OPEN: open_page}
