"""The roles in words (0.2), as those a question is asked of."""

from collections.abc import Mapping

from flows.dialogue.show import joined
from flows.project import Audience, Role
from flows.words import Words

#: The roles after "asked of": French joins the article to its preposition.
ASKED_OF: Mapping[Role, Words] = {
    "sponsor": Words("the sponsor", "au sponsor"),
    "arbiter": Words("the arbiter", "à l’arbitre"),
    "lead": Words("the project lead", "au pilote du projet"),
    "facilitator": Words("the facilitator", "à l’animateur"),
    "expert": Words("the external expert", "à l’expert externe"),
    "coach": Words("the neutral coach", "à l’accompagnateur neutre"),
    "team": Words("the project team", "à l’équipe projet"),
    "team_all": Words("the team and the sponsor", "à l’équipe et au sponsor"),
    "front": Words("the front-office members", "aux membres du front office"),
    "it": Words("the IT contact", "au contact informatique"),
    "hr": Words("the HR contact", "au contact RH"),
    "data": Words("the data contact", "au contact données"),
    "finance": Words("the finance contact", "au contact finance"),
    "management": Words("the management", "à la direction"),
    "users": Words("the future users", "aux futurs utilisateurs"),
    "owners": Words("the owners", "aux porteurs"),
    "attendees": Words("the people present", "aux personnes présentes"),
}
AND = Words("{some} and {last}", "{some} et {last}")


def asked_of(audience: Audience) -> Words:
    """Who a question is asked of, after "asked of"."""
    *first, last = (ASKED_OF[role] for role in audience.roles)
    return AND.fill(some=joined(first, ", "), last=last) if first else last
