package io.callscope.testdata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * What to generate. Written as on the command line, in tests too: {@code Options.of("--calls",
 * "100", "--transport", "tcp")}. The same options always give the same bytes.
 */
public final class Options {
  long calls = 1000;
  long seed = 1;
  double callsPerSecond = 250;
  double talkSeconds = 30;
  Mix mix = Mix.defaults();
  double twoLegs = 0.5;
  double challenged = 0.25;
  double calleeEnds = 0.3;
  int phones = 20_000;
  int proxies = 4;
  int gateways = 12;
  double startSeconds = 1_705_320_000;
  boolean tcp;
  boolean webSocket;
  double packing = 0.5;
  boolean ipv6;
  LinkLayer link = LinkLayer.ETH;
  int[] vlans = {};
  int vxlanPort;
  int mtu;
  int mss = 1448;
  int connections = 400;
  double split = 0.3;
  double coalesce = 0.1;
  double reorder = 0.02;
  double retransmit = 0.02;
  double lostSyn;
  double keepAlives = 0.01;
  double noise;
  int rtp;
  boolean nanos;

  private final List<String> given = new ArrayList<>();

  private record Entry(String name, String unit, String help, BiConsumer<Options, String> set) {}

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("calls", "N", "dialogs; 1000", (o, v) -> o.calls = whole(v, 0, 1L << 40)),
          new Entry("seed", "N", "same seed, same bytes; 1", (o, v) -> o.seed = Long.parseLong(v)),
          new Entry(
              "cps",
              "RATE",
              "new dialogs in a second of capture time; 250",
              (o, v) -> o.callsPerSecond = real(v, 0.001, 1e6)),
          new Entry(
              "duration",
              "SECONDS",
              "mean talk time; 30",
              (o, v) -> o.talkSeconds = real(v, 0, 3000)),
          new Entry(
              "mix",
              "KIND=WEIGHT,...",
              "kinds of dialogs and their shares; " + defaultMix(),
              (o, v) -> o.mix = Mix.parse(v)),
          new Entry(
              "two-legs",
              "SHARE",
              "dialogs seen on both sides of the proxy; 0.5",
              (o, v) -> o.twoLegs = share(v)),
          new Entry(
              "challenged",
              "SHARE",
              "calls challenged with 407 first; 0.25",
              (o, v) -> o.challenged = share(v)),
          new Entry(
              "callee-ends",
              "SHARE",
              "calls ended by the callee; 0.3",
              (o, v) -> o.calleeEnds = share(v)),
          new Entry("phones", "N", "20000", (o, v) -> o.phones = count(v, 1 << 22)),
          new Entry("proxies", "N", "4", (o, v) -> o.proxies = count(v, 60_000)),
          new Entry("gateways", "N", "12", (o, v) -> o.gateways = count(v, 60_000)),
          new Entry(
              "start",
              "SECONDS",
              "capture time of the start, since 1970; 1705320000",
              (o, v) -> o.startSeconds = real(v, 0, 4e9)),
          new Entry("transport", "udp|tcp|ws", "udp", Options::transport),
          new Entry("ip", "4|6", "4", (o, v) -> o.ipv6 = second(v, "4", "6")),
          new Entry(
              "link", "eth|sll|sll2|raw|loop", "link type; eth", (o, v) -> o.link = linkOf(v)),
          new Entry(
              "vlan",
              "ID",
              "802.1Q tag; repeat for QinQ, outermost first",
              (o, v) -> o.addVlan((int) whole(v, 0, 4095))),
          new Entry(
              "vxlan",
              "PORT",
              "inside VXLAN, to this UDP port (4789 is usual)",
              (o, v) -> o.vxlanPort = (int) whole(v, 1, 65_535)),
          new Entry(
              "mtu",
              "BYTES",
              "fragment IP packets over this size; 0: never",
              (o, v) -> o.mtu = (int) whole(v, 0, 65_535)),
          new Entry(
              "mss",
              "BYTES",
              "tcp: largest segment; 1448",
              (o, v) -> o.mss = (int) whole(v, 64, 60_000)),
          new Entry(
              "connections",
              "N",
              "tcp: phones in use, a connection each; 400",
              (o, v) -> o.connections = count(v, 1 << 22)),
          new Entry(
              "split",
              "SHARE",
              "tcp: messages cut at random places; 0.3",
              (o, v) -> o.split = share(v)),
          new Entry(
              "coalesce",
              "SHARE",
              "tcp: messages whose tail travels with the next one; 0.1",
              (o, v) -> o.coalesce = share(v)),
          new Entry(
              "ooo",
              "SHARE",
              "reordered segments, reordered or doubled fragments; 0.02",
              (o, v) -> o.reorder = share(v)),
          new Entry(
              "rexmit",
              "SHARE",
              "tcp: segments sent again, whole or overlapping; 0.02",
              (o, v) -> o.retransmit = share(v)),
          new Entry(
              "lost-syn",
              "SHARE",
              "tcp: connections whose handshake is not seen; 0",
              (o, v) -> o.lostSyn = share(v)),
          new Entry(
              "keep-alives",
              "SHARE",
              "tcp: messages with empty lines before them; 0.01",
              (o, v) -> o.keepAlives = share(v)),
          new Entry(
              "deflate",
              "SHARE",
              "ws: connections that pack their messages; 0.5",
              (o, v) -> o.packing = share(v)),
          new Entry(
              "noise",
              "SHARE",
              "udp: datagrams on the SIP port that are not SIP; 0",
              (o, v) -> o.noise = share(v)),
          new Entry(
              "rtp",
              "N",
              "media datagrams after each message; 0",
              (o, v) -> o.rtp = (int) whole(v, 0, 10_000)),
          new Entry("nsec", "", "time stamps in nanoseconds", (o, v) -> o.nanos = true));

  private Options() {}

  /**
   * Reads options, each {@code --name value} or {@code --name=value}.
   *
   * @throws IllegalArgumentException naming the option and what is wrong with it
   */
  public static Options of(String... arguments) {
    Options options = new Options();
    options.given.addAll(Arrays.asList(arguments));
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      Entry entry = entry(name);
      String value = equals < 0 ? null : argument.substring(equals + 1);
      if (value == null && !entry.unit.isEmpty()) {
        if (++i == arguments.length) {
          throw new IllegalArgumentException(name + " needs a value: " + entry.unit);
        }
        value = arguments[i];
      }
      set(options, entry, value);
    }
    options.check();
    return options;
  }

  private static Entry entry(String name) {
    for (Entry entry : ENTRIES) {
      if (name.equals("--" + entry.name)) {
        return entry;
      }
    }
    throw new IllegalArgumentException("unknown option " + name);
  }

  private static void set(Options options, Entry entry, String value) {
    if (value != null && entry.unit.isEmpty()) {
      throw new IllegalArgumentException("--" + entry.name + " takes no value");
    }
    try {
      entry.set.accept(options, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--" + entry.name + " " + value + ": " + e.getMessage(), e);
    }
  }

  private void check() {
    if (vlans.length > 0 && link != LinkLayer.ETH) {
      throw new IllegalArgumentException("--vlan needs --link eth");
    }
    int least = ipv6 ? 1280 : 68;
    if (mtu != 0 && mtu < least) {
      throw new IllegalArgumentException("--mtu " + mtu + ": at least " + least + ", or 0");
    }
    if (tcp && noise > 0) {
      throw new IllegalArgumentException("--noise needs --transport udp");
    }
  }

  /** The arguments this was made from. */
  List<String> given() {
    return given;
  }

  /** The table of all options, a line each. */
  static String help() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : ENTRIES) {
      String left = "--" + entry.name + " " + entry.unit;
      text.append(String.format(Locale.ROOT, "  %-28s %s%n", left, entry.help));
    }
    return text.toString();
  }

  private static String defaultMix() {
    StringBuilder text = new StringBuilder();
    for (Kind kind : Kind.values()) {
      text.append(text.isEmpty() ? "" : ",").append(kind.text()).append('=');
      text.append(kind.defaultWeight());
    }
    return text.toString();
  }

  private void addVlan(int id) {
    if (vlans.length == 4) {
      throw new IllegalArgumentException("more than 4 tags");
    }
    vlans = Arrays.copyOf(vlans, vlans.length + 1);
    vlans[vlans.length - 1] = id;
  }

  private static LinkLayer linkOf(String text) {
    for (LinkLayer link : LinkLayer.values()) {
      if (link.text().equals(text)) {
        return link;
      }
    }
    throw new IllegalArgumentException("one of eth, sll, sll2, raw, loop");
  }

  private static void transport(Options options, String value) {
    options.webSocket = value.equals("ws");
    options.tcp = options.webSocket || second(value, "udp", "tcp");
  }

  private static boolean second(String value, String first, String second) {
    if (!value.equals(first) && !value.equals(second)) {
      throw new IllegalArgumentException("either " + first + " or " + second);
    }
    return value.equals(second);
  }

  private static long whole(String text, long least, long most) {
    long value = Long.parseLong(text);
    if (value < least || value > most) {
      throw new IllegalArgumentException("not in " + least + "-" + most);
    }
    return value;
  }

  private static int count(String text, int most) {
    return (int) whole(text, 1, most);
  }

  private static double share(String text) {
    return real(text, 0, 1);
  }

  private static double real(String text, double least, double most) {
    double value = Double.parseDouble(text);
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException("not in " + least + "-" + most);
    }
    return value;
  }
}
