// Draws what one types into: texts, numbers, addresses, dates and times.
import { h } from "./dom.js";
import { t } from "./words.js";
import { wordsOf } from "./texts.js";

const INPUT = {
  number_input: { inputmode: "decimal" }, email_text_input: { type: "email" }, url_text_input: { type: "url" },
};

export function typed({ it, block, place, focus, change, live, label, describedby }) {
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

export function moment({ it, block, place, focus, change, label, describedby }) {
  const [type, key] = MOMENTS[it.type];
  const now = place.fields.get(block, it)[key];
  const local = type === "datetime-local" && now ? new Date(now * 1000 - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16) : now;
  const say = (given) => (type === "datetime-local" && given ? Math.floor(new Date(given).getTime() / 1000) : given || null);
  return h("input", {
    type, class: "text short", value: local ?? "", "aria-label": label, "aria-describedby": describedby,
    data: { focus, action: it.action_id }, onChange: (event) => change({ [key]: say(event.target.value) }),
  });
}

export function fileInput({ it, place, block, focus, change, label, describedby }) {
  const known = place.fields.get(block, it).files || [];
  const said = h("span", { class: "quiet", role: "status" }, known.map((file) => file.name).join(", "));
  const accept = (it.filetypes || []).map((type) => `.${type}`).join(",");
  const pick = async (event) => {
    const chosen = [...event.target.files].slice(0, it.max_files || 10);
    const given = await Promise.all(chosen.map((file) => place.give(file)));
    const files = given.filter((answer) => answer.ok).map((answer) => answer.file);
    change({ files });
    said.textContent = files.length === chosen.length ? "" : t("block.files"); // the field itself says the names
  };
  return h("span", { class: "row" },
    h("input", {
      type: "file", accept: accept || null, multiple: (it.max_files || 10) > 1 || null, class: "text", "aria-label": label,
      "aria-describedby": describedby, data: { focus, action: it.action_id }, onChange: pick,
    }), said);
}
