// Shows a text or Markdown file of the pretend Slack over the place, with its source one press away.
import { h, freshId } from "./dom.js";
import { t } from "./words.js";
import { markdown } from "./markdown.js";
import { holdFocus } from "./confirm.js";
import { local } from "./message.js";

export async function readFile(host, file) {
  const before = document.activeElement;
  const titleId = freshId("file");
  const body = h("div", { class: "modal-body", tabindex: "0" }, h("p", { role: "status" }, t("waiting")));
  const close = h("button", { type: "button", class: "icon", "aria-label": t("modal.close"), onClick: () => done() }, "×");
  const swap = h("button", { type: "button", class: "button", hidden: true, "aria-pressed": "false" }, t("file.source"));
  const box = h("section", { class: "modal wide", role: "dialog", "aria-modal": "true", "aria-labelledby": titleId },
    h("header", {}, h("h2", { id: titleId }, file.title || file.name), close), body,
    h("footer", {}, swap, h("a", { class: "button", href: local(file.url_private_download || file.url_private), download: file.name }, t("file.download"))));
  const veil = h("div", { class: "veil" }, box);
  function done() { veil.remove(); before?.focus?.(); }
  veil.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); done(); }
    holdFocus(event, box);
  });
  host.append(veil);
  close.focus();
  const words = await content(file);
  const formatted = /markdown/.test(`${file.mimetype} ${file.filetype}`) ? markdown(words, 3) : null;
  const source = h("pre", { class: "code" }, words);
  let raw = !formatted;
  const paint = () => { body.replaceChildren(raw ? source : formatted); swap.setAttribute("aria-pressed", String(raw)); };
  swap.hidden = !formatted;
  swap.addEventListener("click", () => { raw = !raw; paint(); });
  paint();
}

async function content(file) {
  try {
    const answer = await fetch(local(file.url_private_download || file.url_private));
    return answer.ok ? await answer.text() : t("file.unreadable");
  } catch { return t("file.unreadable"); }
}
