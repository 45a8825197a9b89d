package io.callscope.web.debug;

import io.callscope.counters.CounterTable;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.view.Fact;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code /debug/vars}: every counter under its full name, and the memory of this process, as JSON.
 */
public final class VarsPage implements Page {
  private final Supplier<Future<CounterTable>> figures;
  private final String commandLine;

  /**
   * @param commandLine secrets masked
   */
  public VarsPage(Supplier<Future<CounterTable>> figures, String commandLine) {
    this.figures = figures;
    this.commandLine = commandLine;
  }

  @Override
  public Future<Answer> answer(Asked asked) {
    return figures.get().map(this::answer);
  }

  private Answer answer(CounterTable table) {
    JsonObject vars = new JsonObject().put("cmdline", commandLine);
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage rest = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    vars.put(
        "memstats",
        new JsonObject()
            .put("heapUsedBytes", heap.getUsed())
            .put("heapCommittedBytes", heap.getCommitted())
            .put("heapMaxBytes", heap.getMax())
            .put("nonHeapUsedBytes", rest.getUsed())
            .put("threads", ManagementFactory.getThreadMXBean().getThreadCount()));
    List<Fact> facts = new ArrayList<>();
    for (String group : table.groups()) {
      for (CounterTable.Row row : table.rows(group)) {
        vars.put(row.fullName(), row.value());
        facts.add(new Fact(row.fullName(), Long.toString(row.value())));
      }
    }
    return new Answer(
        200, "Variables", "about", facts, () -> vars.encodePrettily() + "\n", () -> vars);
  }
}
