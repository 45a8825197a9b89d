package io.callscope.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What options ask of each other. */
final class CrossChecks {
  /** A third of it each may take what file names have beside the Call-ID, in UTF-8. */
  private static final int MAX_PART = 40;

  private final Settings settings;
  private final Set<Option<?>> unreadable;
  private final List<Problem> problems = new ArrayList<>();

  private CrossChecks(Settings settings, Set<Option<?>> unreadable) {
    this.settings = settings;
    this.unreadable = unreadable;
  }

  /**
   * @param unreadable options that are given with values that do not parse
   * @param allNamesKnown no name was wrong, so that an option that seems to lack does lack
   */
  static List<Problem> problems(
      Settings settings, Set<Option<?>> unreadable, boolean allNamesKnown) {
    CrossChecks checks = new CrossChecks(settings, unreadable);
    if (allNamesKnown) {
      checks.input();
    }
    checks.dump();
    checks.pairs();
    checks.web();
    checks.ports();
    checks.cluster();
    checks.buffers();
    return checks.problems;
  }

  private void input() {
    boolean packets = isSet(Options.PCAP) || isSet(Options.IFACE);
    if (!packets && isSet(Options.BPF)) {
      wrong("bpf", "needs -pcap or -iface to filter");
    } else if (settings.get(Options.ROLES).isEmpty()
        && !packets
        && !isSet(Options.IPFIX_PORT)
        && !isSet(Options.CHECK)) {
      // What is only checked may be a part of the options: the input may be named elsewhere.
      wrong("no input", "give -pcap FILES, -iface NAME or -ipfix_port PORT");
    }
    role(Role.CAPTURE, packets, "-pcap FILES or -iface NAME");
    role(Role.IPFIX, isSet(Options.IPFIX_PORT), "-ipfix_port PORT");
    role(Role.PCAPDUMP, isSet(Options.PCAP_DUMP_DIR), "-pcap_dump_dir DIR");
    role(Role.WEB, isSet(Options.HTTP_PORT), "-http_port PORT");
  }

  private void role(Role role, boolean hasWhatItNeeds, String needed) {
    if (!hasWhatItNeeds && settings.get(Options.ROLES).contains(role)) {
      wrong("role " + role.text(), "needs " + needed);
    }
  }

  private void dump() {
    if (isSet(Options.PCAP_DUMP_ON) && !isSet(Options.PCAP_DUMP_DIR)) {
      wrong("pcap_dump_on", "needs -pcap_dump_dir");
    }
    for (Option<String> part :
        List.of(Options.PCAP_DUMP_PREFIX, Options.PCAP_DUMP_SUFFIX, Options.PCAP_DUMP_EXTENSION)) {
      String text = settings.get(part);
      if (text.indexOf('/') >= 0 || text.indexOf('\0') >= 0) {
        wrong(part.name(), "must hold neither / nor NUL: it is a part of a file name");
      } else if (text.length() > MAX_PART) {
        wrong(part.name(), "must not be longer than " + MAX_PART + " characters");
      }
    }
  }

  private void pairs() {
    both(Options.HTTP_TLS_CERT, Options.HTTP_TLS_KEY);
    both(Options.CLUSTER_TLS_CERT, Options.CLUSTER_TLS_KEY);
  }

  private void web() {
    for (Option<?> option :
        List.of(
            Options.HTTP_ADDR,
            Options.HTTP_USERS,
            Options.HTTP_TLS_CERT,
            Options.HTTP_HOSTS,
            Options.HTTP_PROXIES,
            Options.BUS_BRIDGE)) {
      if (isSet(option) && !isSet(Options.HTTP_PORT)) {
        wrong(option.name(), "needs -http_port");
      }
    }
    for (Option<Duration> limit : List.of(Options.HTTP_SESSION_IDLE, Options.HTTP_SESSION_MAX)) {
      if (settings.get(limit).isZero()) {
        wrong(limit.name(), "must be above 0");
      }
    }
  }

  private void ports() {
    apart(Options.HTTP_PORT, Options.HTTP_ADDR, Options.HEALTH_PORT, Options.HEALTH_ADDR);
    apart(Options.HTTP_PORT, Options.HTTP_ADDR, Options.IPFIX_PORT, Options.IPFIX_ADDR);
    apart(Options.HEALTH_PORT, Options.HEALTH_ADDR, Options.IPFIX_PORT, Options.IPFIX_ADDR);
  }

  /** Two servers on one address take turns in answering. */
  private void apart(
      Option<Integer> port,
      Option<String> address,
      Option<Integer> otherPort,
      Option<String> otherAddress) {
    int number = settings.get(port);
    if (number != 0
        && number == settings.get(otherPort)
        && settings.get(address).equals(settings.get(otherAddress))) {
      wrong(otherPort.name(), "must not be " + number + " as -" + port.name() + " is");
    }
  }

  private void both(Option<?> certificate, Option<?> key) {
    if (isSet(certificate) && !isSet(key)) {
      wrong(certificate.name(), "needs -" + key.name());
    } else if (isSet(key) && !isSet(certificate)) {
      wrong(key.name(), "needs -" + certificate.name());
    }
  }

  private void cluster() {
    for (Option<?> option :
        List.of(
            Options.ROLES,
            Options.CLUSTER_NAME,
            Options.CLUSTER_MEMBERS,
            Options.CLUSTER_ADDR,
            Options.CLUSTER_PUBLIC,
            Options.CLUSTER_PORT,
            Options.CLUSTER_BUS_PORT,
            Options.CLUSTER_WAIT,
            Options.CLUSTER_TLS_CERT,
            Options.CLUSTER_TLS_KEY,
            Options.CLUSTER_TLS_CA)) {
      if (isSet(option) && !isSet(Options.CLUSTER)) {
        wrong(option.name(), "needs -cluster");
      }
    }
    both(Options.CLUSTER_TLS_CERT, Options.CLUSTER_TLS_CA);
    if (settings.get(Options.CLUSTER_NAME).isBlank()) {
      wrong("cluster_name", "must not be empty");
    }
  }

  private void buffers() {
    boolean readable =
        !unreadable.contains(Options.TCP_MSG_BUF) && !unreadable.contains(Options.TCP_MSG_BUF_MAX);
    if (readable && settings.get(Options.TCP_MSG_BUF_MAX) < settings.get(Options.TCP_MSG_BUF)) {
      wrong("tcp_msg_buf_max", "must be at least -tcp_msg_buf");
    }
  }

  private boolean isSet(Option<?> option) {
    return settings.isChanged(option) || unreadable.contains(option);
  }

  private void wrong(String subject, String reason) {
    problems.add(new Problem(subject, null, "", reason));
  }
}
