package io.callscope.counters;

import java.util.Collection;

/**
 * Counters as lines: name in 30 columns, value, minimum and maximum in 6 each, description. A blank
 * line follows each group; a group of which nothing is to be shown is left out.
 *
 * @param flags sum of the constants
 */
public record CounterLines(int flags) {
  /** Dotted names; without it each group has a heading and its counters are indented. */
  public static final int FULL_NAMES = 1;

  public static final int VALUES = 2;
  public static final int DESCRIPTIONS = 4;

  /** Also what lies below the first level of sub-groups. */
  public static final int RECURSIVE = 8;

  /** Without counters of value 0. */
  public static final int NON_ZERO = 16;

  public static final int DEFAULT = FULL_NAMES | VALUES | DESCRIPTIONS | RECURSIVE;

  private static final String INDENT = "    ";
  private static final String NO_EXTREME = " ".repeat(10);

  /** All groups. */
  public String all(CounterTable table) {
    StringBuilder text = new StringBuilder();
    write(text, table, table.groups(), 0);
    return text.toString();
  }

  /** A group and its sub-groups; empty if there is none. */
  public String group(CounterTable table, String group) {
    StringBuilder text = new StringBuilder();
    write(text, table, table.within(group), depth(group));
    return text.toString();
  }

  private void write(
      StringBuilder text, CounterTable table, Collection<String> groups, int fromDepth) {
    for (String group : groups) {
      if (has(RECURSIVE) || depth(group) <= fromDepth + 1) {
        write(text, table, group, depth(group) - Math.max(1, fromDepth));
      }
    }
  }

  private void write(StringBuilder text, CounterTable table, String group, int level) {
    StringBuilder lines = new StringBuilder();
    for (CounterTable.Row row : table.rows(group)) {
      if (!has(NON_ZERO) || row.value() != 0) {
        lines.append(has(FULL_NAMES) ? "" : INDENT.repeat(level + 1));
        lines.append(line(row)).append('\n');
      }
    }
    if (!lines.isEmpty() && !has(FULL_NAMES)) {
      text.append(INDENT.repeat(level)).append(group.substring(group.lastIndexOf('.') + 1));
      text.append(":\n");
    }
    text.append(lines).append(lines.isEmpty() ? "" : "\n");
  }

  private static int depth(String group) {
    return 1 + (int) group.chars().filter(c -> c == '.').count();
  }

  /** One counter, without end of line. */
  public String line(CounterTable.Row row) {
    StringBuilder line = new StringBuilder();
    line.append(String.format("%-30s: ", has(FULL_NAMES) ? row.fullName() : row.name()));
    if (has(VALUES)) {
      boolean value = row.kind() != CounterKind.MAX_ONLY;
      line.append(value ? String.format("%6d", row.value()) : " ".repeat(6));
      line.append(row.kind().keepsMin() ? String.format(" m: %6d", row.min()) : NO_EXTREME);
      line.append(row.kind().keepsMax() ? String.format(" M: %6d", row.max()) : NO_EXTREME);
    }
    if (has(DESCRIPTIONS) && !row.description().isEmpty()) {
      line.append("\t\t").append(row.description());
    }
    return line.toString().stripTrailing();
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
