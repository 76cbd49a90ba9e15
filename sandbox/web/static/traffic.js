// The log of what Slack and the bot said to each other: one line an exchange, the whole content on demand.
import { h, keep, freshId } from "./dom.js";
import { t, format, size } from "./words.js";
import { call, oneAtATime } from "./api.js";

const SHOWN = 150;

export class Traffic {
  /** nameOf(user id) → name. */
  constructor({ nameOf }) {
    this.nameOf = nameOf;
    this.all = [];
    this.last = 0;
    this.watchers = [];
    this.title = h("h2", {}, t("panel.traffic"));
    this.intro = h("p", { class: "quiet" });
    this.filters = { direction: this.select("direction"), person: this.select("person"), search: this.searchField() };
    this.refused = h("input", { type: "checkbox", id: freshId("refused"), onChange: () => this.draw() });
    this.refusedLabel = h("label", { for: this.refused.id, class: "inline" });
    this.list = h("ul", { class: "traffic-list" });
    this.none = h("p", { class: "quiet" });
    this.node = h("div", {}, this.title, this.intro, h("div", { class: "filters" }, this.filters.direction, this.filters.person,
      this.filters.search, h("span", {}, this.refused, this.refusedLabel)), this.none, this.list);
    this.read = oneAtATime(() => this.ask());
    this.read();
    this.timer = window.setInterval(() => this.read(), 2500);
  }

  select(name) {
    return h("select", { class: "select", data: { filter: name }, onChange: () => this.draw() });
  }

  searchField() {
    return h("input", { type: "search", class: "text", onInput: () => this.draw() });
  }

  /** Ask for what is new; anybody may call it after a gesture. */
  async ask() {
    const answer = await call(`traffic?since=${this.last}`);
    const fresh = answer.exchanges || (Array.isArray(answer) ? answer : []);
    if (fresh.length) {
      this.last = fresh.at(-1).n;
      this.all = [...this.all, ...fresh].slice(-1000);
      for (const watch of this.watchers) watch(fresh);
    }
    if (!this.node.hidden && (fresh.length || !this.drawn)) this.draw();
  }

  /** After a reset the numbering starts again. */
  forget() {
    this.all = [];
    this.last = 0;
    this.draw();
  }

  show() { this.draw(); }

  draw() {
    this.drawn = true;
    this.title.textContent = t("panel.traffic");
    this.intro.textContent = t("traffic.intro");
    this.refusedLabel.textContent = ` ${t("traffic.refused_only")}`;
    this.options(this.filters.direction, t("traffic.both"), [["to Slack", t("traffic.to_slack")], ["to the app", t("traffic.to_bot")]]);
    const people = [...new Set(this.all.map((one) => one.person).filter(Boolean))];
    this.options(this.filters.person, t("traffic.everybody"), people.map((id) => [id, this.nameOf(id)]));
    this.filters.search.setAttribute("aria-label", t("traffic.search"));
    this.filters.search.placeholder = t("traffic.search");
    const found = this.all.filter((one) => this.fits(one)).slice(-SHOWN).reverse();
    this.none.textContent = found.length ? "" : t("traffic.none");
    keep(this.list, found, (one) => String(one.n), (one) => this.row(one));
  }

  options(select, all, rows) {
    const print = JSON.stringify([all, rows]);
    if (select.print === print) return;
    const kept = select.value;
    select.print = print;
    select.setAttribute("aria-label", all);
    select.replaceChildren(h("option", { value: "" }, all), ...rows.map(([value, words]) => h("option", { value, selected: value === kept }, words)));
  }

  fits(one) {
    const { direction, person, search } = this.filters;
    return (!direction.value || one.direction === direction.value) && (!person.value || one.person === person.value)
      && (!this.refused.checked || one.refused)
      && (!search.value || `${one.kind} ${one.method} ${one.note}`.toLowerCase().includes(search.value.toLowerCase()));
  }

  row(one) {
    const toBot = one.direction === "to the app";
    const time = format(one.at, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    const line = h("summary", {},
      h("span", { class: `way ${toBot ? "in" : "out"}`, title: t(toBot ? "traffic.to_bot" : "traffic.to_slack") },
        h("span", { "aria-hidden": "true" }, toBot ? "→" : "←"), h("span", { class: "hidden" }, t(toBot ? "traffic.to_bot" : "traffic.to_slack"))),
      h("span", { class: "what" }, one.method || one.kind), h("span", { class: "quiet small" }, this.nameOf(one.person)),
      one.refused ? h("span", { class: "refused" }, t("traffic.refused")) : null,
      h("span", { class: "quiet small ms" }, `${one.ms} ms`));
    const node = h("details", {}, line);
    node.addEventListener("toggle", () => { if (node.open && node.children.length === 1) node.append(this.content(one, time)); });
    return h("li", { class: one.refused ? "was-refused" : "" }, node);
  }

  content(one, time) {
    const facts = [time, one.kind, `${one.ms} ms`, one.size ? size(one.size) : "", one.note].filter(Boolean).join(" · ");
    return h("div", { class: "exchange" }, h("p", { class: "quiet small" }, facts),
      one.masked ? h("p", { class: "note" }, t("traffic.masked")) : null,
      one.refused ? h("p", { class: "trouble" }, `${t("traffic.refused")}: ${one.refused}`, (one.why || []).map((why) => h("span", {}, h("br"), why))) : null,
      h("h3", {}, t("traffic.request")), this.json(one.request), h("h3", {}, t("traffic.response")), this.json(one.response),
      h("button", { type: "button", class: "button", onClick: () => navigator.clipboard?.writeText(JSON.stringify(one, null, 2)) }, t("traffic.copy")));
  }

  json(body) {
    return h("pre", { class: "code", tabindex: "0" }, body === null || body === undefined ? "—" : JSON.stringify(body, null, 2));
  }
}
