package io.callscope.web.health;

import io.callscope.counters.CounterTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that is no loss and yet not as people may expect it.
 *
 * @param href where more of it is told, or it can be changed; empty for none
 */
public record Hint(String text, String href) {

  /** Events were held back, as the rate limits say: nothing is lost, but not all is shown. */
  private static final String SILENT = "ev_rate.blst_silent";

  private static final String RATES = "/evrateblst/list?sort=exceeded&desc=1";

  /** Packets of several interfaces come a little out of order; a tenth of all is more than that. */
  private static final long OLDER_SHARE = 10;

  /** Events that a rate limit held back. */
  static long heldBack(CounterTable figures) {
    return figures.value(SILENT);
  }

  /** Messages that belonged into files of calls and are in none. */
  private static long missingInFiles(CounterTable figures) {
    return Stages.withMissingInFiles(figures).stream().mapToLong(Stage::lostTotal).sum();
  }

  /** For who has the pages at hand but no link to click: the path of the page is told. */
  public String withPage() {
    return href.isEmpty() ? text : text + ": see " + href;
  }

  boolean isOfRates() {
    return href.equals(RATES);
  }

  /** All that the counters give reason for. */
  static List<Hint> of(CounterTable figures) {
    List<Hint> hints = new ArrayList<>();
    if (heldBack(figures) > 0) {
      hints.add(new Hint("Rate limits held " + heldBack(figures) + " events back", RATES));
    }
    long byType = figures.value("ev_rate.blst_type");
    if (byType > 0) {
      hints.add(new Hint("Events dropped by their type: " + byType, "/events/blst"));
    }
    long unwritten = missingInFiles(figures);
    if (unwritten > 0) {
      hints.add(
          new Hint(
              unwritten + " messages are missing in the files of calls; the log says why",
              "/pcapdump"));
    }
    long expiring = figures.value("web.tls.expiring");
    if (expiring > 0) {
      hints.add(
          new Hint(
              "The certificate of "
                  + (expiring == 1 ? "a web server" : expiring + " web servers")
                  + " has expired, is not valid yet or expires within 14 days; the log says when",
              ""));
    }
    long webSockets = figures.value("pkt_stats.tcp_http_ws");
    if (webSockets > 0) {
      hints.add(
          new Hint(
              webSockets
                  + " TCP streams ask for a WebSocket and are not followed: name their port in"
                  + " -websocket_ports if they carry SIP",
              ""));
    }
    long tunnels = figures.value("pkt_stats.vxlan_unread");
    if (tunnels > 0) {
      hints.add(
          new Hint(
              tunnels
                  + " datagrams look like VXLAN and are not read: name their port in -vxlan_ports",
              ""));
    }
    long unsupported = figures.value("pkt_stats.link_unsupported");
    if (unsupported > 0) {
      hints.add(new Hint(unsupported + " packets are of a link type that is not supported", ""));
    }
    long older = figures.value("pkt_stats.back_times");
    if (older > figures.value("pkt_stats.total_packets") / OLDER_SHARE) {
      hints.add(
          new Hint(
              older
                  + " packets were captured before an earlier one: times and durations of their"
                  + " calls are not right; see what is said of capture times in docs/capture.md",
              ""));
    }
    return hints;
  }
}
