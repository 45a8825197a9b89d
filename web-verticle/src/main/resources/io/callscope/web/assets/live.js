// The live tail of events: rows come in at the top as the stream brings them.
"use strict";

(() => {
  const MOST_ROWS = 200;
  const body = document.getElementById("live-rows");
  const state = document.getElementById("live-state");
  const told = document.getElementById("live-skipped");
  const pause = document.getElementById("live-pause");
  const empty = document.getElementById("live-empty");
  const source = new EventSource(body.dataset.stream);
  const held = [];
  let paused = false;
  let skipped = 0;

  function say(text, style) {
    state.textContent = text;
    state.className = "badge " + style;
  }

  function cell(row, text, className) {
    const td = document.createElement("td");
    td.className = className || "";
    if (text instanceof Node) {
      td.append(text);
    } else {
      td.textContent = text;
    }
    row.append(td);
    return td;
  }

  function element(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = className || "";
    return made;
  }

  function line(text) {
    const span = element("span", text, "line");
    span.title = text;
    return span;
  }

  function add(event) {
    const row = document.createElement("tr");
    cell(row, String(event.number), "num");
    const type = cell(row, element("span", event.type, "badge " + event.style));
    if (event.loss) {
      type.append(" ", element("span", "loss", "badge warn"));
    }
    cell(row, element("time", event.time), "mono");
    cell(row, (event.method + " " + event.status).trim()).append(line(event.reason));
    const ends = cell(row, line(event.from));
    ends.append(line(event.to ? "→ " + event.to : ""));
    if (event.href) {
      const link = element("a", event.callId, "line");
      link.href = event.href;
      link.title = event.callId;
      cell(row, link);
    } else {
      cell(row, line(event.callId));
    }
    cell(row, event.transport + " " + event.source, "mono").append(
      document.createElement("br"), "→ " + event.destination);
    window.callscope.showTimes(row);
    body.prepend(row);
    while (body.rows.length > MOST_ROWS) {
      body.deleteRow(-1);
    }
  }

  function countSkipped(count) {
    skipped += count;
    told.textContent = skipped ? skipped + " events passed unseen: there were more than this page takes" : "";
  }

  source.addEventListener("message", (message) => {
    empty.hidden = true;
    const event = JSON.parse(message.data);
    if (!paused) {
      add(event);
      return;
    }
    held.push(event);
    if (held.length > MOST_ROWS) {
      held.shift();
      countSkipped(1);
    }
    pause.textContent = "Go on (" + held.length + " waiting)";
  });
  source.addEventListener("skipped", (message) => countSkipped(JSON.parse(message.data).count));
  source.addEventListener("refused", (message) => {
    say(JSON.parse(message.data).error, "bad");
    empty.hidden = true;
    source.close();
  });
  source.addEventListener("open", () => say("live", "ok"));
  source.addEventListener("error", () => {
    const closed = source.readyState === EventSource.CLOSED;
    say(closed ? "closed by the server" : "connecting again", "warn");
    empty.hidden ||= closed;
  });

  empty.hidden = false;
  pause.hidden = false;
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? "Go on" : "Pause";
    pause.setAttribute("aria-pressed", String(paused));
    if (!paused) {
      held.splice(0).forEach(add);
    }
  });
})();
