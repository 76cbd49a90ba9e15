// Draws each interactive element of Block Kit, and says what the person did with it.
import { h } from "./dom.js";
import { t } from "./words.js";
import { wordsOf } from "./texts.js";
import { select, choices, many, people, rooms } from "./choices.js";
import { typed, moment, fileInput } from "./inputs.js";
import { menuButton } from "./menu.js";

/**
 * place: {fields, act(block, element, value) → promise, names, people, channels, load(block, element, text), give(file)}.
 * live: whether a change is sent to the app at once (actions and accessories, or dispatch_action).
 */
export function element(it, block, place, { live, label, describedby } = {}) {
  const draw = ELEMENTS[it.type] || unknown;
  const focus = `${block.block_id}/${it.action_id || it.type}`;
  const change = (value) => {
    place.fields.set(block, it, value);
    if (live) place.act(block, it, place.fields.get(block, it));
  };
  return draw({ it, block, place, focus, change, live, label: label || wordsOf(it.placeholder) || it.action_id, describedby });
}

const ELEMENTS = {
  button, overflow, image, workflow_button: button, icon_button: button, feedback_buttons: feedback,
  static_select: select, radio_buttons: choices, checkboxes: choices,
  multi_static_select: many, external_select: many, multi_external_select: many,
  users_select: people, multi_users_select: people,
  conversations_select: rooms, multi_conversations_select: rooms, channels_select: rooms, multi_channels_select: rooms,
  plain_text_input: typed, number_input: typed, email_text_input: typed, url_text_input: typed, rich_text_input: typed,
  datepicker: moment, timepicker: moment, datetimepicker: moment, file_input: fileInput,
};

function unknown({ it }) {
  return h("span", { class: "unknown" }, t("block.unknown", { type: it.type }));
}

function button({ it, block, place, focus }) {
  const words = it.type === "icon_button" ? it.accessibility_label || it.text?.text || it.icon : wordsOf(it.text);
  const press = (event) => {
    if (it.url) window.open(event.currentTarget.dataset.url, "_blank", "noopener,noreferrer");
    place.act(block, it, it.value);
  };
  const node = h("button", {
    type: "button", class: `button ${it.style || ""}`, data: { focus, action: it.action_id },
    "aria-label": it.accessibility_label || null, onClick: press,
  }, words, it.url ? h("span", { "aria-hidden": "true" }, " ↗") : null);
  if (it.url) node.dataset.url = h("a", { href: it.url }).getAttribute("href");
  return node;
}

function feedback({ it, block, place, focus }) {
  const pair = [it.positive_button, it.negative_button].filter(Boolean);
  return h("span", { class: "row" }, pair.map((one, index) => h("button", {
    type: "button", class: "button", data: { focus: `${focus}/${index}` },
    onClick: () => place.act(block, it, one === it.positive_button ? "positive" : "negative"),
  }, wordsOf(one.text))));
}

function overflow({ it, block, place, focus, label }) {
  const items = (it.options || []).map((option) => ({
    words: wordsOf(option.text),
    note: wordsOf(option.description),
    run: () => {
      if (option.url) window.open(h("a", { href: option.url }).getAttribute("href"), "_blank", "noopener,noreferrer");
      return place.act(block, it, option.value);
    },
  }));
  return menuButton({ face: "⋯", label: it.accessibility_label || t("menu.more", { what: label && label !== it.action_id ? label : "" }), items, focus });
}

export function image({ it }) {
  const source = it.image_url || it.slack_file?.url || "";
  const own = /^\/[^/]/.test(source) || source.startsWith(window.location.origin);
  if (own) return h("img", { src: source, alt: it.alt_text || "", class: "picture" });
  return h("span", { class: "picture-words", role: "img", "aria-label": it.alt_text || t("block.image") },
    t("block.image"), ": ", it.alt_text || source);
}
