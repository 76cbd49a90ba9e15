"""Effect and effort of the supporting projects, as the team weighed them together (W05): medians only."""

from sqlalchemy import Connection

from flows.document.facts import Weighed
from storage import workshop

SCRIPT = "W05"


def weighed(conn: Connection, *, workspace: str, project_id: str) -> tuple[Weighed, ...]:
    """Of the latest workshop that has revealed such a vote; nothing before."""
    held = workshop.of_project(conn, workspace=workspace, project_id=project_id)
    for one in reversed([one for one in held if one.script == SCRIPT and one.state == "ended"]):
        revealed = workshop.results(conn, workspace=workspace, id=one.id)
        grids = [found for found in revealed if found.kind == "grid"]
        if grids:
            return tuple(
                Weighed(ref=line.item.ref, name=line.item.words, impact=line.figure, effort=line.second)
                for line in grids[-1].lines
                if line.n
            )
    return ()
