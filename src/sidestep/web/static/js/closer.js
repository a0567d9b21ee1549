// Draws a chart to move, zoom and read value by value, when somebody asks to look closer. The
// library comes only then. It may not make code of its own here: its interpreter reads formulas.
const loaded = (address) =>
  new Promise((resolve, reject) => {
    if (window.vegaEmbed) return resolve();
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });

const BESIDE_PX = 72; // For the numbers beside an axis.

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const filledIn = (spec) =>
  JSON.parse(JSON.stringify(spec).replace(/var\((--[\w-]+)\)/g, (_, name) => token(name)));

const looks = (width) => {
  const [ink, soft, line] = ["--ink", "--soft", "--line"].map(token);
  const font = getComputedStyle(document.body).fontFamily;
  const axis = { labelColor: soft, titleColor: soft, domainColor: line, tickColor: line, gridColor: line };
  return {
    background: "transparent",
    font,
    axis: { ...axis, labelFontSize: 12, titleFontSize: 12, labelOverlap: true },
    title: { color: ink, subtitleColor: soft, fontSize: 13, anchor: "start", frame: "group", limit: width },
    view: { stroke: null },
  };
};

const told = (place) => (_handler, _event, _item, value) => {
  if (value == null || typeof value !== "object") return;
  place.textContent = Object.entries(value).map(([name, said]) => `${name}: ${said}`).join(" · ");
};

const draw = async (closer) => {
  const [answer] = await Promise.all([fetch(closer.dataset.closer), loaded(closer.dataset.vega)]);
  if (!answer.ok) throw new Error(`chart: ${answer.status}`);
  const { spec, numbers, times } = await answer.json();
  const drawn = closer.querySelector("[data-drawn]");
  drawn.hidden = false;
  // A picture that is scaled afterwards would be pointed at in the wrong place.
  const width = drawn.clientWidth - BESIDE_PX;
  for (const view of spec.vconcat) view.width = width;
  await window.vegaEmbed(drawn, filledIn(spec), {
    mode: "vega-lite",
    ast: true,
    renderer: "canvas",
    actions: false,
    defaultStyle: false,
    config: looks(width),
    formatLocale: numbers,
    timeFormatLocale: times,
    tooltip: told(closer.querySelector("[data-says]")),
  });
};

for (const closer of document.querySelectorAll("[data-closer]")) {
  const [button, says] = ["[data-open]", "[data-says]"].map((name) => closer.querySelector(name));
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    says.hidden = false;
    try {
      await draw(closer);
      button.hidden = true;
    } catch {
      button.disabled = false;
      says.textContent = closer.dataset.failed;
    }
  });
}
