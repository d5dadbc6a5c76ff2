// A chart that grows, and the same numbers as a table and as an SVG.

import uPlot from "uplot";
import css from "uplot/dist/uPlot.min.css";
import { h, table } from "./elements.ts";

const sheet = new CSSStyleSheet(); // no style element: the policy forbids it
sheet.replaceSync(css);
document.adoptedStyleSheets.push(sheet);

export interface Line {
  name: string;
  /** A variable of site.css, such as `--rnn-lstm`. */
  colour: string;
  dash?: number[];
  /** Dots, in place of a line. */
  dots?: boolean;
  /** The same number everywhere: a line even beside a single point. */
  level?: boolean;
  values: (number | null)[];
}

export interface Shown {
  x: number[];
  lines: Line[];
}

const token = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export class Chart {
  element: HTMLElement;
  #frame = h("div", { class: "bench-chart" });
  #rows = h("div", {});
  #folded: HTMLDetailsElement;
  #plot: uPlot | null = null;
  #shape = "";
  #shown: Shown = { x: [], lines: [] };
  #label: string;
  #names: { x: string; y: string; log?: boolean };

  constructor(label: string, names: { x: string; y: string; log?: boolean }) {
    this.#label = label;
    this.#names = names;
    this.#folded = h(
      "details", { class: "bench-table" }, h("summary", {}, "As a table"), this.#rows,
    );
    this.#folded.addEventListener("toggle", () => this.#tabulate());
    this.element = h("div", {}, this.#frame, this.#folded);
    new ResizeObserver(() => this.#fit()).observe(this.#frame);
    const again = () => this.#plot?.redraw();
    new MutationObserver(again).observe(document.documentElement, {
      attributeFilter: ["data-theme"],
    });
  }

  show(shown: Shown): void {
    this.#shown = shown;
    const shape = JSON.stringify(shown.lines.map((x) => [x.name, x.colour]));
    if (shape !== this.#shape) this.#make(shape);
    this.#plot?.setData(this.#data());
    this.#tabulate();
  }

  #data(): uPlot.AlignedData {
    const { x, lines } = this.#shown;
    if (x.length !== 1) return [x, ...lines.map((line) => line.values)];
    const ends = lines.map(({ level, values: [y] }) => [y, level ? y : null]);
    return [[x[0], x[0] + 100], ...ends];
  }

  #width = () => Math.max(this.#frame.clientWidth, 240);

  #fit(): void {
    if (this.#plot && this.#frame.clientWidth)
      this.#plot.setSize({ width: this.#width(), height: 260 });
  }

  #make(shape: string): void {
    this.#plot?.destroy();
    this.#shape = shape;
    const axis = (label: string): uPlot.Axis => ({
      label,
      labelSize: 22,
      size: 46,
      font: '12px "Source Sans 3", sans-serif',
      labelFont: '13px "Source Sans 3", sans-serif',
      stroke: () => token("--quiet"),
      grid: { stroke: () => token("--line"), width: 1 },
      ticks: { stroke: () => token("--line"), width: 1 },
    });
    const { lines } = this.#shown;
    this.#plot = new uPlot(
      {
        width: this.#width(),
        height: 260,
        scales: { x: { time: false }, y: { distr: this.#names.log ? 3 : 1 } },
        axes: [axis(this.#names.x), axis(this.#names.y)],
        legend: { live: false },
        cursor: { show: false },
        series: [
          { label: this.#names.x },
          ...lines.map((line) => ({
            label: line.name,
            stroke: () => token(line.colour),
            width: 2,
            dash: line.dash,
            spanGaps: true,
            points: { show: () => line.dots || (!line.level && this.#shown.x.length < 3), size: line.dots ? 12 : 6 },
          })),
        ],
      },
      this.#data(),
      this.#frame,
    );
    const canvas = this.#frame.querySelector("canvas")!;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${this.#label}. The numbers stand in the table below.`);
    this.#frame.querySelector("table.u-legend")?.setAttribute("role", "presentation");
  }

  #tabulate(): void {
    if (!this.#folded.open) return;
    const { x, lines } = this.#shown;
    const step = Math.ceil(x.length / 60) || 1;
    const rows = x
      .map((at, i) => [String(at), ...lines.map((l) => number(l.values[i]))])
      .filter((_, i) => i % step === 0 || i === x.length - 1);
    const columns = [this.#names.x, ...lines.map((l) => l.name)];
    this.#rows.replaceChildren(table({ caption: this.#label, columns, rows }));
  }

  /** The numbers, separated by tabs. */
  text(): string {
    const { x, lines } = this.#shown;
    const head = [this.#names.x, ...lines.map((l) => l.name)].join("\t");
    const rows = x.map((at, i) => [at, ...lines.map((l) => l.values[i] ?? "")].join("\t"));
    return [head, ...rows].join("\n") + "\n";
  }

  /** The same as a drawing of its own. */
  svg(): string {
    const { x, lines } = this.#shown;
    const log = this.#names.log;
    const scale = (v: number) => (log ? Math.log10(v) : v);
    const all = lines.flatMap((l) => l.values).filter((v) => v !== null).map(scale);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const [from, to] = [x[0] ?? 0, x.at(-1) ?? 1];
    const px = (v: number) => (60 + (560 * (v - from)) / (to - from || 1)).toFixed(1);
    const py = (v: number) => (300 - (270 * (scale(v) - low)) / (high - low || 1)).toFixed(1);
    const drawn = lines.map((l, i) => {
      const points = x.flatMap((at, k) => {
        const v = l.values[k];
        return v === null ? [] : [`${px(at)},${py(v)}`];
      });
      const dots = points.map((at) => at.split(",")).map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="5" fill="${token(l.colour)}"/>`);
      const paint = `stroke="${token(l.colour)}" stroke-dasharray="${l.dash ?? ""}"`;
      return (
        (l.dots ? dots.join("") : `<polyline fill="none" stroke-width="2" ${paint} points="${points.join(" ")}"/>`) +
        `<text x="640" y="${40 + 20 * i}" fill="${token(l.colour)}">${escape(l.name)}</text>`
      );
    });
    const value = (v: number) => (log ? (10 ** v).toExponential(1) : v.toFixed(2));
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 350" ` +
      `font-family="sans-serif" font-size="13"><title>${escape(this.#label)}</title>` +
      `<path d="M60 20V300H620" fill="none" stroke="#888"/>${drawn.join("")}` +
      `<text x="60" y="320">${from}</text><text x="600" y="320">${to}</text>` +
      `<text x="280" y="340">${escape(this.#names.x)}</text>` +
      `<text x="5" y="300">${value(low)}</text><text x="5" y="34">${value(high)}</text>` +
      `<text x="66" y="16">${escape(this.#names.y)}</text></svg>\n`
    );
  }
}

const escape = (words: string) =>
  words.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const number = (v: number | null | undefined) =>
  v === null || v === undefined ? "–" : Math.abs(v) < 0.001 && v ? v.toExponential(2) : v.toFixed(3);
