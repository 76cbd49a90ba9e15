"""What closed waves give the diagnosis: per anonymous question the latest tally, or why there is none.

Reads what is kept only; an open wave is never read (3.8).
"""

from dataclasses import replace

from sqlalchemy import Connection

from flows.diagnosis.evidence import Anonymous, ChoiceTally, ScaleTally, Withheld
from flows.wave import shown
from flows.wave.model import ChoiceKept, Item, Kept, ScaleKept, Sum
from storage import wave, wave_bands
from storage.wave import Wave


def closed(conn: Connection, *, workspace: str, project_id: str) -> dict[str, Anonymous]:
    """By question, the latest wave that reached enough answers (3.1); for one that never did,
    `Withheld`, which says whether a wave of it is open. No key: never asked, or a text. An item that
    asks another one again (B01 for BEL01) counts for both."""
    waves = wave.of_project(conn, workspace=workspace, project_id=project_id)
    kept = wave.results(conn, workspace=workspace, ids=[one.id for one in waves if not one.open])
    banded = wave_bands.banded(conn, workspace=workspace, project_id=project_id)
    found: dict[str, Anonymous] = {}
    of_users: dict[str, bool] = {}  # whether what was found is of the users of a lot, and not of the team
    for one in sorted(waves, key=lambda each: (each.closed_on or each.closes_on, each.id)):
        for item in one.items:
            tally = _tally(one, item, kept.get(one.id, {}).get(item.id), banded=one.id in banded)
            for id in (item.id, item.same) if item.kind != "text" else ():
                before = found.get(id)
                if id and _counts(tally, before):
                    same_people = of_users.get(id) == bool(one.lots)
                    found[id] = _risen(tally, before if same_people else None)
                    of_users[id] = bool(one.lots)
    return found


def _risen(tally: Anonymous, before: Anonymous | None) -> Anonymous:
    """Of a scale, whether it rose since the wave before it: as much as people may read of two waves, up,
    stable or down, and from figures that are published only (5.3 rule 4)."""
    if not isinstance(tally, ScaleTally) or not isinstance(before, ScaleTally):
        return tally
    went = shown.moved(Sum(before.n, before.total), Sum(tally.n, tally.total))
    return replace(tally, rose=went == "up")


def _counts(tally: Anonymous, before: Anonymous | None) -> bool:
    """Figures go before their absence, later ones before earlier ones; of absences, that of an open
    wave is told."""
    if not isinstance(tally, Withheld) or before is None:
        return True
    return isinstance(before, Withheld) and tally.open


def _tally(one: Wave, item: Item, kept: Kept | None, *, banded: bool) -> Anonymous:
    match kept:
        case ScaleKept():
            return ScaleTally(
                invited=item.invited,
                n=kept.n,
                total=kept.total,
                polar=kept.polar,
                apart=kept.apart,
                closed_on=one.closed_on,
                banded=banded,
            )
        case ChoiceKept():
            return ChoiceTally(
                invited=item.invited,
                n=kept.n,
                named=kept.named,
                counts=kept.counts,
                closed_on=one.closed_on,
            )
        case _:
            return Withheld(invited=item.invited, open=one.open)
