package io.callscope.testdata.sbc;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The program {@code bin/simulate-sbc}: session border controllers that feed a collector. */
public final class SimulateSbc {
  private static final String USAGE =
      """
      Simulates session border controllers that feed an IPFIX collector.

      Usage: bin/simulate-sbc [HOST:]PORT [options]

        --sbcs N            how many connect; 1
        --rate N            records a second of all together, 0 for as many as go; 100
        --seconds N         how long; 10
        --pcap FILE         send the SIP messages of a capture instead, once
        --transports LIST   of the SIP messages: udp4, udp6, tcp4, tcp6; udp4
        --only DIRECTION    ingress or egress: report messages of one direction alone
        --quality           a report of media quality after each call, if the collector wants it
        --keep-alive N      seconds between keep-alives that are proposed; 30
        --old               connect as software 7.2 does: no host name
        --fault KIND        in the end: stall, half-message, reset, lying-set, lying-message;
                            from the start: clock-off; from the middle on: clock-back
        --help              this text
      """;

  /** Errors that are said; many SBCs fail of the same. */
  private static final int MOST_ERRORS = 5;

  private String name = "sbc";
  private int sbcs = 1;
  private double rate = 100;
  private double seconds = 10;
  private String pcap;
  private List<CallScript.Kind> kinds = List.of(CallScript.Kind.UDP4);
  private FeedMessage.Direction only;
  private boolean quality;
  private boolean old;
  private int keepAlive = 30;
  private Fault fault;

  private SimulateSbc() {}

  /** Exits with 0, with 1 if an SBC failed, with 2 after a bad argument. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
    List<String> rest = new ArrayList<>(Arrays.asList(arguments));
    if (rest.isEmpty() || rest.contains("--help") || rest.contains("-h")) {
      out.print(USAGE);
      return rest.isEmpty() ? 2 : 0;
    }
    try {
      SimulateSbc simulation = new SimulateSbc();
      InetSocketAddress collector = address(rest.remove(0));
      while (!rest.isEmpty()) {
        simulation.option(rest.remove(0), rest);
      }
      return simulation.run(collector, out, err);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage() + "; --help lists all options");
      return 2;
    }
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
    int port = (int) number("the port", text.substring(colon + 1), 1, 65_535);
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("there is no host " + host);
    }
    return address;
  }

  private void option(String option, List<String> rest) {
    switch (option) {
      case "--name" -> name = value(option, rest);
      case "--sbcs" -> sbcs = (int) number(option, value(option, rest), 1, 10_000);
      case "--rate" -> rate = number(option, value(option, rest), 0, 1e8);
      case "--seconds" -> seconds = number(option, value(option, rest), 0, 1e6);
      case "--pcap" -> pcap = value(option, rest);
      case "--transports" ->
          kinds =
              Arrays.stream(value(option, rest).split(",", -1))
                  .map(kind -> one(option, kind, CallScript.Kind.values()))
                  .toList();
      case "--only" -> only = one(option, value(option, rest), FeedMessage.Direction.values());
      case "--quality" -> quality = true;
      case "--old" -> old = true;
      case "--keep-alive" -> keepAlive = (int) number(option, value(option, rest), 0, 65_535);
      case "--fault" -> fault = one(option, value(option, rest), Fault.values());
      default -> throw new IllegalArgumentException("there is no option " + option);
    }
  }

  private static String value(String option, List<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.remove(0);
  }

  private static double number(String option, String text, double least, double most) {
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // as one that is out of range
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "%s must be a number from %.0f to %.0f", option, least, most));
  }

  private static <E extends Enum<E>> E one(String option, String text, E[] all) {
    for (E value : all) {
      if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException(option + ": there is no " + text);
  }

  private int run(InetSocketAddress collector, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (pcap != null) {
      return sendCapture(collector, out, err);
    }
    Fleet fleet =
        new Fleet(
            new Fleet.Plan(
                collector, name, sbcs, rate, seconds, kinds, only, quality, old, keepAlive, fault));
    out.printf(
        Locale.ROOT,
        "%,d SBCs feed %s:%d, %s records a second, for %s s%n",
        sbcs,
        collector.getHostString(),
        collector.getPort(),
        rate == 0 ? "as many as go" : String.format(Locale.ROOT, "%,.0f", rate),
        BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString());
    long start = System.nanoTime();
    fleet.run();
    double took = (System.nanoTime() - start) / 1e9;
    List<String> errors = fleet.errors();
    if (fleet.sent() > 0) {
      out.printf(
          Locale.ROOT,
          "done: %,d records of %,d calls in %.1f s, %,.0f a second%n",
          fleet.sent(),
          fleet.calls(),
          took,
          fleet.sent() / took);
    }
    errors.stream().limit(MOST_ERRORS).forEach(err::println);
    if (errors.size() > MOST_ERRORS) {
      err.println("and " + (errors.size() - MOST_ERRORS) + " more SBCs failed");
    }
    return errors.isEmpty() ? 0 : 1;
  }

  private int sendCapture(InetSocketAddress collector, PrintStream out, PrintStream err) {
    try (Sbc sbc = new Sbc(name, collector)) {
      sbc.connect(keepAlive, old);
      long records = CaptureFeed.send(pcap, sbc);
      if (fault != null) {
        sbc.fault(fault);
      }
      out.printf(Locale.ROOT, "done: %,d records of %s%n", records, pcap);
      return 0;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
  }
}
