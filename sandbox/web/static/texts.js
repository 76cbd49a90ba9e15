// Draws Slack's text objects: plain_text with emoji, mrkdwn with its marks.
import { h } from "./dom.js";
import { mrkdwn, plain } from "./mrkdwn.js";

export const wordsOf = (text) => (text ? plain(text.text) : "");

/** A text object, plain or mrkdwn. */
export function text(object, names) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text, names) : breaks(plain(object.text));
}

const breaks = (words) => words.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
