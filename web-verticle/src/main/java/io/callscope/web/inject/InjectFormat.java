package io.callscope.web.inject;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How the line ends of a pasted message are written, and what makes CR LF of them. A message on a
 * page or in a log has often lost its own.
 */
enum InjectFormat {
  AUTO("found out"),
  NGREPLF("ngrep, a dot before each LF"),
  NGREPCR("ngrep, a dot before each CR"),
  NGREPCRLF("ngrep, a dot before each CR LF"),
  LF("LF"),
  CRLF("CR LF"),
  ESCAPED("escaped, \\r\\n"),
  /** Only found out: {@code \n} alone. */
  ESCAPED_LF("escaped, \\n");

  /** Line ends that tell a format. */
  private static final int MOST_ENDS = 8;

  private static final int LEAST_ENDS = 5;

  private final String label;

  InjectFormat(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those that a form offers. */
  static List<InjectFormat> offered() {
    return Arrays.stream(values()).filter(format -> format != ESCAPED_LF).toList();
  }

  /** The format of a name, whatever its case, or null. */
  static InjectFormat named(String name) {
    return offered().stream()
        .filter(format -> format.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  /** The format of a text by the line ends it has most of, or null if it has too few. */
  static InjectFormat detect(byte[] text) {
    String s = new String(text, StandardCharsets.ISO_8859_1);
    for (int ends = MOST_ENDS; ends >= LEAST_ENDS; ends--) {
      if (count(s, "\\r\\n") >= ends) {
        return ESCAPED;
      } else if (count(s, ".\r\n") >= ends) {
        return NGREPCRLF;
      } else if (count(s, "\r\n") >= ends) {
        return CRLF;
      } else if (count(s, ".\n") >= ends) {
        return NGREPLF;
      } else if (count(s, ".\r") >= ends) {
        return NGREPCR;
      } else if (count(s, "\n") >= ends) {
        return LF;
      } else if (count(s, "\\n") >= ends) {
        return ESCAPED_LF;
      }
    }
    return null;
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  /** The message with CR LF at the end of each line. */
  byte[] convert(byte[] text) {
    return switch (this) {
      case AUTO -> throw new IllegalStateException("find the format out first");
      case CRLF -> text;
      case LF -> lines(text);
      case NGREPLF, NGREPCR, NGREPCRLF -> ngrep(text);
      case ESCAPED -> unescape(text);
      case ESCAPED_LF -> lines(unescape(text));
    };
  }

  /** Text that has CR LF already keeps it. */
  private static byte[] lines(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 64);
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) {
        out.write('\r');
      }
      out.write(text[i]);
    }
    return out.toByteArray();
  }

  /** A dot that ends a line stands for CR LF; other line ends are where it was wrapped. */
  private static byte[] ngrep(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 64);
    for (int i = 0; i < text.length; i++) {
      boolean lineEnd = i + 1 < text.length && (text[i + 1] == '\r' || text[i + 1] == '\n');
      if (text[i] == '.' && lineEnd) {
        out.write('\r');
        out.write('\n');
      } else if (text[i] != '\r' && text[i] != '\n') {
        out.write(text[i]);
      }
    }
    return out.toByteArray();
  }

  private static byte[] unescape(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\r' || text[i] == '\n') {
        continue;
      }
      if (text[i] != '\\' || i + 1 == text.length) {
        out.write(text[i]);
        continue;
      }
      int hex = text[i + 1] == 'x' ? hex(text, i + 2) : -1;
      out.write(hex >= 0 ? hex : escaped(text[i + 1]));
      i += hex >= 0 ? 3 : 1;
    }
    return out.toByteArray();
  }

  private static int hex(byte[] text, int at) {
    int high = at + 1 < text.length ? Character.digit(text[at], 16) : -1;
    int low = high < 0 ? -1 : Character.digit(text[at + 1], 16);
    return low < 0 ? -1 : high << 4 | low;
  }

  private static int escaped(byte letter) {
    return switch (letter) {
      case 'r' -> '\r';
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'v' -> 11;
      default -> letter;
    };
  }
}
