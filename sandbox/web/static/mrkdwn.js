// Turns Slack's mrkdwn into DOM nodes: bold, italic, strike, code, quotes, lists, links, mentions, dates, emoji.
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { dateToken } from "./dates.js";

/** Slack escapes only these three. */
export const unescape = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

/** text: mrkdwn as sent. names: {user(id), channel(id)} giving what to show. → array of nodes. */
export function mrkdwn(text, names) {
  const nodes = [];
  for (const [index, part] of String(text ?? "").split("```").entries()) {
    if (index % 2) nodes.push(h("pre", { class: "code" }, h("code", {}, unescape(part.replace(/^\n/, "")))));
    else nodes.push(...lines(part, names));
  }
  return nodes;
}

/** A plain_text object: no markup, emoji shortcodes only. */
export function plain(text) {
  return emoji(String(text ?? ""));
}

function lines(part, names) {
  const nodes = [];
  let quote = null;
  const all = part.split("\n");
  all.forEach((line, index) => {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quoted) {
      if (!quote) nodes.push((quote = h("blockquote")));
      else quote.append(h("br"));
      quote.append(...inline(quoted[1], names));
      return;
    }
    const afterQuote = quote !== null;
    quote = null;
    if (index > 0 && !afterQuote) nodes.push(h("br"));
    nodes.push(...inline(line, names));
  });
  return nodes;
}

const MARK = /(`(?!\u200b)[^`\n]+`)|(<[^<>\n]+>)|(?<![\p{L}\p{N}_*])\*(?=[^\s\u200b])((?:\u200b\*\u200b|[^*\n])*?[^*\s\u200b])\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(?=[^\s\u200b])((?:\u200b_\u200b|[^_\n])*?[^_\s\u200b])_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(?=[^\s\u200b])((?:\u200b~\u200b|[^~\n])*?[^~\s\u200b])~(?![\p{L}\p{N}~])/u;

function inline(text, names) {
  const nodes = [];
  let rest = text;
  for (;;) {
    const found = rest.match(MARK);
    if (!found) break;
    if (found.index > 0) nodes.push(emoji(unescape(rest.slice(0, found.index))));
    nodes.push(marked(found, names));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) nodes.push(emoji(unescape(rest)));
  return nodes;
}

function marked([whole, code, angle, bold, italic, strike], names) {
  if (code) return h("code", {}, unescape(code.slice(1, -1)));
  if (angle) return angled(angle.slice(1, -1), names);
  if (bold !== undefined) return h("strong", {}, inline(bold, names));
  if (italic !== undefined) return h("em", {}, inline(italic, names));
  if (strike !== undefined) return h("s", {}, inline(strike, names));
  return whole;
}

function angled(inside, names) {
  const bar = inside.indexOf("|");
  const [target, label] = bar < 0 ? [inside, ""] : [inside.slice(0, bar), inside.slice(bar + 1)];
  if (/^@[UW]/.test(target)) return h("span", { class: "mention" }, `@${names.user(target.slice(1), label)}`);
  if (/^#[CG]/.test(target)) return h("span", { class: "mention" }, `#${names.channel(target.slice(1), label)}`);
  if (target.startsWith("!date^")) return dateToken(target, unescape(label));
  if (/^!(here|channel|everyone)/.test(target)) return h("strong", { class: "broadcast" }, `@${target.slice(1)}`);
  if (target.startsWith("!")) return unescape(label || target);
  if (/^(https?:|mailto:)/i.test(target)) {
    return h("a", { href: unescape(target), target: "_blank", rel: "noreferrer noopener" }, unescape(label || target));
  }
  return unescape(`<${inside}>`);
}
