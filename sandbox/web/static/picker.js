// A list to choose one or several things from, with search: people, channels, and every select that takes several.
import { h, freshId } from "./dom.js";
import { t } from "./words.js";

/**
 * options(search) → [{value, text, note?, group?}] or a promise of them. chosen: values. many: several allowed.
 * pick(values) is told once the person has chosen (each tick when many). focus: name that keeps the focus.
 */
export function picker({ label, placeholder, options, chosen, textOf, many, max, pick, focus, describedby }) {
  let values = [...chosen];
  let shown = [];
  let active = 0;
  const listId = freshId("list");
  const face = h("span", { class: "picker-face" });
  const button = h("button", {
    type: "button", class: "picker-button", "aria-haspopup": "listbox", "aria-expanded": "false",
    data: { focus }, "aria-describedby": describedby, onClick: () => (popup.hidden ? open() : close()),
  }, face, h("span", { class: "caret", "aria-hidden": "true" }, "▾"));
  const search = h("input", {
    type: "text", class: "picker-search", role: "combobox", "aria-expanded": "true", "aria-controls": listId,
    "aria-label": t("picker.search", { label }), placeholder: t("picker.type"), autocomplete: "off",
    onInput: () => { active = 0; refresh(); }, onKeydown: keys,
  });
  const list = h("ul", { id: listId, role: "listbox", "aria-label": label, "aria-multiselectable": many ? "true" : null });
  const popup = h("div", { class: "picker-popup", hidden: true }, search, list);
  const box = h("div", { class: "picker" }, button, popup);
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) close(false); });
  paint();
  return box;

  function paint() {
    const names = values.map(textOf);
    face.replaceChildren(...(names.length
      ? names.map((name) => h("span", { class: many ? "chip" : "" }, name))
      : [h("span", { class: "placeholder" }, placeholder)]));
    button.setAttribute("aria-label", `${label}: ${names.join(", ") || placeholder}`);
  }

  async function refresh() {
    const asked = search.value;
    list.setAttribute("aria-busy", "true");
    const found = await options(asked);
    if (asked !== search.value) return;
    list.removeAttribute("aria-busy");
    shown = found;
    active = Math.min(active, Math.max(0, shown.length - 1));
    draw();
  }

  function draw() {
    let group = null;
    const rows = [];
    shown.forEach((option, index) => {
      if (option.group && option.group !== group) rows.push(h("li", { class: "group", role: "presentation" }, option.group));
      group = option.group;
      const on = values.includes(option.value);
      rows.push(h("li", {
        id: `${listId}-${index}`, role: "option", "aria-selected": on ? "true" : "false",
        class: index === active ? "active" : "", onMousedown: (event) => { event.preventDefault(); take(index); },
      }, h("span", { class: "tick", "aria-hidden": "true" }, on ? "✓" : ""), h("span", {}, option.text,
        option.note ? h("small", {}, option.note) : null)));
    });
    if (!rows.length) rows.push(h("li", { class: "none", role: "presentation" }, t("picker.none")));
    list.replaceChildren(...rows);
    search.setAttribute("aria-activedescendant", shown.length ? `${listId}-${active}` : "");
    list.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }

  function take(index) {
    const option = shown[index];
    if (!option) return;
    if (!many) values = [option.value];
    else if (values.includes(option.value)) values = values.filter((one) => one !== option.value);
    else if (!max || values.length < max) values = [...values, option.value];
    active = index;
    paint();
    if (many) draw();
    else close();
    pick(values, shown);
  }

  function keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) active = (active + step + shown.length) % shown.length;
    else if (event.key === "Enter") take(active);
    else if (event.key === "Escape") { event.stopPropagation(); close(); }
    else return;
    event.preventDefault();
    if (step) draw();
  }

  function open() {
    popup.hidden = false;
    button.setAttribute("aria-expanded", "true");
    search.value = "";
    active = 0;
    search.focus();
    refresh();
    const room = box.closest(".modal-body, .scroller");
    if (room) window.setTimeout(() => popup.scrollIntoView({ block: "nearest" }), 30);
  }

  function close(back = true) {
    if (popup.hidden) return;
    popup.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  }
}

/** Options of a fixed list that fit what was typed, accents and case aside. */
export function fitting(options, search) {
  const wanted = fold(search);
  const named = options.filter((option) => fold(option.text).includes(wanted));
  const begun = named.filter((option) => fold(option.text).startsWith(wanted));
  const noted = options.filter((option) => !named.includes(option) && fold(option.note || "").includes(wanted));
  return [...begun, ...named.filter((option) => !begun.includes(option)), ...noted];
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
