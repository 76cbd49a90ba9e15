"""A version of the note while people review and sign it: remarks by section, signatures, how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flows.workshop.fist import SUPPORTS, passes

#: What somebody wants of a section: changed; carried with a reservation; answered, as a question is.
Kind = Literal["change", "reservation", "question"]
#: Nobody has replied; taken over into the text; replied to, without a change of the text.
Reply = Literal["open", "accepted", "answered"]
#: A member carries it; the sponsor signs, signs under conditions, or sends it back (RTE13).
Choice = Literal["carry", "approve", "conditions", "back"]
#: Being read; signed by the sponsor, hence frozen; sent back by the sponsor; a newer version is in review.
State = Literal["review", "signed", "back", "replaced"]

#: What a case about a version of the note is about, with its number.
OF_NOTE = "DOC1.v"
SPONSORS: tuple[Choice, ...] = ("approve", "conditions", "back")
SIGNS: tuple[Choice, ...] = ("carry", "approve", "conditions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What somebody says of one section (RTE10), under their name. `reply` is who runs the project's words;
    `issue`: the open point a question became, such as "ISS-7"."""

    id: str
    section: str  # N01 …
    author: str
    kind: Kind
    words: str
    at: datetime
    state: Reply = "open"
    reply: str = ""
    issue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One person's signature of one version. `fingerprint` is that of what they signed; `words`: the
    conditions, or why it goes back; `override`: why it is signed against the verdict (3.6)."""

    user: str
    role: str  # as the note prints it: the first of their roles
    choice: Choice
    at: datetime
    fingerprint: str
    words: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One person's vote until it is counted. `words`: what would bring them to 3; `signed`: named."""

    user: str
    points: int  # 0 to 5
    words: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A minority view in the words of whoever wrote it. `user`: only where they have signed it."""

    words: str
    user: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What is kept of a vote. `where`: on the cards of the review, or in the workshop (W10)."""

    counts: Mapping[str, int]  # points -> how many
    voters: int  # how many could vote
    at: datetime
    where: Literal["cards", "W10"] = "cards"
    views: tuple[View, ...] = ()
    #: Whether the vote on the version before did not pass either: then the arbiter has the word (4.1).
    second: bool = False

    @property
    def n(self) -> int:
        """How many have voted."""
        return sum(self.counts.values())

    @property
    def supporting(self) -> int:
        """How many are at 3 or more."""
        return sum(many for point, many in self.counts.items() if int(point) >= SUPPORTS)

    @property
    def passed(self) -> bool:
        """Nobody at 0 or 1, and at least 80 % at 3 or more (4.1)."""
        return passes([int(point) for point, many in self.counts.items() for _ in range(many)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A version in review. `signers`: who is asked to sign, the sponsor among them. Its text never changes:
    a change is another version, which asks everybody again (G5)."""

    version: int
    fingerprint: str
    sponsor: str
    signers: tuple[str, ...]
    state: State = "review"
    remarks: tuple[Remark, ...] = ()
    signatures: tuple[Signature, ...] = ()
    tally: Tally | None = None  # of the vote on it, once counted
    alike: float | None = None  # percentage of readings that agreed when its review ended (RTE12)

    @property
    def subject(self) -> str:
        """What a case about it that goes to the arbiter is about."""
        return f"{OF_NOTE}{self.version}"

    @property
    def waiting(self) -> tuple[Remark, ...]:
        """Remarks nobody has replied to."""
        return tuple(one for one in self.remarks if one.state == "open")

    def signature(self, user: str) -> Signature | None:
        """This person's, if they have signed."""
        return next((one for one in self.signatures if one.user == user), None)

    @property
    def complete(self) -> bool:
        """Everybody who is asked has signed. Never said of anybody by name."""
        signed = {one.user for one in self.signatures if one.choice in SIGNS}
        return set(self.signers) <= signed
