package io.callscope.sip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the tables of test vectors: a row a line, columns parted by " | ", escapes as in Java. */
final class Vectors {
  private static final int MAX_COLUMNS = 12;

  private Vectors() {}

  /** The rows of a table, unescaped; missing columns are empty. */
  static List<String[]> rows(String table) {
    try (InputStream in = Vectors.class.getResourceAsStream("/sip/" + table)) {
      List<String[]> rows = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.startsWith("#") && !line.isEmpty()) {
          rows.add(row(line));
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] row(String line) {
    String[] columns = Arrays.copyOf(line.split(" ?\\|(?: |$)", -1), MAX_COLUMNS);
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i] == null ? "" : unescape(columns[i]);
    }
    return columns;
  }

  private static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '\\') {
        out.append(text.charAt(i));
        continue;
      }
      char escape = text.charAt(++i);
      switch (escape) {
        case 'r' -> out.append('\r');
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 's' -> out.append(' ');
        case '\\' -> out.append('\\');
        case 'x' -> {
          out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> throw new IllegalArgumentException("\\" + escape + " in " + text);
      }
    }
    return out.toString();
  }

  static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }
}
