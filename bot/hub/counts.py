"""How far a dialogue is, and what came of it, in figures and words. Never who has answered.

No figure where so few people are expected that it would name those who have not answered.
"""

from collections.abc import Iterable

from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows.dialogue.model import Flow
from flows.register.life import OVER
from flows.register.model import Kept
from storage import dialogue as dialogues
from storage import register
from storage.database import Connection

FEWEST = 3  # with fewer people expected, a count would name those who have not answered


def counted(conn: Connection, run: dialogues.Run) -> tuple[int, int]:
    """How many have finished, of how many who were asked."""
    found = dialogues.counts(conn, workspace=run.workspace, dialogue_id=run.id)
    return min(found.done, found.invited), found.invited


def coverage(w: Wording, count: tuple[int, int]) -> str:
    """ "5 of 6 answered", or words without a figure where a figure would name somebody."""
    answered, expected = count
    if expected < FEWEST:
        return w("the answers are in") if answered else w("no answer")
    return w.plural("{n} of {expected} answered", "{n} of {expected} answered", answered, expected=expected)


def open_words(w: Wording, flow: Flow, run: dialogues.Run, count: tuple[int, int]) -> Mrkdwn:
    """The state of an open dialogue: counts, closing day."""
    parts = [w("Open") if count[1] < FEWEST else coverage(w, count)]
    if run.closes_on:
        parts.append(w("closes on {day}", day=w.day(run.closes_on)))
    return Mrkdwn(" · ").join(parts)


def closed_words(w: Wording, run: dialogues.Run, count: tuple[int, int]) -> Mrkdwn:
    """The state of a closed one."""
    return Mrkdwn(" · ").join([w("Closed"), coverage(w, count)])


def came_of(conn: Connection, w: Wording, run: dialogues.Run, flow: Flow) -> list[str]:
    """What was recorded because of the answers: "2 decisions", "1 open issue". Restricted records
    are not counted, and nothing at all is an empty list."""
    asked = {question.id for question in flow.questions}
    kept = register.records(conn, workspace=run.workspace, project_id=run.project_id)
    return recorded(w, [record for record in kept if record.source.partition("@")[0] in asked], zero=False)


def recorded(w: Wording, kept: Iterable[Kept], *, zero: bool = True) -> list[str]:
    """Decisions, open issues and goals: how many. `zero`: also those there are none of."""
    records = list(kept)
    decisions = sum(record.kind == "decision" for record in records)
    issues = sum(record.kind == "issue" and record.status not in OVER for record in records)
    goals = sum(record.kind == "stake" for record in records)
    said = (
        (decisions, w.plural("{n} decision", "{n} decisions", decisions)),
        (issues, w.plural("{n} open issue", "{n} open issues", issues)),
        (goals, w.plural("{n} goal", "{n} goals", goals)),
    )
    return [words for figure, words in said if zero or figure]
