// The right-hand column: Guide, Due, Traffic, Faults, as tabs one can reach by arrow keys.
import { h } from "./dom.js";
import { t } from "./words.js";

/** parts: [{id, node, show(), hide()}]. */
export class Panel {
  constructor(parts) {
    this.parts = parts;
    this.tabs = parts.map((part) => h("button", {
      type: "button", role: "tab", id: `tab-${part.id}`, "aria-controls": `panel-${part.id}`, onClick: () => this.open(part.id),
    }));
    for (const part of parts) {
      Object.assign(part.node, { id: `panel-${part.id}` });
      part.node.setAttribute("role", "tabpanel");
      part.node.setAttribute("aria-labelledby", `tab-${part.id}`);
      part.node.classList.add("panel-part");
    }
    const strip = h("div", { class: "panel-tabs", role: "tablist", onKeydown: (event) => this.keys(event) }, this.tabs);
    this.node = h("aside", { class: "panel", id: "panel" }, strip, parts.map((part) => part.node));
    this.words();
    this.open(parts[0].id);
  }

  words() {
    this.node.setAttribute("aria-label", t("panel"));
    this.parts.forEach((part, index) => { this.tabs[index].textContent = t(`panel.${part.id}`); });
  }

  open(id) {
    this.parts.forEach((part, index) => {
      const on = part.id === id;
      this.tabs[index].setAttribute("aria-selected", String(on));
      this.tabs[index].tabIndex = on ? 0 : -1;
      part.node.hidden = !on;
      if (on) part.show?.();
      else part.hide?.();
    });
  }

  keys(event) {
    const at = this.tabs.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || at < 0) return;
    event.preventDefault();
    const next = (at + step + this.tabs.length) % this.tabs.length;
    this.open(this.parts[next].id);
    this.tabs[next].focus();
  }
}
