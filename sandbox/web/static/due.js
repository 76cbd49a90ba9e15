// Time: what o'clock it is for the bot, what falls due next, and moving forward to it. Politely absent without a demo clock.
import { h, keep, announce } from "./dom.js";
import { t, known, dayAndTime, inLanguage } from "./words.js";
import { call } from "./api.js";

export class Time {
  /** go(person or channel id): show where an event lands. nameOf(id) → who or where that is. */
  constructor({ go, nameOf }) {
    this.go = go;
    this.nameOf = nameOf;
    this.zone = "Europe/Paris";
    this.face = h("strong", { class: "clock" });
    this.next = h("button", { type: "button", class: "button", id: "next-due", onClick: () => this.move({ until: "next" }) });
    this.hour = h("button", { type: "button", class: "button", onClick: () => this.move({ advance: 3600 }) }, "+1 h");
    this.day = h("button", { type: "button", class: "button", onClick: () => this.move({ advance: 86400 }) });
    this.moves = h("span", { class: "moves", hidden: true }, this.next, this.hour, this.day);
    this.bar = h("div", { class: "timebar", role: "group" }, this.face, this.moves);
    this.list = h("ol", { class: "due-list" });
    this.result = h("p", { class: "note", role: "status" });
    this.none = h("p", { class: "quiet" });
    this.node = h("div", {}, h("h2", {}, t("panel.due")), this.result, this.none, this.list);
    this.read();
    this.timer = window.setInterval(() => this.read(), 15000);
  }

  /** Something changed: look again, but not at every message. */
  soon() {
    this.waiting ??= window.setTimeout(() => { this.waiting = null; this.read(); }, 1200);
  }

  async read() {
    const [time, due] = await Promise.all([call("time"), call("due")]);
    this.now = Number(time.now ?? Date.now() / 1000);
    this.travels = Boolean(time.travels);
    this.zone = time.zone || this.zone;
    this.due = (due.ok === false ? [] : due.due || []).map((one) => ({
      ...one, at: Date.parse(one.when) / 1000, words: known(`due.kind.${one.what}`) ? t(`due.kind.${one.what}`) : one.what, name: this.nameOf(one.to), about: one.about?.en ? inLanguage(one.about) : "",
    }));
    this.draw();
  }

  draw() {
    this.bar.setAttribute("aria-label", t("time"));
    this.face.textContent = `${dayAndTime(this.now, this.zone)} ${this.zone.split("/").pop().replace("_", " ")}`;
    this.moves.hidden = !this.travels;
    this.day.textContent = t("time.day");
    const first = this.due[0];
    this.next.textContent = first ? t("time.next", { when: dayAndTime(first.at, this.zone), what: [first.words, first.about || first.name].filter(Boolean).join(", ") }) : t("time.nothing");
    this.next.disabled = !first;
    this.node.querySelector("h2").textContent = t("panel.due");
    this.none.textContent = this.travels ? (first ? t("due.intro") : t("due.none")) : t("due.absent");
    keep(this.list, this.due, (one) => `${one.at}/${one.why}`, (one) => this.row(one));
  }

  row(one) {
    return h("li", {}, h("strong", {}, dayAndTime(one.at, this.zone)), h("p", {}, one.words),
      one.about || one.name ? h("p", { class: "quiet small" }, [one.about, one.name].filter(Boolean).join(" · ")) : null,
      one.name ? h("button", { type: "button", class: "button", data: { focus: `due/${one.why}` }, onClick: () => this.go(one.to) }, t("go.there")) : null);
  }

  async move(how) {
    for (const button of [this.next, this.hour, this.day]) button.disabled = true;
    this.bar.setAttribute("aria-busy", "true");
    const before = this.due[0];
    const answer = await call("time", how);
    this.bar.removeAttribute("aria-busy");
    for (const button of [this.next, this.hour, this.day]) button.disabled = false;
    const played = answer.bot?.fired ?? null;
    this.result.textContent = answer.ok === false ? t("time.failed") : played === null ? t("time.moved") : t("time.played", { n: played });
    announce(this.result.textContent);
    await this.read();
    if (how.until && before?.name && answer.ok !== false) this.go(before.to);
  }
}
