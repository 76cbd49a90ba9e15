// Checks a form as Slack's own client does before it sends anything: required, lengths, numbers, addresses.
import { t } from "./words.js";
import { isEmpty } from "./fields.js";

/** → {block_id: sentence}; empty when all is well. */
export function problems(blocks, fields) {
  const found = {};
  for (const block of blocks) {
    if (block.type !== "input" || !block.element) continue;
    const value = fields.get(block, block.element);
    const sentence = isEmpty(value) ? (block.optional ? "" : t("field.required")) : wrong(block.element, value.value);
    if (sentence) found[block.block_id] = sentence;
  }
  return found;
}

function wrong(element, value) {
  if (element.min_length && String(value).length < element.min_length) return t("field.short", { n: element.min_length });
  if (element.type === "number_input") return wrongNumber(element, value);
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return t("field.email");
  if (element.type === "url_text_input" && !/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value)) return t("field.url");
  return "";
}

function wrongNumber(element, value) {
  const shape = element.is_decimal_allowed ? /^-?\d+([.,]\d+)?$/ : /^-?\d+$/;
  if (!shape.test(String(value).trim())) return t(element.is_decimal_allowed ? "field.number" : "field.whole");
  const number = Number(String(value).replace(",", "."));
  if (element.min_value !== undefined && number < Number(element.min_value)) return t("field.least", { n: element.min_value });
  if (element.max_value !== undefined && number > Number(element.max_value)) return t("field.most", { n: element.max_value });
  return "";
}
