// Draws one message: who, when, blocks or text, files, reactions, replies, and its ⋯ menu.
import { h } from "./dom.js";
import { t, clockTime, count, size } from "./words.js";
import { block } from "./blocks.js";
import { mrkdwn } from "./mrkdwn.js";
import { menuButton } from "./menu.js";
import { sign, REACTIONS } from "./emoji.js";

/** message: Slack's JSON. it: {place, author, zone, mine, inThread, gestures, shortcuts, replies}. */
export function messageNode(message, it) {
  const name = it.author.name;
  const time = clockTime(message.ts, it.zone);
  const node = h("article", {
    class: `message ${message.is_ephemeral ? "ephemeral" : ""} ${message.subtype === "tombstone" ? "gone" : ""}`,
    "aria-label": `${name}, ${time}`, data: { ts: message.ts },
  },
  avatar(it.author),
  h("div", { class: "message-body" },
    h("header", {}, h("strong", { class: "author" }, name),
      it.author.is_bot ? h("span", { class: "badge" }, t("message.app")) : null,
      h("time", { datetime: new Date(message.ts * 1000).toISOString() }, time),
      message.edited ? h("span", { class: "quiet" }, t("message.edited")) : null),
    message.is_ephemeral ? h("p", { class: "only-you" }, h("span", { "aria-hidden": "true" }, "◉ "), t("message.only_you")) : null,
    content(message, it), files(message, it), reactions(message, it), replies(message, it)),
  message.subtype === "tombstone" ? null : tools(message, it));
  return node;
}

export function avatar(person) {
  const initials = person.is_bot ? "◈" : person.name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("");
  return h("span", { class: `avatar hue-${hue(person.id)} ${person.is_bot ? "bot" : ""}`, "aria-hidden": "true" }, initials);
}

const hue = (id) => [...String(id)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % 8;

function content(message, it) {
  const blocks = message.blocks || [];
  const typed = message.text && !it.author.is_bot && blocks.every((one) => one.type === "rich_text");
  const useful = blocks.length > 0 && !typed;
  const words = !useful && message.text ? h("div", { class: "words" }, mrkdwn(message.text, it.place.names)) : null;
  return h("div", { class: "content" }, words, useful ? blocks.map((one) => block(one, it.place)) : null,
    (message.attachments || []).map((one) => h("div", { class: "attachment" },
      one.pretext ? h("div", { class: "words" }, mrkdwn(one.pretext, it.place.names)) : null,
      one.title ? h("strong", {}, one.title) : null,
      one.blocks ? one.blocks.map((inner) => block(inner, it.place)) : h("div", { class: "words" }, mrkdwn(one.text || one.fallback || "", it.place.names)))));
}

function files(message, it) {
  return (message.files || []).map((file) => [picture(file), h("div", { class: "file" },
    h("span", { class: "file-sign", "aria-hidden": "true" }, file.name.split(".").pop().slice(0, 4).toUpperCase()),
    h("div", { class: "file-words" }, h("strong", {}, file.title || file.name),
      h("span", { class: "quiet" }, `${file.name} · ${size(file.size)}`)),
    /markdown|text|csv|json/.test(`${file.mimetype} ${file.filetype}`)
      ? h("button", { type: "button", class: "button", data: { focus: `read/${file.id}` }, onClick: () => it.gestures.read(file) }, t("file.read")) : null,
    h("a", { class: "button", href: local(file.url_private_download || file.url_private), download: file.name }, t("file.download")))]);
}

/** A picture is looked at where it stands, as in Slack. */
function picture(file) {
  if (!/^image\//.test(file.mimetype)) return null;
  return h("img", { class: "file-picture", src: local(file.url_private), alt: file.title || file.name });
}

/** Files come with the server's own address in front; the path is enough, and stays on this computer. */
export function local(address) {
  try {
    const url = new URL(address, window.location.href);
    return url.pathname.startsWith("/") ? url.pathname + url.search : "#";
  } catch { return "#"; }
}

function reactions(message, it) {
  const all = message.reactions || [];
  if (!all.length) return null;
  return h("div", { class: "row reactions" }, all.map((one) => {
    const mine = (one.users || []).includes(it.me);
    const who = (one.users || []).map((user) => it.place.names.user(user)).join(", ");
    return h("button", {
      type: "button", class: "reaction", "aria-pressed": String(mine), title: who, data: { focus: `react/${message.ts}/${one.name}` },
      "aria-label": t("message.reaction", { name: one.name, n: one.count || (one.users || []).length, who }),
      onClick: () => it.gestures.react(message, one.name),
    }, sign(one.name) || `:${one.name}:`, ` ${one.count || (one.users || []).length}`);
  }));
}

function replies(message, it) {
  if (it.inThread || !message.reply_count) return null;
  return h("button", { type: "button", class: "replies", data: { focus: `thread/${message.ts}` }, onClick: () => it.gestures.openThread(message.thread_ts || message.ts) },
    count(message.reply_count, "message.replies"), h("span", { "aria-hidden": "true" }, " ›"));
}

function tools(message, it) {
  if (message.is_ephemeral) {
    return h("div", { class: "message-tools" }, h("button", {
      type: "button", class: "button quiet-button", data: { focus: `hide/${message.ts}` }, onClick: () => it.gestures.hide(message),
    }, t("message.dismiss")));
  }
  const items = [];
  if (it.shortcuts.length) {
    items.push({ words: t("message.shortcuts") });
    for (const one of it.shortcuts) items.push({ words: one.name, note: "Cadrage", run: () => it.gestures.shortcut(message, one.callback_id) });
  }
  items.push({ words: t("message.also") });
  if (!it.inThread) items.push({ words: t("message.reply"), run: () => it.gestures.openThread(message.thread_ts || message.ts) });
  items.push(...REACTIONS.slice(0, 3).map((name) => ({ words: t("message.react", { sign: sign(name) }), run: () => it.gestures.react(message, name) })));
  items.push({ words: t("message.copy"), run: () => it.gestures.copyLink(message) });
  return h("div", { class: "message-tools" }, menuButton({ face: "⋯", label: t("message.more", { name: it.author.name }), items, focus: `more/${message.ts}` }));
}
