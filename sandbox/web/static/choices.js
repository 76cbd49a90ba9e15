// Draws what one chooses from: selects, radio buttons, checkboxes, lists of people and channels.
import { h, freshId } from "./dom.js";
import { t } from "./words.js";
import { text, wordsOf } from "./texts.js";
import { picker, fitting } from "./picker.js";

export function select({ it, block, place, focus, change, describedby, label }) {
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

export function choices({ it, block, place, focus, change, label, describedby }) {
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

export function many({ it, block, place, focus, change, label, describedby }) {
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

export function people({ it, block, place, focus, change, label, describedby }) {
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

export function rooms({ it, block, place, focus, change, label, describedby }) {
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
