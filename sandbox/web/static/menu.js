// A button that opens a short menu, by mouse or keyboard; Escape closes it and gives the focus back.
import { h } from "./dom.js";

/** items: [{words, note?, run()}]. Items without run are headings. */
export function menuButton({ face, label, items, focus, className = "" }) {
  const button = h("button", {
    type: "button", class: `button menu-button ${className}`, "aria-label": label, "aria-haspopup": "menu", "aria-expanded": "false",
    title: label, data: { focus }, onClick: () => (menu.hidden ? open() : close()),
    onKeydown: (event) => { if (event.key === "ArrowDown") { event.preventDefault(); open(); } },
  }, face);
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, hidden: true, onKeydown: keys }, items.map(row));
  const box = h("span", { class: "menu-box" }, button, menu);
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) close(false); });
  return box;

  function row(item) {
    if (!item.run) return h("div", { class: "menu-title", role: "presentation" }, item.words);
    return h("button", {
      type: "button", role: "menuitem", tabindex: "-1", onClick: () => { close(); item.run(); },
    }, item.words, item.note ? h("small", {}, item.note) : null);
  }

  function keys(event) {
    const rows = [...menu.querySelectorAll("[role=menuitem]")];
    const at = rows.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) rows[(at + step + rows.length) % rows.length].focus();
    else if (event.key === "Home") rows[0].focus();
    else if (event.key === "End") rows.at(-1).focus();
    else if (event.key === "Escape") { event.stopPropagation(); close(); }
    else return;
    event.preventDefault();
  }

  function open() {
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    const edge = box.closest(".scroller, .modal-body, .pane")?.getBoundingClientRect();
    const at = button.getBoundingClientRect();
    menu.classList.toggle("leftwards", Boolean(edge) && at.left + menu.offsetWidth > edge.right - 8);
    menu.classList.toggle("upwards", Boolean(edge) && at.bottom + menu.offsetHeight > edge.bottom - 8);
    menu.querySelector("[role=menuitem]")?.focus();
  }

  function close(back = true) {
    if (menu.hidden) return;
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  }
}
