// Says what to do first, then keeps a short checklist that ticks itself when it sees the thing done.
import { h, keep, announce } from "./dom.js";
import { t, inLanguage, language } from "./words.js";
import { call } from "./api.js";

export class Guide {
  /** go({as: key, place}): the page goes there. keyOf(user id) → the person's key in the scenario. */
  constructor({ go, keyOf }) {
    this.go = go;
    this.keyOf = keyOf;
    this.guide = {};
    this.done = new Set();
    this.firstTitle = h("h2", {});
    this.first = h("div", { class: "first" });
    this.progress = h("p", { class: "small", role: "status" });
    this.title = h("h3", {});
    this.list = h("ol", { class: "steps" });
    this.node = h("div", {}, this.firstTitle, this.first, this.progress, this.title, this.list);
    this.play = { running: false };
    this.story = { running: false };
  }

  /** guide: {first: step, steps: [step]} of the scenario, each with as, place, en, fr and what shows it is done. */
  show({ guide, scenario } = {}) {
    if (guide) {
      this.guide = guide;
      this.scenario = scenario;
    }
    this.restore();
    this.draw();
  }

  /** Where the marks are kept: one set a scenario and start, so that Reset clears them. */
  get shelf() {
    return `sandbox.guide.${this.scenario}.${this.play.born || 0}`;
  }

  restore() {
    this.done = new Set(JSON.parse(localStorage.getItem(this.shelf) || "[]"));
  }

  async readPlay() {
    let play = await call("play");
    if (play.ready) play = await call("play", {});
    if (play.ok === false) play = this.play;
    const before = this.play;
    this.play = play;
    if (play.running || before.running !== play.running || before.born !== play.born) this.show();
    window.setTimeout(() => this.readPlay(), play.running ? 700 : 5000);
  }

  /** What the people of a story do ticks nothing. */
  during(story) {
    this.story = story;
  }

  draw() {
    const steps = this.guide.steps || [];
    const next = steps.find((step) => !this.done.has(step.id));
    this.firstTitle.textContent = t(next && this.done.size ? "guide.next" : "guide.first");
    this.title.textContent = t("guide.steps");
    keep(this.first, [this.first_(next)], (one) => one.key, (one) => this.card(one));
    this.progress.textContent = steps.length ? t("guide.progress", { n: this.done.size, all: steps.length }) : "";
    keep(this.list, steps.map((step) => ({ ...step, done: this.done.has(step.id), here: step === next, language: language() })),
      (step) => step.id, (step) => this.row(step));
  }

  first_(next) {
    const { running, step, total, problem } = this.play;
    if (running) return { key: "playing", words: t("play.running", { n: step, all: total }), share: [step, total] };
    if (problem) return { key: "problem", words: t("play.problem", { why: problem }), step: next };
    if (!next) return { key: "end", words: t(this.done.size ? "guide.end" : "guide.none") };
    return { key: next.id, words: inLanguage(next), step: next };
  }

  card(one) {
    return h("div", {}, h("p", { class: "first-words" }, one.words),
      one.share ? h("progress", { value: one.share[0], max: one.share[1], "aria-label": one.words }) : null,
      one.step ? this.goButton(one.step, "primary") : null);
  }

  goButton(step, style) {
    return h("button", {
      type: "button", class: `button ${style}`, data: { focus: `guide/${style}/${step.id}` }, onClick: () => this.go(step),
    }, t("guide.take"), h("span", { class: "hidden" }, ` : ${inLanguage(step.title)}`));
  }

  row(step) {
    const words = inLanguage(step.title);
    return h("li", { class: step.done ? "done" : step.here ? "here" : "" },
      h("span", { class: "tick", "aria-hidden": "true" }, step.done ? "✓" : ""),
      h("div", {}, h("p", {}, words, h("span", { class: "hidden" }, step.done ? ` (${t("guide.done")})` : "")),
        step.here || step.done ? null : h("details", {}, h("summary", {}, t("guide.how")), h("p", { class: "small" }, inLanguage(step)), this.goButton(step, "")),
        step.notice && (step.done || step.here) ? h("p", { class: "quiet small" }, t("guide.notice"), " ", inLanguage(step.notice)) : null));
  }

  /** exchanges: new traffic. Steps say what they look for as {direction, method, person, contains}. */
  watch(exchanges) {
    const fresh = exchanges.filter((one) => !this.play.running && !this.story.running && one.n > Math.max(this.play.traffic || 0, this.story.traffic || 0));
    for (const step of this.guide.steps || []) {
      if (!this.done.has(step.id) && step.seen && fresh.some((one) => this.fits(one, step.seen))) this.tick(step);
    }
  }

  fits(one, seen) {
    if (seen.direction && one.direction !== seen.direction) return false;
    if (seen.method && !new RegExp(seen.method).test(one.method)) return false;
    if (seen.person && this.keyOf(one.person) !== seen.person) return false;
    const text = seen.contains ? JSON.stringify([one.request, one.response]) : "";
    return !seen.contains || new RegExp(seen.contains, "i").test(text);
  }

  /** spot: the place now shown, with the person's key. */
  visited({ key, place }) {
    for (const step of this.guide.steps || []) {
      const wanted = step.visited;
      if (wanted && !this.done.has(step.id) && wanted.place === place && (!wanted.as || wanted.as === key) && this.after(wanted.after)) this.tick(step);
    }
  }

  after(id) {
    return !id || this.done.has(id);
  }

  tick(step) {
    this.done.add(step.id);
    localStorage.setItem(this.shelf, JSON.stringify([...this.done]));
    announce(t("guide.ticked", { step: inLanguage(step.title) }));
    this.draw();
  }
}
