"""Anonymous questions are asked in waves and nowhere else (appendix A, 8)."""

from flows.playbook import Playbook
from flows.words import Words

#: Asked together with a check-in, whose content is not a dialogue's.
WITH_A_CHECKIN = {"CHG12"}


def test_every_anonymous_question_is_in_one_wave_of_at_most_three_screens(playbook: Playbook) -> None:
    anonymous = [q.id for flow in playbook.flows.values() for q in flow.anonymous]
    asked = [q.id for wave in playbook.waves.values() for s in wave.screens for q in s.questions]
    assert sorted(asked) == sorted(set(anonymous) - WITH_A_CHECKIN)
    assert {id for line in playbook.plan.lines for id in line.added} == WITH_A_CHECKIN
    assert all(1 <= len(wave.screens) <= 3 for wave in playbook.waves.values())


def test_a_screen_of_a_wave_has_one_scale_and_long_texts_come_last(playbook: Playbook) -> None:
    for wave in playbook.waves.values():
        for number, screen in enumerate(wave.screens, start=1):
            assert len({q.labels for q in screen.questions if q.labels}) <= 1, wave.id
            if any(q.kind == "long_text" for q in screen.questions):
                assert number == len(wave.screens)


def test_a_wave_has_the_title_and_the_opening_of_its_dialogue(playbook: Playbook) -> None:
    culture = playbook.waves["D06"]
    assert culture.title == playbook.flows["D06"].modal
    assert culture.intro == playbook.flows["D06"].intro
    assert [len(screen.questions) for screen in culture.screens] == [4, 4, 4]
    steering = playbook.waves["steering_support"]
    assert steering.title == Words("Steering and support", "Pilotage et soutien")
    assert steering.intro is None
    feelings = playbook.waves["D07"]
    assert feelings.after is not None
    assert "{coach}" in feelings.after.en


def test_what_is_asked_anonymously_has_no_exit_and_records_nothing(playbook: Playbook) -> None:
    for flow in playbook.flows.values():
        for question in flow.anonymous:
            assert question.records == ("answer",)
            assert question.idk_owner in (None, "none")
            assert flow.idk_owner == "none" or question.idk_owner == "none" or question.id == "SET17"


def test_the_dialogue_of_feelings_has_no_screen_of_its_own(playbook: Playbook) -> None:
    assert playbook.flows["D07"].screens == ()
    assert playbook.flows["D07"].questions == ()
