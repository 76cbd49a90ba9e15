"""The first look: what the set-up alone already shows, each advice beside the answers it comes from.

A page after "Create the project", and again from Home. Gives no score; judges nobody.
"""

from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.rounds import plan
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, italic
from bot.words.text import Wording
from flows.diagnosis.first_look import SHOWN_AT_ONCE, Advice, FirstLook, first_look
from flows.dialogue.path import progress
from flows.project import Project
from storage import dialogue as dialogues
from storage.database import Connection

SETUP = "D01"


async def open_page(request: Request, parts: Parts) -> Reply:
    """[First look] in Home."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("first_look.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(view, parts=parts, who=who)

    return answer.show(request, parts, who.w, who.w("First look"), build)


async def why(request: Request, parts: Parts) -> Reply:
    """[How is this worked out?]"""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("first_look.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(reasons, parts=parts, who=who)

    return answer.show(request, parts, who.w, who.w("How it is worked out"), build)


def view(conn: Connection, *, parts: Parts, who: Asker, created: bool = False) -> Json:
    """The page. `created`: it follows the set-up, and says that the project is there."""
    w, project = who.w, who.here
    look, left = _seen(conn, parts, who)
    rows = [blocks.section(_ready(w, project, who.names))]
    rows.append(
        blocks.header(w.plural("First look, from {n} answer", "First look, from {n} answers", look.answers))
    )
    rows.append(blocks.section(w.md("*Verdict:* {verdict}. {why}", verdict=look.verdict, why=look.why)))
    rows += _leader(w, look)
    rows += [blocks.section(_advice(w, advice)) for advice in look.advice[:SHOWN_AT_ONCE]]
    rows.append(_ways(w, who, project, left))
    rows.append(
        blocks.context(w("Every line shows the answers it comes from. No score yet; nobody is judged, ever."))
    )
    title = w("Project created") if created else w("First look")
    return answer.page(w, title, rows)


def reasons(conn: Connection, *, parts: Parts, who: Asker) -> Json:
    """Which rule fired on which answers, all of them."""
    w = who.w
    look, _ = _seen(conn, parts, who)
    rows = [
        blocks.section(
            w(
                "Each advice is a rule with one condition on your own answers. Nothing is guessed, and "
                "nothing outside these answers is used."
            )
        )
    ]
    for advice in look.advice:
        seen = [
            w.md("• {asked} → {answer}", asked=quote.asked, answer=italic(w.of(quote.answer)))
            for quote in advice.quotes
        ]
        rows.append(
            blocks.section(Mrkdwn("\n").join([bold(advice.rule), w.md("{words}", words=advice.words), *seen]))
        )
    rows.append(blocks.context(w("A reading aid, not an exam. Nobody’s individual answers are shown.")))
    return answer.page(w, w("How it is worked out"), rows)


def _seen(conn: Connection, parts: Parts, who: Asker) -> tuple[FirstLook, int]:
    """The look, and how many screens of the set-up are left."""
    project, flows = who.here, parts.playbook.flows
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    run = next((each for each in runs if each.flow == SETUP), None)
    facilitator = project.cast.holder("facilitator") or who.actor.user
    workspace, sheet = project.workspace, None
    if run is not None:
        sheet = dialogues.sheet(conn, workspace=workspace, id=run.id, person=facilitator, flows=flows)
    names = asker.named(conn, project=project, also=(who.actor.user,))
    look = first_look(parts.playbook, sheet.answers if sheet else {}, project.cast, names)
    far = progress(flows[SETUP], sheet) if sheet else None
    return look, far.total - far.done if far else 0


def _ready(w: Wording, project: Project, names: dict[str, str]) -> Mrkdwn:
    """ "Boréal is ready. Marc leads, Claire sponsors and settles, you facilitate." """
    cast = project.cast
    said = [w.md("*{project} is ready.*", project=project.name)]
    lead, sponsor, arbiter = cast.holder("lead"), cast.holder("sponsor"), cast.holder("arbiter")
    if lead:
        said.append(w.md("Project lead: {name}.", name=names.get(lead, lead)))
    if sponsor and sponsor == arbiter:
        said.append(w.md("Sponsor and arbiter: {name}.", name=names.get(sponsor, sponsor)))
    elif sponsor:
        said.append(w.md("Sponsor: {name}.", name=names.get(sponsor, sponsor)))
    if arbiter and arbiter != sponsor:
        said.append(w.md("Arbiter: {name}.", name=names.get(arbiter, arbiter)))
    return Mrkdwn(" ").join(said)


def _leader(w: Wording, look: FirstLook) -> list[Json]:
    """The profile of whoever steers: strength, blind spot, counterweight."""
    if look.card is None or look.steers is None:
        return []
    said = w.md(
        "*Who steers: {who}.* Strengths: {strength} Blind spots: {blind} Counterweights: {guard}",
        who=look.steers,
        strength=look.card.strength,
        blind=look.card.blind,
        guard=look.card.guard,
    )
    return [blocks.section(said)]


def _advice(w: Wording, advice: Advice) -> Mrkdwn:
    """One advice with the answers it quotes and its next step (acceptance 1)."""
    lines = [w.md("*{rule}* {words}", rule=advice.rule, words=advice.words)]
    for quote in advice.quotes:
        said = w.of(quote.answer).replace("\n", "; " if w.language == "en" else " ; ")
        lines.append(w.md("_Seen in:_ {asked} → “{answer}”", asked=quote.asked, answer=said))
    lines.append(w.md("_Next step:_ {next}", next=advice.next))
    return Mrkdwn("\n").join(lines)


def _ways(w: Wording, who: Asker, project: Project, left: int) -> Json:
    """On from here, for those who may. How far the set-up is, is the facilitator's alone to see."""
    row = []
    if not plan.missing_names(project) and who.may("dialogue.send") == Allow():
        row.append(elements.button(w("Invite the team"), "invite.open", value=project.id, style="primary"))
    if left and who.may("team.change") == Allow():
        words = w.plural("Finish set-up: {n} screen", "Finish set-up: {n} screens", left)
        row.append(elements.button(words, "setup.finish", value=project.id))
    row.append(elements.button(w("How is this worked out?"), "look.why", value=project.id))
    return blocks.actions(*row)


ACTIONS: dict[str, Any] = {"look.open": open_page, "look.why": why}
