// Draws a data_visualization block: bars or lines as SVG with a text alternative, and the same figures as a
// table. Areas are drawn as lines; a pie has its table only.
import { h, freshId } from "./dom.js";
import { t } from "./words.js";

const NS = "http://www.w3.org/2000/svg";
const WIDTH = 480, HEIGHT = 200, FOOT = 34, TOP = 20, BESIDE = 24;
const LEADING = 13; // between two figures, one above the other

/** The block as a figure: title, legend, drawing, table. */
export function chart(it) {
  const data = it.chart || {};
  const series = data.series || [{ name: "", data: data.segments || [] }];
  const title = typeof it.title === "string" ? it.title : t("block.chart");
  const id = freshId("chart");
  return h("figure", { class: "chart", "aria-labelledby": id },
    h("figcaption", { id }, title),
    series.length > 1 ? legend(series) : null,
    data.type === "pie" ? null : drawing(title, series, data.axis_config || {}, data.type !== "bar"),
    h("details", {}, h("summary", {}, t("block.chart")), figures(title, series)));
}

/** "Solution: 52, 65": what the drawing shows, for those who do not see it. */
function alternative(title, series) {
  const labels = series[0]?.data.map((point) => point.label) || [];
  const said = labels.map((label, at) => `${label}: ${series.map((one) => one.data[at]?.value ?? "–").join(", ")}`);
  return `${title}. ${said.join("; ")}`;
}

function legend(series) {
  return h("ul", { class: "chart-legend", "aria-hidden": "true" },
    series.map((one, at) => h("li", { class: `chart-${at}` }, one.name)));
}

function drawing(title, series, axis, lines) {
  const labels = axis.categories || series[0]?.data.map((point) => point.label) || [];
  const values = series.flatMap((one) => one.data.map((point) => Number(point.value) || 0));
  const top = Math.max(1, ...values), floor = HEIGHT - FOOT;
  const room = lines ? WIDTH - BESIDE : WIDTH, wide = room / Math.max(1, labels.length), bar = Math.min(48, (wide - 24) / series.length);
  const node = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": alternative(title, series) });
  node.append(svg("line", { x1: 0, x2: WIDTH, y1: floor, y2: floor, class: "chart-axis" }));
  if (lines) node.append(...drawnLines(series, labels, wide, floor, top));
  labels.forEach((label, at) => {
    const left = at * wide + (wide - bar * series.length) / 2;
    if (!lines) series.forEach((one, nth) => node.append(...drawn(one, label, nth, left + nth * bar, bar, floor, top)));
    const ends = [0, labels.length - 1].includes(at), fits = labels.length <= 7;
    if (ends || fits) node.append(words(label, Math.max(at * wide + wide / 2, 26), HEIGHT - 12, "chart-label"));
  });
  return node;
}

/** Each line with its points, and its last figure beside it. */
function drawnLines(series, labels, wide, floor, top) {
  const lines = series.map((one) => labels.map((label, at) => {
    const value = Number(one.data.find((point) => point.label === label)?.value ?? 0);
    return { x: at * wide + wide / 2, y: floor - (Math.max(0, value) / top) * (floor - TOP), value };
  }));
  const lasts = lines.map((points) => points[points.length - 1]).filter(Boolean);
  const heights = apart(lasts.map((one) => one.y));
  return [
    ...lines.flatMap((points, nth) => [
      svg("polyline", { points: points.map((one) => `${one.x},${one.y}`).join(" "), class: `chart-line chart-${nth}` }),
      ...points.map((one) => svg("circle", { cx: one.x, cy: one.y, r: 3, class: `chart-point chart-${nth}` })),
    ]),
    ...lasts.map((one, nth) => words(String(one.value), one.x + 18, heights[nth] + 4, "chart-figure")),
  ];
}

/** The same heights, moved up where two figures would stand on each other. */
function apart(heights) {
  const placed = [...heights];
  heights.map((_, at) => at).sort((one, other) => heights[other] - heights[one]).forEach((at, n, order) => {
    if (n) placed[at] = Math.min(placed[at], placed[order[n - 1]] - LEADING);
  });
  return placed;
}

/** One bar with its figure above it. */
function drawn(one, label, nth, left, bar, floor, top) {
  const value = Number(one.data.find((point) => point.label === label)?.value ?? 0);
  const high = (Math.max(0, value) / top) * (floor - TOP);
  return [
    svg("rect", { x: left + 2, y: floor - high, width: bar - 4, height: high, class: `chart-bar chart-${nth}` }),
    words(String(value), left + bar / 2, floor - high - 4, "chart-figure"),
  ];
}

function figures(title, series) {
  return h("div", { class: "scroll", tabindex: "0" }, h("table", {}, h("caption", {}, title),
    series.length > 1 ? h("thead", {}, h("tr", {}, h("td", {}), series.map((one) => h("th", { scope: "col" }, one.name)))) : null,
    h("tbody", {}, (series[0]?.data || []).map((point, at) => h("tr", {}, h("th", { scope: "row" }, point.label),
      series.map((one) => h("td", { class: "to-right" }, String(one.data[at]?.value ?? ""))))))));
}

function words(text, x, y, name) {
  const node = svg("text", { x, y, class: name, "text-anchor": "middle" });
  node.append(document.createTextNode(text));
  return node;
}

function svg(tag, props) {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
  return node;
}
