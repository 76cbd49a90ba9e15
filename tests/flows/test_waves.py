"""Anonymous questions are asked in waves and nowhere else (appendix A, 8)."""

from flows.playbook import Playbook
from flows.words import Words

#: Asked together with a check-in only.
WITH_A_CHECKIN = {"CHG12"}


def test_every_anonymous_question_is_in_one_wave_of_at_most_three_screens(playbook: Playbook) -> None:
    anonymous = [q.id for flow in playbook.flows.values() for q in flow.anonymous]
    waves = [wave for wave in playbook.waves.values() if not wave.checkin]
    asked = [q.id for wave in waves for s in wave.screens for q in s.questions]
    assert sorted(asked) == sorted(set(anonymous) - WITH_A_CHECKIN)
    assert {id for line in playbook.plan.lines for id in line.added} == WITH_A_CHECKIN
    assert all(1 <= len(wave.screens) <= 3 for wave in playbook.waves.values())


def test_no_anonymous_question_is_on_a_screen_of_a_named_dialogue(playbook: Playbook) -> None:
    named = {q.id for flow in playbook.flows.values() for s in flow.screens for q in s.questions}
    asked = {q.id for wave in playbook.waves.values() for q in wave.questions}
    assert not named & asked
    assert all(q.visibility == "anonymous" for wave in playbook.waves.values() for q in wave.questions)


def test_the_waves_of_check_ins_ask_what_the_catalogue_says(playbook: Playbook) -> None:
    """5.1: C01, C02, C08."""
    pulse, worries, training = (playbook.waves[id] for id in ("C01", "C02", "C08"))
    assert [q.id for q in pulse.questions] == ["P01", "P02", "P03", "P04", "P05", "P06", "P06a"]
    assert [step for _, step in pulse.steps] == list(pulse.actions)
    assert [len(screen.questions) for screen in worries.screens] == [6, 2]
    assert worries.same == {f"B0{n}": f"BEL0{n}" for n in range(1, 7)}
    assert [q.id for q in training.questions] == ["C08a", "C08b"]
    assert [wave.minutes for wave in (pulse, worries, training)] == [3, 3, 1]
    assert pulse.checkin
    assert not playbook.waves["D06"].checkin


def test_questions_of_dialogues_join_the_pulse_on_a_screen_before_its_text(playbook: Playbook) -> None:
    pulse = playbook.waves["C01"]
    with_training = pulse.with_added(["CHG12"])
    assert [[q.id for q in s.questions] for s in with_training.screens][1:] == [["CHG12"], ["P06", "P06a"]]
    assert with_training.minutes == 3
    assert pulse.with_added(["SPO06", "SPO07"]).minutes == 4
    assert pulse.with_added([]) is pulse
    assert playbook.waves["C08"].with_added(["CHG12"]) is playbook.waves["C08"]


def test_a_text_says_which_question_asks_who_may_read_it(playbook: Playbook) -> None:
    culture, premortem = playbook.waves["D06"], playbook.waves["D12"]
    assert culture.consent_of("COL11") == "COL11a"
    assert culture.is_consent("COL11a")
    assert not culture.is_consent("COL11")
    assert not premortem.consent_of("PLA01")


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
