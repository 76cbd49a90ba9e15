"""`/cadrage log`: the log of the project, by words and filters, ten records a page, the newest first.

What somebody may not read is not found, so no page tells that it exists. Changes nothing, and counts
nothing: a page costs the same in a small project and in a large one.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bot import answer, asker, verbs
from bot.asker import Asker
from bot.hub import record, register, withheld
from bot.hub.kinds import KINDS, TITLES
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows.register import finding as searched
from flows.register.finding import Wanted
from flows.register.life import LIFE, STATES
from flows.register.model import Kept
from flows.register.shown import FAMILIES, fields, state
from storage import audit, finding, linking
from storage import dialogue as dialogues
from storage.database import Connection
from storage.finding import Reader

CALLBACK = "log"
PAGE = 10
ALL = "all"
BACK = 40  # pages one can turn back: what a view keeps is bounded
LONGEST = 200  # characters of a search
BY, WORDS = "log.by", "log.words"  # block ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a page shows. `at`: after which line each page so far began, the shown one last; `flow`: whose
    dialogue's records, "": any."""

    wanted: Wanted
    typed: str = ""
    flow: str = ""
    at: tuple[int, ...] = (0,)


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage log [words] [status]`, [Log]: bare, it is the decisions; words are looked for everywhere."""
    chosen = answer.chosen(request) if request.kind == "action" else ""
    who = await asker.asker(request, parts, project_id=chosen)
    rest = verbs.parse(str(request.payload.get("text") or "")).rest if request.kind == "command" else ()
    wanted = searched.typed(rest)
    if not rest:
        wanted = replace(wanted, kind="decision")
    search = Search(wanted=wanted, typed=" ".join(wanted.words))
    if isinstance(verdict := who.may("register.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(view, parts=parts, who=who, search=search)

    return answer.show(request, parts, who.w, who.w("Log"), build)


async def searching(request: Request, parts: Parts) -> Reply:
    """[Search], a filter, [Next 10], [Previous 10]: the same page, of what is wanted now."""
    try:
        kept = json.loads(answer.metadata(request) or "{}")
        project_id, at = str(kept.get("p", "")), tuple(int(one) for one in kept.get("at", ()))
    except (ValueError, TypeError, AttributeError):
        project_id, at = "", ()
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("register.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    search = _asked(request, at)
    shown = await parts.db.read(view, parts=parts, who=who, search=search)
    if request.kind == "view":
        return Reply(ack={"response_action": "update", "view": shown})
    return answer.refreshed(request, parts, shown)


def view(conn: Connection, *, parts: Parts, who: Asker, search: Search) -> Json:
    """One page: what is looked for, what was found, the way on."""
    w, project = who.w, who.here
    here = {"workspace": project.workspace, "project_id": project.id}
    wanted = _of_flow(conn, who, search)
    reader = reading(conn, parts=parts, who=who)
    lines = finding.page(conn, **here, wanted=wanted, reader=reader, after=search.at[-1], most=PAGE + 1)
    shown = [line.record for line in lines[:PAGE]]
    owners = [one.owner for one in shown if one.owner]
    names = asker.named(conn, project=project, also=owners)
    rows = [_field(w, search), _filters(conn, parts, who, search, names)]
    instead = replaced(conn, who, shown)
    rows += [_row(parts, who, one, names, instead.get(one.ref, ())) for one in shown]
    if not shown:
        rows += [blocks.section(_nothing(w, search))]
    rows += _paging(w, lines[PAGE - 1].place if len(lines) > PAGE else 0, len(search.at) > 1)
    if check := audit.check(conn, **here):
        rows.append(blocks.context(w("Record check {check}", check=check)))
    metadata = json.dumps({"p": project.id, "at": search.at[-BACK:]}, separators=(",", ":"))
    return blocks.modal(
        w("Log"), rows, callback_id=CALLBACK, submit=w("Search"), close=w.p("window", "Close"),
        metadata=metadata,
    )  # fmt: skip


def reading(conn: Connection, *, parts: Parts, who: Asker) -> Reader:
    """On whose behalf the log is read: roles, and what nobody else reads yet."""
    project, user = who.here, who.actor.user
    return Reader(
        user=user,
        roles=frozenset(project.cast.roles_of(user)),
        waiting=withheld.kept_back(conn, parts, project),
        points=withheld.POINTS,
    )


def _asked(request: Request, at: tuple[int, ...]) -> Search:
    """What the filters of the view say now. All of it is user input: what nothing has is left out."""

    def chosen(name: str) -> str:
        option = answer.state(request, BY, f"log.filter:{name}").get("selected_option") or {}
        pressed = (request.payload.get("actions") or [{}])[0] if request.kind == "action" else {}
        if pressed.get("action_id") == f"log.filter:{name}":
            option = pressed.get("selected_option") or {}
        value = str(option.get("value") or "")
        return "" if value == ALL else value

    typed = str(answer.state(request, WORDS, "log.words").get("value") or "")[:LONGEST]
    words = tuple(dict.fromkeys(searched.words(typed)))[: searched.MOST_WORDS]
    kind = chosen("kind")
    wanted = Wanted(
        words=words,
        kind=kind if kind in KINDS else "",
        status=chosen("status"),
        owner=chosen("owner"),
        family=chosen("family"),
    )
    return Search(wanted=wanted, typed=typed, flow=chosen("flow"), at=_turned(request, at))


def _turned(request: Request, at: tuple[int, ...]) -> tuple[int, ...]:
    """Where pages begin once this button has been pressed; a filter begins anew."""
    if request.kind != "action" or request.name != "log.page":
        return (0,)
    way, _, place = answer.chosen(request).partition(":")
    if way == "next" and place.isdecimal() and len(place) < 16:
        return (*(at or (0,)), int(place))
    return at[:-1] or (0,)


def _of_flow(conn: Connection, who: Asker, search: Search) -> Wanted:
    """The runs of the dialogue that is asked about."""
    if not search.flow:
        return search.wanted
    runs = dialogues.runs(conn, workspace=who.here.workspace, project_id=who.here.id)
    return replace(search.wanted, runs=tuple(run.id for run in runs if run.flow == search.flow))


def _field(w: Wording, search: Search) -> Json:
    field = elements.words("log.words", initial=search.typed, most=LONGEST, hint=w("One word, or several"))
    return blocks.field(w("Words"), field, block_id=WORDS, optional=True, dispatch=True)


def _filters(conn: Connection, parts: Parts, who: Asker, search: Search, names: dict[str, str]) -> Json:
    """Kind, state, owner, family, dialogue: each with "all" first."""
    w, wanted, project = who.w, search.wanted, who.here
    people = {who.actor.user: w("Mine")}
    for user in project.cast.everybody():
        people.setdefault(user, names.get(user, user))
    if wanted.owner:
        people.setdefault(wanted.owner, names.get(wanted.owner, wanted.owner))
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    flows = {run.flow: w.of(parts.playbook.flows[run.flow].title) for run in runs
             if run.flow in parts.playbook.flows}  # fmt: skip
    return blocks.actions(
        _select(w("All records"), "kind", {kind: w(TITLES[kind]) for kind in KINDS}, wanted.kind),
        _select(w("Any state"), "status", _states(w, wanted.kind), wanted.status),
        _select(w("Anybody’s"), "owner", people, wanted.owner),
        _select(w("Any family"), "family", {id: w.of(name) for id, name in FAMILIES.items()}, wanted.family),
        _select(w("Any dialogue"), "flow", flows, search.flow),
        block_id=BY,
    )


def _states(w: Wording, kind: str) -> dict[str, str]:
    """The states of one kind, in its gender; of all kinds when none is chosen."""
    if kind in LIFE:
        return {status: w.of(state(kind, status) or STATES[status]) for status in LIFE[kind]}  # type: ignore[arg-type, index]
    return {status: w.of(said) for status, said in STATES.items()}


def _select(every: str, name: str, choices: dict[str, str], chosen: str) -> Json:
    options = [elements.option(every, ALL)]
    options += [elements.option(said, value) for value, said in list(choices.items())[:99]]
    return elements.select(
        f"log.filter:{name}", options, initial=chosen if chosen in choices else ALL, hint=every
    )


def replaced(conn: Connection, who: Asker, shown: Iterable[Kept]) -> dict[str, list[str]]:
    """What has taken the place of those that are replaced."""
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    return linking.instead(conn, **here, refs=[one.ref for one in shown if one.status == "superseded"])


def _row(parts: Parts, who: Asker, kept: Kept, names: dict[str, str], instead: Iterable[str]) -> Json:
    """One record: its line, why it was decided or what has taken its place, and the way to its page."""
    w = who.w
    said = [register.line(w, kept, names, who)]
    if kept.status == "superseded":
        said += [w.md("Replaced by {refs}", refs=", ".join(instead))] if instead else []
    elif kept.kind == "decision" and kept.status not in record.FADED:
        reason = next((one for one in fields(kept, lambda id: record.question(parts, id), names)
                       if one.key == "reason"), None)  # fmt: skip
        said.append(w.md("{name}: {value}", name=reason.name, value=reason.value) if reason
                    else w.md("*No reason given.*"))  # fmt: skip
    label = w("Open {ref}", ref=kept.ref)
    value = f"{who.here.id}:{kept.ref}"
    go = elements.button(w.p("button", "Open"), f"record.open:{kept.ref}", value=value, label=label)
    return blocks.section(Mrkdwn("\n").join(said), accessory=go)


def _nothing(w: Wording, search: Search) -> str:
    if search.typed:
        return w("Nothing found for “{words}”. Try one word, or fewer filters.", words=search.typed)
    return w("Nothing here with these filters.")


def _paging(w: Wording, after: int, turned: bool) -> Iterable[Json]:
    row = []
    if turned:
        row.append(elements.button(w("Previous {n}", n=PAGE), "log.page:previous", value="previous"))
    if after:
        row.append(elements.button(w("Next {n}", n=PAGE), "log.page:next", value=f"next:{after}"))
    return [blocks.actions(*row)] if row else []


ACTIONS: dict[str, Any] = {
    "log.open": command, "log.filter": searching, "log.words": searching, "log.page": searching,
}  # fmt: skip
VIEWS: dict[str, Any] = {CALLBACK: searching}
