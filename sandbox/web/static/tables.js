// Draws table and data_table blocks as plain tables.
import { h } from "./dom.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { richText } from "./richtext.js";

/** A cell: raw_text, raw_number, rich_text, a text object or a bare value. */
function cell(it, names) {
  if (it === null || it === undefined) return "";
  if (typeof it !== "object") return String(it);
  if (it.type === "rich_text") return richText(it, names);
  if (it.type === "mrkdwn") return mrkdwn(it.text, names);
  return plain(it.text ?? it.value ?? it.number ?? "");
}

export function table(it, place) {
  const [head, ...rows] = it.rows || [];
  const side = (index) => it.column_settings?.[index]?.align || "left";
  return frame(h("table", {},
    h("thead", {}, h("tr", {}, (head || []).map((one, index) => h("th", { scope: "col", class: `to-${side(index)}` }, cell(one, place.names))))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((one, index) => h("td", { class: `to-${side(index)}` }, cell(one, place.names))))))));
}

export function dataTable(it, place) {
  const caption = typeof it.caption === "string" ? it.caption : it.caption?.text;
  const rows = it.rows || [];
  const columns = it.columns || rows[0] || [];
  const body = it.columns ? rows : rows.slice(1);
  const cells = (row) => (Array.isArray(row) ? row : row.cells || []);
  const header = Number(it.row_header_column_index ?? it.row_header ?? 0);
  return frame(h("table", {}, caption ? h("caption", {}, caption) : null,
    h("thead", {}, h("tr", {}, cells(columns).map((one) => h("th", { scope: "col" }, cell(one?.label ?? one?.header ?? one, place.names))))),
    h("tbody", {}, body.map((row) => h("tr", {}, cells(row).map((one, index) => h(index === header ? "th" : "td",
      index === header ? { scope: "row" } : {}, cell(one, place.names))))))));
}

const frame = (inner) => h("div", { class: "scroll", tabindex: "0" }, inner);
