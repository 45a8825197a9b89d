package io.callscope.web.cluster;

import io.callscope.config.Role;
import io.callscope.counters.CounterTable;
import io.callscope.web.counters.Boards;
import io.callscope.web.view.Links;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/**
 * A process on the page of the cluster.
 *
 * @param process its name, empty where one is all there is
 * @param query what leads pages to it, empty likewise
 * @param state whether it is alive, silent or leaving
 * @param sinceMillis when it joined, 0 if that is not known
 */
record ProcessRow(
    String process,
    String query,
    String address,
    List<String> roles,
    String version,
    boolean tls,
    String state,
    String style,
    long sinceMillis,
    long heapBytes,
    long threads) {

  static ProcessRow of(Members.Member member, Boards boards) {
    boolean alive = boards.isHeard(member.process());
    CounterTable figures = boards.figuresOfProcess(member.process());
    return new ProcessRow(
        Shown.plain(member.process()),
        "?process=" + Links.encoded(member.process()),
        Shown.plain(member.address()),
        member.roles().stream().map(Shown::plain).toList(),
        Shown.plain(member.version()),
        member.tls(),
        member.leaving() ? "leaving" : alive ? "alive" : "silent",
        member.leaving() || !alive ? "warn" : "ok",
        member.sinceMillis(),
        figures.value("process.heap_bytes"),
        figures.value("process.threads"));
  }

  /** The one that runs the web server and all else. */
  static ProcessRow alone(String version, Boards boards) {
    CounterTable figures = boards.figures();
    List<String> roles =
        Arrays.stream(Role.values())
            .map(Role::text)
            .filter(role -> !boards.instances(role).isEmpty())
            .toList();
    return new ProcessRow(
        "",
        "",
        "",
        roles,
        Shown.plain(version),
        false,
        "alive",
        "ok",
        0,
        figures.value("process.heap_bytes"),
        figures.value("process.threads"));
  }

  /** For a template. */
  public String name() {
    return process.isEmpty() ? "this process" : process;
  }

  public String since() {
    return sinceMillis == 0 ? "-" : Times.moment(sinceMillis * 1_000_000);
  }

  public String roleList() {
    return String.join(", ", roles);
  }

  public long heapMib() {
    return heapBytes >> 20;
  }

  void append(StringBuilder text) {
    text.append("process ").append(name()).append(": ").append(state);
    text.append(" roles: ").append(String.join(",", roles));
    text.append(" address: ").append(address.isEmpty() ? "-" : address);
    text.append(" version: ").append(version);
    text.append(" heap: ").append(heapMib()).append(" MiB\n");
  }

  JsonObject json() {
    return new JsonObject()
        .put("process", process)
        .put("address", address)
        .put("roles", new JsonArray(roles))
        .put("version", version)
        .put("tls", tls)
        .put("state", state)
        .put("sinceMillis", sinceMillis)
        .put("heapBytes", heapBytes)
        .put("threads", threads);
  }
}
