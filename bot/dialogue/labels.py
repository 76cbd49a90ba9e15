"""The label of a screen: how far, how long, and who will see the answers (journeys 1.2, principle 7)."""

from collections.abc import Iterable

from bot.delegation import pages
from bot.dialogue.scene import Scene
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import N_, Wording
from flows.dialogue.model import RESTRICTED_TO, Question, Screen

#: Flow and screen after which the first look comes (A5).
FIRST_LOOK = ("D01", "steering")
ROLES = {
    "sponsor": N_("the sponsor"), "hr": N_("the HR contact"), "lead": N_("the project lead"),
    "facilitator": N_("the facilitator"), "arbiter": N_("the arbiter"), "coach": N_("the neutral coach"),
    "expert": N_("the external expert"), "team": N_("the project team"), "it": N_("the IT contact"),
    "data": N_("the data contact"), "finance": N_("the finance contact"), "management": N_("the management"),
    "front": N_("marketing, sales and service"), "team_all": N_("the team and the sponsor"),
    "users": N_("the future users"), "owners": N_("the owners"), "attendees": N_("the people present"),
}  # fmt: skip


#: The same after a name: "Marc Delorme (project lead)".
TITLES = {
    "sponsor": N_("sponsor"), "hr": N_("HR"), "lead": N_("project lead"), "facilitator": N_("facilitator"),
    "arbiter": N_("arbiter"), "coach": N_("neutral coach"), "expert": N_("external expert"), "it": N_("IT"),
    "data": N_("data contact"), "finance": N_("finance"), "management": N_("management"),
}  # fmt: skip


#: Roles whose words name several, as the roles they stand for, so that a list reads as one list.
SEVERAL = {"team_all": ("team", "sponsor"), "front": ("marketing", "sales", "service")}
FUNCTIONS = {"marketing": N_("marketing"), "sales": N_("sales"), "service": N_("service")}


def roles(w: Wording, names: Iterable[str]) -> str:
    """ "the team, the sponsor and the facilitator": roles in words, each once."""
    asked = list(names)
    if len(asked) > 1:
        each = [part for name in asked for part in SEVERAL.get(name, (name,))]
        asked = list(dict.fromkeys(each))
    return w.listed([w(ROLES.get(name) or FUNCTIONS.get(name, name)) for name in asked])


def role(scene: Scene, name: str) -> str:
    """A role in words, after a name."""
    return scene.w(TITLES.get(name, name))


def heading(scene: Scene, screen: Screen, *, counted: bool = True) -> Mrkdwn:
    """ "3 of 4 · about 3 minutes · *Named.* …": the first line of every screen that asks something.
    Not `counted`: the label alone."""
    far = [_position(scene, screen), _minutes(scene, screen)] if counted else []
    parts = [*far, label(scene, screen.questions[0]), pages.whose(scene) or ""]
    return Mrkdwn(" · ").join([part for part in parts if part])


def label(scene: Scene, question: Question) -> Mrkdwn:
    """Who sees the answer of this question."""
    w = scene.w
    if question.visibility == "anonymous":
        return w.md("*Anonymous.* Nobody can see who answered what. Group results only, from 5 answers.")
    if question.visibility == "restricted":
        audience = roles(w, question.seen_by or RESTRICTED_TO)
        return w.md("*Confidential.* Only {audience} can see this.", audience=audience)
    if question.shared:
        return w.md("*Named.* The team and the sponsor will see these answers.")
    return w.md("*Named.* Your name appears with your answer, to the team and the sponsor, once this closes.")


def short_label(scene: Scene, question: Question) -> Mrkdwn:
    """The label in one word, for lists."""
    w = scene.w
    names = {"anonymous": w.md("*Anonymous*"), "restricted": w.md("*Confidential*")}
    return names.get(question.visibility) or w.md("*Named*")


def position(scene: Scene, start: int, size: int, total: int) -> Mrkdwn:
    """Which part of a long list is shown. `start` counts from 0."""
    last = min(start + size, total)
    return scene.w.md("{first} to {last} of {total}", first=start + 1, last=last, total=total)


def _position(scene: Scene, screen: Screen) -> str:
    n = scene.position(screen.key)
    return scene.w("{n} of {total}", n=n, total=len(scene.path)) if n else ""


def _minutes(scene: Scene, screen: Screen) -> str:
    """How long it still takes: at first, to the first look, since the rest of the set-up can wait."""
    before_look = scene.flow.id == FIRST_LOOK[0] and scene.position(screen.key) <= scene.position(
        FIRST_LOOK[1]
    )
    if before_look:
        return scene.w("about ten minutes to the first look") if scene.position(screen.key) == 1 else ""
    left = scene.progress.minutes_left
    return scene.w.plural("about {n} minute", "about {n} minutes", left) if left else ""
