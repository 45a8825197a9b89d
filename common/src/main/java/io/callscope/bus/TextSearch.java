package io.callscope.bus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;

/**
 * A {@link TextFilter} for many texts that lie in bytes: nothing is made of a text that is ASCII,
 * and an expression is tried only where its {@link RequiredLetters} are. One thread.
 */
public final class TextSearch {
  /** Stands for what is no UTF-8: a text with it has other bytes. */
  private static final char REPLACEMENT = '\ufffd';

  private final TextFilter filter;

  /** What must be in the bytes. */
  private final ByteSearch[] parts;

  /** With them nothing is left to ask. */
  private final boolean partsTell;

  private final MeteredText metered = new MeteredText();
  private final Matcher matcher;

  /**
   * @param filter that does not ignore case
   */
  public TextSearch(TextFilter filter) {
    this.filter = filter;
    boolean isPlain = filter.pattern == null && filter.part.indexOf(REPLACEMENT) < 0;
    List<String> required =
        filter.pattern != null
            ? RequiredLetters.of(filter.pattern.pattern())
            : isPlain ? List.of(filter.part) : List.of();
    parts = required.stream().map(ByteSearch::new).toArray(ByteSearch[]::new);
    partsTell = isPlain;
    matcher = filter.pattern == null ? null : filter.pattern.matcher("");
  }

  /**
   * Whether the filter lets a text in UTF-8 through.
   *
   * @throws IllegalArgumentException if the expression takes too long, or too much stack, on this
   *     text
   */
  public boolean test(byte[] bytes, int from, int to) {
    for (ByteSearch part : parts) {
      if (!part.isIn(bytes, from, to)) {
        return false;
      }
    }
    if (matcher == null) {
      return partsTell || filter.test(text(bytes, from, to));
    }
    return TextFilter.find(
        matcher.reset(
            isAscii(bytes, from, to)
                ? metered.of(bytes, from, to - from)
                : metered.of(text(bytes, from, to))));
  }

  private static boolean isAscii(byte[] bytes, int from, int to) {
    int all = 0;
    for (int at = from; at < to; at++) {
      all |= bytes[at];
    }
    return all >= 0;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
