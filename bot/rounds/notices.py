"""What the form of a sending says around its fields: what comes too early, who is not asked, what follows."""

from collections.abc import Mapping

from bot.parts import Parts
from bot.request import Json
from bot.rounds.offer import Offer, Share
from bot.rounds.pieces import Piece, later_parts
from bot.rounds.plan import part_day
from bot.rounds.preview import QUOTED
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows.project import Person

LONGEST_REASON = 500  # characters of why a guard is set aside
ANYWAY = "anyway"


def too_early(w: Wording, found: Offer) -> list[Json]:
    """What comes too early, and what going ahead means."""
    if not found.guards:
        return []
    rows = [blocks.alert(w.of(guard.words)) for guard in found.guards]
    tick = elements.checkboxes(ANYWAY, [elements.option(w("I go ahead anyway"), "yes")])
    why = elements.words("because", several_lines=True, most=LONGEST_REASON)
    return [
        *rows,
        blocks.field(w("Too early, by the plan"), tick, block_id=ANYWAY),
        blocks.field(
            w("Because"),
            why,
            block_id="because",
            hint=w("Recorded as a decision in your name, and shown with the diagnosis."),
        ),
        blocks.divider(),
    ]


def in_home(w: Wording, parts: Parts, share: Share) -> Json:
    """What the facilitator fills in gets no message."""
    questions = share.facilitator.questions if share.facilitator else ()
    said = w.plural_md(
        "*You*: {n} question of *{title}* waits in your Home, without a message.",
        "*You*: {n} questions of *{title}* wait in your Home, without a message.",
        len(questions),
        title=parts.playbook.flows[share.piece.flow].title,
    )
    quoted = questions if len(questions) <= QUOTED else ()
    lines = [w.md("• {question}", question=question.words) for question in quoted]
    return blocks.section(Mrkdwn("\n").join([said, *lines]))


def left_out(w: Wording, known: Mapping[str, Person], gone: list[str]) -> list[Json]:
    """Who would be asked and cannot be."""
    if not gone:
        return []
    names = w.listed([known[user].name if user in known else user for user in gone])
    return [
        blocks.context(
            w.md(
                "Not asked, because they have left Slack or are a bot: {names}. Give their role to somebody "
                "else in *Team and roles*.",
                names=names,
            )
        )
    ]


def declined(w: Wording, known: Mapping[str, Person], users: list[str]) -> list[Json]:
    """They were promised that nothing more is asked of them."""
    if not users:
        return []
    return [
        blocks.context(
            w.md(
                "Not ticked, because they said that they are not the right person: {names}. Tick them only "
                "if they have agreed since.",
                names=w.listed([known[user].name for user in users]),
            )
        )
    ]


def nobody(w: Wording, found: Offer, known: Mapping[str, Person], gone: list[str]) -> list[Json]:
    """Why there is nothing to send, and what to do about it."""
    if gone:
        said: str = w("Nobody can be asked.")
    elif any(share.has for share in found.shares):
        said = w("Everybody concerned has it already. Home lets you nudge them.")
    elif found.step is not None or any(share.run for share in found.shares):
        said = w("Nobody has a question to answer here now.")
    else:
        said = w("Nobody in the project holds a role this is for. Change the team first.")
    change = elements.button(w("Change the team"), "team.change", value=found.project.id)
    return [blocks.section(Mrkdwn(said)), *left_out(w, known, gone), blocks.actions(change)]


def later_part(w: Wording, found: Offer, parts: Parts) -> str:
    """A dialogue with a later part must still be open on its day."""
    days = [
        day
        for share in found.shares
        for part in later_parts(parts.playbook.flows[share.piece.flow])
        if part != share.piece.part and (share.run is None or part not in share.run.parts)
        if (day := part_day(found.table, Piece(share.piece.flow, part), parts.playbook)) is not None
    ]
    if not days:
        return ""
    return w("A later part comes on {day}: it can be asked only while this is open.", day=w.day(max(days)))
