package io.callscope.web.cluster;

import io.callscope.web.view.Times;
import io.vertx.core.json.JsonObject;

/**
 * What one process does for all, on the page of the cluster.
 *
 * @param process its name, empty where one is all there is
 * @param term how many processes have owned it, 0 where one is all there is
 * @param entries calls tracked in it, -1 if it tracks none
 * @param behindMillis by how much its clock is behind the newest one, -1 if it has none
 */
record WorkRow(
    String what,
    int number,
    String process,
    long term,
    long sinceMillis,
    long entries,
    long behindMillis) {

  /** For a template, as those below. */
  public String name() {
    return what.equals("eventstage") ? "event stage" : what + " " + number;
  }

  public String owner() {
    return process.isEmpty() ? "this process" : process;
  }

  public String since() {
    return sinceMillis == 0 ? "-" : Times.moment(sinceMillis * 1_000_000);
  }

  public String calls() {
    return entries < 0 ? "" : Long.toString(entries);
  }

  public String behind() {
    return behindMillis < 0 ? "" : Times.duration(behindMillis * 1_000_000);
  }

  void append(StringBuilder text) {
    text.append(name()).append(": ").append(owner()).append(" term: ").append(term);
    if (entries >= 0) {
      text.append(" calls: ").append(entries);
    }
    if (behindMillis >= 0) {
      text.append(" behind: ").append(behind());
    }
    text.append('\n');
  }

  JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("what", what)
            .put("number", number)
            .put("process", process)
            .put("term", term)
            .put("sinceMillis", sinceMillis);
    if (entries >= 0) {
      json.put("entries", entries);
    }
    return behindMillis < 0 ? json : json.put("behindMillis", behindMillis);
  }
}
