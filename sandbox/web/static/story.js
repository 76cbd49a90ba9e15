// The story: offers to play the weeks to come, says which week it is, pauses and stops it.
import { h, announce } from "./dom.js";
import { t, inLanguage } from "./words.js";
import { call } from "./api.js";

const OFTEN = 900;
const SELDOM = 4000;

export class Story {
  /** told(story): the page hears how far it is. */
  constructor({ told }) {
    this.told = told;
    this.story = { running: false, ready: false };
    this.node = h("section", { class: "story", id: "story", hidden: true });
  }

  async read() {
    const found = await call("story");
    if (found.ok !== false) this.show(found);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.read(), this.story.running ? OFTEN : SELDOM);
  }

  async does(what) {
    const found = await call("story", { do: what });
    if (found.ok !== false) this.show(found);
    this.read();
  }

  show(found) {
    const { week, running } = this.story;
    this.story = found;
    if (found.running && (found.week !== week || !running)) announce(this.where());
    this.draw();
    this.told(found);
  }

  where() {
    const { week, weeks, title } = this.story;
    return week ? t("story.week", { n: week, all: weeks, title: title.en ? inLanguage(title) : "" }) : t("story.begins");
  }

  draw() {
    const { ready, running, paused, problem, week, weeks, run } = this.story;
    const print = JSON.stringify([ready, running, paused, problem, week]);
    if (print === this.print) return;
    this.print = print;
    this.node.setAttribute("aria-label", t("story"));
    this.node.hidden = !ready && !run;
    const held = this.node.contains(document.activeElement) ? document.activeElement.dataset.do : null;
    this.node.replaceChildren(...(running ? this.playing(paused, week, weeks) : this.resting(ready, problem)));
    if (held) (this.node.querySelector(`[data-do="${held}"]`) || this.node.querySelector("button"))?.focus();
  }

  resting(ready, problem) {
    if (ready) return [h("p", {}, h("strong", {}, t("story")), " ", t("story.offer")), this.button("play", "story.play", "primary")];
    return [h("p", { role: "status" }, problem ? t("story.problem", { why: problem }) : t("story.over"))];
  }

  playing(paused, week, weeks) {
    return [
      h("p", {}, h("strong", {}, this.where()), paused ? ` ${t("story.paused")}` : ""),
      h("progress", { value: week, max: weeks, "aria-label": t("story") }),
      paused ? this.button("go_on", "story.go_on", "primary") : this.button("pause", "story.pause", ""),
      this.button("stop", "story.stop", ""),
    ];
  }

  button(what, words, style) {
    return h("button", { type: "button", class: `button ${style}`, data: { do: what }, onClick: () => this.does(what) }, t(words));
  }
}
