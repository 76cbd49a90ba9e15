// Puts the control API's state into the page's own words: what one person sees. The only file that knows both.
import { t, language } from "./words.js";

const KINDS = { channel: "public", private: "private", im: "im", mpim: "mpim" };

/** state: the answer of /_/state. */
export function seenBy(state) {
  const people = (state.people || []).map((one) => person(one, state));
  const byId = new Map(people.map((one) => [one.id, one]));
  const rooms = (state.channels || []).map((one) => room(one, state));
  const names = {
    user: (id, label) => byId.get(id)?.name || label || id,
    channel: (id, label) => rooms.find((one) => one.id === id)?.name || label || id,
  };
  const me = byId.get(state.me.id);
  return {
    me, people, rooms, names, version: state.version || 0, now: Number(state.now || Date.now() / 1000),
    home: state.home || null, homeNews: 0, modals: state.modals || [], messagesTab: state.messages_tab || "",
    shortcuts: state.shortcuts || [], commands: commandLines(state.commands || []),
    app: state.app?.name || "Cadrage",
    guide: state.guide || {}, scenario: state.scenario || "",
    author: (message) => author(message, byId),
  };
}

function person(one, state) {
  const roles = state.guide?.roles?.[one.key] || {};
  return {
    id: one.id, key: one.key || "", name: one.name || one.id, title: roles[language()] || one.title || "", tz: one.tz || "",
    locale: one.locale || "en-US", is_bot: Boolean(one.is_bot), deleted: Boolean(one.deleted), unread: one.unread || 0,
    guest: Boolean(one.restricted || one.ultra_restricted), team: one.team || "",
  };
}

function room(one, state) {
  const name = one.name || state.me.name;
  const sign = one.kind === "private" ? "🔒 " : one.kind === "channel" ? "#" : "";
  return {
    id: one.id, name, label: `${sign}${name}`, slackKind: KINDS[one.kind] || one.kind, archived: Boolean(one.archived),
    member: one.member !== false, unread: one.member ? one.unread : 0, external: one.shared.length > 0, topic: one.topic || "",
    app: Boolean(one.app), canvases: one.canvases || [], messages: one.messages.map(({ warning, ...message }) => message),
  };
}

function author(message, byId) {
  const known = byId.get(message.user);
  if (known) return known;
  return { id: message.user || message.bot_id || "?", name: message.author || t("message.somebody"), is_bot: Boolean(message.bot_id) };
}

/** Commands for completion: each command, then each of its verbs when the usage hint lists them. */
function commandLines(commands) {
  return commands.flatMap((one) => {
    const verbs = (one.usage_hint || "").split("|").map((verb) => verb.replace(/[[\]]/g, "").trim()).filter((verb) => /^\p{L}/u.test(verb));
    return [{ line: `${one.command} `, note: one.description },
      ...verbs.map((verb) => ({ line: `${one.command} ${verb.split(/\s/)[0]}`, note: verb.split(/\s/).slice(1).join(" ") }))];
  });
}
