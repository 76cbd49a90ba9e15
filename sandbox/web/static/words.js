// Gives the page's own words in the chosen language, with the typography of that language.

const table = JSON.parse(document.getElementById("words").textContent);
let chosen = localStorage.getItem("sandbox.language") || (navigator.language.startsWith("fr") ? "fr" : "en");

export const language = () => chosen;

export function setLanguage(code) {
  chosen = code === "fr" ? "fr" : "en";
  localStorage.setItem("sandbox.language", chosen);
  document.documentElement.lang = chosen;
}

export const known = (key) => Object.hasOwn(table, key);

/** The words of `key`, with {names} replaced. An unknown key shows itself, so that it is noticed. */
export function t(key, values = {}) {
  const entry = table[key];
  const words = entry ? entry[chosen] : key;
  const filled = words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  return chosen === "fr" ? french(filled) : filled;
}

/** Words that come in both languages, {en, fr}, in the chosen one. */
export const inLanguage = (both) => (chosen === "fr" ? french(both.fr) : both.en);

/** No-break spaces of French print: before : ; ! ? and inside « ». */
export function french(text) {
  return text
    .replace(/ ([;!?])/g, "\u202f$1")
    .replace(/ (:|»|%)/g, "\u00a0$1")
    .replace(/« /g, "«\u00a0");
}

/** Reads key.one or key.many by the number; zero is singular in French. */
export function count(number, key) {
  const single = chosen === "fr" ? number < 2 : number === 1;
  return t(`${key}.${single ? "one" : "many"}`, { n: number });
}

/** What Slack's client says in English, in the words of this page; unknown sentences stay as they are. */
const SLACK = [[/trouble connecting/i, "shown.trouble_connecting"], [/required field/i, "field.required"]];

/** code: what kind of trouble; says: Slack's own English sentence, used when the code is unknown here. */
export function fromSlack(code, says) {
  if (known(`shown.${code}`)) return t(`shown.${code}`);
  const sentence = says || code;
  const found = SLACK.find(([shape]) => shape.test(sentence));
  return found ? t(found[1]) : sentence || t("shown.failed");
}

const locale = () => (chosen === "fr" ? "fr-FR" : "en-GB");

/** "10:42", in `zone` or in the zone of this computer. Unknown zones fall back to the latter. */
export function clockTime(seconds, zone) {
  return format(seconds, { hour: "2-digit", minute: "2-digit" }, zone);
}

export function dayAndTime(seconds, zone) {
  return format(seconds, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }, zone);
}

export function longDay(seconds, zone) {
  return format(seconds, { weekday: "long", day: "numeric", month: "long" }, zone);
}

export function format(seconds, shape, zone) {
  const when = new Date(Number(seconds) * 1000);
  if (Number.isNaN(when.getTime())) return "";
  try {
    return new Intl.DateTimeFormat(locale(), { ...shape, timeZone: zone || undefined }).format(when);
  } catch {
    return new Intl.DateTimeFormat(locale(), shape).format(when);
  }
}

/** Bytes as a short readable size. */
export function size(bytes) {
  if (!(bytes >= 0)) return "";
  if (bytes < 1000) return `${bytes} ${t("size.bytes")}`;
  const kilo = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(bytes / 1000);
  return `${kilo} ${t("size.kilobytes")}`;
}
