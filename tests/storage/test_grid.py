"""Vendors side by side: a grid is its owner's own, a later file takes the place of the one before."""

from dataclasses import replace

from storage import erasing, grid
from storage.erasing import Wish
from storage.grid import Claim
from tests.storage.scoping import ANNE, KARIM, NOW, SOPHIE, Scoping, T

CLAIM = Claim(
    key="nordsoft", vendor="Nordsoft", answers={"REQ-1": {"answer": "standard", "comment": ""}},
    brought_by=SOPHIE, brought_at=NOW,
)  # fmt: skip


def fills(scoping: Scoping, user: str, **levels: str) -> None:
    here = {"workspace": T, "project_id": scoping.project, "session": "VND-1", "user": user}
    scoping.db.run_sync(grid.fill, **here, levels=levels, now=NOW)


def test_a_grid_is_read_by_its_owner_and_by_others_without_a_name(scoping: Scoping) -> None:
    fills(scoping, KARIM, K1="no")
    fills(scoping, ANNE, K1="claimed")
    fills(scoping, KARIM, K1="seen")
    read, here = scoping.db.read_sync, {"workspace": T, "project_id": scoping.project}
    assert read(grid.mine, **here, session="VND-1", user=KARIM) == {"K1": "seen"}
    assert read(grid.mine, **here, session="VND-2", user=KARIM) == {}
    assert read(grid.grids, **here) == {"VND-1": [{"K1": "claimed"}, {"K1": "seen"}]}
    assert read(grid.grids, workspace="T0OTHER", project_id=scoping.project) == {}


def test_a_later_file_of_a_vendor_takes_the_place_of_the_one_before(scoping: Scoping) -> None:
    here = {"workspace": T, "project_id": scoping.project}
    later = replace(CLAIM, answers={"REQ-1": {"answer": "no", "comment": "Pas avant 2027"}})
    for made in (CLAIM, replace(CLAIM, key="sud", vendor="Sud"), later):
        scoping.db.run_sync(grid.claim, **here, made=made)
    assert scoping.db.read_sync(grid.claims, **here) == [later, replace(CLAIM, key="sud", vendor="Sud")]


def test_a_grid_goes_with_its_owner(scoping: Scoping) -> None:
    fills(scoping, KARIM, K1="no")
    wish = Wish(workspace=T, user=KARIM, label="somebody who has left")
    scoping.db.run_sync(erasing.erase, wish, now=NOW)
    assert scoping.db.read_sync(grid.grids, workspace=T, project_id=scoping.project) == {}
