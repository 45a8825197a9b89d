package io.callscope.web;

import io.callscope.counters.CounterKind;
import java.util.List;
import java.util.Locale;

/** Counters as plain lines: name, value, extremes, description in columns. */
final class CounterText {
  private final Figures figures;
  private final int flags;
  private final StringBuilder out = new StringBuilder();

  private CounterText(Figures figures, int flags) {
    this.figures = figures;
    this.flags = flags;
  }

  /**
   * @param groups dotted names of groups to print with their sub-groups; all if both lists are
   *     empty
   * @param counters dotted names of single counters, which come after the groups
   */
  static String of(Figures figures, int flags, List<String> groups, List<String> counters) {
    CounterText text = new CounterText(figures, flags);
    if (groups.isEmpty() && counters.isEmpty()) {
      text.below("");
    }
    groups.forEach(text::below);
    for (String counter : counters) {
      int dot = counter.lastIndexOf('.');
      text.line(
          counter.substring(0, dot),
          figures.figure(counter.substring(0, dot), counter.substring(dot + 1)));
    }
    return text.out.toString();
  }

  /** What is wrong with a dotted name of a group, or null. */
  static String unknownGroup(Figures figures, String name) {
    if (figures.groupNames().stream().anyMatch(known -> within(known, name))) {
      return null;
    }
    return unknown(figures, "group", name);
  }

  /** What is wrong with a dotted name of a counter, or null. */
  static String unknownCounter(Figures figures, String name) {
    int dot = name.lastIndexOf('.');
    if (dot > 0 && figures.figure(name.substring(0, dot), name.substring(dot + 1)) != null) {
      return null;
    }
    return unknown(figures, "counter", name);
  }

  private static String unknown(Figures figures, String what, String name) {
    String found = "";
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      String prefix = name.substring(0, dot);
      if (figures.groupNames().stream().anyMatch(known -> within(known, prefix))) {
        found = name.substring(0, dot + 1);
      }
    }
    return what
        + " "
        + Shown.quoted(name)
        + ": found "
        + Shown.quoted(found)
        + ", not found "
        + Shown.quoted(name.substring(found.length()));
  }

  /** Whether a group is another one or lies below it. */
  static boolean within(String group, String root) {
    return root.isEmpty() || group.equals(root) || group.startsWith(root + ".");
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private void below(String root) {
    int depthOfRoot = root.isEmpty() ? -1 : depth(root);
    for (String group : figures.groupNames()) {
      if (within(group, root) && (has(CounterFlags.RECURSIVE) || depth(group) - depthOfRoot <= 1)) {
        block(group);
      }
    }
  }

  private static int depth(String group) {
    return (int) group.chars().filter(c -> c == '.').count();
  }

  private void block(String group) {
    if (!has(CounterFlags.FULL_NAME)) {
      out.append("\t".repeat(depth(group)));
      out.append(group.substring(group.lastIndexOf('.') + 1)).append(":\n");
    }
    figures.group(group).forEach(figure -> line(group, figure));
    out.append('\n');
  }

  private void line(String group, Figures.Figure figure) {
    if (has(CounterFlags.NON_ZERO) && figure.value() == 0) {
      return;
    }
    String name = figure.name();
    if (has(CounterFlags.FULL_NAME)) {
      name = group + "." + name;
    } else {
      out.append("\t".repeat(depth(group) + 1));
    }
    out.append(String.format(Locale.ROOT, "%-30s", name));
    if (has(CounterFlags.VALUE)) {
      CounterKind kind = figure.kind();
      out.append(": ")
          .append(kind == CounterKind.MAX_ONLY ? " ".repeat(6) : number(figure.value()));
      out.append(kind.keepsMin() ? " m: " + number(figure.min()) : " ".repeat(10));
      out.append(kind.keepsMax() ? " M: " + number(figure.max()) : " ".repeat(10));
    }
    if (has(CounterFlags.DESCRIPTION)) {
      out.append("\t\t").append(figure.description());
    }
    while (out.charAt(out.length() - 1) == ' ') {
      out.setLength(out.length() - 1);
    }
    out.append('\n');
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%6s", Long.toUnsignedString(value));
  }
}
