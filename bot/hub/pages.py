"""What waits, how far, who is who, what one can do: the pages behind todo, status, team and help.

Each gives blocks, shown as an ephemeral answer to a command or as a page behind its button twin.
Counts only; never who has answered or not (journeys 1, rule 12).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot import verbs
from bot.arbitration import waiting as settling
from bot.asker import Asker
from bot.delegation import waiting
from bot.diagnosis import example
from bot.hub import tasks, withheld
from bot.hub.counts import closed_words, counted, open_words, recorded
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.progress import finding, pictures
from bot.request import Json
from bot.rounds import plan, proposing
from bot.rounds.cards import PHASES, people_by_role
from bot.rounds.invitation import STATES_OF, whole
from bot.route import waiting as routing
from bot.upkeep import handing
from bot.waves import rows as wave_rows
from bot.wins import waiting as win_waiting
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import N_, Wording
from bot.workshops import waiting as workshops
from storage import dialogue as dialogues
from storage import register
from storage.database import Connection

Page = Callable[..., list[Json]]
LISTED = 10  # dialogues or records on one page


def todo(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """The next action, then everything else that waits for this person."""
    w, project = who.w, who.project
    if project is None:
        return [*waiting.asked_lines(conn, parts, who), *nowhere(w, who)]
    work = tasks.tasks(conn, parts=parts, project=project, user=who.actor.user)
    rows = [next_row(conn, parts=parts, who=who, work=work)]
    rows += settling.lines(conn, parts, who)
    rows += routing.lines(conn, parts, who)
    rows += handing.lines(conn, who=who)
    rows += workshops.lines(conn, parts, who)
    rows += win_waiting.lines(conn, who=who)
    rows += waiting.lines(conn, parts, who, work)
    rows += wave_rows.for_you(conn, parts=parts, who=who)
    for task in [task for task in work if task.open][:LISTED]:
        rows += [task_row(w, task), *([blocks.actions(whole(w, task))] if task.passable else [])]
    records = tasks.own_records(conn, project=project, user=who.actor.user, parts=parts)
    if records:
        said = w.plural("{n} point is on your list.", "{n} points are on your list.", len(records))
        see = elements.button(w("See my list"), "register.open", value=f"{project.id}:mine:0")
        rows.append(blocks.section(said, accessory=see))
    return rows


def status(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """Phase, week, dialogues and records in counts."""
    w, project = who.w, who.project
    if project is None:
        return nowhere(w, who)
    where = w.md(
        "*{project}* · {phase}, week {week}",
        project=project.name,
        phase=PHASES.get(project.phase, PHASES["P1"]),
        week=plan.week(project, who.today),
    )
    rows = [blocks.section(where)]
    for run in dialogues.runs(conn, workspace=project.workspace, project_id=project.id):
        if (flow := parts.playbook.flows.get(run.flow)) and run.flow != "D01":
            count = counted(conn, run)
            state = open_words(w, flow, run, count) if run.status == "open" else closed_words(w, run, count)
            rows.append(blocks.section(Mrkdwn(" · ").join([bold(w.of(flow.title)), state])))
    rows += wave_rows.status(conn, parts=parts, who=who)
    rows.append(blocks.section(_records(conn, parts, who)))
    rows.append(_registers(w, project.id))
    rows += [blocks.actions(*ways)] if (ways := [*pictures.way(who), *finding.way(who)]) else []
    rows.append(blocks.context(w("Counts only. Individual activity is never shown to anybody.")))
    return rows


def team(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """People by role; the facilitator can change them."""
    w, project = who.w, who.project
    if project is None:
        return nowhere(w, who)
    rows = [blocks.section(Mrkdwn("\n").join([bold(project.name), *people_by_role(w, project, who.names)]))]
    if who.may("team.change") == Allow():
        change = elements.button(
            w("Change"), "team.change", value=project.id, label=w("Change the team and roles")
        )
        users = elements.button(w("Future users"), "lot_users.open", value=project.id)
        rows.append(blocks.actions(change, users))
    return rows


def help_(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """The verbs this person may use, in their language, and where everything is without them."""
    w = who.w
    lines = [
        w.md(
            "`{usage}`  {does}",
            usage=Mrkdwn(verbs.usage(each, who.language).replace("|", "/")),
            does=each.does,
        )
        for each in verbs.allowed(who.actor, who.project)
    ]
    rows = [
        blocks.section(
            w("You do not need commands: everything is in the Home tab of Cadrage."),
            accessory=elements.button(w("What waits for me"), "todo.open", value=_id(who)),
        ),
        blocks.section(Mrkdwn("\n").join(lines)),
        blocks.context(w("In threads commands do not work: use the buttons of the cards, or Home.")),
    ]
    if parts.playbook.glossary:
        rows.append(blocks.actions(elements.button(w("The words we use"), "words.open", value=_id(who))))
    return rows


def glossary(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """The words people meet, each in one sentence (0.9)."""
    w = who.w
    return [
        blocks.section(w.md("*{word}*: {means}", word=term.word, means=term.means))
        for term in parts.playbook.glossary[:40]
    ]


def sees(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """Who will see what."""
    w = who.w
    return [
        blocks.section(
            w.md(
                "*Named.* Your name appears with your answer, to the team and the sponsor, once this closes."
            )
        ),
        blocks.section(w.md("*Confidential.* Only the roles named on the screen see it.")),
        blocks.section(
            w.md("*Anonymous.* Nobody can see who answered what. Group results only, from 5 answers.")
        ),
        blocks.section(w("Every screen says which of the three applies, before the first question.")),
        blocks.context(
            w("Counts only, everywhere. Nobody sees who has not answered, not even the facilitator.")
        ),
    ]


def menu(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """Bare `/cadrage`: the next action, then a button for each verb this person may use."""
    w, project = who.w, who.project
    if project is None:
        return [*nowhere(w, who), *buttons(who)]
    work = tasks.tasks(conn, parts=parts, project=project, user=who.actor.user)
    return [next_row(conn, parts=parts, who=who, work=work), *buttons(who)]


def next_row(conn: Connection, *, parts: Parts, who: Asker, work: list[tasks.Task]) -> Json:
    """The first sentence of Home: what is most useful now, and the button that does it."""
    w, project, user = who.w, who.here, who.actor.user
    ahead = proposing.ahead(conn, parts=parts, project=project, user=user, today=who.today)
    found = (
        workshops.next_action(conn, parts, who)
        or settling.next_action(conn, parts, who)
        or waiting.next_action(conn, parts, who)
        or wave_rows.next_action(conn, parts, who)
        or tasks.next_action(
            w,
            project=project,
            user=user,
            work=work,
            today=who.today,
            records=tasks.own_records(conn, project=project, user=user),
            steps=ahead.steps,
            coming=ahead.coming,
        )
    )
    if found.idle and who.may("project.read") != Allow():  # the coach reads no plan: nothing there to press
        found = replace(found, button=w("Who will see what"), action="sees.open")
    go = elements.button(
        found.button, f"{found.action}:next", value=found.value, style="primary", label=found.label
    )
    said = Mrkdwn(found.said)
    return blocks.section(said if found.idle else w.md("*Next.* {said}", said=said), accessory=go)


def task_row(w: Wording, task: tasks.Task) -> Json:
    """One dialogue with its state word and the button that goes on."""
    said: list[str] = [bold(w.of(task.flow.title)), w(STATES_OF[task.state])]
    if task.state == "started":
        said.append(w("{done} of {total} saved", done=task.done, total=task.total))
    if task.open and task.minutes:
        said.append(w.plural("about {n} minute", "about {n} minutes", task.minutes))
    if task.open and task.run.closes_on:
        said.append(w("closes on {day}", day=w.day(task.run.closes_on)))
    label = {"new": w("Answer"), "started": w("Continue")}.get(task.state) or w("See my answers")
    full = w("{what}: {question}", what=label, question=w.of(task.flow.title))
    go = elements.button(label, f"dialogue.open:{task.run.id}", value=task.run.id, label=full)
    return blocks.section(Mrkdwn(" · ").join(said), accessory=go)


def buttons(who: Asker) -> list[Json]:
    """A button twin for each verb (principle 5), in rows by what they are about."""
    allowed = {each.key: each for each in verbs.allowed(who.actor, who.project)}
    rows: list[Json] = []
    for title, keys in GROUPS:
        mine = [key for key in keys if key in allowed]
        made = [key for key in mine if allowed[key].action == RECORDING]
        row = [
            elements.button(who.w(TWINS[key][1]), TWINS[key][0], value=_id(who))
            for key in mine
            if key not in made
        ]
        if made:
            options = [elements.option(who.w(TWINS[key][1]), f"{key}:{_id(who)}") for key in made]
            row.insert(0, elements.select("record.new", options, hint=who.w("Record…")))
        rows += [blocks.context(who.w(title)), blocks.actions(*row)] if row else []
    return rows


#: What is recorded by hand stands in one list: five buttons more would hide the others.
RECORDING = "record.make"


def nowhere(w: Wording, who: Asker) -> list[Json]:
    """No project: how to start one, or the one sentence for somebody who may not."""
    verdict = who.may("project.create")
    if isinstance(verdict, Deny):
        stranger = who.may("project.read") if who.actor.known else verdict
        return [blocks.section(who.refusal(stranger))]  # type: ignore[arg-type]
    start = elements.button(w("Start a project"), "setup.open", style="primary")
    sees_ = elements.button(w("Who will see what"), "sees.open")
    return [
        blocks.section(w("No project yet. Start one: ten minutes to a first look.")),
        blocks.actions(start, example.way(w), sees_),
        blocks.context(w("Starting one contacts nobody: only the people you invite will hear from me.")),
    ]


#: A verb's button: action and words. A test holds verbs, twins and Home together.
TWINS: Mapping[str, tuple[str, str]] = {
    "todo": ("todo.open", N_("What waits for me")),
    "status": ("status.open", N_("Status")),
    "team": ("team.open", N_("Team and roles")),
    "new": ("setup.open", N_("Start a project")),
    "plan": ("plan.open", N_("Plan")),
    "calendar": ("calendar.open", N_("Calendar")),
    "dialogue": ("send.open", N_("Send questions")),
    "diag": ("diag.open", N_("Diagnosis")),
    "digest": ("digest.open", N_("Digest")),
    "arbitrate": ("arbitration.open", N_("To be settled")),
    "workshop": ("workshop.list", N_("Workshops")),
    "decision": ("record.decision", N_("Record a decision")),
    "issue": ("record.issue", N_("Record an open issue")),
    "risk": ("record.risk", N_("Record a risk")),
    "assumption": ("record.assumption", N_("Record an assumption")),
    "action": ("record.action", N_("Record an action")),
    "win": ("win.tell", N_("Tell a win")),
    "initiative": ("initiative.tell", N_("I tried something")),
    "note": ("note.make", N_("Prepare the note")),
    "doc": ("document.open", N_("Documents")),
    "criteria": ("criteria.open", N_("Criteria")),
    "route": ("route.open", N_("Route")),
    "log": ("log.open", N_("Log")),
    "export": ("export.open", N_("Take the records away")),
    "coach": ("coach.open", N_("Talk to someone neutral")),
    "forget-me": ("forget.open", N_("Forget my name")),
    "pause": ("pause.open", N_("Pause Cadrage")),
    "settings": ("settings.open", N_("My settings")),
    "help": ("help.open", N_("Help")),
}


#: The verbs in rows, each under its title; a test holds them and the verbs together.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("The project"),
        (
            "todo",
            "status",
            "plan",
            "calendar",
            "dialogue",
            "diag",
            "digest",
            "arbitrate",
            "workshop",
            "note",
            "criteria",
            "route",
        ),
    ),
    (
        N_("What is recorded"),
        ("decision", "issue", "risk", "assumption", "action", "win", "initiative", "log", "export", "doc"),
    ),
    (
        N_("People and settings"),
        ("team", "coach", "settings", "pause", "new", "forget-me", "help"),
    ),
)


def _records(conn: Connection, parts: Parts, who: Asker) -> Mrkdwn:
    """Decisions, open issues, goals: how many of those the register lists to this person."""
    w, project, user = who.w, who.here, who.actor.user
    kept = register.records(
        conn, workspace=project.workspace, project_id=project.id, roles=project.cast.roles_of(user)
    )
    kept = withheld.shown(conn, kept, parts=parts, project=project, user=user)
    return Mrkdwn(" · ").join(recorded(w, kept))


def _registers(w: Wording, project_id: str) -> Json:
    pages = (
        ("decision", w("All decisions")),
        ("issue", w("All issues")),
        ("risk", w("Risks")),
        ("stake", w("Goals")),
    )
    return blocks.actions(
        *(
            elements.button(words, f"register.open:{kind}", value=f"{project_id}:{kind}:0")
            for kind, words in pages
        ),
        elements.button(w("Small steps"), "win.list", value=project_id),
    )


def _id(who: Asker) -> str:
    return who.project.id if who.project else ""
