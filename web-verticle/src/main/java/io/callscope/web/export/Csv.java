package io.callscope.web.export;

import java.util.List;

/**
 * Lines of comma-separated values (RFC 4180). A cell that a spreadsheet would take for a formula
 * gets an apostrophe in front, since values come from the network; characters that end a line or
 * cannot be seen are escaped before.
 */
final class Csv {
  private Csv() {}

  /** The names of the columns: ours, so none is a formula. */
  static String header(List<String> names) {
    return String.join(",", names) + "\r\n";
  }

  static String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
    }
    return line.append("\r\n").toString();
  }

  private static String cell(String value) {
    String safe =
        value.isEmpty() || "=+-@\t\r|%".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == ' ' || c == ';');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
