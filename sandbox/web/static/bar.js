// The line on top: what this is, time, scenario, language; and on a phone the switch between the three columns.
import { h } from "./dom.js";
import { t, known, language } from "./words.js";
import { call } from "./api.js";

export class Bar {
  constructor({ time, reset, speak, look }) {
    this.reset = reset;
    this.select = h("select", { class: "select", id: "scenario" });
    this.select.addEventListener("change", () => this.start());
    const again = h("button", { type: "button", class: "button", onClick: () => reset(this.current) }, t("reset"));
    const tongue = (code, name) => h("button", {
      type: "button", lang: code, "aria-pressed": String(language() === code), onClick: () => speak(code), title: name,
    }, h("span", { "aria-hidden": "true" }, code.toUpperCase()), h("span", { class: "hidden" }, name));
    this.head = h("header", { class: "bar" },
      h("div", { class: "brand" }, h("span", { class: "brand-sign", "aria-hidden": "true" }, "◈"),
        h("div", {}, h("h1", {}, t("title")), h("p", { class: "pretend" }, t("pretend")))),
      time,
      h("div", { class: "bar-tools" }, h("label", { class: "hidden", for: "scenario" }, t("scenario")), this.select, again,
        h("a", { class: "button", href: `mailbox?language=${language()}` }, t("mailbox")),
        h("div", { class: "tongues", role: "group", "aria-label": t("language") }, tongue("fr", "Français"), tongue("en", "English"))));
    this.parts = ["people", "middle", "panel"].map((part) => h("button", { type: "button", data: { part }, onClick: () => look(part) }, t(`look.${part}`)));
    this.switcher = h("nav", { class: "switcher", "aria-label": t("look") }, this.parts);
  }

  async scenarios() {
    const answer = await call("scenarios");
    this.current = answer.now || "";
    const all = (answer.scenarios || []).filter((name) => known(`scenario.${name}`) || name === this.current);
    this.select.replaceChildren(...all.map((name) => h("option", { value: name, selected: name === this.current }, known(`scenario.${name}`) ? t(`scenario.${name}`) : name)));
  }

  async start() {
    const done = await this.reset(this.select.value);
    if (!done) this.select.value = this.current;
  }

  looked(part) {
    for (const button of this.parts) button.setAttribute("aria-pressed", String(button.dataset.part === part));
  }
}
