"""Effect and effort of what W05 weighed, as the note reads them: of the latest workshop that is over."""

from flows.words import Words
from flows.workshop import events
from flows.workshop.ballot import Item
from storage.weighed import weighed
from tests.storage.scoping import ANNE, KARIM, SOPHIE, Scoping, T
from tests.storage.test_workshops import opened

ITEMS = tuple(Item(id=id, ref=id, words=Words.same(id)) for id in ("SID-1", "SID-2"))
GRID = 2  # the step of W05 that weighs


def test_medians_are_read_once_the_workshop_is_over_and_what_nobody_weighed_is_left_out(
    scoping: Scoping,
) -> None:
    here = {"workspace": T, "project_id": scoping.project}
    assert scoping.db.read_sync(weighed, **here) == ()
    room = opened(scoping, "W05")
    room.until(GRID)
    room.ballot(ITEMS)
    room.votes(KARIM, {"SID-1.impact": 5, "SID-1.effort": 1})
    room.votes(ANNE, {"SID-1.impact": 4, "SID-1.effort": 2})
    room.next()
    assert scoping.db.read_sync(weighed, **here) == (), "it is not over"
    room.takes(events.Ended(**room.by(SOPHIE)))
    (one,) = scoping.db.read_sync(weighed, **here)
    assert (one.ref, one.impact, one.effort) == ("SID-1", 4.5, 1.5)
