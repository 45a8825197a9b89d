package io.callscope.counters;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The packet statistics of pages and of the report at the end, one row a topic. */
public final class StatsBlock {
  private static final String GROUP = "pkt_stats";
  private static final String METHOD_PREFIX = "sip_";

  private final CounterTable table;
  private final ToLongFunction<String> value;
  private final List<Row> rows = new ArrayList<>();

  private StatsBlock(CounterTable table, ToLongFunction<String> value) {
    this.table = table;
    this.value = value;
  }

  /**
   * @param topic for example {@code packets}
   */
  public record Row(String topic, List<Field> fields) {

    /** For example {@code udp: 12 udp4: 12 udp6: 0}. */
    public String text() {
      StringBuilder text = new StringBuilder(String.format("%-10s", topic + ":"));
      for (Field field : fields) {
        text.append(String.format(Locale.ROOT, "  %s: %6d", field.name(), field.value()));
      }
      return text.toString();
    }
  }

  /** A figure of a row; its name is that of the counter, or the text of a parse error. */
  public record Field(String name, long value) {}

  /** Rows of totals. */
  public static List<Row> rows(CounterTable table) {
    return rows(table, name -> table.value(GROUP + "." + name));
  }

  /**
   * Rows of other figures than totals.
   *
   * @param table says which counters exist
   * @param value the figure for a counter of the group {@code pkt_stats}, such as a rate
   */
  public static List<Row> rows(CounterTable table, ToLongFunction<String> value) {
    StatsBlock block = new StatsBlock(table, value);
    block.packets();
    block.tcp();
    block.messages();
    block.parseErrors();
    block.requestsAndReplies();
    return List.copyOf(block.rows);
  }

  /** One row a line. */
  public static String text(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(row.text()).append('\n'));
    return text.toString();
  }

  private void packets() {
    row("packets", "total_packets", "ip4", "ip6", "injected");
    row("fragments", "ip4_frags", "ip4_defrag");
    row("udp", "udp", "udp4", "udp6");
    row("tcp", "tcp", "tcp4", "tcp6");
    row("tls", "tls", "dtls", "sctp", "other");
    row("wsock", "ws", "ws4", "ws6");
    row("vxlan", "vxlan", "vxlan4", "vxlan6");
  }

  private void tcp() {
    row("tcp", "tcp_streams", "tcp_segs", "tcp_total_rcvd");
    row("tcp", "tcp_syn", "tcp_fin", "tcp_closed");
    row("tcp", "tcp_ign", "tcp_stream_ign");
    row("tcp", "tcp_out_of_order", "tcp_miss", "huge_packets");
    row("tcp", "tcp_missed_bytes");
    row("tcp", "tcp_stream_timeouts", "tcp_reorder_timeouts");
  }

  private void messages() {
    boolean webSocket = table.hasGroup(GROUP + ".http");
    row("Parsed", "parse_attempts", "parse_ok", "parse_errs", "tiny_packets");
    row("Parsed", "sip_udp", "parse_errs_udp", "sip_tcp", "parse_errs_tcp");
    if (webSocket) {
      row("Parsed", "sip_ws", "parse_errs_ws");
    }
    row("Errors", "parse_errs", "offset_errs", "body_errs");
    row("Tracked", "tracked_ok_udp", "tracked_ok_tcp", "tracked_err_udp", "tracked_err_tcp");
    if (webSocket) {
      row("Tracked", "tracked_ok_ws", "tracked_err_ws");
    }
  }

  private void parseErrors() {
    List<Field> fields = new ArrayList<>();
    for (CounterTable.Row row : table.rows(GROUP)) {
      long count = value.applyAsLong(row.name());
      if (row.name().startsWith("parse_error_") && count != 0) {
        fields.add(new Field(row.description(), count));
      }
    }
    if (!fields.isEmpty()) {
      rows.add(new Row("errors", List.copyOf(fields)));
    }
  }

  private void requestsAndReplies() {
    List<Field> requests = new ArrayList<>(List.of(field("sip_reqs")));
    List<Field> replies = new ArrayList<>(List.of(field("sip_repls")));
    for (CounterTable.Row row : table.rows(GROUP)) {
      String name = row.name();
      long count = value.applyAsLong(name);
      if (count == 0 || !name.startsWith(METHOD_PREFIX)) {
        continue;
      }
      String what = name.substring(METHOD_PREFIX.length());
      if (what.length() == 3 && what.endsWith("XX")) {
        replies.add(new Field(what, count));
      } else if (what.equals(what.toUpperCase(Locale.ROOT))) {
        requests.add(new Field(what, count));
      }
    }
    rows.add(new Row("Requests", List.copyOf(requests)));
    rows.add(new Row("Replies", List.copyOf(replies)));
  }

  private void row(String topic, String... counters) {
    List<Field> fields = new ArrayList<>();
    for (String counter : counters) {
      fields.add(field(counter));
    }
    rows.add(new Row(topic, List.copyOf(fields)));
  }

  private Field field(String counter) {
    return new Field(counter, value.applyAsLong(counter));
  }
}
