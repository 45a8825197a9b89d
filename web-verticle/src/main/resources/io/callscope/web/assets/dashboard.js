// The dashboard's plots, and its numbers kept fresh from the stream of figures.
"use strict";

(() => {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const plots = [];
  let history = null;

  const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3], [10, 4], [3, 5], [12, 3, 3, 3]];
  const two = (n) => String(n).padStart(2, "0");

  function clock(seconds) {
    const date = new Date(seconds * 1000);
    const parts = window.callscope.browserZone()
      ? [date.getHours(), date.getMinutes(), date.getSeconds()]
      : [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
    return parts.map(two).join(":");
  }

  function options(figure) {
    const names = JSON.parse(figure.dataset.series);
    return {
      width: figure.clientWidth,
      height: 170,
      legend: { show: false },
      hooks: { setCursor: [(plot) => keys(plot.root.closest("figure"), plot.cursor.idx)] },
      cursor: { drag: { x: false, y: false }, sync: { key: "dashboard" } },
      scales: { y: { range: (u, min, max) => [0, Math.max(1, (max || 0) * 1.1)] } },
      axes: [
        {
          stroke: color("--idle"),
          grid: { stroke: color("--line"), width: 1 },
          ticks: { show: false },
          size: 28,
          space: 80,
          values: (plot, splits) => splits.map(clock),
        },
        { stroke: color("--idle"), grid: { stroke: color("--line"), width: 1 }, ticks: { show: false }, size: 56 },
      ],
      series: [{}].concat(names.map((name, i) => ({
        label: name.label,
        stroke: color("--plot" + (i % 7)),
        width: 2,
        dash: DASHES[i % 7],
        spanGaps: false,
      }))),
    };
  }

  function data(figure) {
    const names = JSON.parse(figure.dataset.series);
    return [history.times.map((t) => t / 1000)].concat(names.map((name) => history.series[name.key] || []));
  }

  /** Writes a plot's values of one moment below it, the newest if none is pointed at. */
  function keys(figure, index) {
    if (!figure) {
      return;
    }
    const at = index ?? history.times.length - 1;
    for (const place of figure.querySelectorAll(".keys [data-figure]")) {
      place.textContent = shown(history.series[place.dataset.figure]?.[at]);
    }
  }

  function draw() {
    plots.splice(0).forEach((plot) => plot.destroy());
    for (const figure of document.querySelectorAll("figure.plot")) {
      const plot = new uPlot(options(figure), data(figure), figure.querySelector(".canvas"));
      plot.figure = figure;
      plots.push(plot);
      figure.classList.add("drawn");
    }
  }

  function shown(value) {
    return value == null ? "–" : value.toLocaleString("en", { maximumFractionDigits: 1 });
  }

  function take(sample) {
    history.times.push(sample.time);
    for (const [key, values] of Object.entries(history.series)) {
      values.push(sample.values[key] ?? null);
    }
    if (history.times.length > history.most) {
      history.times.shift();
      Object.values(history.series).forEach((values) => values.shift());
    }
    for (const plot of plots) {
      plot.setData(data(plot.figure));
      keys(plot.figure, plot.cursor.idx);
    }
    for (const [key, value] of Object.entries(sample.values)) {
      for (const place of document.querySelectorAll('.tiles [data-figure="' + key + '"]')) {
        place.textContent = shown(value);
      }
    }
    sample.sources.forEach(progress);
    strip(sample.health);
  }

  function progress(source) {
    const box = [...document.querySelectorAll(".source")].find((one) => one.dataset.source === source.name);
    if (!box) {
      return;
    }
    for (const place of box.querySelectorAll("[data-source-figure]")) {
      const value = source[place.dataset.sourceFigure];
      if (place.tagName === "PROGRESS") {
        place.value = source.readBytes;
      } else {
        place.textContent = value ?? "";
      }
      if (place.dataset.sourceFigure === "left") {
        place.closest("div").hidden = !value;
      }
    }
  }

  function strip(health) {
    const strip = document.querySelector(".strip");
    strip.className = "strip " + health.state;
    strip.querySelector(".badge").className = "badge " + health.state;
    const text = strip.querySelector(".health");
    if (text.textContent !== health.text) {
      text.textContent = health.text;
    }
  }

  async function start() {
    const answer = await fetch("/api/v1/history", { headers: { accept: "application/json" } });
    if (!answer.ok) {
      return;
    }
    history = await answer.json();
    draw();
    const source = new EventSource("/api/v1/figures/stream");
    source.addEventListener("figures", (message) => take(JSON.parse(message.data)));
  }

  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (history && window.innerWidth !== width) {
      width = window.innerWidth;
      draw();
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => history && draw());
  document.addEventListener("zone", () => history && draw());
  start();
})();
