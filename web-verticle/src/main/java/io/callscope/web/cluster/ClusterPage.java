package io.callscope.web.cluster;

import io.callscope.counters.CounterTable;
import io.callscope.web.counters.Boards;
import io.callscope.web.gather.Questions;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.gather.TrackerQueries.Gathered;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code /cluster}: the processes, who does what, how far each partition is behind, and what each
 * source waits for. Where one process is all there is, it shows that one.
 */
public final class ClusterPage implements Page {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ClusterWatch watch;
  private final Boards boards;
  private final Questions partitions;
  private final String version;

  /**
   * @param partitions of call tracking, in their order
   * @param version of this process
   */
  public ClusterPage(ClusterWatch watch, Boards boards, Questions partitions, String version) {
    this.watch = watch;
    this.boards = boards;
    this.partitions = partitions;
    this.version = version;
  }

  /** What the template shows. */
  record Model(
      String name,
      boolean clustered,
      List<ProcessRow> processes,
      List<WorkRow> work,
      List<SourceRow> sources,
      List<TrackerQueries.Silent> silent,
      List<String> errors) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    return partitions
        .ask(new JsonObject().put("query", "tables"))
        .map(gathered -> answer(watch.members(), gathered));
  }

  private Answer answer(Members members, Gathered gathered) {
    List<ProcessRow> processes =
        members.clustered()
            ? members.members().stream().map(one -> ProcessRow.of(one, boards)).toList()
            : List.of(ProcessRow.alone(version, boards));
    List<WorkRow> work = work(members, gathered);
    List<SourceRow> sources = sources();
    Model model =
        new Model(
            Shown.brief(members.name()),
            members.clustered(),
            processes,
            work,
            sources,
            gathered.silent(),
            List.of());
    return new Answer(
        gathered.status(),
        "Cluster",
        "cluster",
        model,
        () -> text(model),
        () ->
            new JsonObject()
                .put("cluster", members.name())
                .put("process", watch.own())
                .put("members", json(processes.stream().map(ProcessRow::json).toList()))
                .put("work", json(work.stream().map(WorkRow::json).toList()))
                .put("sources", json(sources.stream().map(SourceRow::json).toList()))
                .put("silent", TrackerQueries.json(gathered.silent())));
  }

  private static JsonArray json(List<JsonObject> rows) {
    return new JsonArray(rows);
  }

  private static List<WorkRow> work(Members members, Gathered gathered) {
    Map<Integer, JsonObject> tables = new TreeMap<>();
    long newest = 0;
    for (TrackerQueries.Part part : gathered.parts()) {
      tables.put(part.partition(), part.body());
      newest = Math.max(newest, clock(part.body()));
    }
    List<WorkRow> rows = new ArrayList<>();
    for (Members.Owner owner : members.owners()) {
      JsonObject table = owner.what().equals("tracker") ? tables.remove(owner.number()) : null;
      rows.add(row(owner, table, newest));
    }
    for (Map.Entry<Integer, JsonObject> table : tables.entrySet()) {
      rows.add(
          row(new Members.Owner("tracker", table.getKey(), "", 0, 0), table.getValue(), newest));
    }
    return rows;
  }

  private static WorkRow row(Members.Owner owner, JsonObject table, long newestNanos) {
    long clock = table == null ? 0 : clock(table);
    return new WorkRow(
        Shown.plain(owner.what()),
        owner.number(),
        Shown.plain(owner.process()),
        owner.term(),
        owner.sinceMillis(),
        table == null ? -1 : entries(table),
        clock == 0 ? -1 : (newestNanos - clock) / NANOS_PER_MILLI);
  }

  private static long clock(JsonObject table) {
    return Times.read(table.getString("clock", ""));
  }

  private static long entries(JsonObject table) {
    return table.getJsonObject("calls", new JsonObject()).getLong("entries", 0L);
  }

  private List<SourceRow> sources() {
    List<SourceRow> rows = new ArrayList<>();
    for (Boards.Instance instance : boards.instances()) {
      CounterTable figures = boards.figuresOf(instance.name());
      if (figures.hasGroup("feed")) {
        rows.add(SourceRow.of(instance, figures));
      }
    }
    return rows;
  }

  private static String text(Model model) {
    StringBuilder text = new StringBuilder();
    TrackerQueries.append(text, model.silent);
    text.append("cluster: ").append(model.clustered ? model.name : "none").append('\n');
    model.processes.forEach(row -> row.append(text));
    model.work.forEach(row -> row.append(text));
    model.sources.forEach(row -> row.append(text));
    return text.toString();
  }
}
