package io.callscope.web.dump;

import io.callscope.bus.TextFilter;
import io.callscope.counters.CounterTable;
import io.callscope.net.IpNetwork;
import io.callscope.web.forms.FormPage;
import io.callscope.web.forms.Input;
import io.callscope.web.forms.Section;
import io.callscope.web.forms.SettingsPage;
import io.callscope.web.gather.Current;
import io.callscope.web.gather.Outcome;
import io.callscope.web.http.Params;
import io.callscope.web.view.Shown;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** {@code /pcapdump}: whether a file is written of each call, and of which. */
public final class DumpSettings implements SettingsPage.Settings {
  private static final String PATH = "/pcapdump";
  private static final int NOT_RUNNING = 503;

  /** Parameter, field of the control, label, hint. */
  private static final String[][] FILTERS = {
    {"cid", "callId", "Call-ID", "a regular expression, found anywhere"},
    {"fu", "from", "From URI", "a regular expression, found anywhere"},
    {"tu", "to", "To URI", "a regular expression, found anywhere"},
    {"src", "source", "Source", "an address or network: 192.0.2.0/24"},
  };

  private static final String[][] FIGURES = {
    {"Messages written", "pcap_dump.written_msgs"},
    {"Bytes written", "pcap_dump.bytes_written"},
    {"Files begun", "pcap_dump.new_files"},
    {"Files open", "pcap_dump.open_files"},
    {"Dropped, dumping was off", "pcap_dump.dropped_off"},
    {"Dropped by the filter", "pcap_dump.dropped_filter"},
    {"Dropped, writers too slow", "pcap_dump.dropped_queue"},
    {"Dropped, errors", "pcap_dump.dropped_write"},
    {"Files removed by age", "pcap_dump.sweep.removed_age"},
    {"Files removed by size", "pcap_dump.sweep.removed_size"},
  };

  private final Current dump;
  private final Supplier<CounterTable> figures;

  public DumpSettings(Current dump, Supplier<CounterTable> figures) {
    this.dump = dump;
    this.figures = figures;
  }

  @Override
  public JsonObject change(Params params) {
    JsonObject change = new JsonObject();
    if (!params.first("on").isEmpty()) {
      change.put("on", params.word("on"));
    }
    JsonObject filter = new JsonObject();
    boolean asked = params.on("clear");
    for (String[] field : FILTERS) {
      asked |= params.present(field[0]);
      String value = params.first(field[0]);
      if (!value.isEmpty() && !params.on("clear")) {
        check(params, field[0], value);
        filter.put(field[1], value);
      }
    }
    return asked ? change.put("filter", filter) : change;
  }

  private static void check(Params params, String name, String value) {
    try {
      if (name.equals("src")) {
        IpNetwork.parse(value);
      } else {
        TextFilter.matching(value);
      }
    } catch (IllegalArgumentException e) {
      params.error(
          name,
          value,
          name.equals("src")
              ? "must be an address or a network such as 192.0.2.0/24"
              : "is a " + e.getMessage());
    }
  }

  @Override
  public List<JsonObject> steps(JsonObject change) {
    List<JsonObject> steps = new ArrayList<>();
    if (change.containsKey("filter")) {
      steps.add(change.getJsonObject("filter").copy().put("change", "filter"));
    }
    if (change.containsKey("on")) {
      steps.add(new JsonObject().put("change", "dumping").put("on", change.getBoolean("on")));
    }
    return steps;
  }

  /** Of an empty object where nothing is dumped. */
  @Override
  public Future<JsonObject> now() {
    return dump.ask("status")
        .recover(
            cause ->
                cause instanceof Current.Unknown unknown && unknown.status() == NOT_RUNNING
                    ? Future.succeededFuture(new JsonObject())
                    : Future.failedFuture(cause));
  }

  @Override
  public FormPage page(JsonObject now, Outcome outcome, List<String> errors) {
    boolean runs = now.containsKey("on");
    return new FormPage(
        "Dump of calls",
        "Every message is written to the file of its Call-ID. A filter holds for calls that are "
            + "first seen from now on.",
        runs ? status(now) : List.of("No dump runs. Start one with -pcap_dump_dir DIR."),
        runs ? sections(now) : List.of(),
        new JsonObject().put("running", runs).put("dump", now).put("figures", json()),
        outcome,
        errors);
  }

  private List<String> status(JsonObject now) {
    List<String> lines = new ArrayList<>();
    lines.add("Directory: " + now.getString("directory", "") + " as " + now.getString("format"));
    CounterTable table = figures.get();
    for (String[] figure : FIGURES) {
      lines.add(figure[0] + ": " + table.value(figure[1]));
    }
    return lines.stream().map(Shown::plain).toList();
  }

  private JsonObject json() {
    JsonObject json = new JsonObject();
    CounterTable table = figures.get();
    for (String[] figure : FIGURES) {
      json.put(figure[1].substring("pcap_dump.".length()), table.value(figure[1]));
    }
    return json;
  }

  private static List<Section> sections(JsonObject now) {
    JsonObject filter = now.getJsonObject("filter", new JsonObject());
    List<Input> inputs = new ArrayList<>();
    for (String[] field : FILTERS) {
      inputs.add(Input.text(field[0], field[2], filter.getString(field[1], ""), field[3]));
    }
    boolean on = now.getBoolean("on", false);
    return List.of(
        Section.acting(
            "Dumping",
            "",
            PATH,
            List.of(Input.onOff("on", "Messages are", on, "written", "not written")),
            "Set"),
        Section.acting(
            "Which calls",
            "All that is given must be found; with nothing given every call is written.",
            PATH,
            inputs,
            "Set filter"));
  }
}
