package io.callscope.web.list;

import io.callscope.bus.EmptyWays;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression from a stranger: POSIX extended syntax as far as Java's allows, of bounded
 * length, matched against a deadline because a backtracking matcher may need years.
 */
public final class Regex {
  static final int MAX_LENGTH = 512;
  private static final int CHARS_PER_LOOK_AT_CLOCK = 1024;
  private static final long SHORT_NANOS = 1_000_000;

  private final Pattern pattern;

  private Regex(Pattern pattern) {
    this.pattern = pattern;
  }

  /** The expression cannot be used; the message is for its author. */
  public static class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    private Unusable(String message) {
      super(message, null, false, false);
    }
  }

  /** A match was not known before its deadline. */
  public static final class TooSlow extends Unusable {
    private static final long serialVersionUID = 1;

    private TooSlow() {
      super("it takes too long to match");
    }
  }

  private static final class OutOfTime extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfTime() {
      super(null, null, false, false);
    }
  }

  public static Regex compile(String expression) throws Unusable {
    if (expression.length() > MAX_LENGTH) {
      throw new Unusable("it is longer than " + MAX_LENGTH + " characters");
    }
    try {
      Regex regex = new Regex(Pattern.compile(javaSyntax(expression)));
      if (EmptyWays.areSeveral(regex.javaSyntax())) {
        throw new Unusable(EmptyWays.REFUSED); // it would read no letter, and see no clock
      }
      return regex;
    } catch (PatternSyntaxException e) {
      throw new Unusable(e.getDescription() + " at " + Math.max(e.getIndex(), 0));
    } catch (StackOverflowError e) {
      throw new Unusable("it is nested too deeply");
    }
  }

  /** The expression in the syntax of {@link Pattern}. */
  public String javaSyntax() {
    return pattern.pattern();
  }

  /**
   * Whether it is found anywhere in a text.
   *
   * @param clock monotonic ns
   * @throws TooSlow if that is not known before the deadline
   * @throws Unusable if it needs too much stack
   */
  public boolean find(String text, LongSupplier clock, long deadlineNanos) throws Unusable {
    try {
      return pattern.matcher(new Timed(text, clock, deadlineNanos)).find();
    } catch (OutOfTime e) {
      throw new TooSlow();
    } catch (StackOverflowError e) {
      throw new Unusable("it is too complex to match");
    }
  }

  /** Whether it is found in a short text, or it would take too long to know. */
  boolean mayFind(String text) {
    try {
      return find(text, System::nanoTime, System.nanoTime() + SHORT_NANOS);
    } catch (Unusable e) {
      return true;
    }
  }

  /**
   * Bracket expressions differ: POSIX has named classes, takes a first ] and any [ for themselves,
   * and knows no intersection.
   */
  private static String javaSyntax(String posix) {
    StringBuilder java = new StringBuilder(posix.length() + 16);
    int i = 0;
    while (i < posix.length()) {
      char c = posix.charAt(i);
      if (c == '\\' && i + 1 < posix.length()) {
        java.append(c).append(posix.charAt(i + 1));
        i += 2;
      } else if (c == '[') {
        i = bracket(posix, i, java);
      } else {
        java.append(c);
        i++;
      }
    }
    return java.toString();
  }

  private static int bracket(String posix, int from, StringBuilder java) {
    java.append('[');
    int i = from + 1;
    if (i < posix.length() && posix.charAt(i) == '^') {
      java.append('^');
      i++;
    }
    int first = i;
    while (i < posix.length()) {
      char c = posix.charAt(i);
      if (c == ']' && i > first) {
        java.append(c);
        return i + 1;
      }
      int named = c == '[' && posix.startsWith("[:", i) ? posix.indexOf(":]", i + 2) : -1;
      if (named > 0) {
        String name = posix.substring(i + 2, named);
        java.append("\\p{").append(className(name)).append('}');
        i = named + 2;
      } else if (c == '\\' && i + 1 < posix.length()) {
        java.append(c).append(posix.charAt(i + 1));
        i += 2;
      } else {
        java.append(c == '[' || c == ']' || c == '&' ? "\\" : "").append(c);
        i++;
      }
    }
    return i;
  }

  private static String className(String posix) {
    return switch (posix) {
      case "xdigit" -> "XDigit";
      case "ascii" -> "ASCII";
      case "" -> "";
      default -> Character.toUpperCase(posix.charAt(0)) + posix.substring(1);
    };
  }

  /** A matcher that goes on and on reads characters, so here its time is seen. */
  private static final class Timed implements CharSequence {
    private final String text;
    private final LongSupplier clock;
    private final long deadlineNanos;
    private int untilLook = CHARS_PER_LOOK_AT_CLOCK;

    Timed(String text, LongSupplier clock, long deadlineNanos) {
      this.text = text;
      this.clock = clock;
      this.deadlineNanos = deadlineNanos;
    }

    @Override
    public char charAt(int index) {
      if (--untilLook == 0) {
        untilLook = CHARS_PER_LOOK_AT_CLOCK;
        if (clock.getAsLong() - deadlineNanos > 0) {
          throw new OutOfTime();
        }
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
