"""Which closed waves of a project show only bands, by the rule of flows/wave/secrecy.py. Tells no answer."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select

from flows.wave import secrecy
from flows.wave.model import Kept, ScaleKept
from flows.wave.secrecy import Held
from storage import wave as waves
from storage.tables import wave, wave_invited

_INVITED = (
    select(wave_invited.c.wave_id, wave_invited.c.user, wave_invited.c.part)
    .join(wave, (wave.c.workspace == wave_invited.c.workspace) & (wave.c.id == wave_invited.c.wave_id))
    .where(
        wave.c.workspace == bindparam("w"),
        wave_invited.c.workspace == bindparam("w"),
        wave.c.project_id == bindparam("p"),
        wave.c.outcome == "kept",
    )
)


def banded(conn: Connection, *, workspace: str, project_id: str) -> frozenset[str]:
    """The ids of those waves with enough answers of which no mean, index or count may be shown to anybody."""
    found = waves.of_project(conn, workspace=workspace, project_id=project_id)
    kept = [one for one in found if one.outcome == "kept"]
    results = waves.results(conn, workspace=workspace, ids=[one.id for one in kept])
    invited: dict[str, dict[str, str]] = {one.id: {} for one in kept}
    for row in conn.execute(_INVITED, {"w": workspace, "p": project_id}):
        part = row.part if row.part in _parts(results[row.wave_id].values()) else ""
        invited[row.wave_id][row.user] = part
    held = [Held(opened_on=one.opened_on, items=one.items, invited=invited[one.id]) for one in kept]
    return frozenset(one.id for one, bands in zip(kept, secrecy.banded(held), strict=True) if bands)


def _parts(results: Iterable[Kept]) -> set[str]:
    """The parts that have figures of their own, of any question."""
    return {part for one in results if isinstance(one, ScaleKept) for part in one.groups}
