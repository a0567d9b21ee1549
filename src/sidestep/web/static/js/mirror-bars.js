// The last steps of one side as bars, the newest at the right, with her own limit as a line.
const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT, TOP, FOOT] = [96, 120, 8, 4];
const STEPS = 8;
const LEAST_SCALE = 12;
const SCALE_STEP = 4;
const LIMIT_SHARE = 0.7;

export class Bars {
  constructor(stage, side, says) {
    this.side = side;
    this.says = says;
    this.limit = says.limit === '' ? null : Number(says.limit);
    this.place = stage.querySelector(`[data-bars="${side}"]`);
    this.value = stage.querySelector(`[data-value="${side}"]`);
    this.panel = this.place.parentElement;
    this.seen = '';
  }

  show(answer) {
    this.panel.hidden = !answer.mirror || answer.hidden;
    if (this.panel.hidden) return;
    const steps = answer.bars[this.side];
    const all = [...answer.bars.left, ...answer.bars.right].filter((each) => each !== null);
    const seen = JSON.stringify([steps, all.length && Math.max(...all.map(Math.abs))]);
    this.panel.classList.toggle('is-over', answer.over[this.side]);
    if (seen === this.seen) return;
    this.seen = seen;
    this.draw(steps, all);
  }

  draw(steps, all) {
    const largest = Math.max(LEAST_SCALE, Math.abs(this.limit ?? 0) / LIMIT_SHARE, ...all.map(Math.abs));
    const scale = Math.ceil(largest / SCALE_STEP) * SCALE_STEP;
    const isBelow = all.some((each) => each < 0) || (this.limit ?? 0) < 0;
    const zero = isBelow ? (HEIGHT + TOP) / 2 : HEIGHT - FOOT;
    const y = (value) => zero - (value / scale) * (zero - TOP);
    const wide = WIDTH / STEPS;
    const parts = [this.line('zero', zero)];
    steps.forEach((value, index) => {
      if (value === null) return;
      const x = (STEPS - steps.length + index) * wide;
      const bar = this.part('rect', { x: x + 1.5, width: wide - 3, y: Math.min(y(value), zero), height: Math.max(1.5, Math.abs(y(value) - zero)) });
      bar.setAttribute('class', index === steps.length - 1 ? 'bar' : 'bar older');
      parts.push(bar);
      if (this.limit !== null && value > this.limit) {
        const mark = this.part('circle', { cx: x + wide / 2, cy: y(value), r: 3 });
        mark.setAttribute('class', 'past');
        parts.push(mark);
      }
    });
    if (this.limit !== null) parts.push(this.line('limit', y(this.limit)));
    this.place.replaceChildren(...parts);
    const newest = steps.at(-1);
    this.value.textContent = newest == null ? '' : `${newest.toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1 })}${this.says.unit}`;
  }

  line(name, at) {
    const line = this.part('line', { x1: 0, x2: WIDTH, y1: at, y2: at });
    line.setAttribute('class', name);
    return line;
  }

  part(name, numbers) {
    const part = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(numbers)) part.setAttribute(key, value.toFixed(1));
    return part;
  }
}
