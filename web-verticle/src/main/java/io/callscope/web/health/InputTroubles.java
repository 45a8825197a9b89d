package io.callscope.web.health;

import io.callscope.counters.CounterTable;
import java.util.ArrayList;
import java.util.List;

/** What never came in, and so is missing in no account: interfaces that are gone, files unread. */
final class InputTroubles {
  /** Captures that somebody has sent: they were told. */
  private static final String UPLOADS = "pcap.uploads";

  private InputTroubles() {}

  static List<String> of(CounterTable figures) {
    List<String> troubles = new ArrayList<>();
    for (String group : figures.within("pcap")) {
      if (group.equals(UPLOADS)) {
        continue;
      }
      String input = group.substring(group.indexOf('.') + 1);
      if (figures.value(group + ".blind") > 0) {
        troubles.add("nothing is captured on " + input);
      }
      if (figures.value(group + ".failed") > 0) {
        troubles.add(input + " could not be read");
      }
      long unread = figures.value(group + ".unread_bytes");
      if (unread > 0) {
        troubles.add(unread + " bytes of " + input + " were not read");
      }
    }
    return troubles;
  }
}
