"""The audit: every alteration of the chain is found, and erasing a person leaves it whole."""

import random
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from storage import audit
from storage.audit import Deed, Verified
from storage.database import connect
from storage.tables import audit as links
from tests.storage.scoping import ANNE, CLAIRE, KARIM, NOW, Scoping, T
from tests.storage.test_finding import draft, notes

LINKS = 30


def chain(scoping: Scoping, many: int = LINKS) -> None:
    deeds = [Deed(action="record.made", object=f"DEC-{n}", data={"status": [None, "open"]}, actor=CLAIRE)
             for n in range(1, many + 1)]  # fmt: skip
    scoping.db.run_sync(audit.append, workspace=T, project_id=scoping.project, deeds=deeds, now=NOW)


def verified(scoping: Scoping) -> Verified:
    return scoping.db.read_sync(audit.verify, workspace=T, project_id=scoping.project)


def here(table: Any, scoping: Scoping) -> list[Any]:
    return [table.c.workspace == T, table.c.project_id == scoping.project]


def test_a_chain_holds_and_its_check_is_its_last_link(scoping: Scoping) -> None:
    assert verified(scoping) == Verified(links=0, check="")
    chain(scoping)
    found = verified(scoping)
    assert (found.links, found.broken, len(found.check)) == (LINKS, None, audit.CHECK)
    assert found.check == scoping.db.read_sync(audit.check, workspace=T, project_id=scoping.project)
    chain(scoping, 1)
    assert verified(scoping).links == LINKS + 1
    assert verified(scoping).check != found.check


def altered(conn: Connection, where: list[Any], rng: random.Random) -> str:
    """One alteration by somebody who has the database and not the key: flip, delete, insert, reorder."""
    n = rng.randint(1, LINKS)
    kind = rng.choice(["flip", "delete", "insert", "swap", "cut"])
    one = conn.execute(select(links).where(*where, links.c.n == n)).one()
    if kind == "flip":
        column = rng.choice(["action", "object", "actor", "mac", "data", "at"])
        new = {"data": {"status": [None, "x"]}, "at": NOW.replace(year=2025)}.get(column, f"{n:032d}")
        conn.execute(update(links).where(*where, links.c.n == n).values({column: new}))
    elif kind == "delete":
        conn.execute(delete(links).where(*where, links.c.n == n))
    elif kind == "insert":
        conn.execute(insert(links), {**one._mapping, "n": LINKS + 1})
    elif kind == "swap":
        other = n % LINKS + 1
        for was, becomes in ((n, -1), (other, n), (-1, other)):
            conn.execute(update(links).where(*where, links.c.n == was).values(n=becomes))
    else:
        conn.execute(delete(links).where(*where, links.c.n > n - 1))
    return f"{kind} {n}"


class Undone(Exception):
    """Nothing of it is kept."""


def test_flipped_deleted_inserted_reordered_and_cut_links_are_found(scoping: Scoping) -> None:
    chain(scoping)
    rng, where = random.Random(6), here(links, scoping)  # noqa: S311 - tries, not secrets
    unseen: list[str] = []

    def attack(conn: Connection) -> None:
        done = altered(conn, where, rng)
        if audit.verify(conn, workspace=T, project_id=scoping.project).broken is None:
            unseen.append(done)
        raise Undone

    for _ in range(200):
        with pytest.raises(Undone):
            scoping.db.run_sync(attack)
    assert unseen == []
    assert verified(scoping).broken is None


def test_another_key_does_not_verify_it(database_url: str, scoping: Scoping) -> None:
    chain(scoping, 3)
    scoping.db.close()
    other = connect(database_url, key="another key, as long as a key has to be")
    found = other.read_sync(audit.verify, workspace=T, project_id=scoping.project)
    other.close()
    assert found.broken == 1


def test_changes_of_records_are_in_it_without_a_name_or_a_text(scoping: Scoping) -> None:
    notes(scoping, draft("Choisir Alpha", "1", owner=KARIM, fields={"reason": "Moins cher"}))
    notes(
        scoping, draft("Choisir Alpha", "1", owner=ANNE, status="superseded", fields={"reason": "Trop cher"})
    )
    about = {"workspace": T, "project_id": scoping.project, "object": "DEC-1"}
    changed, made = scoping.db.read_sync(audit.about, **about)
    assert (made.action, changed.action) == ("record.made", "record.changed")
    assert changed.data["status"] == ["accepted", "superseded"]
    assert set(changed.data) == {"status", "owner", "fields"}
    assert changed.actor == made.actor != ""
    kept = scoping.db.read_sync(bytes_of, scoping)
    assert [word for word in (CLAIRE, KARIM, ANNE, "Alpha", "cher") if word in kept] == []
    assert verified(scoping).broken is None


def bytes_of(conn: Connection, scoping: Scoping) -> str:
    return repr(conn.execute(select(links).where(*here(links, scoping))).all())


def test_who_did_not_know_is_not_in_it(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    scoping.does_not_know(d02, ANNE, "OBJ06")
    scoping.does_not_know(d02, KARIM, "OBJ06")
    about = {"workspace": T, "project_id": scoping.project, "object": "ISS-1"}
    [made] = scoping.db.read_sync(audit.about, **about)  # the second only counts
    assert made.actor == ""
    scoping.submits(d02, ANNE, "reasons", OBJ05="pain", OBJ06="yes", OBJ07=3)
    assert {link.actor for link in scoping.db.read_sync(audit.about, **about)} == {""}
