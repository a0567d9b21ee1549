// A clip's page: the film and its charts in step; pressing on a chart goes to that step.
const NEAR_S = 0.25;
const film = document.querySelector('[data-overlay]');
const charts = [...document.querySelectorAll('[data-chart]')].map((figure) => {
  const { firstX, lastX, firstS, lastS, overTime } = figure.dataset;
  return {
    figure,
    picture: figure.querySelector('svg'),
    head: figure.querySelector('[data-playhead]'),
    marks: [...figure.querySelectorAll('.mark')].map((mark) => ({ mark, at: Number(mark.dataset.at) })),
    isOverTime: overTime === 'yes',
    x: (s) => Number(firstX) + ((s - firstS) / (lastS - firstS || 1)) * (lastX - firstX),
    s: (x) => Number(firstS) + ((x - firstX) / (lastX - firstX || 1)) * (lastS - firstS),
    range: [Number(firstS), Number(lastS)],
  };
});

function point(seconds) {
  for (const { head, marks, x, range, isOverTime } of charts) {
    const isInside = isOverTime && seconds >= range[0] - NEAR_S && seconds <= range[1] + NEAR_S;
    head.toggleAttribute('hidden', !isInside);
    if (isInside) head.setAttribute('transform', `translate(${x(seconds).toFixed(1)} 0)`);
    const near = marks.reduce((best, each) => Math.min(best, Math.abs(each.at - seconds)), Infinity);
    const reach = isOverTime ? NEAR_S : 1;
    for (const { mark, at } of marks) {
      mark.classList.toggle('is-now', near <= reach && Math.abs(Math.abs(at - seconds) - near) < 0.005);
    }
  }
}

function follow() {
  point(film.currentTime);
  if (film.requestVideoFrameCallback) film.requestVideoFrameCallback(follow);
}

function seek(chart, event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.picture.getScreenCTM().inverse());
  const place = (mark) => { const box = mark.getBBox(); return box.x + box.width / 2; };
  const nearest = chart.marks.reduce((best, each) => (Math.abs(place(each.mark) - at.x) < Math.abs(place(best.mark) - at.x) ? each : best));
  film.pause();
  film.currentTime = nearest.at;
  film.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

if (film) {
  film.addEventListener('timeupdate', () => point(film.currentTime));
  film.addEventListener('seeked', () => point(film.currentTime));
  if (film.requestVideoFrameCallback) film.requestVideoFrameCallback(follow);
  for (const chart of charts) {
    chart.figure.classList.add('can-seek');
    chart.picture.addEventListener('click', (event) => seek(chart, event));
  }
  const hint = document.querySelector('[data-seek-hint]');
  if (hint) hint.hidden = false;
  const speeds = document.querySelector('[data-speeds]');
  speeds.hidden = false;
  speeds.addEventListener('click', (event) => {
    const chosen = event.target.closest('[data-speed]');
    if (!chosen) return;
    film.playbackRate = Number(chosen.dataset.speed);
    for (const each of speeds.children) each.setAttribute('aria-pressed', String(each === chosen));
  });
}
