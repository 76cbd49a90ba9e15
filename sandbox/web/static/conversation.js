// The messages of one place or thread, oldest first, with the days between them.
import { h, keep, announce } from "./dom.js";
import { t, longDay } from "./words.js";
import { messageNode } from "./message.js";
import { Fields } from "./fields.js";
import { readFile } from "./viewer.js";

export class Conversation {
  /** pane: where it is shown, and whose eyes it is seen with. */
  constructor(pane) {
    this.pane = pane;
    this.fields = new Map();
    this.hidden = new Set();
  }

  /** place: the room to show, undefined when this person cannot see it. */
  draw(place) {
    const { pane } = this;
    pane.list.className = "list";
    pane.composer.node.hidden = !place;
    const messages = place ? this.shownOf(place) : [];
    const stuck = pane.bottom || pane.scroller.scrollHeight - pane.scroller.scrollTop - pane.scroller.clientHeight < 80;
    const zone = pane.seen.me.tz;
    const rows = [];
    let day = "";
    for (const message of messages) {
      const its = longDay(message.ts, zone);
      if (its !== day) rows.push({ key: `day-${its}`, day: its });
      day = its;
      rows.push({ key: message.ts, message, author: pane.seen.author(message), thread: pane.spot.thread, me: pane.seen.me.id });
    }
    if (place && !rows.length) rows.push({ key: "empty", empty: place.label });
    this.hear(place, messages);
    keep(pane.list, rows, (row) => row.key, (row) => this.row(row, place));
    if (stuck) pane.scroller.scrollTop = pane.scroller.scrollHeight;
    pane.bottom = false;
    if (place) {
      pane.showComposer(place);
      pane.gestures.markRead(place);
    }
  }

  shownOf(place) {
    const { thread, person } = this.pane.spot;
    const shown = place.messages.filter((one) => !this.hidden.has(`${person}/${one.ts}`));
    if (thread) return shown.filter((one) => one.ts === thread || one.thread_ts === thread);
    return shown.filter((one) => !one.thread_ts || one.thread_ts === one.ts || one.subtype === "thread_broadcast");
  }

  row(row, place) {
    if (row.day) return h("h3", { class: "day" }, h("span", {}, row.day));
    if (row.empty) return h("div", { class: "empty" }, h("p", {}, t("place.empty", { place: row.empty })));
    const { pane } = this;
    const container = { type: "message", channel: place.id, ts: row.message.ts };
    return messageNode(row.message, {
      author: row.author, zone: pane.seen.me.tz, me: pane.seen.me.id, inThread: Boolean(pane.spot.thread), shortcuts: pane.seen.shortcuts,
      place: { ...pane.surroundings(container, this.fieldsOf(row.message), pane.list), headingLevel: 4 },
      gestures: {
        openThread: (ts) => pane.go({ ...pane.spot, thread: ts }),
        react: (message, name) => pane.gestures.react(place, message, name),
        shortcut: (message, callback) => pane.gestures.shortcut(place, message, callback),
        hide: (message) => this.hide(message),
        copyLink: (message) => pane.gestures.copyLink(message),
        read: (file) => readFile(pane.over, file),
      },
    });
  }

  /** Says new messages aloud, once. */
  hear(place, messages) {
    const { pane } = this;
    const last = messages.at(-1);
    const key = `${pane.spot.person}/${pane.spot.place}/${pane.spot.thread}`;
    if (last && this.heard?.key === key && this.heard.ts < last.ts) {
      announce(t("message.new", { name: pane.seen.author(last).name, place: place.label, words: (last.text || "").slice(0, 200) }));
    }
    this.heard = { key, ts: last?.ts || "0" };
  }

  /** What this person has chosen in a message, not sent yet. */
  fieldsOf(message) {
    const key = `${this.pane.spot.person}/${message.ts}`;
    if (!this.fields.has(key)) this.fields.set(key, new Fields(message));
    return this.fields.get(key);
  }

  /** "Only visible to you" messages go away on this screen only, as in Slack. */
  hide(message) {
    this.hidden.add(`${this.pane.spot.person}/${message.ts}`);
    this.pane.draw();
  }
}
