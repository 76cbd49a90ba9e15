"""What the kinds of record are called on their pages, and what a list of each says in one line."""

from collections.abc import Mapping
from typing import get_args

from bot.words.text import N_
from flows.dialogue.effects import RecordKind

KINDS: tuple[RecordKind, ...] = get_args(RecordKind)
#: Titles of lists: 24 characters at most in each language.
TITLES: Mapping[str, str] = {
    "mine": N_("On my list"),
    "decision": N_("Decisions"),
    "issue": N_("Open issues"),
    "risk": N_("Risks"),
    "assumption": N_("Assumptions"),
    "action": N_("Actions"),
    "gap": N_("Gaps"),
    "annex": N_("Supporting projects"),
    "need": N_("Needs"),
    "lot": N_("Lots"),
    "task": N_("Key tasks"),
    "interface": N_("Interfaces"),
    "domain": N_("Customer data held"),
    "tradeoff": N_("Trade-offs"),
    "vendor": N_("Vendor sessions"),
    "stake": N_("Goals"),
    "exclusion": N_("Out of scope"),
    "promise": N_("Promises"),
    "constraint": N_("Constraints"),
    "commitment": N_("Commitments"),
    "stakeholder": N_("Groups to involve"),
    "expectation": N_("Expectations"),
}
#: What a page says when it is empty, and what to do then.
EMPTY: Mapping[str, str] = {
    "mine": N_("Nothing is on your list."),
    "decision": N_("No decision recorded yet. Dialogues and workshops record them."),
    "issue": N_("Nothing open here. Either all is settled, or nobody has asked yet."),
}
NOTHING = N_("Nothing is recorded here yet.")
#: Kinds of which only what is not settled is listed.
ONLY_OPEN = ("issue", "action", "risk")
#: Fields that a line of a list names, by kind.
IN_LINE: Mapping[str, tuple[str, ...]] = {
    "risk": ("score",),
    "assumption": ("importance", "evidence"),
    "gap": ("step", "severity"),
    "annex": ("blocks",),
    "need": ("priority", "effort"),
    "lot": ("benefit",),
    "task": ("weeks", "after"),
    "interface": ("critical", "api"),
    "domain": ("quality", "use"),
    "tradeoff": ("loss",),
    "vendor": ("integrator", "whole_team"),
    "stake": ("indicator", "target"),
    "stakeholder": ("treatment",),
    "decision": ("reason",),
}
