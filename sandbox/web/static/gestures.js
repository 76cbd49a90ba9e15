// Turns what a person does in a pane into calls of the control API, and shows waiting and failure as Slack does.
import { h, announce } from "./dom.js";
import { t, fromSlack } from "./words.js";
import { call } from "./api.js";
import { confirmed } from "./confirm.js";

export class Gestures {
  constructor(pane) {
    this.pane = pane;
    this.lastPressed = null;
  }

  get as() { return this.pane.spot.person; }

  async say(text) {
    const { thread } = this.pane.spot;
    return this.told(await call("say", { as: this.as, channel: this.pane.place().id, text, thread_ts: thread || undefined }));
  }

  async command(text) {
    return this.told(await call("command", { as: this.as, channel: this.pane.place().id, text }));
  }

  /** Adds to an answer the words Slack would show for it. */
  told(answer) {
    if (answer.ok !== false) { this.pane.refresh(); return answer; }
    this.pane.refresh();
    return { ...answer, words: fromSlack(answer.shown || answer.error || "", answer.says) };
  }

  /** A press on a button, select or other live element, in a message, a modal or Home. */
  async press({ container, block, element, value, fields, blocks, root }) {
    const name = `${block.block_id}/${element.action_id || element.type}`;
    this.lastPressed = { name };
    if (element.confirm && !(await confirmed(this.pane.over, element.confirm, this.pane.seen.names))) return;
    const find = () => root.querySelector(`[data-focus="${CSS.escape(name)}"], [data-focus^="${CSS.escape(name)}/"]`);
    this.clearFailure(root);
    find()?.setAttribute("aria-busy", "true");
    const answer = this.told(await call("click", {
      as: this.as, container, action_id: element.action_id, block_id: block.block_id, value,
      values: container.type === "message" ? undefined : fields.touched(blocks()),
    }));
    find()?.removeAttribute("aria-busy");
    if (answer.ok === false) this.failure(find() || root.lastElementChild, answer.words);
  }

  clearFailure(root) {
    for (const node of root.querySelectorAll(".failed")) node.remove();
  }

  /** Slack's warning triangle beside what was pressed, with words. */
  failure(near, words) {
    const sign = h("span", { class: "failed", role: "alert" }, h("span", { "aria-hidden": "true" }, "⚠ "), words || t("shown.failed"));
    const holder = near?.closest(".menu-box, .picker") || near;
    holder?.after(sign);
    announce(sign.textContent);
  }

  async options({ container, block, element, text }) {
    if (text.length < (element.min_query_length ?? 3)) return {};
    return call("options", { as: this.as, container, action_id: element.action_id, block_id: block.block_id, value: text });
  }

  ofModals() {
    let filling = null;
    return {
      fill: (view, fields) => {
        window.clearTimeout(filling);
        filling = window.setTimeout(() => call("fill", { as: this.as, view_id: view.id, values: fields.touched(view.blocks) }), 400);
      },
      submit: async (view, values) => {
        window.clearTimeout(filling);
        this.told(await call("submit", { as: this.as, view_id: view.id, values }));
        await this.pane.load();
      },
      close: async (view) => {
        window.clearTimeout(filling);
        await call("close", { as: this.as, view_id: view.id });
        await this.pane.load();
      },
      placeOf: (view, fields, root, blocks) => this.pane.surroundings({ type: "view", view_id: view.id }, fields, root, blocks),
    };
  }

  /** tab: "home" or "messages". The bot is told, as when somebody opens the tab in Slack. */
  async openHome(tab) {
    await call("open_home", { as: this.as, tab });
    this.pane.refresh();
  }

  async markRead(room) {
    if (room.unread && !document.hidden) await call("read", { as: this.as, channel: room.id });
  }

  async react(place, message, name) {
    await call("react", { as: this.as, channel: place.id, ts: message.ts, name });
    this.pane.refresh();
  }

  /** file: of this machine. The pretend Slack keeps it, and shows it to nobody. */
  async give(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let words = "";
    for (let at = 0; at < bytes.length; at += 32768) words += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return call("file", { as: this.as, name: file.name, content: btoa(words) });
  }

  async shortcut(place, message, callback) {
    this.lastPressed = { name: `more/${message.ts}` };
    const answer = this.told(await call("shortcut", { as: this.as, channel: place.id, ts: message.ts, callback_id: callback }));
    if (answer.ok === false) this.failure(this.pane.list.querySelector(`[data-ts="${CSS.escape(message.ts)}"] .content`), answer.words);
  }

  async copyLink(message) {
    const spot = { ...this.pane.spot, thread: message.thread_ts || message.ts };
    const address = `${window.location.origin}/${this.pane.go.address(spot)}`;
    try { await navigator.clipboard.writeText(address); announce(t("message.copied")); } catch { window.location.hash = this.pane.go.address(spot); }
  }
}
