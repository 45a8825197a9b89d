package io.callscope.bus;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A user's filter on a text: a part of it, or a regular expression found anywhere. An expression
 * that would search for ever is cut off, since it runs on threads that others wait for. For any
 * thread; a {@link TextSearch} is faster where one thread tests many texts.
 */
public final class TextFilter {
  private static final int MAX_EXPRESSION = 512;

  final String part;
  final Pattern pattern;
  private final boolean ignoreCase;

  private TextFilter(String part, Pattern pattern, boolean ignoreCase) {
    this.part = part;
    this.pattern = pattern;
    this.ignoreCase = ignoreCase;
  }

  /** Texts that contain {@code part}. */
  public static TextFilter containing(String part, boolean ignoreCase) {
    return new TextFilter(ignoreCase ? part.toLowerCase(Locale.ROOT) : part, null, ignoreCase);
  }

  /**
   * Texts in which the expression is found.
   *
   * @throws IllegalArgumentException if it is too long or no expression; the message says why, in
   *     one line
   */
  public static TextFilter matching(String expression) {
    if (expression.length() > MAX_EXPRESSION) {
      throw new IllegalArgumentException(
          "regular expression of more than " + MAX_EXPRESSION + " characters");
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "bad regular expression: " + e.getDescription() + " near position " + e.getIndex(), e);
    }
    if (EmptyWays.areSeveral(expression)) {
      throw new IllegalArgumentException("bad regular expression: " + EmptyWays.REFUSED);
    }
    return new TextFilter(null, pattern, false);
  }

  /**
   * @throws IllegalArgumentException if the expression takes too long, or too much stack, on this
   *     text
   */
  public boolean test(String text) {
    if (pattern != null) {
      return find(pattern.matcher(new MeteredText().of(text)));
    }
    return (ignoreCase ? text.toLowerCase(Locale.ROOT) : text).contains(part);
  }

  /** A repeated choice takes some stack for each letter, long before it has looked too often. */
  static boolean find(Matcher matcher) {
    try {
      return matcher.find();
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("regular expression takes too much stack", e);
    }
  }
}
