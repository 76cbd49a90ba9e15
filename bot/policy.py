"""Who may do what, to what: one pure table, asked at click time and again at send time.

Default deny: an action that has no line here is refused to everybody, and so is a person who
holds no role of the line. Membership of a Slack channel is not a right (reliability T12), and
nothing here reads the database: the caller loads the object by workspace and id first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flows.project import Project, Role
from flows.roles import ASKED_OF
from flows.words import Words

Action = Literal[
    "home.open",
    "help.read",
    "settings.change",
    "project.create",
    "project.read",
    "project.change",
    "team.read",
    "team.change",
    "dialogue.send",
    "plan.change",
    "dialogue.nudge",
    "dialogue.close",
    "dialogue.answer",
    "dialogue.later",
    "results.read",
    "register.read",
    "register.take",
    "register.bring",
    "record.make",
    "record.edit",
    "record.move",
    "record.undo",
    "decision.note",
    "decision.decide",
    "decision.reopen",
    "first_look.read",
    "note.make",
    "document.read",
    "review.open",
    "review.read",
    "review.remark",
    "review.reply",
    "review.vote",
    "review.count",
    "review.sign",
    "document.issue",
    "memo.read",
    "rewards.publish",
    "criteria.settle",
    "weights.change",
    "route.choose",
    "route.decide",
    "diagnosis.read",
    "diagnosis.full",
    "diagnosis.post",
    "diagnosis.override",
    "alignment.rate",
    "arbitration.read",
    "arbitration.bring",
    "workshop.read",
    "workshop.run",
    "item.hand_over",
    "win.tell",
    "digest.read",
    "digest.note",
    "digest.settings",
]

#: Who a line names. A Role; or "self": whoever asks, about what is theirs; "colleague": any full
#: member of this workspace; "invited": somebody the object was sent to by id; "owner": whoever sees to a
#: record, or is named to decide; of what is undone, whoever did it.
Entitled = Role | Literal["self", "colleague", "invited", "owner"]

_PROJECT: frozenset[Entitled] = frozenset({"sponsor", "arbiter", "lead", "facilitator", "expert", "team"})
_STEERS: frozenset[Entitled] = frozenset({"facilitator", "lead"})
_MAKES: frozenset[Entitled] = _STEERS | {"sponsor", "arbiter", "team"}

TABLE: Mapping[Action, frozenset[Entitled]] = {
    # about oneself
    "home.open": frozenset({"self"}),
    "help.read": frozenset({"self"}),
    "settings.change": frozenset({"self"}),
    # a new project belongs to nobody yet; guests and other companies create none
    "project.create": frozenset({"colleague"}),
    # reading
    "project.read": _PROJECT,
    "team.read": _PROJECT | {"coach"},
    "results.read": _PROJECT,
    "register.read": _PROJECT,
    "register.take": frozenset({"sponsor", "facilitator"}),  # journeys 5
    "register.bring": frozenset({"facilitator"}),
    # records by hand: the team makes them; their owner, the lead and the facilitator move them on. A decision
    # is noted as taken by those who were there for it, and taken by who has the authority
    "record.make": _MAKES,
    "record.edit": _STEERS | {"owner"},
    "record.move": _STEERS | {"owner"},
    "record.undo": frozenset({"owner"}),  # of what they have just done themselves, and nobody else
    "decision.note": _STEERS | {"sponsor", "arbiter"},
    "decision.decide": frozenset({"sponsor", "arbiter", "owner"}),
    "decision.reopen": _STEERS | {"sponsor", "arbiter", "owner"},
    "first_look.read": frozenset({"facilitator", "lead", "sponsor"}),
    "diagnosis.read": _PROJECT,  # the team's version, unless "full"
    "diagnosis.full": frozenset({"facilitator", "lead", "sponsor"}),
    "diagnosis.post": frozenset({"facilitator"}),
    "diagnosis.override": frozenset({"sponsor"}),
    "alignment.rate": frozenset({"facilitator"}),  # reads RTE12, as its screen says
    # what is to be settled: the team and those who run the project bring it; who settles one is named in it
    "arbitration.read": _PROJECT,
    "arbitration.bring": frozenset({"sponsor", "arbiter", "lead", "facilitator", "team"}),
    # workshops: everybody reads the scripts; whoever facilitates prepares one, who steers it stands in it
    "workshop.read": _PROJECT,
    "workshop.run": frozenset({"facilitator"}),
    # an item is handed over by its owner, and by those who run the project where it has nobody
    "item.hand_over": frozenset({"invited", "lead", "facilitator"}),
    # the sponsor's digest: facilitator and lead see the next one before, and may add a sentence
    "digest.read": _STEERS | {"sponsor"},
    "digest.note": _STEERS,
    "digest.settings": frozenset({"sponsor"}),
    # anyone tells a win or an initiative, users too; about which project stands in bot/wins/whose.py
    "win.tell": frozenset({"self"}),
    # answering: only what was sent to this person by id, whatever else they may do
    "dialogue.answer": frozenset({"invited"}),
    "dialogue.later": frozenset({"invited"}),
    # running the project
    "project.change": _STEERS,
    "team.change": frozenset({"facilitator"}),
    "dialogue.send": _STEERS,  # 0.8 of the conventions
    "plan.change": frozenset({"facilitator"}),
    "dialogue.nudge": frozenset({"facilitator"}),
    "dialogue.close": frozenset({"facilitator"}),
    "note.make": _STEERS,
    # criteria by those who run the project; weights, once a vendor has been seen, by the arbiter (NEE17)
    "criteria.settle": _STEERS,
    "weights.change": frozenset({"arbiter"}),
    # the exit: those who steer choose a route, the arbiter decides (RTE08)
    "route.choose": _STEERS,
    "route.decide": frozenset({"arbiter"}),
    # a version of the note in review: sent round and replied to by those who steer, signed by the team, the
    # arbiter and the sponsor; whoever facilitates counts votes and has none
    "review.open": _STEERS,
    "review.read": _PROJECT,
    "review.remark": frozenset({"team", "sponsor", "arbiter", "lead", "expert"}),
    "review.reply": _STEERS,
    "review.vote": frozenset({"team", "sponsor"}),
    "review.count": frozenset({"facilitator"}),
    "review.sign": frozenset({"team", "sponsor", "arbiter"}),
    "document.read": _PROJECT,  # internal documents: nothing restricted is in them
    # documents for vendors, and what is filled in for them; the memo is for those who decide on it
    "document.issue": _STEERS,
    "memo.read": _STEERS | {"sponsor", "arbiter"},
    "rewards.publish": frozenset({"sponsor", "hr"}),  # what of the answers about pay the note prints (N14)
}

#: The role a refusal points to: whoever can do it instead.
_POINTS_TO: Mapping[Action, Role] = {
    "rewards.publish": "sponsor",
    "diagnosis.override": "sponsor",
    "digest.settings": "sponsor",
    "decision.decide": "arbiter",
    "route.decide": "arbiter",
    "weights.change": "arbiter",
}

#: One sentence for "not allowed" and "does not exist": it must not tell a stranger which it is,
#: so it names nobody.
NOTHING_THERE = Words(
    en="I find nothing there for you. Ask the person who told you about it if you should be in this project.",
    fr="Je ne trouve rien là pour vous. Voyez avec la personne qui vous en a parlé si vous devez être dans "
    "ce projet.",
)
OTHER_COMPANY = Words(
    en="Projects are started by members of this workspace. Its members can invite you by name.",
    fr="Un projet se crée depuis un compte de cet espace. Ses membres peuvent vous inviter nommément.",
)
NOT_TOLD_YET = Words(
    en="Slack has not told me in time whether your account is of this workspace. Try again in a moment.",
    fr="Slack ne m’a pas dit à temps si votre compte est de cet espace. Réessayez dans un instant.",
)
BELONGS = Words(
    en="This belongs to {role} ({name}). Tell them what you would change.",
    fr="Cela revient {role} ({name}). Dites-lui ce que vous changeriez.",
)
BELONGS_EMPTY = Words(
    en="This belongs to {role}, and nobody holds that role yet.",
    fr="Cela revient {role}, et personne ne tient encore ce rôle.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks: made only from what Slack verified and from our own rows, never from a payload."""

    workspace: str  # Slack team id of the request
    user: str  # Slack user id
    outsider: bool = False  # a guest, or an account of another company
    known: bool = True  # False: Slack has not told who this is, so it may be an outsider


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What is asked about. `project` is None when it does not exist in the actor's workspace."""

    project: Project | None = None
    invited: bool = False  # the object was sent to this very person
    owner: bool = False  # this very person sees to it, or is named to decide


@dataclass(frozen=True, slots=True)
class Allow:
    """Go ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deny:
    """No. `words` may hold `{name}`: the display name of `holder`, known to the caller only."""

    words: Words
    holder: str | None = None  # Slack user id of the person who may

    def said(self, name: str) -> Words:
        """The sentence with the name of the person who may do it."""
        return self.words.fill(name=name)


Verdict = Allow | Deny


def can(actor: Actor, action: Action, thing: Thing) -> Verdict:
    """Whether `actor` may do `action` to `thing`. Pure; knows no screen and no names."""
    entitled = TABLE.get(action, frozenset())
    if "self" in entitled or ("colleague" in entitled and actor.known and not actor.outsider):
        return Allow()
    if "colleague" in entitled:
        return Deny(words=OTHER_COMPANY if actor.outsider else NOT_TOLD_YET)
    project = thing.project
    if project is None or project.workspace != actor.workspace:
        return Deny(words=NOTHING_THERE)
    held = project.cast.roles_of(actor.user)
    named = ("invited" in entitled and thing.invited) or ("owner" in entitled and thing.owner)
    if held & entitled or named:
        return Allow()
    return _belongs(action, project) if held else Deny(words=NOTHING_THERE)


def _belongs(action: Action, project: Project) -> Deny:
    """A member may know who can; only somebody without any role may not."""
    role = _POINTS_TO.get(action, "facilitator")
    holder = project.cast.holder(role)
    template = BELONGS if holder else BELONGS_EMPTY
    return Deny(words=template.fill(role=ASKED_OF[role]), holder=holder)
