package io.callscope.web;

import io.callscope.counters.CounterTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether everything that came in was handled or is accounted for: per stage, in = handled +
 * refused + lost. What is refused is counted by its reason and is no loss (a message that does not
 * parse, an event over its rate); what is lost should not have been.
 */
record Health(State state, String text, List<Stage> stages) {

  /** The state of the strip, with its style class. */
  enum State {
    UNKNOWN("idle"),
    GOOD("ok"),
    LOSS("bad");

    private final String style;

    State(String style) {
      this.style = style;
    }

    String style() {
      return style;
    }
  }

  /** The figures of one reason. */
  record Reason(String name, long count) {}

  /**
   * One stage.
   *
   * @param open neither handled, refused nor lost: on the way while input runs, else unaccounted
   *     for
   */
  record Stage(
      String name, long in, long handled, List<Reason> refused, List<Reason> lost, long open) {
    private static Stage of(
        String name, long in, long handled, List<Reason> refused, List<Reason> lost) {
      return new Stage(
          name, in, handled, refused, lost, in - handled - total(refused) - total(lost));
    }

    long lostTotal() {
      return total(lost);
    }

    long refusedTotal() {
      return total(refused);
    }

    private static long total(List<Reason> reasons) {
      return reasons.stream().mapToLong(Reason::count).sum();
    }
  }

  /**
   * @param published events the event stage has published, by their numbers
   * @param inputEnded all sources have ended, so nothing may be on the way any more
   */
  static Health of(CounterTable figures, long published, boolean inputEnded) {
    if (figures.groups().isEmpty()) {
      return new Health(State.UNKNOWN, "no figures from any service yet", List.of());
    }
    List<Stage> stages = stages(figures, published);
    List<String> troubles = new ArrayList<>();
    for (Stage stage : stages) {
      if (stage.lostTotal() > 0) {
        Reason worst =
            stage.lost().stream().max((a, b) -> Long.compare(a.count(), b.count())).orElseThrow();
        troubles.add(stage.name() + " lost " + stage.lostTotal() + " (" + worst.name() + ")");
      } else if (inputEnded && stage.open() > 0) {
        troubles.add(stage.name() + " cannot account for " + stage.open());
      }
    }
    return troubles.isEmpty()
        ? new Health(State.GOOD, "in = handled + dropped, nothing lost", stages)
        : new Health(State.LOSS, String.join("; ", troubles), stages);
  }

  private static List<Stage> stages(CounterTable figures, long published) {
    List<Stage> stages = new ArrayList<>();
    String packets = "pkt_stats";
    if (figures.hasGroup(packets)) {
      List<Reason> lost = drops(figures, "pcap");
      lost.addAll(drops(figures, packets));
      lost.addAll(drops(figures, "capture"));
      long total = figures.value(packets + ".total_packets");
      long all = total + lost.stream().mapToLong(Reason::count).sum();
      stages.add(Stage.of("capture", all, total, List.of(), lost));
      long parsed = CounterTables.sum(figures, packets, "sip_udp", "sip_tcp", "sip_ws");
      List<Reason> unparsed = reasons(figures, packets, "parse_errs", "tiny_packets");
      long messages = parsed + unparsed.stream().mapToLong(Reason::count).sum();
      stages.add(Stage.of("parser", messages, parsed, unparsed, List.of()));
      stages.add(
          Stage.of(
              "tracker",
              parsed,
              CounterTables.sum(
                  figures, packets, "tracked_ok_udp", "tracked_ok_tcp", "tracked_ok_ws"),
              reasons(figures, packets, "tracked_err_udp", "tracked_err_tcp", "tracked_err_ws"),
              limits(figures)));
    }
    if (figures.hasGroup("ipfix")) {
      long sets = figures.value("ipfix.pkts_rcvd");
      List<Reason> lost = drops(figures, "ipfix");
      long all = sets + lost.stream().mapToLong(Reason::count).sum();
      stages.add(Stage.of("ipfix", all, sets, List.of(), lost));
    }
    if (figures.hasGroup("ev_rate")) {
      List<Reason> refused = reasons(figures, "ev_rate", "blst_type");
      long silent = figures.value("ev_rate.blst_rate") - figures.value("ev_rate.blst_sent");
      if (silent > 0) {
        refused.add(new Reason("over the rate limit", silent));
      }
      List<Reason> lost = drops(figures, "ev_rate");
      stages.add(
          Stage.of("events", figures.value("ev_rate.total_events"), published, refused, lost));
    }
    if (figures.hasGroup("pcap_dump")) {
      long waiting = figures.value("pcap_dump.crt_queued_msgs");
      long in = figures.value("pcap_dump.total_queued_msgs") - waiting;
      List<Reason> lost = drops(figures, "pcap_dump");
      long writable = in - lost.stream().mapToLong(Reason::count).sum();
      stages.add(Stage.of("pcap dump", in, Math.max(writable, 0), List.of(), lost));
    }
    return stages;
  }

  /** A tracker refuses new entries only when a table is at its limit. */
  private static List<Reason> limits(CounterTable figures) {
    List<Reason> lost = new ArrayList<>();
    long calls = figures.value("calls.fail_lim");
    long bindings = figures.value("regs.fail_lim");
    if (calls > 0) {
      lost.add(new Reason("call table full", calls));
    }
    if (bindings > 0) {
      lost.add(new Reason("registration table full", bindings));
    }
    return lost;
  }

  private static List<Reason> reasons(CounterTable figures, String group, String... counters) {
    List<Reason> reasons = new ArrayList<>();
    for (String counter : counters) {
      long count = figures.value(group + "." + counter);
      if (count > 0) {
        reasons.add(new Reason(counter, count));
      }
    }
    return reasons;
  }

  /** All counters of a group and those below it that count drops, by the rule of their names. */
  private static List<Reason> drops(CounterTable figures, String root) {
    List<Reason> drops = new ArrayList<>();
    for (String group : figures.within(root)) {
      for (CounterTable.Row figure : figures.rows(group)) {
        if (figure.value() > 0
            && (figure.name().contains("drop") || figure.name().equals("fail_queue"))) {
          drops.add(new Reason(figure.fullName(), figure.value()));
        }
      }
    }
    return drops;
  }
}
