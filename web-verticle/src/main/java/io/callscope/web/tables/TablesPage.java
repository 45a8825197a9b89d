package io.callscope.web.tables;

import io.callscope.web.gather.Questions;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.view.Times;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code /calls}, {@code /regs}, {@code /evrateblst}: how full the tables of a service are. */
public final class TablesPage implements Page {
  private static final List<String> SUMS =
      List.of(
          "entries",
          "maxEntries",
          "bytes",
          "maxBytes",
          "created",
          "removed",
          "failures",
          "buckets");

  private final Questions questions;
  private final Kind kind;

  public TablesPage(Questions questions, Kind kind) {
    this.questions = questions;
    this.kind = kind;
  }

  /**
   * Which tables.
   *
   * @param title of the page
   * @param name of the table in the answers
   * @param label of the table in the plain form
   * @param list path of what is in it
   * @param settings path of what can be set about it
   */
  public record Kind(String title, String name, String label, String list, String settings) {}

  /** One partition's table, or all together. */
  record Row(
      String partition,
      String clock,
      long entries,
      String entryLimit,
      long bytes,
      String byteLimit,
      long created,
      long removed,
      long failures,
      long buckets,
      long shortestChain,
      long longestChain) {}

  /** What the template shows. */
  record Model(
      Kind kind,
      Row total,
      List<Row> rows,
      List<TrackerQueries.Silent> silent,
      List<String> errors) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    return questions.ask(new JsonObject().put("query", "tables")).map(this::answer);
  }

  private Answer answer(TrackerQueries.Gathered gathered) {
    JsonObject total = new JsonObject();
    List<Row> rows = new ArrayList<>();
    JsonArray partitions = new JsonArray();
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    for (TrackerQueries.Part part : gathered.parts()) {
      JsonObject table = part.body().getJsonObject(kind.name, new JsonObject());
      String clock = part.body().getString("clock", "");
      for (String name : SUMS) {
        total.put(name, total.getLong(name, 0L) + table.getLong(name, 0L));
      }
      shortest = Math.min(shortest, table.getLong("shortestChain", 0L));
      longest = Math.max(longest, table.getLong("longestChain", 0L));
      rows.add(row(Integer.toString(part.partition()), Times.moment(Times.read(clock)), table));
      partitions.add(table.copy().put("partition", part.partition()).put("clock", clock));
    }
    total.put("shortestChain", rows.isEmpty() ? 0 : shortest).put("longestChain", longest);
    Row all = row("all", "", total);
    return new Answer(
        gathered.status(),
        kind.title,
        "tables",
        new Model(kind, all, rows, gathered.silent(), List.of()),
        () -> text(kind.label, all, gathered.silent()),
        () ->
            new JsonObject()
                .put(kind.name, total)
                .put("partitions", partitions)
                .put("silent", TrackerQueries.json(gathered.silent())));
  }

  private static Row row(String partition, String clock, JsonObject table) {
    long entries = table.getLong("entries", 0L);
    long bytes = table.getLong("bytes", 0L);
    long maxBytes = table.getLong("maxBytes", 0L);
    return new Row(
        partition,
        clock,
        entries,
        limit(entries, table.getLong("maxEntries", 0L), ""),
        bytes,
        limit(bytes / 1024, maxBytes / 1024, " KiB"),
        table.getLong("created", 0L),
        table.getLong("removed", 0L),
        table.getLong("failures", 0L),
        table.getLong("buckets", 0L),
        table.getLong("shortestChain", 0L),
        table.getLong("longestChain", 0L));
  }

  private static String limit(long used, long max, String unit) {
    return max == 0 ? "unlimited" : max + unit + " (" + 100 * used / max + "% used)";
  }

  private static String text(String label, Row all, List<TrackerQueries.Silent> silent) {
    StringBuilder text = new StringBuilder();
    TrackerQueries.append(text, silent);
    text.append(label).append(" Hash Stats: Total: ").append(all.entries);
    text.append(" Crt: ").append(all.entries).append(" Max: ").append(all.longestChain);
    text.append(" Min: ").append(all.shortestChain).append(" Buckets: ").append(all.buckets);
    text.append("\nLimits: Max Entries: ").append(all.entryLimit);
    text.append(" Max Mem: ").append(all.byteLimit);
    text.append("\nMemory: TotalSize: ")
        .append(all.bytes)
        .append(" NewCalls: ")
        .append(all.created);
    text.append(" FreeCalls: ").append(all.removed).append(" Failures: ").append(all.failures);
    return text.append('\n').toString();
  }
}
