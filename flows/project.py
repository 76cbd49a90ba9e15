"""A project and its people: who holds which role, who belongs to which audience (0.2)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from flows.words import Language

Role = Literal[
    "sponsor", "arbiter", "lead", "facilitator", "expert", "coach",
    "team", "team_all", "front", "it", "hr", "data", "finance", "management",
    "users", "owners", "attendees",
]  # fmt: skip

#: Roles held by one named person. The others are worked out from the team.
SINGLE_ROLES: tuple[Role, ...] = ("sponsor", "arbiter", "lead", "facilitator", "expert", "coach")
FUNCTIONS = ("marketing", "sales", "service", "it", "data", "finance", "hr", "management", "other")
FRONT_OFFICE = ("marketing", "sales", "service")
#: Customer-facing functions plus IT: the chain a team must cover (R59, SET13).
CHAIN = ("marketing", "sales", "service", "it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One line of the project team (SET13)."""

    user: str
    function: str | None = None
    daci: str | None = None
    hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who a question or a dialogue is for: any of `roles`, except holders of `minus`."""

    roles: tuple[Role, ...]
    minus: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody in a project and what they are in it. Does not know names, only Slack user ids."""

    holders: dict[Role, str] = field(default_factory=dict)  # the single roles of SINGLE_ROLES
    members: tuple[Member, ...] = ()
    lots: dict[str, tuple[str, ...]] = field(default_factory=dict)  # "LOT-1" -> the people it is for
    #: Who answers to a role or an audience, once it was asked for: a turn asks some fifty times.
    _known: dict[Role | Audience, tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def holder(self, role: Role) -> str | None:
        """The person holding a single role. The arbiter is the sponsor by default (0.2)."""
        found = self.holders.get(role)
        if found is None and role == "arbiter":
            return self.holders.get("sponsor")
        return found

    def people(self, role: Role) -> tuple[str, ...]:
        """Everybody who is `role`, in a stable order, without doubles."""
        if role not in self._known:
            self._known[role] = self._people(role)
        return self._known[role]

    def _people(self, role: Role) -> tuple[str, ...]:
        if role in SINGLE_ROLES:
            one = self.holder(role)
            return (one,) if one else ()
        if role == "team":
            outside = {self.holder(r) for r in ("sponsor", "facilitator", "expert", "coach")}
            named = [m.user for m in self.members] + [u for u in (self.holder("lead"),) if u]
            return tuple(dict.fromkeys(u for u in named if u not in outside))
        if role == "users":
            return self.of_lots(self.lots)
        if role in ("attendees", "team_all"):  # who was at a vendor session is noted on the session itself
            more = self.people("sponsor") if role == "team_all" else ()
            return tuple(dict.fromkeys((*self.people("team"), *more)))
        if role == "front":
            team = set(self.people("team"))
            return tuple(m.user for m in self.members if m.function in FRONT_OFFICE and m.user in team)
        return tuple(m.user for m in self.members if m.function == role)

    def of_lots(self, lots: Iterable[str]) -> tuple[str, ...]:
        """The people these lots are for, in the team or not."""
        return tuple(dict.fromkeys(user for lot in lots for user in self.lots.get(lot, ())))

    def audience(self, audience: Audience) -> tuple[str, ...]:
        """Everybody an `Audience` addresses."""
        if audience not in self._known:
            self._known[audience] = self._audience(audience)
        return self._known[audience]

    def _audience(self, audience: Audience) -> tuple[str, ...]:
        out = {user for role in audience.minus for user in self.people(role)}
        wanted = [user for role in audience.roles for user in self.people(role)]
        return tuple(dict.fromkeys(user for user in wanted if user not in out))

    def everybody(self) -> tuple[str, ...]:
        """All who work for the project; its future users are elsewhere (`people("users")`)."""
        single = [u for r in SINGLE_ROLES if (u := self.holder(r))]
        return tuple(dict.fromkeys((*single, *(m.user for m in self.members))))

    def roles_of(self, user: str) -> frozenset[Role]:
        """Every role `user` holds, audiences included; empty for a stranger."""
        known: tuple[Role, ...] = (
            *SINGLE_ROLES, "team", "team_all", "front", "it", "hr", "data", "finance", "management", "users",
        )  # fmt: skip
        return frozenset(role for role in known if user in self.people(role))

    def function_of(self, user: str) -> str | None:
        """The function of a team member, if it is known."""
        return next((m.function for m in self.members if m.user == user), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One scoping project, as remembered. Holds no answer and no record."""

    id: str  # 128-bit hex
    workspace: str  # Slack team id
    name: str
    channel: str  # Slack channel id
    language: Language  # of shared posts and documents
    start: date | None = None  # SET18, in the project's zone
    zone: str = "Europe/Paris"  # IANA name
    phase: str = "P0"  # 0.3
    currency: str | None = None  # what its budgets are counted in, ISO 4217; None: EUR
    emoji: str | None = None  # reaction that offers to record a message; None: off
    holidays: frozenset[date] = frozenset()  # days on which nothing leaves
    created_at: datetime  # UTC
    creator: str  # Slack user id
    cast: Cast = field(default_factory=Cast)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is known about a member of the workspace: a cache of Slack's profile, plus a choice."""

    workspace: str
    user: str  # Slack user id
    name: str  # display name, never an e-mail address
    zone: str = ""  # IANA name as Slack gave it; may be empty or unknown to us
    locale: str = ""  # Slack's, "fr-FR"
    language: Language | None = None  # chosen by the person; None: follow the locale
    is_bot: bool = False
    deleted: bool = False
    stranger: bool = False  # belongs to another company (Slack Connect)
    guest: bool = False  # a guest of the workspace: may be named, starts no project
    away_until: date | None = None
    fetched_at: datetime  # UTC
