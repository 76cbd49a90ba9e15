"""What is kept of anonymous questions once their waves have closed, as a diagnosis reads it."""

from sqlalchemy import Connection

from flows.diagnosis.evidence import Anonymous


def anonymous(conn: Connection, *, workspace: str, project_id: str) -> dict[str, Anonymous]:
    """The tallies of closed waves; of an open one only that nothing can be read."""
    return {}
