"""The page of the sandbox in a real Chromium: what a person sees and does, by mouse, keyboard and phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Stage, opened
from tests.browser.scripted import HOSTILE

pytestmark = pytest.mark.browser


def go(page: Page, stage: Stage, place: str, person: str = "U0ANA") -> None:
    page.goto(f"{stage.url}/#/as/{person}/{place}")
    expect(page.locator(".pane-title")).to_be_visible()


def write(page: Page, line: str) -> None:
    page.locator(".composer textarea").fill(line)
    page.keyboard.press("Enter")


def form(page: Page, stage: Stage) -> Locator:
    """The form of /cadrage, open in #general as Ana."""
    go(page, stage, "channel/C0GENERAL")
    write(page, "/cadrage")
    modal = page.get_by_role("dialog", name="New project")
    expect(modal).to_be_visible()
    return modal


def pick(page: Page, modal: Locator, block: str, *names: str) -> None:
    """Choose in a searchable list, by keyboard."""
    button = modal.locator(f"[data-block={block}] .picker-button")
    button.click()
    for name in names:
        modal.locator(f"[data-block={block}] .picker-search").fill(name)
        expect(modal.get_by_role("option", name=re.compile(name, re.IGNORECASE)).first).to_be_visible()
        page.keyboard.press("Enter")
    if modal.locator(f"[data-block={block}] .picker-popup").is_visible():
        page.keyboard.press("Escape")


def test_it_says_that_it_is_pretend_and_shows_the_people(page: Page) -> None:
    expect(page.get_by_text("Pretend Slack. Nothing leaves this computer.")).to_be_visible()
    people = page.get_by_role("navigation", name="Acting as")
    expect(people).to_contain_text("Ben Carter")
    expect(people).to_contain_text("Service client")


def test_one_acts_as_another_person_by_click_and_by_digit(page: Page, stage: Stage) -> None:
    go(page, stage, "home")
    page.get_by_role("link", name=re.compile("Ben Carter")).click()
    expect(page.locator(".pane-title")).to_contain_text("Ben Carter")
    page.keyboard.press("3")
    expect(page.locator(".pane-title")).to_contain_text("Chloé Petit")
    assert "U0CHLOE" in page.url


def test_a_message_reaches_others_and_counts_as_unread(page: Page, stage: Stage) -> None:
    go(page, stage, "channel/C0GENERAL")
    write(page, "Hello *everybody*")
    expect(page.get_by_role("article", name=re.compile("Ana Ruiz"))).to_contain_text("Hello everybody")
    expect(page.locator("article strong", has_text="everybody")).to_be_visible()
    expect(page.locator("[data-person=U0BEN] .count")).to_have_text("1")
    go(page, stage, "channel/C0GENERAL", "U0BEN")
    expect(page.locator("[data-person=U0BEN] .count")).to_have_count(0)


def test_nothing_can_be_written_before_the_place_is_shown(page: Page, stage: Stage) -> None:
    page.goto("about:blank")  # what the first page still asks for is not what is held here
    held: list[Route] = []
    holding = [True]
    page.route(
        re.compile(r"/_/state\?as="),
        lambda route: held.append(route) if holding else route.continue_(),
    )
    page.goto(f"{stage.url}/#/as/U0ANA/channel/C0GENERAL")
    expect(page.locator(".composer textarea")).to_be_disabled()
    expect(page.locator(".composer button")).to_be_disabled()
    holding.clear()
    for request in held:
        request.continue_()
    expect(page.locator(".pane-title")).to_be_visible()
    expect(page.locator(".composer textarea")).to_be_enabled()


def test_somebody_elses_private_place_is_not_shown(page: Page, stage: Stage) -> None:
    go(page, stage, "channel/C0QUIET", "U0BEN")
    expect(page.get_by_text("Ben Carter cannot see this place.")).to_be_visible()


def test_commands_are_completed(page: Page, stage: Stage) -> None:
    go(page, stage, "channel/C0GENERAL")
    page.locator(".composer textarea").click()
    page.keyboard.type("/ca")
    expect(page.get_by_role("option", name="/cadrage note")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".composer textarea")).to_have_value("/cadrage ")


def test_a_form_is_filled_and_sent_with_every_kind_of_input(page: Page, stage: Stage) -> None:
    modal = form(page, stage)
    modal.get_by_label("What is the project called?").and_(modal.locator("input")).fill("Boréal 🧭")
    modal.get_by_text("Growth", exact=True).click()
    pick(page, modal, "lead", "ben")
    pick(page, modal, "team", "Ana", "Chlo")
    pick(page, modal, "room", "general")
    modal.get_by_text("People", exact=True).click()
    modal.locator("input[type=date]").fill("2027-01-12")
    modal.locator("[data-block=hours] input").fill("12")
    modal.locator("textarea").fill("Two\nlines & <b>no tags</b>")
    pick(page, modal, "erp", "Old")
    modal.get_by_role("button", name="Next").click()
    expect(modal).to_have_count(0)
    values = stage.bot.submitted[-1]
    assert values["name"]["value"]["value"] == "Boréal 🧭"
    assert values["why"]["value"]["selected_option"]["value"] == "growth"
    assert values["lead"]["value"]["selected_user"] == "U0BEN"
    assert values["team"]["value"]["selected_users"] == ["U0ANA", "U0CHLOE"]
    assert values["room"]["value"]["selected_conversation"] == "C0GENERAL"
    assert [o["value"] for o in values["causes"]["value"]["selected_options"]] == ["people"]
    assert values["start"]["value"]["selected_date"] == "2027-01-12"
    assert values["hours"]["value"]["value"] == "12"
    assert values["words"]["value"]["value"] == "Two\nlines & <b>no tags</b>"
    assert values["erp"]["value"]["selected_option"]["text"]["text"] == "Old ERP"


def test_missing_answers_are_said_under_the_field_before_anything_is_sent(page: Page, stage: Stage) -> None:
    modal = form(page, stage)
    modal.locator("[data-block=hours] input").fill("90")
    modal.get_by_role("button", name="Next").click()
    expect(modal.locator("[data-block=name] .error")).to_contain_text("Please complete this required field.")
    expect(modal.locator("[data-block=hours] .error")).to_contain_text("80 at most")
    expect(modal.locator("[data-block=name] input")).to_be_focused()
    expect(modal.locator("[data-block=name] input")).to_have_attribute("aria-invalid", "true")
    assert stage.bot.submitted == []


def fill_required(page: Page, modal: Locator, name: str) -> None:
    modal.locator("[data-block=name] input").fill(name)
    modal.get_by_text("Pain", exact=True).click()
    pick(page, modal, "lead", "Ben")


def test_an_error_of_the_bot_stands_under_its_field_and_the_text_stays(page: Page, stage: Stage) -> None:
    modal = form(page, stage)
    fill_required(page, modal, "Cadrage")
    modal.get_by_role("button", name="Next").click()
    expect(modal.locator("[data-block=name] .error")).to_contain_text("This name is taken.")
    expect(modal.locator("[data-block=name] input")).to_have_value("Cadrage")
    expect(modal.locator("[data-block=lead] .picker-button")).to_contain_text("Ben Carter")


def test_an_update_keeps_what_was_typed(page: Page, stage: Stage) -> None:
    modal = form(page, stage)
    modal.locator("[data-block=name] input").fill("Half a name")
    modal.locator("textarea").fill("A long thought")
    modal.get_by_label("Can't answer this one?").select_option(label="I don't know")
    expect(modal.get_by_text("is noted.")).to_be_visible()
    assert modal.evaluate("node => node.contains(document.activeElement)"), "the keyboard left the form"
    expect(modal.locator("[data-block=name] input")).to_have_value("Half a name")
    expect(modal.locator("textarea")).to_have_value("A long thought")
    modal.get_by_role("button", name="Answer after all").click()
    expect(modal.get_by_text("Growth", exact=True)).to_be_visible()
    expect(modal.locator("textarea")).to_have_value("A long thought")


def test_typing_survives_a_look_elsewhere_and_a_reload(page: Page, stage: Stage) -> None:
    modal = form(page, stage)
    modal.locator("textarea").fill("Not finished")
    page.wait_for_timeout(700)
    page.get_by_role("link", name=re.compile("Ben Carter")).click()
    expect(modal).to_have_count(0)
    page.get_by_role("link", name=re.compile("Ana Ruiz")).click()
    expect(modal.locator("textarea")).to_have_value("Not finished")
    page.reload()
    expect(modal.locator("textarea")).to_have_value("Not finished")


def test_escape_closes_the_form_tells_the_bot_and_gives_the_focus_back(page: Page, stage: Stage) -> None:
    go(page, stage, "home")
    opener = page.get_by_role("button", name="Continue")
    opener.focus()
    page.keyboard.press("Enter")
    modal = page.get_by_role("dialog", name="New project")
    expect(modal.locator("[data-block=name] input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(modal).to_have_count(0)
    expect(opener).to_be_focused()
    page.wait_for_timeout(200)
    assert stage.bot.closed == ["form"]


def test_the_keyboard_stays_inside_an_open_form(page: Page, stage: Stage) -> None:
    modal = form(page, stage)
    for _ in range(40):
        page.keyboard.press("Tab")
        assert modal.evaluate("node => node.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(modal).to_have_count(0)


def test_a_form_that_gets_no_answer_says_so_and_keeps_the_text(page: Page, stage: Stage) -> None:
    modal = form(page, stage)
    fill_required(page, modal, "Slow")
    modal.get_by_role("button", name="Next").click()
    expect(modal.get_by_text("One moment…")).to_be_visible()
    expect(modal.get_by_role("alert")).to_contain_text("trouble connecting", timeout=8_000)
    expect(modal.locator("[data-block=name] input")).to_have_value("Slow")


def test_a_command_that_gets_no_answer_shows_slacks_own_words(page: Page, stage: Stage) -> None:
    go(page, stage, "channel/C0GENERAL")
    write(page, "/cadrage slow")
    expect(page.locator("article.ephemeral")).to_contain_text("operation_timeout", timeout=8_000)
    expect(page.locator("article.ephemeral")).to_contain_text("Only visible to you")


def test_a_press_that_gets_no_answer_shows_a_warning_in_words(page: Page, stage: Stage) -> None:
    go(page, stage, "channel/C0GENERAL")
    write(page, "/cadrage card")
    page.get_by_role("button", name="Never answers").click()
    expect(page.locator(".failed")).to_contain_text("did not confirm", timeout=8_000)


def test_home_shows_its_blocks_and_asks_before_what_cannot_be_undone(page: Page, stage: Stage) -> None:
    go(page, stage, "home")
    expect(page.get_by_role("heading", name="My decisions")).to_be_visible()
    expect(page.locator(".home")).to_contain_text("@Ana Ruiz, Goals: you stopped at 2 of 4.")
    page.get_by_role("button", name="Remove").click()
    question = page.get_by_role("alertdialog", name="Remove it?")
    expect(question).to_contain_text("It cannot be brought back.")
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)


def test_an_answer_only_i_can_see_is_marked_and_can_be_put_away(page: Page, stage: Stage) -> None:
    go(page, stage, "channel/C0GENERAL")
    write(page, "/cadrage nonsense")
    whisper = page.locator("article.ephemeral")
    expect(whisper).to_contain_text("Only visible to you")
    page.get_by_role("button", name="Dismiss").click()
    expect(whisper).to_have_count(0)


def test_a_card_has_a_menu_and_a_message_has_shortcuts_and_reactions(page: Page, stage: Stage) -> None:
    go(page, stage, "channel/C0GENERAL")
    write(page, "/cadrage card")
    article = page.get_by_role("article", name=re.compile("Cadrage"))
    article.get_by_role("button", name="More: Goals").click()
    page.get_by_role("menuitem", name="Plan").click()
    expect(page.locator("article.ephemeral")).to_contain_text("Noted, for you only.")
    more = article.first.get_by_role("button", name="More actions on the message of Cadrage")
    more.click()
    page.get_by_role("menuitem", name="React with 👍").click()
    expect(article.first.get_by_role("button", name="+1: 1, by Ana Ruiz")).to_have_attribute(
        "aria-pressed", "true"
    )
    more.click()
    page.get_by_role("menuitem", name="Decision").click()
    expect(page.get_by_role("dialog", name="New project")).to_be_visible()


def test_a_thread_has_its_own_address_and_refuses_commands(page: Page, stage: Stage) -> None:
    go(page, stage, "channel/C0GENERAL")
    write(page, "Shall we meet?")
    page.get_by_role("button", name="More actions on the message of Ana Ruiz").click()
    page.get_by_role("menuitem", name="Reply in thread").click()
    assert "/thread/" in page.url
    write(page, "/cadrage")
    expect(page.get_by_role("alert").filter(has_text="does not run commands")).to_be_visible()
    write(page, "On Tuesday.")
    expect(page.get_by_role("article")).to_have_count(2)
    page.reload()
    expect(page.get_by_text("On Tuesday.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Back to #general")).click()
    page.get_by_role("button", name="1 reply").click()
    expect(page.get_by_text("On Tuesday.")).to_be_visible()


def test_a_markdown_file_can_be_read_on_the_spot(page: Page, stage: Stage) -> None:
    go(page, stage, "channel/C0GENERAL")
    write(page, "/cadrage note")
    page.get_by_role("button", name="Read here").click()
    reader = page.get_by_role("dialog", name="Note de cadrage")
    expect(reader.get_by_role("heading", name="Note de cadrage").last).to_be_visible()
    expect(reader.get_by_role("cell", name="pilote")).to_be_visible()
    expect(reader).to_contain_text("<script>window.harmed=1</script>")
    assert page.evaluate("window.harmed") is None
    page.keyboard.press("Escape")
    expect(reader).to_have_count(0)
    expect(page.get_by_role("link", name="Download")).to_have_attribute(
        "href", re.compile(r"^/_/files/.*note\.md")
    )


def test_hostile_words_are_words_everywhere(page: Page, stage: Stage) -> None:
    stage.space.world.change_person("U0BEN", name="<img src=x onerror=window.harmed=1>", title="<b>title</b>")
    go(page, stage, "channel/C0GENERAL")
    write(page, HOSTILE)
    write(page, "/cadrage hostile")
    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.get_by_role("article").first).to_contain_text("<script>window.harmed=1</script>")
    expect(page.locator(".people-list")).to_contain_text("<img src=x onerror=window.harmed=1>")
    modal = form(page, stage)
    modal.locator("[data-block=name] input").fill(HOSTILE[:80])
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Traffic").click()
    page.locator(".traffic-list summary").first.click()
    assert page.evaluate("window.harmed") is None
    assert page.locator("img").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


def test_nothing_but_this_server_is_ever_asked(page: Page, stage: Stage) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    form(page, stage)
    assert asked
    assert all(url.startswith((stage.url, "data:")) for url in asked)


def test_two_people_side_by_side(page: Page, stage: Stage) -> None:
    go(page, stage, "channel/C0GENERAL")
    page.get_by_role("button", name="Side by side").click()
    left, right = page.locator(".pane").nth(0), page.locator(".pane").nth(1)
    left.locator("textarea").fill("Seen twice")
    left.locator("textarea").press("Enter")
    expect(right.get_by_text("Seen twice")).to_be_visible()
    left.locator("textarea").fill("/cadrage")
    left.locator("textarea").press("Enter")
    expect(left.get_by_role("dialog")).to_be_visible()
    expect(right.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="One at a time").click()
    expect(page.locator(".pane")).to_have_count(1)


def test_traffic_shows_each_exchange_in_full(page: Page, stage: Stage) -> None:
    form(page, stage)
    page.get_by_role("tab", name="Traffic").click()
    line = page.locator(".traffic-list summary", has_text="views.open")
    expect(line).to_contain_text("Bot to Slack")
    line.click()
    expect(page.locator(".exchange").first).to_contain_text("trigger_id")
    page.get_by_label("Method or event").fill("nothing like this")
    expect(page.get_by_text("No exchange to show.")).to_be_visible()


def test_a_fault_is_started_listed_and_ended(page: Page) -> None:
    page.get_by_role("tab", name="Faults").click()
    page.get_by_role("button", name="Slack slow, 2 minutes").click()
    active = page.locator(".fault-active")
    expect(active).to_contain_text("Slack slow")
    page.get_by_role("button", name="End all faults").click()
    expect(active.get_by_role("listitem")).to_have_count(0)


def test_without_a_demo_clock_time_travel_hides_itself(page: Page) -> None:
    expect(page.get_by_role("button", name="+1 h")).to_be_hidden()
    page.get_by_role("tab", name="Due").click()
    expect(page.get_by_text("This bot keeps its own time.")).to_be_visible()


def test_the_page_speaks_french(page: Page, stage: Stage) -> None:
    page.get_by_role("button", name="Français").click()
    expect(page.get_by_text("Slack pour de faux. Rien ne quitte cet ordinateur.")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "fr"
    go(page, stage, "channel/C0GENERAL")
    write(page, "/cadrage nonsense")
    expect(page.get_by_text("Visible par vous seulement")).to_be_visible()


def test_everything_is_named_for_a_screen_reader(page: Page, stage: Stage) -> None:
    form(page, stage)
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, select, textarea")]
        .filter((node) => node.offsetParent !== null)
        .filter((node) => !(node.innerText || "").trim() && !node.getAttribute("aria-label"))
        .filter((node) => !node.labels?.length)
        .map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert unnamed == []
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].filter(n => n.offsetParent).map(n => +n.tagName[1])"
    )
    assert levels[0] == 1


def test_enlarged_to_200_percent_nothing_is_cut_off(page: Page, stage: Stage) -> None:
    page.set_viewport_size({"width": 720, "height": 450})  # what is left of 1440 by 900
    go(page, stage, "home")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(page.get_by_role("button", name="Continue")).to_be_in_viewport()


def test_on_a_phone_one_column_shows_and_forms_take_the_whole_screen(phone: Page, stage: Stage) -> None:
    go(phone, stage, "home")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(phone.locator(".people")).to_be_hidden()
    phone.get_by_role("button", name="People").click()
    phone.get_by_role("link", name=re.compile("Ben Carter")).click()
    expect(phone.locator(".pane-title")).to_contain_text("Ben Carter")
    phone.get_by_role("button", name="Continue").click()
    modal = phone.get_by_role("dialog", name="New project")
    expect(modal).to_be_visible()
    box = modal.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (390, 844)
    phone.keyboard.press("Escape")
    expect(modal).to_have_count(0)
    phone.get_by_role("button", name="Guide").click()
    expect(phone.get_by_role("tab", name="Traffic")).to_be_visible()


def test_the_page_sends_a_strict_content_policy(stage: Stage, browser: object) -> None:
    page = opened(browser, stage.url, {"width": 800, "height": 600})  # type: ignore[arg-type]
    answer = page.request.get(stage.url)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page.context.close()


def test_each_person_has_their_own_home_and_times(page: Page, stage: Stage) -> None:
    go(page, stage, "channel/C0GENERAL")
    write(page, "What time is it?")
    mine = page.get_by_role("article").locator("time").inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("link", name=re.compile("Ben Carter")).click()
    theirs = page.get_by_role("article").locator("time")
    expect(theirs).not_to_have_text(mine)
    go(page, stage, "home", "U0BEN")
    expect(page.locator(".home")).to_contain_text("@Ben Carter, Goals")
    page.get_by_role("link", name=re.compile("Ana Ruiz")).click()
    expect(page.locator(".home")).to_contain_text("@Ana Ruiz, Goals")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("dialog", name="New project")).to_be_visible()
