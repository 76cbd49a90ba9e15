// Draws each interactive element of Block Kit, and says what the person did with it.
import { h, freshId } from "./dom.js";
import { t } from "./words.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { picker, fitting } from "./picker.js";
import { menuButton } from "./menu.js";

/**
 * place: {fields, act(block, element, value) → promise, names, people, channels, load(block, element, text)}.
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

export const wordsOf = (text) => (text ? plain(text.text) : "");

/** A text object, plain or mrkdwn. */
export function text(object, names) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text, names) : breaks(plain(object.text));
}

const breaks = (words) => words.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));

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

function select({ it, block, place, focus, change, describedby, label }) {
  const groups = it.option_groups || [{ options: it.options || [] }];
  const all = groups.flatMap((group) => group.options || []);
  const chosen = place.fields.get(block, it).selected_option;
  const row = (option) => h("option", { value: String(all.indexOf(option)), selected: chosen?.value === option.value },
    wordsOf(option.text), option.description ? ` (${wordsOf(option.description)})` : "");
  return h("select", {
    class: "select", "aria-label": label, data: { focus, action: it.action_id }, "aria-describedby": describedby,
    onChange: (event) => change({ selected_option: event.target.value === "" ? null : all[Number(event.target.value)] }),
  }, h("option", { value: "", selected: !chosen }, wordsOf(it.placeholder) || t("field.choose")),
  groups.map((group) => (group.label
    ? h("optgroup", { label: wordsOf(group.label) }, (group.options || []).map(row))
    : (group.options || []).map(row))));
}

function choices({ it, block, place, focus, change, label, describedby }) {
  const several = it.type === "checkboxes";
  const now = place.fields.get(block, it);
  const chosen = new Set((several ? now.selected_options || [] : [now.selected_option]).filter(Boolean).map((o) => o.value));
  const name = freshId("choice");
  const say = (box) => {
    const on = [...box.querySelectorAll("input")].flatMap((input, index) => (input.checked ? [it.options[index]] : []));
    change(several ? { selected_options: on } : { selected_option: on[0] || null });
  };
  const group = h("div", { class: "choices", role: several ? "group" : "radiogroup", "aria-label": label, "aria-describedby": describedby },
    (it.options || []).map((option, index) => h("label", { class: "choice" }, h("input", {
      type: several ? "checkbox" : "radio", name, checked: chosen.has(option.value),
      data: { focus: `${focus}/${index}` }, onChange: () => say(group),
    }), h("span", {}, text(option.text, place.names),
      option.description ? h("small", {}, text(option.description, place.names)) : null))));
  return group;
}

function asOptions(it) {
  const groups = it.option_groups || [{ options: it.options || [] }];
  return groups.flatMap((group) => (group.options || []).map((option) => ({
    value: option.value, text: wordsOf(option.text), note: wordsOf(option.description), group: wordsOf(group.label), option,
  })));
}

function many({ it, block, place, focus, change, label, describedby }) {
  const several = it.type.startsWith("multi_");
  const external = it.type.endsWith("external_select");
  const fixed = asOptions(it);
  const now = place.fields.get(block, it);
  const kept = new Map((several ? now.selected_options || [] : [now.selected_option]).filter(Boolean).map((o) => [o.value, o]));
  const search = async (words) => (external ? asOptions(await place.load(block, it, words)) : fitting(fixed, words));
  return picker({
    label, describedby, focus, many: several, max: it.max_selected_items, chosen: [...kept.keys()], options: search,
    placeholder: wordsOf(it.placeholder) || t("field.choose"), textOf: (value) => wordsOf(kept.get(value)?.text) || value,
    pick: (values, shown) => {
      for (const row of [...fixed, ...shown]) if (values.includes(row.value)) kept.set(row.value, row.option);
      const chosen = values.map((value) => kept.get(value));
      change(several ? { selected_options: chosen } : { selected_option: chosen[0] || null });
    },
  });
}

function people({ it, block, place, focus, change, label, describedby }) {
  const several = it.type === "multi_users_select";
  const now = place.fields.get(block, it);
  const rows = place.people.map((one) => ({ value: one.id, text: one.name, note: one.title || "" }));
  return picker({
    label, describedby, focus, many: several, max: it.max_selected_items, options: (words) => fitting(rows, words),
    chosen: several ? now.selected_users || [] : [now.selected_user].filter(Boolean),
    placeholder: wordsOf(it.placeholder) || t("field.person"), textOf: (id) => place.names.user(id),
    pick: (values) => change(several ? { selected_users: values } : { selected_user: values[0] || null }),
  });
}

function rooms({ it, block, place, focus, change, label, describedby }) {
  const several = it.type.startsWith("multi_");
  const key = it.type.includes("channels") ? "selected_channel" : "selected_conversation";
  const now = place.fields.get(block, it);
  const chosen = several ? now[`${key}s`] || [] : [now[key]].filter(Boolean);
  const rows = place.channels.filter((one) => fits(one, it)).map((one) => ({ value: one.id, text: one.label }));
  return picker({
    label, describedby, focus, many: several, max: it.max_selected_items, options: (words) => fitting(rows, words), chosen,
    placeholder: wordsOf(it.placeholder) || t("field.channel"), textOf: (id) => `#${place.names.channel(id)}`,
    pick: (values) => change(several ? { [`${key}s`]: values } : { [key]: values[0] || null }),
  });
}

/** Applies a conversations_select's filter: kinds, and channels shared with other companies. */
function fits(room, it) {
  const kinds = it.type.includes("channels") ? ["public"] : it.filter?.include;
  if (room.archived) return false;
  if (it.filter?.exclude_external_shared_channels && room.external) return false;
  return !kinds || kinds.includes(room.slackKind);
}

const INPUT = {
  number_input: { inputmode: "decimal" }, email_text_input: { type: "email" }, url_text_input: { type: "url" },
};

function typed({ it, block, place, focus, change, live, label, describedby }) {
  const rich = it.type === "rich_text_input";
  const now = place.fields.get(block, it);
  const value = rich ? plainOf(now.rich_text_value) : now.value ?? "";
  const wrap = (words) => (rich ? { rich_text_value: richOf(words) } : { value: words === "" ? null : words });
  const props = {
    class: "text", value, "aria-label": label, "aria-describedby": describedby, data: { focus, action: it.action_id },
    placeholder: wordsOf(it.placeholder) || null, maxlength: it.max_length || (it.type === "plain_text_input" ? 3000 : null),
    onInput: (event) => {
      place.fields.set(block, it, wrap(event.target.value));
      if (live && it.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered")) later(() => change(wrap(event.target.value)));
    },
    onKeydown: (event) => {
      const wanted = it.dispatch_action_config?.trigger_actions_on;
      if (event.key !== "Enter" || !live || (it.multiline && !event.ctrlKey)) return;
      event.preventDefault();
      if (!wanted || wanted.includes("on_enter_pressed")) change(wrap(event.target.value));
    },
  };
  if (it.multiline || rich) return h("textarea", { rows: 4, ...props });
  return h("input", { type: "text", autocomplete: "off", ...INPUT[it.type], ...props });
}

let waiting = null;
function later(run) {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(run, 350);
}

const richOf = (words) => (words === "" ? null : {
  type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: words }] }],
});

function plainOf(block) {
  const walk = (piece) => piece.text ?? (piece.elements || []).map(walk).join("");
  return (block?.elements || []).map(walk).join("\n");
}

const MOMENTS = { datepicker: ["date", "selected_date"], timepicker: ["time", "selected_time"], datetimepicker: ["datetime-local", "selected_date_time"] };

function moment({ it, block, place, focus, change, label, describedby }) {
  const [type, key] = MOMENTS[it.type];
  const now = place.fields.get(block, it)[key];
  const local = type === "datetime-local" && now ? new Date(now * 1000 - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16) : now;
  const say = (given) => (type === "datetime-local" && given ? Math.floor(new Date(given).getTime() / 1000) : given || null);
  return h("input", {
    type, class: "text short", value: local ?? "", "aria-label": label, "aria-describedby": describedby,
    data: { focus, action: it.action_id }, onChange: (event) => change({ [key]: say(event.target.value) }),
  });
}

function fileInput() {
  return h("span", { class: "unknown" }, t("block.files"));
}
