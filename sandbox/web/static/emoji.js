// Replaces the emoji shortcodes a bot is likely to use; the others stay as typed.

const SIGNS = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", wave: "👋", tada: "🎉", eyes: "👀", warning: "⚠️",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", bulb: "💡", memo: "📝",
  pencil: "📝", pencil2: "✏️", calendar: "📅", date: "📅", hourglass: "⌛", hourglass_flowing_sand: "⏳", clock1: "🕐",
  alarm_clock: "⏰", bell: "🔔", no_bell: "🔕", lock: "🔒", unlock: "🔓", key: "🔑", speech_balloon: "💬",
  busts_in_silhouette: "👥", bust_in_silhouette: "👤", raised_hands: "🙌", clap: "👏", pray: "🙏", heart: "❤️",
  star: "⭐", sparkles: "✨", rocket: "🚀", dart: "🎯", compass: "🧭", seedling: "🌱", sunny: "☀️", partly_sunny: "⛅",
  cloud: "☁️", rain_cloud: "🌧️", smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔", neutral_face: "😐",
  question: "❓", grey_question: "❔", exclamation: "❗", information_source: "ℹ️", arrow_right: "➡️", link: "🔗",
  paperclip: "📎", page_facing_up: "📄", clipboard: "📋", bookmark: "🔖", pushpin: "📌", bar_chart: "📊",
  chart_with_upwards_trend: "📈", large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴",
  white_circle: "⚪", house: "🏠", hammer_and_wrench: "🛠️", mag: "🔍", email: "✉️", handshake: "🤝", ok_hand: "👌",
  muscle: "💪", fire: "🔥", snowflake: "❄️", one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣",
};

/** ":wave: Hello" → "👋 Hello". */
export function emoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => sign(name) || whole);
}

export const sign = (name) => (Object.hasOwn(SIGNS, name) ? SIGNS[name] : "");

/** What the reaction menu offers. */
export const REACTIONS = ["+1", "white_check_mark", "eyes", "heart", "raised_hands", "thinking_face"];
