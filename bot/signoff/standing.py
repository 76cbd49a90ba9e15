"""A version of the note in review as it stands now: who is asked, and what stands in the way of a signature.

Reads, and writes what flows/signoff has decided. The review is the one place where remarks, votes and
signatures stand; cards, D15 and the workshop W10 all go through it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from bot import people
from bot.documents import making
from bot.documents.kinds import NOTE
from bot.parts import Parts
from bot.workshops.outcomes.bringing import AS_PUT
from flows.alignment import PART, share
from flows.arbitration.model import Case
from flows.dialogue.predicates import NO_GO
from flows.document import keeping
from flows.document.model import SIGN_OFF
from flows.document.note import NOT_REVIEWABLE
from flows.project import Cast, Project
from flows.signoff.fingerprint import hidden, moved
from flows.signoff.model import Review, Tally
from flows.signoff.obstacles import Obstacle, Standing, obstacles
from flows.signoff.signing import Refused
from storage import alignment, arbitration, diagnosis
from storage import dialogue as dialogues
from storage import document as documents
from storage import note as notes
from storage import project as projects
from storage import review as reviews
from storage.database import Connection

#: The dialogue that asks for readings.
FLOW = "D15"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A version in review. `content`: what it says, without its signatures."""

    project: Project
    review: Review
    standing: Standing
    content: dict[str, Any]

    @property
    def ways(self) -> tuple[Obstacle, ...]:
        """What stands in the way of a signature."""
        return obstacles(self.review, self.standing)

    @property
    def open_points(self) -> int:
        """How many things the version says are missing or open, each printed in its place."""
        gaps = keeping.read(self.content).gaps
        return gaps + len(hidden({"sections": []}, self.content, frozenset()))


def voters(cast: Cast) -> tuple[str, ...]:
    """Who votes on the note (RTE11): the team and the sponsor. Whoever facilitates has no vote."""
    return tuple(user for user in cast.people("team_all") if user != cast.holder("facilitator"))


def signers(cast: Cast) -> tuple[str, ...]:
    """Who signs: the team, the arbiter, the sponsor. Whoever facilitates, an expert and the coach do not."""
    return tuple(dict.fromkeys((*voters(cast), *cast.people("arbiter"), *cast.people("sponsor"))))


def there(conn: Connection, project: Project, users: Iterable[str]) -> tuple[str, ...]:
    """Those of them whose account is open: nobody waits for another. The sponsor stays who they are."""
    users, sponsor = tuple(users), project.cast.holder("sponsor")
    known = people.several(conn, workspace=project.workspace, users=users)
    return tuple(user for user in users if user == sponsor or not known[user].deleted)


def readers(cast: Cast) -> tuple[str, ...]:
    """Who gets the card of a review: those who sign, and the expert, who may remark."""
    return tuple(dict.fromkeys((*signers(cast), *cast.people("expert"))))


def role_of(cast: Cast, user: str) -> str:
    """In which role somebody signs, as the note prints it."""
    return next((role for role in ("sponsor", "arbiter", "lead") if cast.holder(role) == user), "team")


def asked_in(review: Review) -> frozenset[str]:
    """The open points that questions of its review have become, which stand beside the signatures."""
    return frozenset(one.issue for one in review.remarks if one.issue)


def source_of(version: int) -> str:
    """What the open point comes from that the sponsor's conditions have become, in place of a question."""
    return f"{SIGN_OFF}.{version}"


def latest(conn: Connection, project: Project) -> Review | None:
    """The newest version that went round."""
    return reviews.latest(conn, workspace=project.workspace, project_id=project.id)


def of_version(conn: Connection, project: Project, version: int) -> Review | None:
    """One version that went round."""
    return reviews.get(conn, workspace=project.workspace, project_id=project.id, version=version)


def round_of(conn: Connection, *, parts: Parts, project: Project, version: int = 0) -> Round | None:
    """A version in review as it stands, the newest by default; None when there is none."""
    found = of_version(conn, project, version) if version else latest(conn, project)
    if found is None:
        return None
    here = {"workspace": project.workspace, "project_id": project.id}
    kept = documents.get(conn, **here, doc=NOTE, number=found.version)
    if kept is None:
        return None
    content = dict(kept.content)
    return Round(
        project=project,
        review=found,
        content=content,
        standing=_standing(conn, parts, project, found, content),
    )


def change(
    conn: Connection, *, project: Project, version: int, to: Callable[[Review], Review | Refused]
) -> tuple[Review, Review] | Refused | None:
    """The version moves on, held so that of two who press together the second sees what the first has done.
    As it was and as it is; why not; None when there is no such version."""
    projects.lock(conn, workspace=project.workspace, id=project.id)
    old = of_version(conn, project, version)
    if old is None:
        return None
    new = to(old)
    if isinstance(new, Review) and new != old:
        reviews.move(conn, workspace=project.workspace, project_id=project.id, old=old, new=new)
    return new if isinstance(new, Refused) else (old, new)


def _supported(tally: Tally, case: Case | None) -> bool:
    """Whether the vote has passed, or the arbiter has decided since that the version is carried all the
    same."""
    made = case.outcome if case is not None else None
    return tally.passed or (made is not None and made.option == AS_PUT and made.at >= tally.at)


def alike(conn: Connection, project: Project) -> float | None:
    """The percentage of readings (RTE12) that agree today; None before they are rated."""
    counts = notes.read_alike(conn, workspace=project.workspace, project_id=project.id)
    return share(counts) if counts is not None else None


def _unrated(conn: Connection, parts: Parts, project: Project) -> bool:
    """Whether there are readings of the version to rate (RTE12), and nobody has."""
    flow = parts.playbook.flows.get(FLOW)
    every = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    runs = [run for run in every if run.flow == FLOW and PART in run.parts]
    if flow is None or not runs:
        return False
    found = alignment.readings(conn, run=runs[-1], flow=flow, project=project)
    return found is not None and bool(found.texts)


def _standing(
    conn: Connection, parts: Parts, project: Project, review: Review, content: dict[str, Any]
) -> Standing:
    here = {"workspace": project.workspace, "project_id": project.id}
    run = diagnosis.latest(conn, **here)
    case = arbitration.about(conn, **here, subject=review.subject)
    standing = Standing(
        support=_supported(review.tally, case) if review.tally is not None else None,
        with_arbiter=case is not None and case.live,
        alike=alike(conn, project),
        verdict_no_go=run is not None and run.verdict == NO_GO,
    )
    if review.state != "review":
        return standing
    now = making.content_now(conn, parts=parts, project=project, doc=NOTE, number=review.version)
    return replace(
        standing,
        changed=bool(moved(content, now)),
        hidden=hidden(content, now, asked_in(review)),
        unwritten=NOT_REVIEWABLE in keeping.read(content).notices,
        unrated=standing.alike is None and _unrated(conn, parts, project),
        same_sponsor=project.cast.holder("sponsor") == review.sponsor,
    )
