"""What the cards of W10 lead to: the version in review to read, how alike it is read, the remarks on it.

One button each; who may press it is decided where it leads. Shows no reading and no vote.
"""

from bot.diagnosis import alignment
from bot.request import Json
from bot.signoff import standing
from bot.signoff.opening import FLOW
from bot.words import blocks, elements
from bot.words.text import Wording
from flows.alignment import rated
from flows.project import Project
from storage import alignment as readings_of
from storage import dialogue as dialogues
from storage.database import Connection


def text(conn: Connection, w: Wording, project: Project) -> list[Json]:
    """Step 1: the version to read again, and the way to remark on it."""
    review = standing.latest(conn, project)
    if review is None or review.state != "review":
        return []
    value = f"{project.id}:{review.version}"
    return [
        blocks.section(w("Version {n} of the note is in review.", n=review.version)),
        blocks.actions(
            elements.button(w("Read"), "review.read", value=value, style="primary"),
            elements.button(w("Remark"), "review.remark", value=value),
        ),
    ]


def readings(conn: Connection, w: Wording, project: Project) -> list[Json]:
    """Step 3: how alike the note is read, once that is rated; whoever facilitates rates it from here."""
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    run = next((one for one in reversed(runs) if one.flow == FLOW), None)
    if run is None:
        return []
    counts = readings_of.of(conn, workspace=run.workspace, dialogue_id=run.id)
    said = (
        alignment.result(w, counts)
        if counts is not None and rated(counts)
        else w("Whoever facilitates rates what each has written, unsigned: then it stands here.")
    )
    return [blocks.section(said, accessory=alignment.way(w, run.id))]


def remarks(conn: Connection, w: Wording, project: Project) -> list[Json]:
    """Step 4: the remarks on the version, those without a reply first."""
    review = standing.latest(conn, project)
    if review is None or review.state != "review":
        return []
    if not review.remarks:
        return [blocks.section(w("There is no remark on this version."))]
    waits = len(review.waiting)
    said = (
        w.plural("Version {v} of the note is in review: {n} remark waits for a reply.",
                 "Version {v} of the note is in review: {n} remarks wait for a reply.", waits,
                 v=review.version)
        if waits
        else w("Each remark has its reply.")
    )  # fmt: skip
    value = f"{project.id}:{review.version}"
    return [blocks.section(said, accessory=elements.button(w("Remarks"), "review.remarks", value=value))]
