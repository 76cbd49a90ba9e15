// Draws Block Kit blocks, in order, each from its type.
import { h, freshId } from "./dom.js";
import { t } from "./words.js";
import { element, image } from "./elements.js";
import { text, wordsOf } from "./texts.js";
import { mrkdwn, unescape } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { markdown } from "./markdown.js";
import { table, dataTable } from "./tables.js";
import { chart } from "./chart.js";

const BLOCKS = {
  section, header, context, divider, actions, input, image: picture, rich_text: rich, markdown: marked,
  table, data_table: dataTable, data_visualization: chart, context_actions: actions, alert, card, carousel, file,
  video, plan: steps, task_card: steps,
};

/** One block as an element. place: see elements.js; place.errors: {block_id: words} of the last submission. */
export function block(it, place) {
  const draw = BLOCKS[it.type];
  const node = draw ? draw(it, place) : h("div", { class: "unknown" }, t("block.unknown", { type: it.type }));
  node.classList.add("block", `block-${it.type}`);
  if (it.block_id) node.dataset.block = it.block_id;
  return node;
}

function section(it, place) {
  const label = unescape((it.text?.text || it.fields?.[0]?.text || "").split("\n")[0].replace(/[*_`~]/g, "")).slice(0, 90);
  return h("div", {}, h("div", { class: "section-words" },
    it.text ? h("div", { class: "words" }, text(it.text, place.names)) : null,
    it.fields ? h("div", { class: "fields" }, it.fields.map((field) => h("div", { class: "words" }, text(field, place.names)))) : null),
  it.accessory ? h("div", { class: "accessory" }, element(it.accessory, it, place, { live: true, label })) : null);
}

function header(it, place) {
  return h(`h${place.headingLevel || 3}`, {}, wordsOf(it.text));
}

function divider() {
  return h("hr");
}

function rich(it, place) {
  return richText(it, place.names);
}

function marked(it, place) {
  return markdown(it.text, place.headingLevel || 3);
}

function context(it, place) {
  return h("div", {}, (it.elements || []).map((one) => (one.type === "image"
    ? image({ it: one })
    : h("span", { class: "words" }, text(one, place.names)))));
}

function actions(it, place) {
  return h("div", {}, (it.elements || []).map((one) => element(one, it, place, { live: true })));
}

function input(it, place) {
  const error = place.errors?.[it.block_id];
  const [labelId, hintId, errorId] = [freshId("label"), freshId("hint"), freshId("error")];
  const label = wordsOf(it.label);
  const described = [it.hint ? hintId : "", error ? errorId : ""].filter(Boolean).join(" ") || null;
  const control = element(it.element, it, place, { live: Boolean(it.dispatch_action), label, describedby: described });
  if (error) control.classList.add("wrong");
  const box = h("div", { role: "group", "aria-labelledby": labelId },
    h("div", { class: "label", id: labelId }, label, it.optional ? h("span", { class: "optional" }, ` ${t("field.optional")}`) : null),
    control,
    error ? h("p", { class: "error", id: errorId }, h("span", { "aria-hidden": "true" }, "⚠ "), error) : null,
    it.hint ? h("p", { class: "hint", id: hintId }, text(it.hint, place.names)) : null);
  const field = control.matches("input, textarea, select") ? control : control.querySelector("input, button");
  if (error && field) field.setAttribute("aria-invalid", "true");
  return box;
}

function picture(it) {
  return h("figure", {}, it.title ? h("figcaption", {}, wordsOf(it.title)) : null, image({ it }));
}

function alert(it, place) {
  const level = it.level || it.style || "default";
  return h("div", { role: "note", class: `alert-${String(level).replace(/\W/g, "")}` },
    h("strong", { class: "alert-word" }, t(`alert.${["warning", "error", "success", "info"].includes(level) ? level : "default"}`)),
    h("div", { class: "words" }, text(typeof it.text === "string" ? { type: "mrkdwn", text: it.text } : it.text, place.names)));
}

function card(it, place) {
  return h("article", {}, it.title ? h("h4", {}, text(it.title, place.names)) : null,
    it.subtitle ? h("p", { class: "hint" }, text(it.subtitle, place.names)) : null,
    it.body ? h("div", { class: "words" }, text(it.body, place.names)) : null,
    it.actions ? h("div", { class: "row" }, it.actions.map((one) => element(one, it, place, { live: true }))) : null);
}

function carousel(it, place) {
  return h("div", {}, (it.elements || it.cards || []).map((one) => block({ ...one, type: "card" }, place)));
}

function file(it) {
  return h("p", { class: "hint" }, t("block.file", { name: it.external_id || "" }));
}

function video(it, place) {
  return h("p", {}, text(it.title, place.names), " ", it.title_url ? h("a", { href: it.title_url, target: "_blank", rel: "noreferrer noopener" }, it.title_url) : null);
}

function steps(it, place) {
  const title = typeof it.title === "string" ? it.title : wordsOf(it.title);
  return h("div", {}, h("strong", {}, title), (it.tasks || []).map((task) => h("p", {}, mrkdwn(task.title || "", place.names))));
}
