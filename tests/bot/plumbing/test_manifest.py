"""The manifest declares what works: no more, no less, in both languages."""

import re
from pathlib import Path

import pytest

from bot.operations.manifest import (
    COMMAND,
    ON_MESSAGES,
    OPEN,
    SCOPES,
    SUBSCRIPTIONS,
    manifest,
    reasons,
    usage_hint,
)
from bot.routes import DUE, DUE_WITH_PARTS, RENDERERS, ROUTES
from bot.verbs import VERBS
from flows.words import LANGUAGES, Language

BOT = Path(__file__).parents[3] / "bot"


@pytest.mark.parametrize("language", LANGUAGES)
def test_verbs_are_the_same_in_table_manifest_and_code(language: Language) -> None:
    assert {verb.key for verb in VERBS} | {"", "?"} == set(ROUTES.commands)
    assert usage_hint(language).split(" | ") == [verb.name.in_(language) for verb in VERBS]
    slash = manifest(language)["features"]["slash_commands"]
    assert [one["command"] for one in slash] == [COMMAND]
    assert len(slash[0]["usage_hint"]) <= 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_shortcuts_that_work_are_declared(language: Language) -> None:
    declared = {one["callback_id"] for one in manifest(language)["features"]["shortcuts"]}
    assert declared == {OPEN, *ON_MESSAGES} == set(ROUTES.shortcuts)


def test_every_event_that_is_handled_is_subscribed_and_no_other() -> None:
    assert set(SUBSCRIPTIONS) == set(ROUTES.events)
    events = manifest("en")["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == {name for names in SUBSCRIPTIONS.values() for name in names}


#: What each method and event needs (slack.md; Slack's reference).
NEEDS = {
    "chat.postMessage": "chat:write", "chat.update": "chat:write", "chat.postEphemeral": "chat:write",
    "chat.getPermalink": "",
    "conversations.open": "im:write", "conversations.join": "channels:join",
    "conversations.history": "channels:history groups:history im:history",
    "conversations.replies": "channels:history groups:history im:history",
    "conversations.info": "channels:read groups:read", "users.info": "users:read",
    "files.getUploadURLExternal": "files:write", "files.completeUploadExternal": "files:write",
    "canvases.create": "canvases:write", "canvases.edit": "canvases:write",
    "files.info": "files:read", "views.open": "", "views.push": "", "views.update": "", "views.publish": "",
    "auth.test": "", "apps.connections.open": "", "conversations.members": "channels:read groups:read",
    "message.im": "im:history", "message.channels": "channels:history", "message.groups": "groups:history",
    "app_mention": "app_mentions:read", "app_home_opened": "",
    "member_joined_channel": "channels:read groups:read",
    "member_left_channel": "channels:read groups:read", "channel_unarchive": "channels:read",
    "group_unarchive": "groups:read", "app_uninstalled": "", "tokens_revoked": "",
    "reaction_added": "reactions:read",
    "user_change": "users:read",
}  # fmt: skip


def test_each_permission_is_needed_by_something_and_each_need_is_declared() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in BOT.rglob("*.py"))
    methods = r'"((?:canvases|chat|conversations|users|files|views|auth|apps)\.[a-zA-Z.]+)"'
    called = set(re.findall(methods, source))
    assert called <= set(NEEDS), "say here what the new method needs"
    subscribed = {name for names in SUBSCRIPTIONS.values() for name in names}
    wanted = {scope for name in called | subscribed for scope in NEEDS[name].split()}
    assert wanted | {"commands"} == set(SCOPES)


def test_each_permission_has_its_reason_in_both_languages() -> None:
    for language in LANGUAGES:
        assert len(reasons(language).splitlines()) == len(SCOPES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_slacks_limits_are_kept(language: Language) -> None:
    shown = manifest(language)["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert all(len(one["name"]) <= 24 for one in manifest(language)["features"]["shortcuts"])


def test_socket_mode_needs_no_address_and_http_has_it_everywhere() -> None:
    assert "url" not in str(manifest("en"))
    http = manifest("en", http=True, address="https://bot.example/slack/events")
    assert str(http).count("https://bot.example/slack/events") == 4
    assert http["settings"]["socket_mode_enabled"] is False
    assert manifest("en")["settings"]["socket_mode_enabled"] is True


def test_home_is_a_tab_and_its_messages_can_be_written_to() -> None:
    home = manifest("fr")["features"]["app_home"]
    assert home["home_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is False


def test_every_queued_word_has_its_renderer_and_every_plan_its_handler() -> None:
    texts = [path.read_text(encoding="utf-8") for path in BOT.rglob("*.py")]
    source = "\n".join(text for text in texts if "outbox.queue(" in text or "announce." in text)
    # `Step(what=…)` is a line of a case's trail, and no message
    queued = set(re.findall(r'(?:"what": |(?<!Step\()\bwhat=)"([a-z_]+)"', source))
    assert queued <= set(RENDERERS)
    planned = set(re.findall(r'kind="([a-z_]+)", ?\n?\s*(?:zone|next_due)', source))
    assert planned <= {*DUE, *DUE_WITH_PARTS}


def test_no_two_modules_claim_one_name() -> None:
    """A dict literal would let the later one win without a word."""
    found: dict[str, list[str]] = {}
    for path in sorted(BOT.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for table in re.findall(r"^(ACTIONS|VIEWS|MESSAGES|EVENTS|DUE)\b[^=]*= \{(.*?)\}", text, re.M | re.S):
            for name in re.findall(r'"([\w.]+)":', table[1]):
                found.setdefault(f"{table[0]} {name}", []).append(path.name)
    twice = {name: files for name, files in found.items() if len(files) > 1}
    assert twice == {}
