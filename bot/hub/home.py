"""App Home: the personal hub. Next action first, then what waits, then everything commands can do.

Drawn from current data each time the outbox publishes it; far below Slack's 100 blocks whatever the
project's size, because long lists have a page of their own.
"""

from typing import Any

from bot import answer, asker, people
from bot.absence import form as absence
from bot.arbitration import waiting as settling
from bot.asker import Asker
from bot.checkins import card as checkins
from bot.delegation import waiting
from bot.diagnosis import summary
from bot.digest import preview
from bot.hub import confrontation, future, pages, tasks
from bot.hub.counts import counted, open_words
from bot.hub.settings_screen import LANGUAGE_NAMES
from bot.once import once
from bot.outbound.render import Message
from bot.parts import Parts
from bot.policy import Allow
from bot.progress import news
from bot.register import depending, reviewing
from bot.request import Json, Reply, Request
from bot.rhythm import replying
from bot.rounds import agenda, announce, calendar, plan
from bot.rounds.cards import PHASES, people_by_role
from bot.rounds.invitation import whole
from bot.route import waiting as routing
from bot.signoff import waiting as signing
from bot.upkeep import handing
from bot.upkeep import rows as due_rows
from bot.waves import rows as wave_rows
from bot.wins import waiting as win_waiting
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording
from bot.workshops import waiting as workshops
from flows.project import Project
from storage import dialogue as dialogues
from storage import memo
from storage.database import Connection
from storage.outbox import Row

SHOWN = 8  # dialogues or records in one part; the rest is one press away
OPTIONS = 100  # projects Slack takes in one list


def render(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """One person's Home as a view."""
    user = str(row.ref.get("user", ""))
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    who = asker.load(conn, parts=parts, person=person)
    return Message(view=blocks.home(view(conn, parts=parts, who=who)))


def view(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """The blocks, from the most useful to the least."""
    if who.project is None:
        return [*waiting.asked_lines(conn, parts, who), *pages.nowhere(who.w, who), _last_row(who)]
    work = tasks.tasks(conn, parts=parts, project=who.project, user=who.actor.user)
    rows = _head(who, who.project)
    if future.only(who):
        return [*rows, *future.home(conn, parts=parts, who=who), _last_row(who)]
    rows.append(pages.next_row(conn, parts=parts, who=who, work=work))
    rows += _for_you(conn, parts, who, work)
    rows += calendar.this_week(conn, parts=parts, who=who)
    rows += _expected(conn, parts, who)
    rows += summary.lines(conn, parts, who)
    rows += _registers(conn, parts, who)
    rows += _team(who, who.project)
    rows += [blocks.divider(), *pages.buttons(who), _last_row(who)]
    rows.append(blocks.context(who.w("Individual activity is never shown to anybody.")))
    return rows


async def opened(request: Request, parts: Parts) -> Reply:
    """Somebody opened the app: their Home is drawn again, once for several openings."""
    event = request.payload.get("event") or {}
    if event.get("tab", "home") == "home" and request.user:
        await people.known(parts, request.workspace, request.user)
        await parts.db.run(_wanted, request=request, parts=parts)
        parts.wake()
    return Reply()


async def switched(request: Request, parts: Parts) -> Reply:
    """Another project was chosen from the list."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if who.project is not None and who.project.id in {project.id for project in who.projects}:
        await parts.db.run(_choose, who=who, parts=parts)
        parts.wake()
    return Reply()


def _wanted(conn: Connection, *, request: Request, parts: Parts) -> None:
    now = parts.clock.now()
    if once(conn, request, now):
        announce.home(conn, workspace=request.workspace, user=request.user, now=now)


def _choose(conn: Connection, *, who: Asker, parts: Parts) -> None:
    workspace, user = who.actor.workspace, who.actor.user
    memo.put(conn, workspace=workspace, user=user, name=asker.CHOSEN, value=who.here.id)
    announce.home(conn, workspace=workspace, user=user, now=parts.clock.now())


def _head(who: Asker, project: Project) -> list[Json]:
    """Which project, where it stands, and the switch to another."""
    w = who.w
    rows = [blocks.header(project.name)]
    said = [
        w(
            "{phase}, week {week}",
            phase=PHASES.get(project.phase, PHASES["P1"]),
            week=plan.week(project, who.today),
        )
    ]
    if project.cast.holder("facilitator") == who.actor.user:
        said.append(w("you facilitate, without a vote"))
    rows.append(blocks.context(Mrkdwn(" · ").join(said)))
    if len(who.projects) > 1:
        options = [elements.option(each.name or each.id, each.id) for each in who.projects[:OPTIONS]]
        rows.append(blocks.actions(elements.select("home.project", options, initial=project.id)))
    return rows


def _for_you(conn: Connection, parts: Parts, who: Asker, work: list[tasks.Task]) -> list[Json]:
    """What colleagues ask and were asked, own dialogues with their state words, own open points."""
    w, project = who.w, who.here
    records = tasks.own_records(conn, project=project, user=who.actor.user, parts=parts)
    passed = [*settling.lines(conn, parts, who), *waiting.lines(conn, parts, who, work)]
    passed += routing.lines(conn, parts, who)
    passed += handing.lines(conn, who=who)
    passed += workshops.lines(conn, parts, who)
    passed += signing.lines(conn, parts, who)
    passed += win_waiting.lines(conn, who=who)
    passed += reviewing.lines(conn, w, project=project, user=who.actor.user, today=who.today)
    passed += depending.lines(conn, w, project=project, user=who.actor.user)
    passed += due_rows.home(conn, parts, w, project=project, user=who.actor.user, today=who.today)
    passed += preview.way(conn, parts, who)
    waves = wave_rows.for_you(conn, parts=parts, who=who)
    waves += checkins.rows(conn, parts=parts, project=project, user=who.actor.user, w=w)
    waves += replying.owing(conn, parts=parts, who=who)
    waves += news.lines(conn, parts=parts, who=who)
    if not work and not records and not passed and not waves:
        return []
    rows = [blocks.divider(), blocks.header(w("For you")), *passed, *waves]
    for task in sorted(work, key=lambda task: not task.open)[:SHOWN]:
        rows.append(pages.task_row(w, task))
        rows += [blocks.actions(whole(w, task))] if task.passable else []
    for record in records[:SHOWN]:
        due = w("due on {day}", day=w.day(record.due, who.today)) if record.due else ""
        rows.append(
            blocks.section(Mrkdwn(" · ").join([p for p in (bold(record.ref), w.of(record.title), due) if p]))
        )
    if records:
        mine = elements.button(w("See my list"), "register.open:mine", value=f"{project.id}:mine:0")
        rows.append(blocks.actions(mine))
    return rows


def _expected(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """For those who run the project: open dialogues in counts, never who (acceptance 8)."""
    w, project = who.w, who.here
    if who.may("dialogue.send") != Allow():
        return []
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    open_ = [
        run for run in runs if run.status == "open" and run.flow != "D01" and run.flow in parts.playbook.flows
    ]
    waves = wave_rows.expected(conn, parts=parts, who=who)
    if not open_ and not waves:
        return []
    rows = [blocks.divider(), blocks.header(w("Who is expected")), *waves]
    for run in open_[:SHOWN]:
        flow = parts.playbook.flows[run.flow]
        state = [bold(w.of(flow.title)), open_words(w, flow, run, counted(conn, run))]
        said = Mrkdwn(" · ").join([*state, *filter(None, [waiting.passed_on(conn, w, run)])])
        menu = _menu(w, run.id) if who.may("dialogue.close") == Allow() else None
        rows.append(blocks.section(said, accessory=menu))
    rows.append(blocks.context(w("Counts only. Nobody, you included, sees who has not answered.")))
    return rows


def _menu(w: Wording, run_id: str) -> Json:
    """What the facilitator can do with one open dialogue."""
    return elements.overflow(
        f"run.menu:{run_id}",
        [
            elements.option(w("Nudge, privately"), f"nudge:{run_id}"),
            elements.option(w("Close"), f"close:{run_id}"),
        ],
    )


def _registers(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """The registers, the first look, planned and lived once it has closed, what to agree on."""
    w, project = who.w, who.here
    row: list[Json] = []
    if who.may("register.read") == Allow():
        for kind, words in (
            ("decision", w("All decisions")),
            ("issue", w("All issues")),
            ("risk", w("Risks")),
            ("stake", w("Goals")),
        ):
            row.append(elements.button(words, f"register.open:{kind}", value=f"{project.id}:{kind}:0"))
        row.append(elements.button(w("Search the log"), "log.open:home", value=project.id))
    if who.may("first_look.read") == Allow():
        row.append(elements.button(w("First look"), "look.open", value=project.id))
    row += [*confrontation.latest(conn, parts=parts, who=who), *agenda.way(conn, who)]
    return [blocks.divider(), blocks.actions(*row)] if row else []


def _team(who: Asker, project: Project) -> list[Json]:
    """People by role, for those who may know them."""
    if who.may("team.read") != Allow():
        return []
    said = Mrkdwn("\n").join(people_by_role(who.w, project, who.names))
    return [blocks.divider(), blocks.header(who.w("Team")), blocks.section(said)]


def _last_row(who: Asker) -> Json:
    """Being away; the other language, by its own name."""
    other = "en" if who.language == "fr" else "fr"
    words = LANGUAGE_NAMES["en" if other == "en" else "fr"]
    return blocks.actions(absence.way(who.w), elements.button(words, "language.set", value=other))


ACTIONS: dict[str, Any] = {"home.project": switched}
EVENTS: dict[str, Any] = {"app_home_opened": opened}
MESSAGES = {"home": render}
