"""The roles in words (0.2)."""

from collections.abc import Mapping

from flows.dialogue.show import joined
from flows.project import Audience, Role
from flows.words import Words

ROLE_WORDS: Mapping[Role, Words] = {
    "sponsor": Words("sponsor", "sponsor"),
    "arbiter": Words("arbiter", "arbitre"),
    "lead": Words("project lead", "pilote du projet"),
    "facilitator": Words("facilitator", "animation"),
    "expert": Words("external expert", "expert externe"),
    "coach": Words("neutral coach", "accompagnateur neutre"),
    "team": Words("project team", "équipe projet"),
    "team_all": Words("team and sponsor", "équipe et sponsor"),
    "front": Words("front-office members", "membres du front office"),
    "it": Words("IT contact", "contact informatique"),
    "hr": Words("HR contact", "contact RH"),
    "data": Words("data contact", "contact données"),
    "finance": Words("finance contact", "contact finance"),
    "management": Words("management", "direction"),
    "users": Words("future users", "futurs utilisateurs"),
    "owners": Words("owners", "porteurs"),
    "attendees": Words("people present", "personnes présentes"),
}


def audience_words(audience: Audience) -> Words:
    """Who a question is asked of, in words."""
    return joined([ROLE_WORDS[role] for role in audience.roles], ", ")
