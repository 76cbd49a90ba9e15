// Shows the modal on top of a person's stack: inputs, errors, waiting, closing, and where the keyboard is.
import { h, keep, announce, freshId } from "./dom.js";
import { t, fromSlack } from "./words.js";
import { block } from "./blocks.js";
import { wordsOf } from "./texts.js";
import { Fields } from "./fields.js";
import { problems } from "./validate.js";
import { holdFocus } from "./confirm.js";

/** Typing of every open view, by view id: it survives updates, and looking elsewhere in between. */
const typing = new Map();

export function fieldsOf(view, onChange) {
  if (!typing.has(view.id)) typing.set(view.id, new Fields(view));
  const fields = typing.get(view.id);
  fields.onChange = onChange;
  return fields;
}

export class Modal {
  /** gestures: {submit(view, values), close(view), fill(view, values), placeOf(view, fields, root)}. */
  constructor(host, gestures) {
    this.host = host;
    this.gestures = gestures;
    this.view = null;
    this.veil = null;
    this.errors = {};
  }

  /** view: the top of the stack, or null. depth: how many are open. */
  show(view, depth) {
    if (!view) { this.remove(); return; }
    const fresh = !this.view || this.view.id !== view.id;
    if (fresh) { this.remove(); this.build(); this.errors = {}; }
    else if (this.view.hash !== view.hash) this.errors = {};
    this.view = view;
    this.depth = depth;
    this.draw();
    if (fresh) this.arrive();
  }

  build() {
    const titleId = freshId("modal");
    this.title = h("h2", { id: titleId, tabindex: "-1" });
    this.close = h("button", { type: "button", class: "icon", "aria-label": t("modal.close"), onClick: () => this.leave() }, "×");
    this.notice = h("p", { class: "notice", role: "alert", hidden: true });
    this.body = h("div", { class: "modal-blocks" });
    this.cancel = h("button", { type: "button", class: "button", onClick: () => this.leave() });
    this.send = h("button", { type: "submit", class: "button primary" });
    this.form = h("form", { class: "modal", role: "dialog", "aria-modal": "true", "aria-labelledby": titleId, novalidate: true },
      h("header", {}, this.title, this.close),
      h("div", { class: "modal-body" }, this.notice, this.body),
      h("footer", {}, h("span", { class: "waiting", role: "status" }), this.cancel, this.send));
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.form.addEventListener("keydown", (event) => this.keys(event));
    this.veil = h("div", { class: "veil" }, this.form);
    this.host.append(this.veil);
  }

  keys(event) {
    if (event.key === "Escape") { event.stopPropagation(); this.leave(); }
    if (event.key === "Enter" && event.target.matches("input") && !event.defaultPrevented) event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.submit(); }
    holdFocus(event, this.form);
  }

  draw() {
    const view = this.view;
    this.fields = fieldsOf(view, () => this.gestures.fill(this.view, this.fields));
    const errors = { ...view.errors, ...this.errors };
    const place = { ...this.gestures.placeOf(view, this.fields, this.form, () => this.view.blocks), headingLevel: 3 };
    const held = this.form.contains(document.activeElement); // asked before the button that has it may be hidden
    this.title.textContent = wordsOf(view.title);
    this.cancel.textContent = wordsOf(view.close) || t("cancel");
    this.send.textContent = wordsOf(view.submit);
    this.send.hidden = !view.submit;
    this.notice.hidden = !view.notice;
    this.notice.textContent = view.notice ? fromSlack(view.notice) : "";
    const at = [...this.body.children].findIndex((node) => node.contains(document.activeElement));
    keep(this.body, view.blocks.map((one) => ({ one, error: errors[one.block_id] })), ({ one }) => one.block_id,
      ({ one, error }) => block(one, error ? { ...place, errors: { [one.block_id]: error } } : place));
    const now = document.activeElement;
    if (held && (!this.form.contains(now) || now.closest("[hidden]"))) this.takeFocus(at);
  }

  /** What had the keyboard is gone: what now stands in its place has it. */
  takeFocus(at) {
    const stand = this.body.children[Math.max(0, Math.min(at, this.body.children.length - 1))];
    (stand?.querySelector("button, input, textarea, select") || this.title).focus({ preventScroll: true });
  }

  arrive() {
    announce(t("modal.opened", { title: wordsOf(this.view.title) }));
    const first = this.body.querySelector("input:not([type=hidden]), textarea, select, .picker-button");
    (first || this.title).focus({ preventScroll: true });
  }

  async submit() {
    if (this.busy || !this.view.submit) return;
    this.errors = problems(this.view.blocks, this.fields);
    this.draw();
    if (Object.keys(this.errors).length) { this.toFirstError(); return; }
    const view = this.view;
    this.wait(true);
    await this.gestures.submit(view, this.fields.state(view.blocks));
    this.wait(false);
    if (this.view === view || this.view?.id === view.id) this.toFirstError();
  }

  toFirstError() {
    const block = this.body.querySelector(".error")?.closest(".block");
    if (!block) return;
    block.scrollIntoView({ block: "nearest" });
    block.querySelector("input, textarea, select, button")?.focus();
    announce(block.querySelector(".error").textContent);
  }

  wait(on) {
    this.busy = on;
    if (!this.form) return;
    this.send.setAttribute("aria-busy", String(on));
    this.form.querySelector(".waiting").textContent = on ? t("waiting") : "";
  }

  leave() {
    if (this.view) this.gestures.close(this.view);
  }

  remove() {
    this.veil?.remove();
    this.veil = null;
    this.view = null;
    this.busy = false;
  }
}
