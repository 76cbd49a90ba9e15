"""The private card that invites one person to one dialogue, and later shows how far they are.

One message a person and dialogue, updated in place (journeys B1, B5). Says who invites, why, how
long, how answers are used and how to refuse (acceptance 9).
"""

from dataclasses import dataclass
from typing import Any

from bot import asker, people
from bot.hub import tasks
from bot.hub.counts import came_of
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import budget
from bot.rounds.announce import INVITED
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, quote
from bot.words.text import N_, Wording, words
from flows.dialogue.lending import WHOLE
from flows.dialogue.model import Flow
from flows.project import Person, Project
from storage import delegation, memo
from storage import dialogue as dialogues
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row

#: State words of tasks, the only ones (journeys 1.3).
STATES_OF = {
    "new": N_("Not started"),
    "started": N_("In progress"),
    "done": N_("Done"),
    "closed": N_("Closed"),
}
REFUSED = "refused:"  # memo of a person: they said they are not the right one for this project


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything one invitation says."""

    w: Wording
    project: Project
    called: str  # what the person is greeted by
    inviter: str  # display name
    title: Any  # Words of the flow's title
    questions: int
    minutes: int
    closes: str  # a day in words; "" when it stays open
    own_line: str = ""  # the facilitator's, shown as theirs
    first: bool = True  # the first message this person gets about the project


def render(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """The card as it stands now. Nothing for somebody who is not asked (any more). A first one is
    posted in the person's hours only, however late it is."""
    user, run_id = str(row.ref.get("user", "")), str(row.ref.get("run", ""))
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    kept = memo.get(conn, workspace=row.workspace, user=user, name=f"{INVITED}{run_id}")
    if project is None or not kept:
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    w = words(people.language(person, project))
    task = tasks.task_of(conn, parts=parts, workspace=row.workspace, run_id=run_id, user=user)
    refused = memo.get(conn, workspace=row.workspace, user=user, name=f"{REFUSED}{project.id}")
    there = user in project.cast.everybody() and not refused
    if task is None or not there:
        flow = _flow(conn, parts, row) if there else None
        return _withdrawn(w, project, flow) if row.remote_id else None
    if task.state == "closed":
        return _over(w, project, task, came_of(conn, w, task.run, task.flow)) if row.remote_id else None
    first = not row.remote_id
    if first and (later := budget.not_now(conn, row, parts=parts, person=person, project=project)):
        return later
    return _asking(conn, w, project, person, task, kept)


def _asking(  # noqa: PLR0913, PLR0917 - everything an invitation says
    conn: Connection, w: Wording, project: Project, person: Person, task: tasks.Task, kept: Json
) -> Message:
    """The invitation itself, or how far it is. `kept`: what was noted when it was sent."""
    if task.passed_to:
        return _handed_over(conn, w, project, task, person.user)
    if task.state != "new":
        return _progress(w, project, task)
    letter = Letter(
        w=w,
        project=project,
        called=people.first_name(person),
        inviter=asker.named(conn, project=project, also=(kept["by"],))[kept["by"]],
        title=task.flow.title,
        questions=task.questions,
        minutes=max(task.minutes, 1),
        closes=w.day(task.run.closes_on) if task.run.closes_on else "",
        own_line=kept.get("line", ""),
        first=bool(kept.get("first", True)),
    )
    return message(*paragraphs(letter), _buttons(w, project, task, "new"), used(w))


def paragraphs(letter: Letter) -> list[Json]:
    """The words of an invitation, without its buttons: also the preview the facilitator reads."""
    w = letter.w
    rows = [blocks.section(_greeting(letter))] if letter.first else []
    if letter.own_line:
        rows.append(
            blocks.section(
                Mrkdwn("\n").join([w.md("{name} adds:", name=letter.inviter), quote(letter.own_line)])
            )
        )
    return [*rows, blocks.section(_what(letter))]


def used(w: Wording) -> Json:
    """The data-use line of a first message."""
    return blocks.context(
        w.md(
            "*How your answers are used.* Each screen says if it is named, confidential or anonymous. "
            "Your activity is measured for nobody, and nothing here counts in an appraisal. You can say "
            "no: choose *Not the right person* in the menu."
        )
    )


def _greeting(letter: Letter) -> Mrkdwn:
    return letter.w.md(
        "Hello {name}. {inviter} has added you to *{project}*, a CRM project. I ask short questions, keep "
        "track of decisions and open points, and prepare the scoping note you will all sign.",
        name=letter.called,
        inviter=letter.inviter,
        project=letter.project.name,
    )


def _what(letter: Letter) -> Mrkdwn:
    w = letter.w
    length = w.plural("{n} question", "{n} questions", letter.questions)
    minutes = w.plural("about {n} minute", "about {n} minutes", letter.minutes)
    head = (
        w.md("*First: {title}.*", title=letter.title)
        if letter.first
        else w.md("*{title}* ({project}).", title=letter.title, project=letter.project.name)
    )
    how = w.md("{questions}, {minutes}.", questions=length, minutes=minutes)
    if letter.questions > 1:
        how = w.md("{questions}, {minutes}, in several goes if you like.", questions=length, minutes=minutes)
    said = [head, how]
    if letter.closes:
        said.append(w.md("Closes on {day}.", day=letter.closes))
    return Mrkdwn(" ").join(said)


def _progress(w: Wording, project: Project, task: tasks.Task) -> Message:
    """The same card once answering has begun."""
    said = [bold(w.of(task.flow.title)), w(STATES_OF[task.state])]
    if task.state == "started":
        said.append(w("{done} of {total} saved", done=task.done, total=task.total))
        if task.minutes:
            said.append(w.plural("about {n} minute left", "about {n} minutes left", task.minutes))
    if task.state == "done" and task.run.closes_on:
        said.append(w("you can change anything until {day}", day=w.day(task.run.closes_on)))
    return message(blocks.section(Mrkdwn(" · ").join(said)), _buttons(w, project, task, task.state))


def _handed_over(conn: Connection, w: Wording, project: Project, task: tasks.Task, user: str) -> Message:
    """The card while a colleague has all that may be asked of one. What is one's own stays."""
    workspace, run = project.workspace, task.run
    passed = delegation.of_dialogue(conn, workspace=workspace, dialogue_id=run.id)
    asked = next((one for one in passed if one.live and (one.from_user, one.question) == (user, WHOLE)), None)
    name = people.several(conn, workspace=workspace, users=(task.passed_to,))[task.passed_to].name
    said = [bold(w.of(task.flow.title)), w("with {name}", name=name)]
    if asked is not None and asked.until is not None:
        said.append(w("answer wanted by {day}", day=w.day(asked.until)))
    row = []
    if task.done < task.total:
        said.append(w.plural("{n} screen stays yours", "{n} screens stay yours", task.total - task.done))
        row.append(_go(w, task, w("Continue")))
    if asked is not None:
        row.append(elements.button(w("Take it back"), "delegation.back", value=asked.id))
    row.append(_menu(w, project, run.id, started=True))
    return message(blocks.section(Mrkdwn(" · ").join(said)), blocks.actions(*row))


def _go(w: Wording, task: tasks.Task, words_: str) -> Json:
    label = w("{what}: {question}", what=words_, question=w.of(task.flow.title))
    return elements.button(words_, "dialogue.open", value=task.run.id, style="primary", label=label)


def _over(w: Wording, project: Project, task: tasks.Task, came: list[str]) -> Message:
    """The card of a closed dialogue tells what came of the answers (acceptance 16)."""
    head = Mrkdwn(" · ").join([bold(w.of(task.flow.title)), w("Closed")])
    rows = [blocks.section(head)]
    if came:
        rows.append(blocks.section(w.md("*What came of the answers:* {what}.", what=w.listed(came))))
    return message(*rows, _buttons(w, project, task, "closed"))


def _buttons(w: Wording, project: Project, task: tasks.Task, state: str) -> Json:
    run = task.run.id
    title = w.of(task.flow.title)
    if state == "closed":
        words_ = w("See what came out")
        label = w("{what}: {question}", what=words_, question=title)
        see = elements.button(words_, "results.open", value=run, label=label)
        return blocks.actions(see, _menu(w, project, run))
    if state == "done":
        see = elements.button(
            w("See my answers"), "dialogue.open", value=run, label=w("See my answers: {title}", title=title)
        )
        return blocks.actions(see, _menu(w, project, run))
    row = [
        _go(w, task, w("Start") if state == "new" else w("Continue")),
        elements.button(w("Later"), "invitation.later", value=run, label=w("Later: {title}", title=title)),
    ]
    if task.passable:
        row.append(whole(w, task))
    if state == "new":
        row.append(elements.button(w("Who is behind this?"), "invitation.who", value=project.id))
    return blocks.actions(*row, _menu(w, project, run, started=state == "started"))


def whole(w: Wording, task: tasks.Task) -> Json:
    """Ask a colleague for all of a dialogue: on its card and in Home (journeys B4)."""
    label = w("{what}: {question}", what=w("Ask a colleague"), question=w.of(task.flow.title))
    return elements.button(
        w("Ask a colleague"), f"delegation.whole:{task.run.id}", value=task.run.id, label=label
    )


def _menu(w: Wording, project: Project, run: str, *, started: bool = False) -> Json:
    """What is one press further away. Five choices are all Slack allows: once answering has begun,
    one's answers take the place of the data page, which the settings open too."""
    other = "fr" if w.language == "en" else "en"
    answers = elements.option(w("See my answers"), f"answers:{run}")
    data = elements.option(w("How my data is used"), f"data:{project.id}")
    choices = [
        *([answers] if started else []),
        elements.option(w("Not the right person"), f"refuse:{run}"),
        elements.option(w("My reminders"), f"settings:{project.id}"),
        *([] if started else [data]),
        elements.option("Passer en français" if other == "fr" else "Switch to English", f"language:{other}"),
    ]
    if project.cast.holder("coach"):
        choices.insert(3, elements.option(w("Talk to someone neutral"), f"neutral:{project.id}"))
    return elements.overflow("invitation.menu", choices)


def _withdrawn(w: Wording, project: Project, flow: Flow | None) -> Message:
    """What stays of a card that is no longer for this person, in the project or (a role has changed hands)
    of its dialogue."""
    said = w.md("Nothing is asked of you in *{project}* any more.", project=project.name)
    if flow is not None:
        said = w.md("*{title}*: nothing of it is asked of you any more.", title=flow.title)
    return message(blocks.section(said))


def _flow(conn: Connection, parts: Parts, row: Row) -> Flow | None:
    run = dialogues.run(conn, workspace=row.workspace, id=str(row.ref.get("run", "")))
    return parts.playbook.flows.get(run.flow) if run else None


MESSAGES = {"invitation": render}
