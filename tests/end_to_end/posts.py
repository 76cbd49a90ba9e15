"""What a project has posted, week by week: which check-in, digest or round-up, to whom, at which local hour.

Read from what the sandbox was told to post, by the words people see. What is due when (`DUE`, `WEEKS`) is
copied from the calendar of the domain (5.2), not from the product.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.playbook import Playbook
from sandbox.server import Running
from tests.end_to_end.company import PARIS

WEEK = timedelta(days=7)
FRIDAY, THURSDAY = 4, 3
ASKED_AT = (time(9, 30), time(16, 31))
#: Tuesday to Thursday only (5.2); the others on any working day.
MIDWEEK = {"C01", "C02", "C08", "C03", "C09"}
WAVES = {"C01", "C02", "C08", "D06", "D07"}
#: Days between two of them, in each stretch of a project (5.2). A month is four weeks, as in a plan of weeks.
DUE = {
    "scoping": {"C01": 28, "C02": 56, "C03": 14, "C04": 7, "C05": 28, "C06": 14, "C07": 14},
    "build": {"C01": 21, "C02": 56, "C03": 14, "C04": 7, "C05": 28, "C06": 14, "C07": 14},
    "settling": {"C01": 28, "C02": 56, "C03": 28, "C04": 14, "C05": 14, "C06": 28, "C07": 28},
}
#: The weeks of the launch, the first being that of the go-live, in which each comes (5.2); C09 on day 30. C01
#: of week 1 is left out: that of the week before is open still, and its "you said, we did" comes first; in
#: week 2 it is the turn of C02.
WEEKS = {
    "C01": {3, 5, 7}, "C02": {2, 6}, "C03": {*range(1, 9)}, "C04": {*range(1, 9)},
    "C05": {*range(1, 9)}, "C07": {*range(1, 9)}, "C09": {5},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message, when it was posted first."""

    at: datetime  # where whoever reads it is; channels are in Paris
    to: str  # a person's key, or "#channel"
    what: str  # "C01", "digest", "round_up", "win", or ""
    text: str


def posts(sandbox: Running, playbook: Playbook) -> list[Post]:
    """Everything the bot has posted so far, in order."""
    world = sandbox.space.world
    keys = {person.id: person.key for person in world.people.values()}
    zones = {person.key: ZoneInfo(person.tz) for person in world.people.values()}
    found = []
    for _, exchange, _ in sandbox.space.traffic.exchanges:
        if exchange.method != "chat.postMessage" or exchange.refused:
            continue
        channel = world.channels[str(exchange.response["channel"])]
        humans = [keys[user] for user in channel.members if user in keys and not world.people[user].is_bot]
        to = f"#{channel.name}" if channel.name else humans[0]
        text = re.sub(r"[\u00a0\u202f*]", " ", str(exchange.request.get("text", "")))
        for what in [*_whats(text, playbook)] or [""]:
            at = datetime.fromtimestamp(exchange.at, zones.get(to, PARIS))
            found.append(Post(at=at, to=to, what=what, text=text))
    return found


def _whats(text: str, playbook: Playbook) -> Iterator[str]:
    """What a message is: several check-ins may stand in one."""
    titles = {id: one.title for id, one in (*playbook.checkins.items(), *playbook.waves.items())}
    for id, title in titles.items():
        for said in (title.en, title.fr):
            if re.search(rf"{re.escape(said)} +\(Boréal\)\s*: (about|environ)", text):
                yield id
                break
    call = playbook.checkins["C05"].title
    if text.strip().startswith((call.en, call.fr)):
        yield "C05"
    if re.search(
        r"What we need from you|Ce que l.on attend de vous|Nothing new needs you|Rien de nouveau ne vous",
        text,
    ):
        yield "digest"
    if re.search(r"never used to assess, pay or rank anyone|à évaluer, à payer ni à classer", text):
        yield "win" if re.match(r"\s*WIN-\d", text) else "round_up"


def of_week(every: Iterable[Post], monday: date) -> list[Post]:
    """Those from this Monday to Sunday."""
    return [post for post in every if monday <= post.at.date() < monday + WEEK]


def keeps_the_rules_of_rhythm(every: list[Post], monday: date) -> None:
    """Every week, whatever the phase: hours and days (5.2), caps (2.1, 6.3), one digest (DOC7), one round-up
    (DOC8)."""
    here = of_week(every, monday)
    for post in here:
        if re.fullmatch(r"[CD]\d\d", post.what):
            assert ASKED_AT[0] <= post.at.time() < ASKED_AT[1], post
            assert post.at.weekday() <= FRIDAY, post
            assert post.what not in MIDWEEK or post.at.weekday() in (1, 2, 3), post
    waves = Counter(post.to for post in here if post.what in WAVES)
    assert not waves or max(waves.values()) == 1, waves
    asked = {
        (post.to, post.at) for post in here if re.fullmatch(r"[CD]\d\d", post.what) and post.to[0] != "#"
    }
    asks = Counter((to, at.date()) for to, at in asked)
    assert not asks or max(asks.values()) == 1, asks
    digests = [post for post in here if post.what == "digest"]
    assert [(post.to, post.at.weekday(), post.at.hour, post.at.minute) for post in digests] == [
        ("claire", THURSDAY, 8, 30)
    ]
    rounds = [post for post in here if post.what == "round_up"]
    assert [(post.to, post.at.weekday(), post.at.hour) for post in rounds] == [("#boreal", FRIDAY, 11)]
    wins = Counter(post.at.date() for post in here if post.what == "win")
    assert sum(wins.values()) <= 6
    assert not wins or max(wins.values()) <= 2


def weeks_with(every: Iterable[Post], what: str, since: date) -> set[int]:
    """In which weeks it came, the one that begins on this Monday being the first."""
    return {
        (post.at.date() - since).days // 7 + 1
        for post in every
        if post.what == what and post.at.date() >= since
    }


def comes_every(every: Iterable[Post], what: str, days: int, first: date, last: date) -> None:
    """Within these days it comes at this pace: never sooner than a week's shift allows, never left out."""
    came = sorted({post.at.date() for post in every if post.what == what and first <= post.at.date() <= last})
    slack = timedelta(days=6)  # a weekend, Tuesday to Thursday, or a wave that goes first
    pace = timedelta(days=days)
    marks = [first, *came, last]
    for before, after in itertools.pairwise(marks):
        assert after - before <= pace + slack, (what, came)
    for before, after in itertools.pairwise(came):
        assert after - before >= pace - slack, (what, came)
