// The left-hand column: whom one acts as, with unread figure, role, language and local time.
import { h, keep } from "./dom.js";
import { t, clockTime } from "./words.js";
import { avatar } from "./message.js";

export class People {
  /** act(person, index of the pane or undefined): the page changes person. */
  constructor({ act, address }) {
    this.act = act;
    this.address = address;
    this.title = h("h2", {}, t("people"));
    this.keysHint = h("p", { class: "quiet small" }, t("people.keys"));
    this.list = h("ul", { class: "people-list" });
    this.side = h("button", { type: "button", class: "button wide-button", id: "side-by-side" });
    this.node = h("nav", { class: "people", id: "people" }, this.title, this.keysHint, this.list, h("div", { class: "people-foot" }, this.side));
  }

  /** people: of the workspace. spots: what the panes show. now: seconds. */
  draw({ people, spots, now }) {
    this.humans = people.filter((one) => !one.is_bot);
    this.node.setAttribute("aria-label", t("people"));
    this.title.textContent = t("people");
    this.keysHint.textContent = t("people.keys");
    this.side.textContent = t(spots.length > 1 ? "people.alone" : "people.side");
    this.side.setAttribute("aria-pressed", String(spots.length > 1));
    const shown = this.humans.map((one, index) => ({
      id: one.id, name: one.name, title: one.title, unread: one.unread, index, gone: one.deleted, guest: one.guest,
      language: one.locale.slice(0, 2), time: clockTime(now, one.tz), where: spots.findIndex((spot) => spot.person === one.id),
    }));
    keep(this.list, shown, (one) => one.id, (one) => this.row(one));
  }

  row(one) {
    const here = one.where >= 0;
    return h("li", {}, h("a", {
      class: `person ${here ? "here" : ""} ${one.gone ? "gone" : ""}`, "aria-current": here ? "true" : null, href: this.address(one.id),
      data: { focus: `person/${one.id}`, person: one.id },
      onClick: (event) => { event.preventDefault(); this.act(one.id, event.shiftKey ? 1 : 0); },
    }, avatar(one), h("span", { class: "person-words" },
      h("span", { class: "person-name" }, one.name),
      h("small", {}, one.gone ? t("people.gone") : one.title),
      h("small", { class: "where" }, [one.language, one.time].join(" · "))),
    one.index < 9 ? h("kbd", { "aria-hidden": "true" }, String(one.index + 1)) : null,
    one.unread ? h("span", { class: "count", "aria-label": t("unread", { n: one.unread }) }, String(one.unread)) : null));
  }

  /** The person of a digit key, if any. */
  byKey(digit) {
    return this.humans?.[digit - 1]?.id;
  }
}
