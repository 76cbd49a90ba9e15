"""Roles, team and settings of a project: each change is told to the audit once, without a name."""

from typing import Any

from sqlalchemy import Connection, select

from flows.project import Member
from storage import audit, casting
from storage import project as projects
from storage.casting import Change
from storage.tables import audit as links
from tests.storage.scoping import ANNE, CLAIRE, KARIM, MARC, NOW, SOPHIE, TEAM, Scoping, T

HERE = {"workspace": T}


def by(scoping: Scoping, user: str = SOPHIE) -> Change:
    return Change(workspace=T, project_id=scoping.project, by=user, now=NOW)


def told(scoping: Scoping) -> list[tuple[str, str, dict[str, Any]]]:
    query = select(links).where(links.c.workspace == T, links.c.project_id == scoping.project)

    def read(conn: Connection) -> list[tuple[str, str, dict[str, Any]]]:
        rows = conn.execute(query.order_by(links.c.n))
        return [(row.action, row.object, row.data) for row in rows]

    return scoping.db.read_sync(read)


def marks(scoping: Scoping, *people: str) -> list[str]:
    return [scoping.db.read_sync(audit.stands_for, scoping.project, one) for one in people]


def test_a_role_is_told_when_it_passes_on_and_not_when_it_stays(scoping: Scoping) -> None:
    give = scoping.db.run_sync
    give(casting.give, by(scoping), role="arbiter", user=MARC)
    give(casting.give, by(scoping), role="arbiter", user=MARC)
    give(casting.give, by(scoping), role="arbiter", user=None)
    marc = marks(scoping, MARC)[0]
    assert told(scoping) == [
        ("role.changed", "arbiter", {"user": ["", marc]}),
        ("role.changed", "arbiter", {"user": [marc, ""]}),
    ]
    cast = scoping.db.read_sync(projects.cast_of, **HERE, id=scoping.project)
    assert cast.holders.get("arbiter") is None
    assert scoping.db.read_sync(audit.verify, **HERE, project_id=scoping.project).broken is None


def test_the_team_tells_who_joined_left_and_changed(scoping: Scoping) -> None:
    karim, anne, marc, _julie = TEAM
    busier = Member(user=marc.user, function=marc.function, daci=marc.daci, hours=8)
    new = Member(user=CLAIRE, function="hr", daci="informed")
    scoping.db.run_sync(casting.team, by(scoping), [karim, busier, new])
    scoping.db.run_sync(casting.team, by(scoping), [karim, busier, new])
    [(action, _, data)] = told(scoping)
    assert action == "team.changed"
    assert data["joined"] == marks(scoping, CLAIRE)
    assert data["changed"] == marks(scoping, MARC)
    assert data["left"] == sorted(marks(scoping, anne.user, "UJULIE"))


def test_settings_are_told_as_they_were_and_are_and_names_only_as_hashes(scoping: Scoping) -> None:
    scoping.db.run_sync(casting.settle, by(scoping), currency="CHF", name="Alizé", emoji="pushpin")
    scoping.db.run_sync(casting.settle, by(scoping), currency="CHF")
    [(action, object, data)] = told(scoping)
    assert (action, object) == ("project.set", "project")
    assert data["currency"] == [None, "CHF"]
    assert data["emoji"][1] == "pushpin"
    assert data["name"] == marks(scoping, "Phénix", "Alizé")


def test_answers_that_name_people_are_told_by_whoever_gave_them(scoping: Scoping) -> None:
    d01 = scoping.opens("D01")
    scoping.submits(
        d01, SOPHIE, "people", SET10=KARIM, SET11=CLAIRE, SET12="UPAUL",
        SET13=[{"person": user} for user in (KARIM, ANNE, "UNEW")],
    )  # fmt: skip
    found = {(action, object): data for action, object, data in told(scoping)}
    assert found["role.changed", "arbiter"] == {"user": ["", *marks(scoping, "UPAUL")]}
    assert set(marks(scoping, "UNEW")) <= set(found["team.changed", "team"]["joined"])
    assert ("role.changed", "lead") not in found  # Karim held it already
    assert all(one not in str(found) for one in (SOPHIE, ANNE, KARIM, "UPAUL", "UNEW"))
    assert scoping.db.read_sync(audit.verify, **HERE, project_id=scoping.project).broken is None
