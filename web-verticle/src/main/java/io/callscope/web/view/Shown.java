package io.callscope.web.view;

/**
 * Values from the wire as a person may see them: nothing in them can end a line, move the cursor or
 * turn the direction of writing.
 */
public final class Shown {
  private static final int PAGE_LIMIT = 200;

  private Shown() {}

  /** In double quotes; quotes, backslashes and all invisible characters escaped. */
  public static String quoted(String value) {
    StringBuilder out = new StringBuilder(value.length() + 2).append('"');
    value
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\');
              }
              append(out, c);
            });
    return out.append('"').toString();
  }

  /** Invisible characters escaped. */
  public static String plain(String value) {
    StringBuilder out = new StringBuilder(value.length());
    value.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  /** As {@link #plain}, but its lines stay lines. */
  public static String lines(String value) {
    StringBuilder out = new StringBuilder(value.length());
    value
        .replace("\r\n", "\n")
        .codePoints()
        .forEach(
            c -> {
              if (c == '\n') {
                out.append('\n');
              } else {
                append(out, c);
              }
            });
    return out.toString();
  }

  /** As {@link #plain}, and cut with its true length told, for a page. */
  public static String brief(String value) {
    if (value.length() <= PAGE_LIMIT) {
      return plain(value);
    }
    int end =
        value.offsetByCodePoints(0, Math.min(PAGE_LIMIT, value.codePointCount(0, value.length())));
    return plain(value.substring(0, end)) + "… (" + value.length() + " characters)";
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (visible(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(String.format(c < 0x80 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        }
      }
    }
  }

  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
