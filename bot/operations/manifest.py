"""The app's manifest, ready to paste: what the bot needs from Slack, and why. Pure.

In two versions, because the names of shortcuts cannot follow the reader's language. It declares
only what works; tests hold it to the routing table and to the verbs.
"""

from typing import Any

from bot.verbs import VERBS
from flows.words import Language, Words

Json = dict[str, Any]

COMMAND = "/cadrage"
OPEN = "open_cadrage"  # callback_id of the global shortcut
#: callback_id of each message shortcut: its name (24 characters at most) and what it does.
ON_MESSAGES: dict[str, tuple[Words, Words]] = {
    "record_decision": (
        Words(en="Decision", fr="Décision"),
        Words(en="Record this message as a decision", fr="Noter ce message comme décision"),
    ),
    "record_issue": (
        Words(en="Issue", fr="Question"),
        Words(en="Record this message as an open issue", fr="Noter ce message comme question ouverte"),
    ),
    "record_risk": (
        Words(en="Risk", fr="Risque"),
        Words(en="Record this message as a risk", fr="Noter ce message comme risque"),
    ),
    "tell_win": (
        Words(en="Win", fr="Avancée"),
        Words(en="Tell this message as a small step", fr="Raconter ce message comme un petit pas"),
    ),
}
#: Where an administrator writes the public address of the server, in HTTP mode.
ADDRESS = "https://YOUR-SERVER.example/slack/events"

#: Every permission with its reason. A test compares them with the methods and events in use.
SCOPES: dict[str, Words] = {
    "commands": Words(en="the command /cadrage", fr="la commande /cadrage"),
    "chat:write": Words(
        en="post and update the project's cards", fr="publier et tenir à jour les cartes du projet"
    ),
    "im:write": Words(
        en="open a private conversation to invite someone", fr="ouvrir une conversation privée pour inviter"
    ),
    "im:history": Words(
        en="hear what is written to the bot, and look before repeating a private message",
        fr="entendre ce qu’on écrit au robot, et vérifier avant de répéter un message privé",
    ),
    "channels:read": Words(
        en="know when the bot joins a channel, or a channel returns",
        fr="savoir que le robot rejoint un canal, ou qu’un canal revient",
    ),
    "channels:join": Words(
        en="enter the public channel a facilitator chose for a project",
        fr="entrer dans le canal public choisi pour un projet",
    ),
    "channels:history": Words(
        en="look before repeating a message; see that a recorded one was changed",
        fr="vérifier avant de répéter un message ; voir qu’un message noté a changé",
    ),
    "groups:read": Words(en="the same in private channels", fr="de même dans les canaux privés"),
    "groups:history": Words(en="the same in private channels", fr="de même dans les canaux privés"),
    "users:read": Words(en="names, languages and time zones", fr="noms, langues et fuseaux horaires"),
    "app_mentions:read": Words(
        en="answer when the bot is mentioned", fr="répondre quand le robot est mentionné"
    ),
    "reactions:read": Words(
        en="offer to record a message that somebody marks", fr="proposer de noter un message marqué"
    ),
    "files:write": Words(en="publish the scoping note", fr="publier la note de cadrage"),
    "canvases:write": Words(
        en="publish documents as canvases, where somebody asks for it",
        fr="publier des documents en canevas, là où on le demande",
    ),
    "files:read": Words(
        en="look before publishing a file again; read the table somebody brings in",
        fr="vérifier avant de republier un fichier ; lire le tableau qu’on importe",
    ),
}

#: Handled event (a key of the routing table) → the subscriptions that bring it.
SUBSCRIPTIONS: dict[str, tuple[str, ...]] = {
    "app_home_opened": ("app_home_opened",),
    "message": ("message.im", "message.channels", "message.groups"),
    "app_mention": ("app_mention",),
    "member_joined_channel": ("member_joined_channel",),
    "member_left_channel": ("member_left_channel",),
    "channel_unarchive": ("channel_unarchive",),
    "group_unarchive": ("group_unarchive",),
    "reaction_added": ("reaction_added",),
    "app_uninstalled": ("app_uninstalled",),
    "tokens_revoked": ("tokens_revoked",),
    "user_change": ("user_change",),
}

_SAYS = Words(
    en="Guides a team through the scoping of its CRM project.",
    fr="Accompagne une équipe dans le cadrage de son projet CRM.",
)
_LONG = Words(
    en=(
        "Cadrage asks the right questions to the right people of a CRM project, in short forms, one at a "
        "time. It keeps decisions and open questions, shows a team where it stands, and writes the scoping "
        "note. Nobody is contacted before somebody invites them, answers are read only in forms, and what "
        "is missing is said rather than invented."
    ),
    fr=(
        "Cadrage pose les bonnes questions aux bonnes personnes d’un projet CRM, dans de courts "
        "formulaires, une à la fois. Il garde les décisions et les questions ouvertes, montre à l’équipe "
        "où elle en est et rédige la note de cadrage. Personne n’est contacté avant d’être invité, les "
        "réponses ne sont lues que dans les formulaires, et ce qui manque est dit plutôt qu’inventé."
    ),
)
_COMMAND_SAYS = Words(en="Scope a CRM project", fr="Cadrer un projet CRM")
_OPEN_NAME = Words(en="Open Cadrage", fr="Ouvrir Cadrage")
_OPEN_SAYS = Words(en="What waits for you in your projects", fr="Ce qui vous attend dans vos projets")


def manifest(language: Language, *, http: bool = False, address: str = ADDRESS) -> Json:
    """The manifest in one language; for Socket Mode, or for HTTP with the server's `address`."""
    where = {"request_url": address} if http else {}
    return {
        "display_information": {
            "name": "Cadrage",
            "description": _SAYS.in_(language),
            "long_description": _LONG.in_(language),
            "background_color": "#1f3a4d",
        },
        "features": _features(language, where),
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {
                **where,
                "bot_events": sorted(name for names in SUBSCRIPTIONS.values() for name in names),
            },
            "interactivity": {
                "is_enabled": True,
                **where,
                **({"message_menu_options_url": address} if http else {}),
            },
            "org_deploy_enabled": False,
            "socket_mode_enabled": not http,
            "token_rotation_enabled": False,
        },
    }


def _features(language: Language, where: dict[str, str]) -> Json:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Cadrage", "always_online": True},
        "shortcuts": [
            {
                "name": _OPEN_NAME.in_(language),
                "type": "global",
                "callback_id": OPEN,
                "description": _OPEN_SAYS.in_(language),
            },
            *(
                {
                    "name": name.in_(language),
                    "type": "message",
                    "callback_id": id,
                    "description": says.in_(language),
                }
                for id, (name, says) in ON_MESSAGES.items()
            ),
        ],
        "slash_commands": [
            {
                "command": COMMAND,
                "description": _COMMAND_SAYS.in_(language),
                "usage_hint": usage_hint(language),
                "should_escape": True,  # people are then told apart by their id
                **({"url": where["request_url"]} if where else {}),
            }
        ],
    }


def usage_hint(language: Language) -> str:
    """The verbs of the command, as Slack shows them while one types."""
    return " | ".join(verb.name.in_(language) for verb in VERBS)


def reasons(language: Language) -> str:
    """Each permission with its reason, one a line, for the administrator who has to grant it."""
    return "\n".join(f"{scope}: {why.in_(language)}" for scope, why in sorted(SCOPES.items()))
