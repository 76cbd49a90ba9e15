// One person's Slack: the places they can see, the one that is open, and the modal over it.
import { h, keep, focusName, restoreFocus } from "./dom.js";
import { t } from "./words.js";
import { call, stream, oneAtATime } from "./api.js";
import { block } from "./blocks.js";
import { avatar } from "./message.js";
import { Modal, fieldsOf } from "./modal.js";
import { Composer } from "./composer.js";
import { Gestures } from "./gestures.js";
import { Conversation } from "./conversation.js";
import { seenBy } from "./seen.js";
import { readFile } from "./viewer.js";

export class Pane {
  /** go(spot): ask the page to show another place in this pane. told(seen): what this person sees has changed. */
  constructor({ go, told }) {
    this.go = go;
    this.told = told;
    this.spot = null;
    this.seen = null;
    this.conversation = new Conversation(this);
    this.gestures = new Gestures(this);
    this.refresh = oneAtATime(() => this.load());
    this.build();
  }

  build() {
    this.heading = h("h2", { class: "pane-title" });
    this.tabs = h("nav", { class: "tabs", "aria-label": t("places") });
    this.notice = h("div", { class: "pane-notice" });
    this.list = h("div", { class: "list", "aria-live": "off" });
    this.scroller = h("div", { class: "scroller", tabindex: "-1" }, this.list);
    this.composer = new Composer({ say: (text) => this.gestures.say(text), command: (line) => this.gestures.command(line) });
    this.inside = h("div", { class: "pane-inside" }, h("header", { class: "pane-head" }, this.heading, this.tabs),
      this.notice, this.scroller, this.composer.node);
    this.over = h("div", { class: "pane-over" });
    this.node = h("section", { class: "pane" }, this.inside, this.over);
    this.modal = new Modal(this.over, this.gestures.ofModals());
  }

  /** spot: {person, place, thread}. */
  async show(spot) {
    const moved = !this.spot || ["person", "place", "thread"].some((part) => this.spot[part] !== spot[part]);
    const other = this.spot?.person !== spot.person;
    this.spot = spot;
    if (other) {
      this.stop?.();
      this.seen = null;
      this.modal.remove();
      this.stop = stream(spot.person, () => this.refresh());
    }
    if (moved) this.bottom = true;
    if (moved && !spot.place.startsWith("channel/")) this.gestures.openHome(spot.place);
    if (moved && !other && this.seen) this.draw();
    await this.refresh();
  }

  leave() {
    this.stop?.();
    this.node.remove();
  }

  async load() {
    const person = this.spot.person;
    const answer = await call(`state?as=${encodeURIComponent(person)}`);
    if (person !== this.spot.person) return;
    if (answer.ok === false) { this.trouble(answer); return; }
    this.seen = seenBy(answer);
    this.draw();
    this.told(this.seen);
  }

  trouble(answer) {
    this.notice.replaceChildren(h("p", { class: "trouble", role: "alert" },
      answer.shown === "unreachable" ? t("sandbox.unreachable") : t("sandbox.nobody")));
  }

  draw() {
    const { me } = this.seen;
    this.node.setAttribute("aria-label", t("pane.of", { name: me.name }));
    this.heading.replaceChildren(avatar(me), h("span", {}, me.name, h("small", {}, t("pane.sees"))));
    this.drawTabs();
    const place = this.place();
    this.notice.replaceChildren(...this.notices(place));
    if (this.spot.place === "home") this.drawHome();
    else this.conversation.draw(place);
    this.drawModal();
  }

  /** The channel or direct message that is open; undefined when this person cannot see it. */
  place() {
    const wanted = this.spot.place === "messages" ? this.seen.messagesTab : this.spot.place.replace("channel/", "");
    return this.seen.rooms.find((room) => room.id === wanted);
  }

  drawTabs() {
    const { rooms, messagesTab, homeNews } = this.seen;
    const dm = rooms.find((room) => room.id === messagesTab);
    const all = [
      { place: "home", words: t("place.home"), unread: homeNews },
      { place: "messages", words: t("place.messages"), unread: dm?.unread || 0 },
      ...rooms.filter((room) => room.id !== messagesTab).map((room) => ({ place: `channel/${room.id}`, words: room.label, unread: room.unread })),
    ];
    keep(this.tabs, all.map((one) => ({ ...one, here: one.place === this.spot.place })), (one) => one.place, (one) => h("a", {
      class: "tab", href: this.go.address({ ...this.spot, place: one.place, thread: null }), data: { focus: `tab/${one.place}` },
      "aria-current": one.here ? "page" : null, onClick: (event) => { event.preventDefault(); this.go({ ...this.spot, place: one.place, thread: null }); },
    }, one.words, one.unread ? h("span", { class: "count", "aria-label": t("unread", { n: one.unread }) }, String(one.unread)) : null));
  }

  notices(place) {
    const found = [];
    if (this.spot.place === "home") return found;
    if (!place && this.spot.place === "messages") found.push(h("p", { class: "quiet" }, t("place.no_messages")));
    else if (!place) found.push(h("p", { class: "trouble" }, t("place.unseen", { name: this.seen.me.name })));
    else if (place.archived) found.push(h("p", { class: "trouble" }, t("place.archived")));
    if (place?.canvases.length && !this.spot.thread) {
      found.push(h("nav", { class: "row canvases", "aria-label": t("canvas.all") }, place.canvases.map((file) => h("button", {
        type: "button", class: "button", data: { focus: `canvas/${file.id}` }, onClick: () => readFile(this.over, file),
      }, t("canvas.tab", { title: file.title })))));
    }
    if (place && this.spot.thread) {
      found.push(h("a", {
        class: "back", href: this.go.address({ ...this.spot, thread: null }), data: { focus: "back" },
        onClick: (event) => { event.preventDefault(); this.go({ ...this.spot, thread: null }); },
      }, t("thread.back", { place: place.label })), h("strong", {}, t("thread.title")));
    }
    return found;
  }

  drawHome() {
    const view = this.seen.home;
    this.list.className = "list home";
    this.composer.node.hidden = true;
    if (!view) {
      keep(this.list, [{ key: "none" }], (one) => one.key, () => h("div", { class: "empty" }, h("p", {}, t("home.none"))));
      return;
    }
    const fields = fieldsOf(view, () => {});
    const place = { ...this.surroundings({ type: "home", view_id: view.id }, fields, this.list, () => this.seen.home?.blocks || []), headingLevel: 3 };
    keep(this.list, view.blocks.map((one) => ({ one, view: view.id })), ({ one }) => one.block_id, ({ one }) => block(one, place));
    if (this.bottom) this.scroller.scrollTop = 0;
    this.bottom = false;
  }

  showComposer(place) {
    const name = this.seen.me.name;
    this.composer.show({
      key: `${this.spot.person}/${place.id}/${this.spot.thread || ""}`, thread: Boolean(this.spot.thread), commands: this.seen.commands,
      label: t(this.spot.thread ? "composer.reply" : "composer.label", { place: place.label, name }),
      closed: place.archived ? t("place.archived") : !place.member ? t("place.not_member") : "",
    });
  }

  drawModal() {
    const top = this.seen.modals.at(-1) || null;
    const opening = top && !this.modal.view;
    if (opening) this.before = focusName(this.inside) || this.gestures.lastPressed;
    const closing = !top && this.modal.view;
    this.inside.inert = Boolean(top);
    this.modal.show(top, this.seen.modals.length);
    if (closing) { restoreFocus(this.inside, this.before); if (!this.inside.contains(document.activeElement)) this.scroller.focus({ preventScroll: true }); }
  }

  /** What the blocks of a container need: names, choices, and where a press goes. */
  surroundings(container, fields, root, blocks = () => []) {
    const { names, people, rooms } = this.seen;
    return {
      fields, names, people: people.filter((one) => !one.deleted), channels: rooms.filter((room) => room.slackKind !== "im"),
      act: (it, elementOf, value) => this.gestures.press({ container, block: it, element: elementOf, value, fields, blocks, root }),
      give: (file) => this.gestures.give(file),
      load: (it, elementOf, text) => this.gestures.options({ container, block: it, element: elementOf, text }),
    };
  }
}
