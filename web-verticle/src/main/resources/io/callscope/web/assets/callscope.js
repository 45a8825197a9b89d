// On every page: times in UTC or in the browser's zone, and the panel of a ladder diagram.
// All of it adds to pages that are whole without it.
"use strict";

(() => {
  const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{3})?$/;
  const two = (n) => String(n).padStart(2, "0");

  function local(moment) {
    const date = new Date(moment.replace(" ", "T") + "Z");
    if (isNaN(date)) {
      return moment;
    }
    const fraction = moment.length > 19 ? "." + String(date.getMilliseconds()).padStart(3, "0") : "";
    return date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate()) + " " +
      two(date.getHours()) + ":" + two(date.getMinutes()) + ":" + two(date.getSeconds()) + fraction;
  }

  const zone = {
    get browser() {
      try {
        return localStorage.getItem("zone") === "browser";
      } catch {
        return false;
      }
    },
    set browser(on) {
      try {
        localStorage.setItem("zone", on ? "browser" : "utc");
      } catch {
        // Storage may be forbidden; the choice then lasts as long as the page.
      }
    },
  };
  let browserZone = zone.browser;

  /** Shows the times of an element, and all in it, in the chosen zone. */
  function showTimes(root) {
    for (const time of root.querySelectorAll("time, [data-utc]")) {
      const utc = time.dataset.utc || time.textContent.trim();
      if (!MOMENT.test(utc)) {
        continue;
      }
      if (!time.dataset.utc) {
        time.dataset.utc = utc;
        time.setAttribute("datetime", utc.replace(" ", "T") + "Z");
      }
      const shown = browserZone ? local(utc) : utc;
      time.textContent = time.closest("svg") ? shown.slice(11) : shown;
    }
  }

  function showZone() {
    const name = Intl.DateTimeFormat().resolvedOptions().timeZone || "local time";
    document.getElementById("zone").textContent = browserZone ? "in " + name : "in UTC";
    const button = document.getElementById("zone-switch");
    button.textContent = browserZone ? "Show in UTC" : "Show in " + name;
    button.hidden = !browserZone && ["UTC", "Etc/UTC"].includes(name);
    showTimes(document);
    document.dispatchEvent(new CustomEvent("zone", { detail: browserZone }));
  }

  document.getElementById("zone-switch").addEventListener("click", () => {
    browserZone = !browserZone;
    zone.browser = browserZone;
    showZone();
  });
  window.callscope = { showTimes, browserZone: () => browserZone };
  showZone();

  const panel = document.getElementById("panel");
  if (panel) {
    const links = [...document.querySelectorAll(".rungs a[data-message]")];
    let at = -1;

    const show = (index) => {
      if (index < 0 || index >= links.length) {
        return;
      }
      links[at]?.classList.remove("chosen");
      at = index;
      const link = links[at];
      link.classList.add("chosen");
      panel.querySelector("[data-panel=title]").textContent = link.getAttribute("aria-label");
      panel.querySelector("pre").textContent = document.getElementById("m" + link.dataset.message).textContent;
      panel.querySelector("[data-panel=previous]").disabled = at === 0;
      panel.querySelector("[data-panel=next]").disabled = at === links.length - 1;
      panel.hidden = false;
      link.scrollIntoView({ block: "nearest" });
    };
    const close = () => {
      panel.hidden = true;
      links[at]?.classList.remove("chosen");
      links[at]?.focus();
    };

    links.forEach((link, index) =>
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) {
          return;
        }
        event.preventDefault();
        show(index);
        panel.focus();
      }));
    panel.querySelector("[data-panel=previous]").addEventListener("click", () => show(at - 1));
    panel.querySelector("[data-panel=next]").addEventListener("click", () => show(at + 1));
    panel.querySelector("[data-panel=close]").addEventListener("click", close);
    panel.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key === "Escape") {
        close();
      } else if (step && event.target.tagName !== "PRE") {
        show(at + step);
      }
    });
  }
})();
