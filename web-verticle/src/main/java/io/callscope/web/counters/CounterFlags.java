package io.callscope.web.counters;

import io.callscope.counters.CounterLines;
import io.callscope.web.http.Params;
import java.util.regex.Pattern;

/** The output flags of the counters' text. */
final class CounterFlags {
  private static final Pattern BAR = Pattern.compile("\\|");

  private CounterFlags() {}

  /** The flags of a request: {@code flags}, or the default set as {@code short} leaves it. */
  static int read(Params params) {
    boolean brief = params.word("short");
    String text = params.first("flags");
    int flags = brief ? CounterLines.DEFAULT & ~CounterLines.DESCRIPTIONS : CounterLines.DEFAULT;
    if (!text.isEmpty()) {
      flags = parse(params, text);
    }
    return params.present("nonzero") || params.present("nz")
        ? flags | CounterLines.NON_ZERO
        : flags;
  }

  /** A decimal number to 255, else a hexadecimal one, else names. */
  private static int parse(Params params, String text) {
    if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= 255) {
      return Integer.parseInt(text);
    }
    if (text.matches("[0-9a-fA-F]{1,2}")) {
      return Integer.parseInt(text, 16);
    }
    int flags = 0;
    for (String name : BAR.split(text, -1)) {
      int flag = named(name.trim());
      if (flag == 0) {
        params.error("flags", name, "is not one of fullname, val, desc, rec, nz, nonzero, 0..255");
      }
      flags |= flag;
    }
    return flags;
  }

  private static int named(String name) {
    return switch (name) {
      case "fullname" -> CounterLines.FULL_NAMES;
      case "val" -> CounterLines.VALUES;
      case "desc" -> CounterLines.DESCRIPTIONS;
      case "rec" -> CounterLines.RECURSIVE;
      case "nz", "nonzero" -> CounterLines.NON_ZERO;
      default -> 0;
    };
  }
}
