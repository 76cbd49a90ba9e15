// Turns a rich_text block into DOM nodes.
import { h } from "./dom.js";
import { dateToken } from "./dates.js";
import { sign } from "./emoji.js";

export function richText(block, names) {
  return h("div", { class: "rich" }, (block.elements || []).map((element) => part(element, names)));
}

function part(element, names) {
  const inner = () => (element.elements || []).map((piece) => leaf(piece, names));
  switch (element.type) {
    case "rich_text_list": return list(element, names);
    case "rich_text_quote": return h("blockquote", {}, inner());
    case "rich_text_preformatted": return h("pre", { class: "code" }, h("code", {}, inner()));
    default: return h("p", {}, inner());
  }
}

function list(element, names) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const depth = Math.min(Number(element.indent) || 0, 8);
  const items = (element.elements || []).map((item) => h("li", {}, (item.elements || []).map((piece) => leaf(piece, names))));
  return h(tag, { class: `indent-${depth}`, start: tag === "ol" && element.offset ? element.offset + 1 : null }, items);
}

function leaf(piece, names) {
  return styled(bare(piece, names), piece.style || {});
}

function bare(piece, names) {
  switch (piece.type) {
    case "text": return textWithBreaks(piece.text || "");
    case "link": return h("a", { href: piece.url, target: "_blank", rel: "noreferrer noopener" }, piece.text || piece.url);
    case "user": return h("span", { class: "mention" }, `@${names.user(piece.user_id)}`);
    case "channel": return h("span", { class: "mention" }, `#${names.channel(piece.channel_id)}`);
    case "usergroup": return h("span", { class: "mention" }, `@${piece.usergroup_id}`);
    case "broadcast": return h("strong", { class: "broadcast" }, `@${piece.range}`);
    case "emoji": return sign(piece.name) || `:${piece.name}:`;
    case "date": return dateToken(`!date^${piece.timestamp}^${piece.format}`, piece.fallback || "");
    case "color": return h("code", {}, piece.value || "");
    default: return "";
  }
}

function textWithBreaks(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

function styled(node, style) {
  let nodes = node;
  if (style.code) nodes = h("code", {}, nodes);
  if (style.bold) nodes = h("strong", {}, nodes);
  if (style.italic) nodes = h("em", {}, nodes);
  if (style.strike) nodes = h("s", {}, nodes);
  return nodes;
}
