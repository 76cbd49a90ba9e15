"""The states a record may be in, and which may follow which (0.7). Decides nothing else."""

from collections.abc import Mapping

from flows.dialogue.effects import RecordKind
from flows.words import Words

#: From each state to those that may follow. A kind that is not here has one state, "open".
LIFE: Mapping[RecordKind, Mapping[str, tuple[str, ...]]] = {
    "decision": {
        "proposed": ("accepted", "rejected", "withdrawn"),
        "accepted": ("proposed", "superseded", "withdrawn"),
        "rejected": ("proposed",),
        "superseded": (),
        "withdrawn": ("proposed", "accepted"),
    },
    "issue": {
        "open": ("acknowledged", "in_progress", "resolved", "dropped", "withdrawn"),
        "acknowledged": ("open", "in_progress", "resolved", "dropped"),
        "in_progress": ("open", "resolved", "dropped"),
        "resolved": ("open",),
        "dropped": ("open",),
        "withdrawn": ("open",),
    },
    "risk": {
        "proposed": ("open", "withdrawn"),
        "open": ("reduced", "closed", "happened", "withdrawn"),
        "reduced": ("open", "closed", "happened", "withdrawn"),
        "closed": ("open",),
        "happened": ("closed",),
        "withdrawn": ("open",),
    },
    "action": {
        "open": ("in_progress", "done", "dropped", "withdrawn"),
        "in_progress": ("open", "done", "dropped", "withdrawn"),
        "done": ("open",),
        "dropped": ("open",),
        "withdrawn": ("open",),
    },
    "assumption": {
        "untested": ("confirmed", "refuted", "withdrawn"),
        "confirmed": ("untested",),
        "refuted": ("untested",),
        "withdrawn": ("untested",),
    },
    "gap": {
        "open": ("closed", "withdrawn"),
        "closed": ("open",),
        "withdrawn": ("open",),
    },
    "annex": {
        "open": ("later", "not_needed", "done", "withdrawn"),
        "later": ("open", "not_needed", "done", "withdrawn"),
        "not_needed": ("open", "later", "withdrawn"),
        "done": ("open",),
        "withdrawn": ("open", "later", "not_needed"),
    },
    "tradeoff": {
        "proposed": ("decided", "withdrawn"),
        "decided": ("proposed", "withdrawn"),
        "withdrawn": ("proposed", "decided"),
    },
}
#: States in which nothing more is expected of anybody.
OVER = frozenset({
    "resolved", "dropped", "rejected", "closed", "happened", "done", "superseded", "withdrawn", "confirmed",
    "refuted", "not_needed", "decided",
})  # fmt: skip
STATES: Mapping[str, Words] = {
    "open": Words("open", "en cours"),
    "acknowledged": Words("taken note of", "prise en compte"),
    "in_progress": Words("in progress", "en traitement"),
    "resolved": Words("resolved", "résolue"),
    "dropped": Words("dropped", "abandonnée"),
    "proposed": Words("proposed", "proposée"),
    "accepted": Words("accepted", "acceptée"),
    "rejected": Words("not accepted", "écartée"),
    "superseded": Words("replaced", "remplacée"),
    "withdrawn": Words("withdrawn", "retirée"),
    "reduced": Words("reduced", "réduit"),
    "closed": Words("closed", "clos"),
    "happened": Words("happened", "survenu"),
    "done": Words("done", "faite"),
    "untested": Words("not tested yet", "pas encore testée"),
    "confirmed": Words("confirmed", "confirmée"),
    "refuted": Words("refuted", "démentie"),
    "later": Words("later", "plus tard"),
    "not_needed": Words("not needed", "pas nécessaire"),
    "decided": Words("decided", "tranché"),
}
