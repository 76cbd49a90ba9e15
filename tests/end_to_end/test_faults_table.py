"""Which test proves which row of the table of faults (reliability, section 3); each must exist."""

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
BORNE = re.compile(r"test_acceptance_((?:\d\d_)+)")

#: Row of the table → what happens there, and the tests that show its outcome.
PROOF: dict[int, tuple[str, tuple[str, ...]]] = {
    1: ("one event delivered several times, at once too", (
        "bot/plumbing/test_process.py::test_over_http_a_gesture_sent_twice_is_answered_once",
        "storage/test_inbox.py::test_of_eight_at_once_one_is_the_first",
    )),
    2: ("redelivered after hours", (
        "bot/plumbing/test_app.py::test_a_redelivered_event_is_known_by_its_id",
        "bot/plumbing/test_heartbeat.py::test_old_keys_are_forgotten_after_seven_days",
    )),
    3: ("one post as message and as mention", (
        "bot/plumbing/test_app.py::test_one_post_is_one_gesture_whatever_events_it_comes_as",
        "bot/surfaces/test_typed_settings_note.py::"
        "test_18_a_mention_in_a_channel_is_answered_in_its_thread_without_any_content",
    )),
    4: ("a retry while the first attempt runs", (
        "storage/test_inbox.py::test_of_eight_at_once_one_is_the_first",
        "storage/test_inbox.py::test_a_delivery_whose_effect_failed_may_come_again",
    )),
    5: ("a double click", (
        "end_to_end/test_hostile_input.py::test_a_double_click_has_one_effect",
        "bot/surfaces/test_first_ten_minutes.py::test_sending_the_first_screen_twice_makes_one_project",
        "bot/surfaces/test_invitations.py::test_sending_twice_sends_once",
    )),
    6: ("clicks out of order", (
        "storage/test_dialogue.py::test_a_turn_decided_on_an_old_sheet_is_refused",
        "flows/test_engine.py::test_a_screen_that_is_no_longer_asked_keeps_the_text_on_screen",
    )),
    7: ("two people on one question", (
        "end_to_end/test_acceptance_member.py::test_acceptance_17_the_second_of_two_sees_the_first_and_chooses",
        "storage/test_dialogue.py::test_both_texts_of_a_conflict_are_kept",
    )),
    8: ("a click on an old message", (
        "end_to_end/test_hostile_input.py::test_a_click_on_an_old_message_says_what_became_of_it",
        "bot/plumbing/test_app.py::test_a_form_of_another_version_keeps_its_text",
    )),
    9: ("a form sent when the dialogue has moved on", (
        "end_to_end/test_stories.py::test_a_story_goes_as_told_on_the_screen",  # the end of d02_goals
        "bot/dialogue/test_answering.py::test_a_form_sent_after_closing_keeps_its_text_and_says_why",
    )),
    10: ("killed before the commit", (
        "bot/plumbing/test_kills.py::test_a_bot_killed_there_answers_once_after_its_restart",
    )),
    11: ("killed after the commit, before the acknowledgement", (
        "bot/plumbing/test_kills.py::test_a_bot_killed_there_answers_once_after_its_restart",
        "end_to_end/test_outages.py::test_a_kill_in_the_middle_loses_nothing_that_was_said_to_be_saved",
    )),
    12: ("killed after the claim, before the post", (
        "bot/plumbing/test_kills.py::test_a_bot_killed_there_answers_once_after_its_restart",
    )),
    13: ("killed after the post, before the mark", (
        "bot/plumbing/test_kills.py::test_a_bot_killed_there_answers_once_after_its_restart",
        "bot/plumbing/test_outbox.py::test_a_row_a_dead_worker_held_is_looked_up_first",
    )),
    14: ("told to stop with people at it", (
        "bot/plumbing/test_process.py::test_a_click_in_flight_at_the_stop_is_answered",
        "end_to_end/test_outages.py::test_a_stop_and_a_start_between_two_screens_is_not_noticed",
    )),
    15: ("the file of the database locked", (
        "end_to_end/test_acceptance_trouble.py::"
        "test_acceptance_39_a_form_that_was_not_saved_says_so_and_keeps_its_text",
        "end_to_end/test_acceptance_trouble.py::test_acceptance_39_a_button_that_was_not_saved_says_so",
        "bot/plumbing/test_app.py::test_an_event_that_was_not_saved_is_asked_for_again",
        "storage/test_database.py::test_a_caller_that_is_cancelled_leaves_nothing_saved_behind",
    )),
    16: ("the database down", (
        "end_to_end/test_outages.py::test_the_database_down_in_the_middle_is_said_and_back_within_seconds",
        "bot/plumbing/test_process.py::test_the_bot_starts_without_its_database_and_waits_for_it",
    )),
    21: ("Slack throttles one method", (
        "bot/plumbing/test_outbox.py::test_one_throttled_method_does_not_hold_up_another",
        "bot/plumbing/test_outbox.py::test_a_throttled_method_waits_and_counts_no_attempt",
    )),
    22: ("Slack fails for ten minutes", (
        "end_to_end/test_acceptance_trouble.py::"
        "test_acceptance_39_ten_minutes_without_slack_say_the_truth_and_nothing_twice",
        "storage/test_outbox.py::test_ten_minutes_without_slack_park_nothing",
    )),
    23: ("Slack answers nonsense", (
        "bot/plumbing/test_outcome.py::test_an_answer_falls_into_its_class",
        "bot/plumbing/test_outbox.py::test_a_message_of_doubtful_fate_that_arrived_is_not_repeated",
    )),
    24: ("Socket Mode half-open, closed, switched off, refreshed", (
        "bot/plumbing/test_socket.py::test_a_half_open_connection_is_noticed",
        "bot/plumbing/test_socket.py::test_an_announced_end_leaves_no_gap",
        "bot/plumbing/test_socket.py::test_socket_mode_switched_off_is_an_alarm_and_not_a_storm",
        "end_to_end/test_outages.py::test_slack_hangs_up_in_the_middle_and_the_bot_comes_back",
        "end_to_end/test_outages.py::test_slack_down_at_the_start_then_up",
    )),
    31: ("a row that cannot be delivered", (
        "bot/plumbing/test_outbox.py::test_a_renderer_that_fails_holds_up_nobody_else",
        "bot/plumbing/test_outbox.py::test_a_message_slack_will_not_have_is_given_up_and_its_lane_goes_on",
        "storage/test_outbox.py::test_a_row_we_cannot_render_is_parked_after_eight_tries",
    )),
    32: ("a damaged answer in the database", (
        "storage/test_dialogue.py::test_a_damaged_answer_is_open_again_and_its_raw_text_kept",
    )),
    33: ("40,000 characters", (
        "end_to_end/test_hostile_input.py::"
        "test_forty_thousand_characters_are_refused_in_words_or_answered",
        "bot/plumbing/test_gate.py::test_forty_thousand_characters_pass",
    )),
    34: ("emoji, right to left, accents apart, a reversed word", (
        "end_to_end/test_hostile_input.py::test_odd_texts_are_kept_shown_and_harmless",
        "bot/words/test_text.py::test_fit_keeps_whole_characters_within_the_limit",
    )),
    35: ("NUL", (
        "end_to_end/test_hostile_input.py::test_odd_texts_are_kept_shown_and_harmless",
        "storage/test_columns.py::test_text_that_people_type",
    )),
    36: ("half a character", (
        "end_to_end/test_hostile_input.py::test_odd_texts_are_kept_shown_and_harmless",
        "storage/test_columns.py::test_text_inside_json",
    )),
    37: ("numbers and depths that break a reader", (
        "bot/plumbing/test_gate.py::test_signed_nonsense_gets_an_empty_200_and_no_traceback",
        "bot/plumbing/test_gate.py::test_whatever_is_signed_the_gate_answers",
    )),
    38: ("malformed, with a valid signature", (
        "bot/plumbing/test_http.py::test_signed_nonsense_gets_an_empty_200",
        "bot/dialogue/test_odd_gestures.py::test_an_odd_press_raises_nothing",
        "end_to_end/test_hostile_input.py::test_forged_ids_options_and_people_change_nothing",
    )),
}  # fmt: skip
#: What else the issue names under bad input.
NAMED: dict[str, str] = {
    "unsigned": "bot/plumbing/test_http.py::test_an_unsigned_click_is_refused_and_handled_by_nobody",
    "replayed": "bot/plumbing/test_gate.py::test_a_request_of_another_time_is_refused",
    "oversized": "bot/plumbing/test_http.py::test_an_oversized_body_is_refused_unread",
    "broadcasts": "end_to_end/test_hostile_input.py::"
    "test_a_broadcast_as_a_name_and_as_a_line_is_text_everywhere",
    "somebody who may not": "end_to_end/test_hostile_input.py::"
    "test_somebody_who_may_not_is_told_so_and_nothing_happens",
    "content changes while dialogues run": "flows/test_content_change.py::"
    "test_a_choice_that_is_gone_makes_its_answers_open_again_with_the_value_kept",
}
REQUIRED = {*range(1, 17), *range(21, 25), *range(31, 39)}


@lru_cache
def named_in(file: str) -> frozenset[str]:
    """Names of the tests of one file."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def exists(test: str) -> bool:
    file, _, name = test.partition("::")
    return (TESTS / file).is_file() and name in named_in(file)


@pytest.mark.parametrize("row", sorted(REQUIRED))
def test_every_row_of_the_faults_has_a_test(row: int) -> None:
    what, proofs = PROOF[row]
    assert proofs, what
    assert not [test for test in proofs if not exists(test)], what


def test_what_the_issue_names_has_a_test() -> None:
    assert not [what for what, test in NAMED.items() if not exists(test)]


def test_every_acceptance_point_has_a_test_that_bears_its_number() -> None:
    names = {
        name
        for path in Path(__file__).parent.glob("test_*.py")
        for name in named_in(f"end_to_end/{path.name}")
    }
    points = {*range(1, 24), 39, 40}
    borne = {int(n) for name in names if (found := BORNE.match(name)) for n in found[1].split("_") if n}
    assert not points - borne
