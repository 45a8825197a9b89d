package io.callscope.bus;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A user's filter on a text: a part of it, or a regular expression found anywhere. An expression
 * that would search for ever is cut off, since it runs on threads that others wait for.
 */
public final class TextFilter {
  private static final int MAX_EXPRESSION = 512;

  /** Characters an expression may look at for one text. */
  private static final int MAX_STEPS = 200_000;

  private final String part;
  private final Pattern pattern;
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
    try {
      return new TextFilter(null, Pattern.compile(expression), false);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "bad regular expression: " + e.getDescription() + " near position " + e.getIndex(), e);
    }
  }

  /** It may look at a text many times over. */
  public boolean isExpression() {
    return pattern != null;
  }

  /**
   * @throws IllegalArgumentException if the expression takes too long on this text
   */
  public boolean test(String text) {
    if (pattern != null) {
      return pattern.matcher(new Metered(text, new AtomicInteger(MAX_STEPS))).find();
    }
    return (ignoreCase ? text.toLowerCase(Locale.ROOT) : text).contains(part);
  }

  /** A text that can be looked at only so often. */
  private static final class Metered implements CharSequence {
    private final CharSequence text;
    private final AtomicInteger left;

    Metered(CharSequence text, AtomicInteger left) {
      this.text = text;
      this.left = left;
    }

    @Override
    public char charAt(int index) {
      if (left.decrementAndGet() < 0) {
        throw new IllegalArgumentException("regular expression takes too long");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Metered(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
