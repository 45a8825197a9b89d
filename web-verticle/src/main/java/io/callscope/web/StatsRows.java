package io.callscope.web;

import io.callscope.sip.SipError;
import io.callscope.sip.SipMethod;
import java.util.ArrayList;
import java.util.List;

/** The statistics of capture by topic. */
final class StatsRows {
  private static final String GROUP = "pkt_stats";
  private static final int MAX_ERRORS = 17;

  private StatsRows() {}

  /** A topic with its figures. */
  record Row(String topic, List<Cell> cells) {}

  /** A figure by its name. */
  record Cell(String name, long value) {}

  static List<Row> of(Figures figures) {
    boolean websocket = figures.hasGroup("pkt_stats.http") || figures.value(GROUP, "sip_ws") > 0;
    List<Row> rows = new ArrayList<>();
    add(rows, figures, "packets", "total_packets", "ip4", "ip6", "injected");
    add(rows, figures, "fragments", "ip4_frags", "ip4_defrag");
    add(rows, figures, "udp", "udp", "udp4", "udp6");
    add(rows, figures, "tcp", "tcp", "tcp4", "tcp6");
    add(rows, figures, "tls and other", "tls", "dtls", "sctp", "other");
    add(rows, figures, "wsock", "ws", "ws4", "ws6");
    add(rows, figures, "vxlan", "vxlan", "vxlan4", "vxlan6");
    add(rows, figures, "tcp streams", "tcp_streams", "tcp_segs", "tcp_total_rcvd");
    add(rows, figures, "tcp state", "tcp_syn", "tcp_fin", "tcp_closed");
    add(rows, figures, "tcp ignored", "tcp_ign", "tcp_stream_ign");
    add(rows, figures, "tcp order", "tcp_out_of_order", "tcp_miss", "huge_packets");
    add(rows, figures, "tcp missed", "tcp_missed_bytes");
    add(rows, figures, "tcp timeouts", "tcp_stream_timeouts", "tcp_reorder_timeouts");
    add(rows, figures, "Parsed", "parse_attempts", "parse_ok", "parse_errs", "tiny_packets");
    add(
        rows,
        figures,
        "Parsed by transport",
        "sip_udp",
        "parse_errs_udp",
        "sip_tcp",
        "parse_errs_tcp");
    if (websocket) {
      add(rows, figures, "Parsed websocket", "sip_ws", "parse_errs_ws");
    }
    add(rows, figures, "Errors", "parse_errs", "offset_errs", "body_errs");
    add(
        rows,
        figures,
        "Tracked",
        "tracked_ok_udp",
        "tracked_ok_tcp",
        "tracked_err_udp",
        "tracked_err_tcp");
    if (websocket) {
      add(rows, figures, "Tracked websocket", "tracked_ok_ws", "tracked_err_ws");
    }
    rows.add(new Row("Parse errors", errors(figures)));
    rows.add(new Row("Requests", requests(figures)));
    rows.add(new Row("Replies", replies(figures)));
    return rows;
  }

  private static void add(List<Row> rows, Figures figures, String topic, String... counters) {
    List<Cell> cells = new ArrayList<>();
    for (String counter : counters) {
      cells.add(new Cell(counter, figures.value(GROUP, counter)));
    }
    rows.add(new Row(topic, cells));
  }

  private static List<Cell> errors(Figures figures) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < MAX_ERRORS; i++) {
      long count = figures.value(GROUP, "parse_error_" + i);
      if (count != 0) {
        cells.add(new Cell(SipError.text(i), count));
      }
    }
    return cells;
  }

  private static List<Cell> requests(Figures figures) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell("sip_reqs", figures.value(GROUP, "sip_reqs")));
    for (int method = 0; method < SipMethod.COUNT; method++) {
      long count = figures.value(GROUP, "sip_" + SipMethod.name(method));
      if (count != 0) {
        cells.add(new Cell(SipMethod.name(method), count));
      }
    }
    return cells;
  }

  private static List<Cell> replies(Figures figures) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell("sip_repls", figures.value(GROUP, "sip_repls")));
    for (int hundreds = 0; hundreds <= 9; hundreds++) {
      long count = figures.value(GROUP, "sip_" + hundreds + "XX");
      if (count != 0) {
        cells.add(new Cell(hundreds + "XX", count));
      }
    }
    return cells;
  }

  static String text(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(row.topic()).append(':');
      for (Cell cell : row.cells()) {
        text.append(' ').append(cell.name()).append(": ");
        text.append(Long.toUnsignedString(cell.value()));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
