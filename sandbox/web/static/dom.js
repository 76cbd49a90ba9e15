// Builds DOM nodes. Text is always a text node: nothing here parses HTML, so words typed by people stay words.

/** h("p", {class: "note", onClick: fn}, "text", node, [nodes]) → element. Null and false children are skipped. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) setProp(node, name, value);
  append(node, children);
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2).toLowerCase(), value);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "value" || name === "checked" || name === "selected" || name === "disabled") node[name] = value;
  else if (name === "href" || name === "src") node.setAttribute(name, safeAddress(value));
  else node.setAttribute(name, value === true ? "" : String(value));
}

export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** An address a hostile text may carry: only web, mail and our own paths are kept. */
export function safeAddress(address) {
  const text = String(address || "").trim();
  if (/^(https?:|mailto:|tel:)/i.test(text)) return text;
  if (text.startsWith("#") || /^\/(?![/\\])/.test(text)) return text;
  return "#";
}

/**
 * Keeps `box` equal to `items`: a child is rebuilt only when its JSON changed, so focus, scroll and open
 * menus of the others survive a refresh. Focus inside a rebuilt child goes to the control of the same name.
 */
export function keep(box, items, keyOf, build) {
  const old = new Map([...box.children].map((node) => [node.dataset.key, node]));
  const focus = focusName(box);
  let previous = null;
  for (const item of items) {
    const key = keyOf(item);
    const print = JSON.stringify(item);
    let node = old.get(key);
    if (!node || node.keptPrint !== print) {
      const fresh = build(item);
      fresh.dataset.key = key;
      fresh.keptPrint = print;
      if (node) node.replaceWith(fresh);
      node = fresh;
    }
    old.delete(key);
    const place = previous ? previous.nextSibling : box.firstChild;
    if (place !== node) box.insertBefore(node, place);
    previous = node;
  }
  for (const node of old.values()) node.remove();
  restoreFocus(box, focus);
}

/** The data-focus name of the control in `box` that has the keyboard, or null. */
export function focusName(box) {
  const held = document.activeElement;
  if (!held || !box.contains(held)) return null;
  const named = held.closest("[data-focus]");
  if (!named) return null;
  return { name: named.dataset.focus, start: held.selectionStart, end: held.selectionEnd };
}

export function restoreFocus(box, focus) {
  if (!focus || box.contains(document.activeElement)) return;
  const named = box.querySelector(`[data-focus="${CSS.escape(focus.name)}"]`);
  if (!named) return;
  named.focus({ preventScroll: true });
  if (focus.start !== null && focus.start !== undefined && named.setSelectionRange) {
    try { named.setSelectionRange(focus.start, focus.end); } catch { /* a select or a date has no caret */ }
  }
}

/** A number that is unique in this page, for ids that tie labels to controls. */
let lastId = 0;
export const freshId = (stem) => `${stem}-${(lastId += 1)}`;

/** Moves words into the live region, for people who listen to the page. */
export function announce(words) {
  const region = document.getElementById("live");
  if (!region) return;
  region.textContent = "";
  window.setTimeout(() => { region.textContent = words; }, 50);
}
