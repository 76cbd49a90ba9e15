// Shows Slack's date tokens (<!date^seconds^pattern|fallback>) in the language of the page.
import { h } from "./dom.js";
import { format } from "./words.js";

const SHAPES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  date_pretty: { year: "numeric", month: "long", day: "numeric" },
  date_short_pretty: { year: "numeric", month: "short", day: "numeric" },
  date_long_pretty: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  day_divider_pretty: { weekday: "long", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

/** target: "!date^1772000000^{date_short} {time}^link". A pattern it does not know shows the fallback. */
export function dateToken(target, fallback) {
  const [, seconds, pattern] = target.split("^");
  if (!/^\d+$/.test(seconds || "") || !pattern) return fallback;
  let known = true;
  const words = pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    if (!SHAPES[name]) known = false;
    return SHAPES[name] ? format(seconds, SHAPES[name]) : whole;
  });
  const day = new Date(Number(seconds) * 1000);
  if (!known || Number.isNaN(day.getTime())) return fallback;
  return h("time", { datetime: day.toISOString(), title: fallback }, words);
}
