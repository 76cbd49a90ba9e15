// Starts the page: who is shown where, the columns around, keys, language, scenario. Everything else is in its own file.
import { h } from "./dom.js";
import { t, language, setLanguage } from "./words.js";
import { call } from "./api.js";
import * as address from "./address.js";
import { Pane } from "./pane.js";
import { People } from "./people.js";
import { Panel } from "./panel.js";
import { Guide } from "./guide.js";
import { Story } from "./story.js";
import { Time } from "./due.js";
import { Traffic } from "./traffic.js";
import { Faults } from "./faults.js";
import { Bar } from "./bar.js";
import { ask } from "./confirm.js";

class Page {
  constructor(root) {
    this.root = root;
    this.panes = [];
    this.world = { people: [], rooms: [], guide: {} };
    this.people = new People({ act: (id, index) => this.actAs(id, index), address: (id) => address.write([{ person: id, place: "home" }]) });
    this.guide = new Guide({ go: (step) => this.toStep(step), keyOf: (id) => this.find(id)?.key || "" });
    this.time = new Time({ nameOf: (id) => this.placeName(id), go: (id) => this.toDue(id) });
    this.traffic = new Traffic({ nameOf: (id) => this.find(id)?.name || id || "" });
    this.traffic.watchers.push((fresh) => this.guide.watch(fresh));
    this.story = new Story({ told: (story) => this.guide.during(story) });
    this.faults = new Faults();
    this.panel = new Panel([
      { id: "guide", node: this.guide.node, show: () => this.guide.draw() },
      { id: "due", node: this.time.node, show: () => this.time.read() },
      { id: "traffic", node: this.traffic.node, show: () => this.traffic.show() },
      { id: "faults", node: this.faults.node, show: () => this.faults.show(), hide: () => this.faults.hide() },
    ]);
    this.bar = new Bar({ time: this.time.bar, reset: (scenario) => this.reset(scenario), speak: (code) => this.speak(code), look: (part) => this.look(part) });
    this.middle = h("main", { class: "middle", id: "middle" });
    this.body = h("div", { class: "columns" }, this.people.node, this.middle, this.panel.node);
    const skip = h("button", { type: "button", class: "skip", onClick: () => this.panes[0].scroller.focus() }, t("skip"));
    root.append(skip, h("div", {}, this.bar.head, this.story.node), this.body, this.bar.switcher);
    this.people.side.addEventListener("click", () => this.sideBySide());
    window.addEventListener("hashchange", () => { this.follow(); this.look("middle"); });
    document.addEventListener("keydown", (event) => this.keys(event));
    window.setInterval(() => this.drawPeople(), 20000);
  }

  async start() {
    document.documentElement.lang = language();
    const state = await call("state");
    this.first = state.people?.find((one) => !one.is_bot)?.id;
    this.look(address.read(window.location.hash).length ? "middle" : "panel");
    this.follow();
    this.bar.scenarios();
    this.guide.readPlay();
    this.story.read();
  }

  find(id) {
    return this.world.people.find((one) => one.id === id || one.key === id);
  }

  /** Brings the panes to what the address says. */
  follow() {
    const spots = address.read(window.location.hash);
    if (!spots.length) spots.push({ person: this.first || "none", place: "home", thread: null });
    while (this.panes.length > spots.length) this.panes.pop().leave();
    spots.forEach((spot, index) => {
      if (!this.panes[index]) this.addPane(index);
      this.panes[index].show(spot);
    });
    this.spots = spots;
    this.root.classList.toggle("side-by-side", spots.length > 1);
    this.drawPeople();
    this.tellGuide();
  }

  addPane(index) {
    const go = (spot) => this.go(index, spot);
    go.address = (spot) => address.write(this.spots ? this.spots.map((one, at) => (at === index ? spot : one)) : [spot]);
    const pane = new Pane({ go, told: (seen) => this.told(seen) });
    this.panes[index] = pane;
    this.middle.append(pane.node);
  }

  go(index, spot) {
    const spots = this.spots.map((one, at) => (at === index ? spot : one));
    const wanted = address.write(spots);
    if (window.location.hash === wanted) this.follow();
    else window.location.hash = wanted;
    this.look("middle");
  }

  actAs(id, index = 0) {
    const at = Math.min(index, this.spots.length - 1);
    const place = this.spots[at].place === "messages" || this.spots[at].place.startsWith("channel/") ? this.spots[at].place : "home";
    this.go(at, { person: id, place, thread: null });
  }

  toStep(step) {
    const person = this.find(step.as)?.id;
    if (!person) return;
    const named = step.place.startsWith("#") ? this.world.rooms.find((room) => room.name === step.place.slice(1)) : null;
    this.go(0, { person, place: named ? `channel/${named.id}` : step.place, thread: null });
    if (step.compose) window.setTimeout(() => this.panes[0].composer.offer(step.compose), 400);
    if (step.panel) this.panel.open(step.panel);
  }

  placeName(id) {
    const room = this.world.rooms.find((one) => one.id === id);
    return this.find(id)?.name || (room ? room.label : "");
  }

  /** Where something due will be seen: a person's messages, or a channel. */
  toDue(id) {
    if (this.find(id)) this.go(0, { person: id, place: "messages", thread: null });
    else if (this.world.rooms.some((one) => one.id === id)) this.go(0, { ...this.spots[0], place: `channel/${id}`, thread: null });
  }

  sideBySide() {
    if (this.spots.length > 1) { window.location.hash = address.write(this.spots.slice(0, 1)); return; }
    const other = this.people.humans.find((one) => one.id !== this.spots[0].person);
    window.location.hash = address.write([this.spots[0], { ...this.spots[0], person: other.id, thread: null }]);
  }

  told(seen) {
    const fresh = this.world.guide !== seen.guide;
    this.world = seen;
    this.drawPeople();
    if (fresh && JSON.stringify(this.guide.guide) !== JSON.stringify(seen.guide)) this.guide.show(seen);
    this.traffic.read();
    this.time.soon();
    this.tellGuide();
  }

  tellGuide() {
    const spot = this.spots?.[0];
    if (!spot) return;
    const room = this.world.rooms.find((one) => `channel/${one.id}` === spot.place);
    this.guide.visited({ key: this.find(spot.person)?.key, place: room ? `#${room.name}` : spot.place });
  }

  drawPeople() {
    if (this.world.people.length) this.people.draw({ people: this.world.people, spots: this.spots || [], now: this.time.now || Date.now() / 1000 });
  }

  keys(event) {
    if (event.target.closest("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const id = /^[1-9]$/.test(event.key) && this.people.byKey(Number(event.key));
    if (id) { event.preventDefault(); this.actAs(id, 0); }
  }

  /** On a narrow screen one column shows at a time: "people", "middle" or "panel". */
  look(part) {
    this.root.dataset.look = part;
    this.bar.looked(part);
  }

  speak(code) {
    setLanguage(code);
    window.location.reload();
  }

  async reset(scenario) {
    const sure = await ask(this.root, { title: t("reset.title"), body: t("reset.body"), yes: t("reset.yes"), no: t("cancel") });
    if (!sure) return false;
    this.root.append(h("div", { class: "veil" }, h("p", { class: "confirm", role: "status" }, t("reset.waiting"))));
    await call("start", { scenario });
    window.location.hash = "";
    window.location.reload();
    return true;
  }
}

new Page(document.getElementById("page")).start();
