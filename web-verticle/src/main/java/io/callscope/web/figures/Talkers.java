package io.callscope.web.figures;

import io.callscope.bus.CallEvent;
import io.callscope.net.IpAddress;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whose addresses events come from, over the last minutes. One thread. */
final class Talkers {
  private static final int MINUTES = 5;

  /** Addresses counted in a minute; events of further ones are counted together. */
  private static final int MOST = 2_000;

  private static final int TOP = 10;
  private static final Address OTHERS = new Address(-1, -1);

  private final ArrayDeque<Map<Address, long[]>> minutes = new ArrayDeque<>();
  private int seconds;

  private record Address(long high, long low) {}

  Talkers() {
    minutes.add(new HashMap<>());
  }

  void count(CallEvent event) {
    Map<Address, long[]> now = minutes.getLast();
    Address from = new Address(event.ends().clientHigh(), event.ends().clientLow());
    long[] counts = now.get(from);
    if (counts == null) {
      counts = now.computeIfAbsent(now.size() < MOST ? from : OTHERS, key -> new long[2]);
    }
    counts[0]++;
    switch (event.type()) {
      case AUTH_FAILED, CALL_ATTEMPT, OTHER_FAILED, OTHER_TIMEOUT, PARSE_ERROR, MSG_PROBE ->
          counts[1]++;
      default -> {}
    }
  }

  void onSecond() {
    if (++seconds % 60 == 0) {
      minutes.add(new HashMap<>());
      if (minutes.size() > MINUTES) {
        minutes.removeFirst();
      }
    }
  }

  /** Those with most events. */
  List<Figures.Talker> top() {
    Map<Address, long[]> sums = new HashMap<>();
    for (Map<Address, long[]> minute : minutes) {
      minute.forEach(
          (address, counts) -> {
            long[] sum = sums.computeIfAbsent(address, key -> new long[2]);
            sum[0] += counts[0];
            sum[1] += counts[1];
          });
    }
    sums.remove(OTHERS);
    return sums.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<Address, long[]> entry) -> -entry.getValue()[0])
                .thenComparing(entry -> entry.getKey().high)
                .thenComparing(entry -> entry.getKey().low))
        .limit(TOP)
        .map(entry -> talker(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Figures.Talker talker(Address address, long[] counts) {
    return new Figures.Talker(IpAddress.text(address.high, address.low), counts[0], counts[1]);
  }
}
