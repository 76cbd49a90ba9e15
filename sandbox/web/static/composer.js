// The field one writes in: sends messages and slash commands, and completes commands as Slack does.
import { h, freshId } from "./dom.js";
import { t } from "./words.js";

/** Unsent words by place and person, so that looking elsewhere loses nothing. */
const drafts = new Map();

/** Nothing can be written before `show` has said where to. */
export class Composer {
  /** gestures: {say(text), command(line)}, each → {ok, shown}. */
  constructor(gestures) {
    this.gestures = gestures;
    this.listId = freshId("commands");
    this.label = h("label", { class: "hidden", for: `${this.listId}-field` });
    this.field = h("textarea", {
      id: `${this.listId}-field`, rows: 1, disabled: true, data: { focus: "composer" }, "aria-autocomplete": "list", "aria-controls": this.listId,
      onInput: () => this.typed(), onKeydown: (event) => this.keys(event),
    });
    this.list = h("ul", { id: this.listId, role: "listbox", class: "completion", hidden: true, "aria-label": t("composer.commands") });
    this.trouble = h("p", { class: "trouble", role: "alert", hidden: true });
    this.button = h("button", { type: "button", class: "button primary", disabled: true, onClick: () => this.send() }, t("composer.send"));
    this.node = h("div", { class: "composer" }, this.list, this.trouble, this.label,
      h("div", { class: "composer-box" }, this.field, this.button));
  }

  /** where: {key, label, commands, closed: sentence or "", thread: bool}. */
  show(where) {
    if (this.where?.key !== where.key) {
      this.field.value = drafts.get(where.key) || "";
      this.say("");
    }
    this.where = where;
    this.label.textContent = where.label;
    this.field.placeholder = where.closed || where.label;
    this.field.disabled = this.button.disabled = Boolean(where.closed);
    this.button.textContent = t("composer.send");
    this.complete();
  }

  typed() {
    drafts.set(this.where.key, this.field.value);
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
    this.say("");
    this.complete();
  }

  complete() {
    const line = this.field.value;
    const found = line.startsWith("/") && !line.includes("\n") && document.activeElement === this.field
      ? this.where.commands.filter((one) => one.line.startsWith(line) && one.line.trim() !== line.trim()) : [];
    this.found = found.slice(0, 8);
    this.active = 0;
    this.list.hidden = !this.found.length;
    this.paint();
  }

  paint() {
    this.list.replaceChildren(...this.found.map((one, index) => h("li", {
      role: "option", id: `${this.listId}-${index}`, "aria-selected": String(index === this.active), class: index === this.active ? "active" : "",
      onMousedown: (event) => { event.preventDefault(); this.take(index); },
    }, h("code", {}, one.line.trim()), h("small", {}, one.note || ""))));
    this.field.setAttribute("aria-activedescendant", this.found.length ? `${this.listId}-${this.active}` : "");
  }

  take(index) {
    this.field.value = this.found[index].line;
    this.typed();
    this.field.focus();
  }

  keys(event) {
    const open = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (open && step) {
      event.preventDefault();
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.paint();
    } else if (open && event.key === "Tab" && !event.shiftKey) { event.preventDefault(); this.take(this.active); }
    else if (open && event.key === "Escape") { event.stopPropagation(); this.list.hidden = true; }
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
  }

  /** Puts words in an empty field, for the person to send or not. */
  offer(line) {
    if (this.field.disabled) return;
    if (!this.field.value) this.field.value = line;
    this.typed();
    this.field.focus();
  }

  async send() {
    const text = this.field.value.trim();
    if (!text) return;
    if (text.startsWith("/") && this.where.thread) { this.say(t("composer.no_command_in_thread")); return; }
    const key = this.where.key;
    this.field.value = "";
    this.typed();
    this.button.setAttribute("aria-busy", "true");
    const answer = text.startsWith("/") ? await this.gestures.command(text) : await this.gestures.say(text);
    this.button.removeAttribute("aria-busy");
    if (answer.ok !== false || (answer.says && text.startsWith("/"))) return;
    if (this.where.key === key) this.offer(text);
    this.say(answer.words);
  }

  say(words) {
    this.trouble.hidden = !words;
    this.trouble.textContent = words || "";
  }
}
