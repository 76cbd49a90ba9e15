"""What Home says of the diagnosis, to those who run the project: the latest run in one line.

Reads the line that run has kept: nothing is worked out to draw Home.
"""

from collections.abc import Sequence

from bot.asker import Asker
from bot.diagnosis import alignment, figures
from bot.parts import Parts
from bot.policy import Allow
from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording
from flows.diagnosis.model import DiagnosisModel
from storage import diagnosis
from storage.database import Connection
from storage.diagnosis import Run


def lines(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """A heading, the verdict with its figures, [Open diagnosis], nothing of it before the first run; and
    for the facilitator the readings of the note that are to be rated."""
    if who.may("diagnosis.full") != Allow():
        return []
    w, project, model = who.w, who.here, parts.playbook.diagnosis
    runs = diagnosis.history(conn, workspace=project.workspace, project_id=project.id, most=2)
    return [*(_latest(w, model, project.id, runs) if runs else []), *alignment.lines(conn, parts, who)]


def _latest(w: Wording, model: DiagnosisModel, project_id: str, runs: Sequence[Run]) -> list[Json]:
    run, said = runs[0], [bold(w.of(model.labels[runs[0].verdict]))]
    if run.verdict != "INSUFFICIENT":
        said.append(w.md("readiness {score}/100", score=figures.whole(run.readiness or 0.0)))
        scored = {n: family for n, family in run.families.items() if family.score is not None}
        said.append(
            Mrkdwn(", ").join(
                w.md("{family} {score}", family=model.families[n], score=figures.whole(family.score or 0.0))
                for n, family in scored.items()
            )
        )
    else:
        covered = w.percent(figures.percent(run.coverage))
        said.append(w.md("{coverage} of the answers", coverage=covered))
    closed = {rule.id for rule in runs[-1].rules} - {rule.id for rule in run.rules}
    if closed:
        said.append(w.md("better: {rules}", rules=", ".join(sorted(closed))))
    go = elements.button(w("Open the diagnosis"), "diag.open:home", value=project_id)
    return [
        blocks.divider(),
        blocks.header(w("Diagnosis")),
        blocks.section(Mrkdwn(" · ").join(said), accessory=go),
    ]
