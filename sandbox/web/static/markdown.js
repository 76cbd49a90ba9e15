// Turns Markdown (a file, or a markdown block) into DOM nodes: the part of the language that documents use.
import { h } from "./dom.js";

/** text: Markdown. → one element. Raw HTML in it is shown as text. */
export function markdown(text, top = 2) {
  const box = h("div", { class: "prose" });
  const rows = String(text ?? "").replace(/\r\n?/g, "\n").split("\n");
  let at = 0;
  while (at < rows.length) {
    const [node, next] = block(rows, at, top);
    if (node) box.append(node);
    at = next;
  }
  return box;
}

const BULLET = /^(\s*)[-*+] +(.*)$/;
const NUMBER = /^(\s*)(\d+)[.)] +(.*)$/;

function block(rows, at, top) {
  const row = rows[at];
  const heading = row.match(/^(#{1,6}) +(.*?)#*$/);
  if (!row.trim()) return [null, at + 1];
  if (heading) return [h(`h${Math.min(6, heading[1].length + top - 1)}`, {}, inline(heading[2])), at + 1];
  if (/^```/.test(row)) return fence(rows, at);
  if (/^ {0,3}([-*_])( *\1){2,} *$/.test(row)) return [h("hr"), at + 1];
  if (/^ {0,3}>/.test(row)) return quote(rows, at, top);
  if (/\|/.test(row) && /^ *\|? *:?-+/.test(rows[at + 1] || "") && /\|/.test(rows[at + 1])) return table(rows, at);
  if (BULLET.test(row) || NUMBER.test(row)) return list(rows, at);
  return paragraph(rows, at);
}

function fence(rows, at) {
  let end = at + 1;
  while (end < rows.length && !/^```/.test(rows[end])) end += 1;
  return [h("pre", { class: "code" }, h("code", {}, rows.slice(at + 1, end).join("\n"))), end + 1];
}

function quote(rows, at, top) {
  let end = at;
  while (end < rows.length && /^ {0,3}>/.test(rows[end])) end += 1;
  const inner = markdown(rows.slice(at, end).map((row) => row.replace(/^ {0,3}> ?/, "")).join("\n"), top);
  return [h("blockquote", {}, [...inner.childNodes]), end];
}

const cells = (row) => row.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));

function table(rows, at) {
  let end = at + 2;
  while (end < rows.length && /\|/.test(rows[end])) end += 1;
  const head = h("tr", {}, cells(rows[at]).map((cell) => h("th", { scope: "col" }, inline(cell))));
  const body = rows.slice(at + 2, end).map((row) => h("tr", {}, cells(row).map((cell) => h("td", {}, inline(cell)))));
  return [h("div", { class: "scroll", tabindex: "0" }, h("table", {}, h("thead", {}, head), h("tbody", {}, body))), end];
}

function list(rows, at) {
  const ordered = NUMBER.test(rows[at]);
  const mark = ordered ? NUMBER : BULLET;
  const depth = rows[at].match(mark)[1].length;
  const box = h(ordered ? "ol" : "ul", ordered ? { start: rows[at].match(NUMBER)[2] } : {});
  let end = at;
  while (end < rows.length && rows[end].trim()) {
    const found = rows[end].match(mark);
    const indent = rows[end].match(/^\s*/)[0].length;
    if (found && found[1].length === depth) {
      box.append(h("li", {}, inline(found[ordered ? 3 : 2])));
      end += 1;
    } else if (indent > depth && (BULLET.test(rows[end]) || NUMBER.test(rows[end]))) {
      const [inner, next] = list(rows, end);
      (box.lastElementChild || box).append(inner);
      end = next;
    } else if (indent > depth && box.lastElementChild) {
      box.lastElementChild.append(" ", ...inline(rows[end].trim()));
      end += 1;
    } else break;
  }
  return [box, Math.max(end, at + 1)];
}

function paragraph(rows, at) {
  let end = at + 1;
  while (end < rows.length && rows[end].trim() && !/^(#{1,6} |```| {0,3}>)/.test(rows[end])
    && !BULLET.test(rows[end]) && !NUMBER.test(rows[end])) end += 1;
  const nodes = rows.slice(at, end).flatMap((row, index, all) => {
    const hard = / {2,}$|\\$/.test(row) && index < all.length - 1;
    return [...inline(row.replace(/( +|\\)$/, "")), hard ? h("br") : "\n"];
  });
  return [h("p", {}, nodes), end];
}

const MARK = /(\\[\\`*_{}[\]()#+.!|<>~-])|`([^`]+)`|\*\*(?=\S)(.+?)\*\*|__(?=\S)(.+?)__|\*(?=\S)([^*]+?)\*|(?<![\p{L}\p{N}])_(?=\S)([^_]+?)_(?![\p{L}\p{N}])|~~(.+?)~~|\[([^\]]+)\]\(([^()\s]+)(?: "[^"]*")?\)|<(https?:[^>\s]+)>/u;

function inline(text) {
  const nodes = [];
  let rest = text;
  for (;;) {
    const found = rest.match(MARK);
    if (!found) break;
    if (found.index) nodes.push(rest.slice(0, found.index));
    nodes.push(marked(found));
    rest = rest.slice(found.index + found[0].length);
  }
  nodes.push(rest);
  return nodes;
}

function marked([whole, escaped, code, bold, bold2, italic, italic2, strike, label, address, bare]) {
  if (escaped) return escaped.slice(1);
  if (code) return h("code", {}, code);
  if (bold || bold2) return h("strong", {}, inline(bold || bold2));
  if (italic || italic2) return h("em", {}, inline(italic || italic2));
  if (strike) return h("s", {}, inline(strike));
  if (label) return h("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, inline(label));
  if (bare) return h("a", { href: bare, target: "_blank", rel: "noreferrer noopener" }, bare);
  return whole;
}
