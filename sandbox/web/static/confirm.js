// Shows a small dialog over a pane and waits for the choice: Block Kit's confirm, and our own questions.
import { h, freshId } from "./dom.js";
import { t } from "./words.js";
import { text, wordsOf } from "./texts.js";

/** confirm: Block Kit's confirm object. → true when the person goes ahead. Escape and the scrim mean no. */
export function confirmed(host, confirm, names) {
  return ask(host, {
    title: wordsOf(confirm.title), body: text(confirm.text, names),
    yes: wordsOf(confirm.confirm) || t("yes"), no: wordsOf(confirm.deny) || t("cancel"), danger: confirm.style === "danger",
  });
}

export function ask(host, { title, body, yes, no, danger }) {
  const before = document.activeElement;
  return new Promise((resolve) => {
    const titleId = freshId("title");
    const done = (answer) => { veil.remove(); before?.focus?.(); resolve(answer); };
    const cancel = h("button", { type: "button", class: "button", onClick: () => done(false) }, no);
    const go = h("button", { type: "button", class: `button ${danger ? "danger solid" : "primary"}`, onClick: () => done(true) }, yes);
    const box = h("div", { class: "confirm", role: "alertdialog", "aria-modal": "true", "aria-labelledby": titleId },
      h("h2", { id: titleId }, title), h("div", { class: "words" }, body), h("div", { class: "row end" }, cancel, go));
    const veil = h("div", { class: "veil", onClick: (event) => { if (event.target === veil) done(false); } }, box);
    veil.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); done(false); }
      holdFocus(event, box);
    });
    host.append(veil);
    go.focus();
  });
}

/** Keeps Tab inside `box`. */
export function holdFocus(event, box) {
  if (event.key !== "Tab") return;
  const stops = [...box.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0']")]
    .filter((node) => !node.disabled && node.offsetParent !== null && node.tabIndex >= 0);
  if (!stops.length) return;
  const [first, last] = [stops[0], stops.at(-1)];
  if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
  else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
  else if (!box.contains(document.activeElement)) { event.preventDefault(); first.focus(); }
}
