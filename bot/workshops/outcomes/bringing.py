"""A point that a workshop could not settle goes to the arbiter, with both positions (4.1). Names nobody who
has not signed: votes are secret, and what would have brought people to 3 is unsigned."""

from datetime import datetime

from bot.arbitration import deeds
from bot.arbitration.hearing import both, scale
from bot.arbitration.opening import case_about
from bot.parts import Parts
from bot.words.text import Wording, words
from flows.arbitration.model import LONGEST, PAIR, Case, Position
from flows.project import Project
from flows.workshop.outcomes_model import Bring
from storage import arbitration
from storage.database import Connection

#: Which option of a case is the proposal as people have voted on it.
AS_PUT = "o1"


def bring(conn: Connection, *, parts: Parts, project: Project, what: Bring, now: datetime) -> Case:
    """A point that waits already is left alone; one that was decided and then voted on anew is brought anew.
    Gives its case."""
    if (known := _known(conn, project, what)) is not None:
        return known
    w = words(project.language)
    positions = tuple(
        Position(
            author=user, state="said", proposal=w("Not as it stands"), words=text[:LONGEST],
            option=f"p{n}", said_at=now,
        )
        for n, (user, text) in enumerate(sorted(what.signed.items()), start=1)
    )  # fmt: skip
    pair = what.subject if what.subject in PAIR else ""
    more = {"scale": scale(pair, parts)} if pair else {"extra": _options(w, what), "positions": positions}
    title = both(pair, parts) or what.title
    case = case_about(project, subject=what.subject, title=title, why=_why(w, what), now=now, **more)
    return deeds.bring(conn, parts=parts, project=project, case=case, now=now)


def _known(conn: Connection, project: Project, what: Bring) -> Case | None:
    here = {"workspace": project.workspace, "project_id": project.id}
    if what.subject:
        known = arbitration.about(conn, **here, subject=what.subject)
        return known if known is not None and known.live else None
    every = arbitration.of_project(conn, **here)
    return next((one for one in every if one.title == what.title and one.live), None)


def _options(w: Wording, what: Bring) -> tuple[str, ...]:
    """Every way stands there alike, also where nobody has signed for one."""
    if what.options:
        return tuple(w.of(words)[:LONGEST] for words in what.options.values())
    asked = w.of(what.proposal) or w.of(what.title)
    return (w("As it was put to the vote: {text}", text=asked)[:LONGEST], w("Not as it stands"))


def _why(w: Wording, what: Bring) -> str:
    """How the last vote was spread, and what people said who could not follow, unsigned."""
    named = {point: w.of(what.options[point]) if point in what.options else point for point in what.counts}
    spread = " · ".join(w("{what}: {n}", what=named[point], n=n) for point, n in what.counts.items())
    said = (
        w("Not carried in the workshop. Last vote: {spread}.", spread=spread)
        if what.workshop
        else w("Not carried. Last vote: {spread}.", spread=spread)
    )
    parts = [said] if spread else []
    parts += [f"“{text}”" for text in what.against]
    return "\n".join(parts)
