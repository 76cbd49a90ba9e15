"""What an anonymous wave has brought before lies on the table when its step begins (W07: causes of PLA01)."""

from collections.abc import Iterable, Mapping

from flows.wave.model import TextKept
from flows.workshop.effects import Effect, Tell
from flows.workshop.model import Workshop
from storage import wave as waves
from storage import workshop_seed
from storage.database import Connection

#: By script and step: the wave, and the question whose texts lie there, unsigned.
FROM: Mapping[str, tuple[str, str]] = {"W07.2": ("D12", "PLA01")}


def lay(conn: Connection, *, workshop: Workshop, effects: Iterable[Effect]) -> None:
    """Once the step is entered. Only what a closed wave may show: shuffled, at the consent of its authors."""
    source = FROM.get(f"{workshop.script}.{workshop.step}")
    if source is None or not any(isinstance(one, Tell) and one.what == "step" for one in effects):
        return
    what, question = source
    here = {"workspace": workshop.workspace}
    every = waves.of_project(conn, **here, project_id=workshop.project_id)
    kept = [one.id for one in every if one.what == what and one.outcome == "kept"]
    found = waves.results(conn, **here, ids=kept[-1:]).get(kept[-1], {}).get(question) if kept else None
    if isinstance(found, TextKept):
        lines = (line.strip() for text in found.quotes for line in text.splitlines())
        workshop_seed.lay(conn, workshop=workshop, step=workshop.step, texts=[line for line in lines if line])
