// Buttons that make the pretend Slack misbehave, each with the line that says what one should now see.
import { h, keep } from "./dom.js";
import { t } from "./words.js";
import { call } from "./api.js";

/** What the buttons ask of the control API; several faults may make one button. */
const BUTTONS = {
  slow: [{ method: "*", kind: "latency", seconds: 2, duration: 120 }],
  refusing: [{ method: "*", kind: "429", seconds: 10, duration: 60 }],
  down: [{ method: "*", kind: "503", duration: 600 }],
  twice: [{ method: "deliveries", kind: "duplicate", times: 10 }, { method: "deliveries", kind: "redeliver", times: 10 }],
  drop_after: [{ method: "chat.postMessage", kind: "drop_after", times: 1 }],
  garbage: [{ method: "*", kind: "garbage", times: 3 }],
  unheard: [{ method: "interactive", kind: "lose_ack", times: 1 }],
};

export class Faults {
  constructor() {
    this.title = h("h2", {}, t("panel.faults"));
    this.intro = h("p", { class: "quiet" });
    this.buttons = h("ul", { class: "fault-list" });
    this.activeTitle = h("h3");
    this.active = h("ul", { class: "fault-active" });
    this.end = h("button", { type: "button", class: "button", onClick: () => this.stop() });
    this.node = h("div", {}, this.title, this.intro, this.buttons, this.activeTitle, this.active, this.end);
  }

  show() {
    this.draw();
    this.read();
    this.timer ??= window.setInterval(() => this.read(), 3000);
  }

  hide() {
    window.clearInterval(this.timer);
    this.timer = null;
  }

  draw() {
    this.title.textContent = t("panel.faults");
    this.intro.textContent = t("fault.intro");
    this.end.textContent = t("fault.end");
    const rows = Object.keys(BUTTONS).map((name) => ({ name, words: t(`fault.${name}`), see: t(`fault.${name}.see`) }));
    keep(this.buttons, rows, (row) => row.name, (row) => h("li", {},
      h("button", { type: "button", class: "button", data: { focus: `fault/${row.name}` }, onClick: () => this.start(row.name) }, row.words),
      h("p", { class: "small" }, h("strong", {}, t("fault.see")), " ", row.see)));
  }

  async start(name) {
    for (const fault of BUTTONS[name]) await call("faults", { ...fault, note: name });
    this.read();
  }

  async stop() {
    await call("faults", undefined, "DELETE");
    this.read();
  }

  async read() {
    const answer = await call("faults");
    const active = answer.faults || (Array.isArray(answer) ? answer : []);
    this.activeTitle.textContent = active.length ? t("fault.active") : t("fault.none");
    this.end.hidden = !active.length;
    keep(this.active, active.map((one) => ({ ...one, left: one.left === null ? null : Math.round(one.left) })), (one) => String(one.id), (one) => h("li", {},
      h("strong", {}, one.note && BUTTONS[one.note] ? t(`fault.${one.note}`) : `${one.kind} · ${one.method}`), " ",
      h("span", { class: "quiet small" }, [t("fault.hits", { n: one.hits }), one.left === null ? "" : t("fault.left", { n: one.left })].filter(Boolean).join(" · "))));
  }
}
