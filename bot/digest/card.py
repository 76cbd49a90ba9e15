"""The digest as one Slack message, from the data of now: posted once a week, changed in place."""

from datetime import date, timedelta

from bot import asker, people
from bot.digest import drawings, gathering, parts, wording
from bot.digest.page import Do, Line, Page, Part
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.progress.pictures import shown
from bot.request import Json
from bot.rounds import sending
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, md
from bot.words.text import Wording, words
from flows.digest import summary
from flows.project import Person, Project
from storage import arbitration, audit, checkin, digest
from storage import project as projects
from storage.database import Connection
from storage.digest import Issue
from storage.outbox import Row
from storage.register import place_of

WHAT = "sponsor_digest"
PROMPT = timedelta(minutes=15)  # after which it waits for the sponsor's hours (journeys 6, row 26)


def render(conn: Connection, row: Row, bot: Parts) -> Message | Defer | None:
    """The message. None for somebody who is not the sponsor any more, and once there is a later one: after
    two days down there is one digest, not two."""
    found = of_row(conn, row)
    if found is None:
        return None
    project, issue, person = found
    now = bot.clock.now()
    first = row.remote_id is None
    if first and now - issue.made_at > PROMPT and (wait := sending.not_now(person, project, now)):
        return wait
    w = words(people.language(person, project))
    it = drawings.Subject(conn=conn, parts=bot, w=w, project=project, on=issue.made_on)
    whole = page(conn, bot, project, person, issue)
    return message(*drawn(drawings.illustrated(whole, it, only=drawings.IN_SLACK)))


def of_row(conn: Connection, row: Row) -> tuple[Project, Issue, Person] | None:
    """What a row is about, while it is worth saying."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is None:
        return None
    latest = digest.latest(conn, workspace=project.workspace, project_id=project.id)
    user = str(row.ref.get("user", ""))
    if not latest or latest[0].period != row.ref.get("period") or user != project.cast.holder("sponsor"):
        return None
    person = people.several(conn, workspace=project.workspace, users=(user,))[user]
    return project, latest[0], person


def page(conn: Connection, bot: Parts, project: Project, person: Person, issue: Issue) -> Page:
    """A digest that was made, in the words of now: what was settled meanwhile says so."""
    w = words(people.language(person, project))
    return worded(conn, bot, project, person, issue, w=w, names=asker.named(conn, project=project))


def worded(  # noqa: PLR0913 - what is said, to whom, in which words
    conn: Connection,
    bot: Parts,
    project: Project,
    person: Person,
    issue: Issue,
    *,
    w: Wording,
    names: dict[str, str],
) -> Page:
    """The same in these words, with people called as `names` says."""
    it = gathering.about(project, _zone(conn, project), bot.clock.now(), reader=person.user)
    facts = gathering.gather(conn, bot, it)
    past = digest.latest(conn, workspace=project.workspace, project_id=project.id, most=2)
    before = next((one.said for one in past if one.period != issue.period), None)
    scene = parts.Scene(
        w=w,
        digest=summary.digest(facts, before),
        project=project,
        model=bot.playbook.diagnosis,
        names=names,
        settled={ref: _decided(conn, project, ref) for ref in summary.settled(facts, issue.said)},
    )
    around = wording.Around(
        day=issue.made_on,
        seen_by=tuple(names[user] for user in previewers(project) if user in names),
        covers=(issue.covers_from, issue.made_on) if issue.covers_from else None,
        note=issue.note,
        note_by=names.get(issue.note_by, ""),
        checkin=_checkin(conn, project, person),
        check=audit.check(conn, workspace=project.workspace, project_id=project.id),
    )
    return wording.page(scene, around)


def previewers(project: Project) -> tuple[str, ...]:
    """Facilitator and lead, who can see it before; each once, and not the sponsor."""
    users = (project.cast.holder("facilitator"), project.cast.holder("lead"))
    return tuple(dict.fromkeys(u for u in users if u and u != project.cast.holder("sponsor")))


def drawn(page: Page) -> list[Json]:
    """The page as blocks: some eighteen of the fifty that Slack takes."""
    rows = [blocks.header(page.head), blocks.context(md(" · ".join(page.small)))]
    if page.note:
        rows.append(blocks.section(md(page.note)))
    for part in page.parts:
        rows += _part(part)
        if part.id == "SD02":
            rows.append(blocks.divider())
    if page.ways:
        rows.append(blocks.actions(*(_button(do) for do in page.ways)))
    return rows


def bare(page: Page) -> Page:
    """The same without anything to press: for those who only read it before."""
    stripped = (
        Part(id=part.id, title=part.title, lines=tuple(Line(said=line.said) for line in part.lines))
        for part in page.parts
    )
    return Page(head=page.head, small=page.small, note=page.note, parts=tuple(stripped))


def _zone(conn: Connection, project: Project) -> str:
    """Of the sponsor's profile, whoever reads; "" where nothing is known of them."""
    users = project.cast.people("sponsor")
    known = people.several(conn, workspace=project.workspace, users=users)
    return next((person.zone for person in known.values()), "")


def _checkin(conn: Connection, project: Project, person: Person) -> str:
    """The sponsor's own check-in that is open (C03), by its id; "" for none, and for anybody else."""
    mine = checkin.open_for(conn, workspace=project.workspace, user=person.user)
    return next((one.id for one in mine if one.project_id == project.id and one.what == "C03"), "")


def _part(part: Part) -> list[Json]:
    """Lines that can be acted upon stand alone, with their buttons; the others below each other."""
    alone = [row for line in part.lines if line.do for row in _acted_upon(line, line.do)]
    together = [md(line.said) for line in part.lines if not line.do]
    if len(together) > 1:
        together = [Mrkdwn("• ") + said for said in together]
    head = Mrkdwn("\n").join([bold(part.title), *together])
    return [blocks.section(head), *alone, *(shown(part.picture) if part.picture else [])]


def _acted_upon(line: Line, do: Do) -> list[Json]:
    """One button stands beside its line, several below it."""
    if not line.more:
        return [blocks.section(md(line.said), accessory=_button(do))]
    ways = blocks.actions(*(_button(each) for each in (*line.more, do)))
    return [blocks.section(md(line.said)), ways]


def _button(do: Do) -> Json:
    return elements.button(do.label, do.action, value=do.value, label=do.says)


def _decided(conn: Connection, project: Project, ref: str) -> date | None:
    """The day on which a case was decided; None for anything else."""
    place = place_of(ref)
    if place is None or place[0] != "TRD":
        return None
    case = arbitration.numbered(conn, workspace=project.workspace, project_id=project.id, number=place[1])
    if case is None or case.outcome is None:
        return None
    return sending.project_day(project, case.outcome.at)


MESSAGES = {WHAT: render}
