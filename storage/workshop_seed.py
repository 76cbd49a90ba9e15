"""Cards that lie on the table of a workshop before anybody has put one in. Knows no author, asks for none."""

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import Connection

from flows.workshop.model import Workshop
from storage.statement import Both
from storage.tables import workshop_card

_LAY = Both(lambda insert: insert(workshop_card).on_conflict_do_nothing())


def lay(conn: Connection, *, workshop: Workshop, step: int, texts: Iterable[str]) -> None:
    """One idea for each text, unsigned; the same text twice, or laid again, is one card. Ids say nothing of
    the order in which texts came."""
    for text in texts:
        id = sha256(f"{workshop.id}:{step}:{text}".encode()).hexdigest()[:32]
        row = {
            "workspace": workshop.workspace, "workshop_id": workshop.id, "id": id, "step": step,
            "kind": "idea", "text": text, "fields": {}, "author": "", "signed": False, "into": "", "ref": "",
        }  # fmt: skip
        conn.execute(_LAY.on(conn), row)
