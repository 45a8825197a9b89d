package io.callscope.bus;

/**
 * Whether a regular expression may match nothing in several ways. A matcher tries them all, for
 * each place that has them once more, and reads no letter for it: who counts its steps by the
 * letters it reads sees none, and it may take for ever. So whatever may match nothing must not be
 * repeated, and of alternatives only one may match nothing.
 *
 * <p>Where it is not certain, the answer is that there are several ways.
 */
public final class EmptyWays {
  /** What is said of such an expression. */
  public static final String REFUSED =
      "it repeats what may match nothing, as (a*)* does, or two of its alternatives may match"
          + " nothing, as in (^|$), or it has (?x)";

  /** What a backslash makes of these matches nothing, at some places. */
  private static final String BOUNDARIES = "bBAGzZ";

  private final String expression;
  private int at;
  private boolean several;

  private EmptyWays(String expression) {
    this.expression = expression;
  }

  /** What an atom, or a sequence of them, may match. */
  private enum Kind {
    /** A letter at least. */
    SOMETHING,
    NOTHING,
    /** What a group has matched, which may be nothing. Repeated, it is tried once. */
    REFERENCE
  }

  /**
   * @param expression that {@link java.util.regex.Pattern} takes
   */
  public static boolean areSeveral(String expression) {
    EmptyWays ways = new EmptyWays(expression);
    ways.alternatives();
    return ways.several || ways.at < expression.length();
  }

  private boolean sees(String text) {
    return expression.startsWith(text, at);
  }

  private boolean skip(String text) {
    if (sees(text)) {
      at += text.length();
      return true;
    }
    return false;
  }

  private void skipTo(char last) {
    int end = expression.indexOf(last, at);
    at = end < 0 ? expression.length() : end + 1;
  }

  private boolean isOver() {
    return at >= expression.length();
  }

  /** Up to the end of the group or expression; returns whether it may match nothing. */
  private boolean alternatives() {
    int empty = 0;
    do {
      empty += sequence() ? 1 : 0;
    } while (skip("|"));
    several |= empty > 1;
    return empty > 0;
  }

  private boolean sequence() {
    boolean nothing = true;
    while (!isOver() && !sees("|") && !sees(")")) {
      Kind kind = atom();
      while (isRepeated()) {
        kind = repeated(kind);
      }
      nothing &= kind != Kind.SOMETHING;
    }
    return nothing;
  }

  private Kind atom() {
    int letter = expression.codePointAt(at);
    at += Character.charCount(letter);
    return switch (letter) {
      case '(' -> group();
      case '[' -> letters();
      case '\\' -> escape();
      case '^', '$' -> Kind.NOTHING;
      case '{' -> { // a repetition of nothing
        at--;
        yield Kind.NOTHING;
      }
      default -> Kind.SOMETHING;
    };
  }

  /** Behind its parenthesis. */
  private Kind group() {
    boolean around = false;
    if (skip("?")) {
      around = skip("=") || skip("!") || skip("<=") || skip("<!");
      if (!around && skip("<")) {
        skipTo('>');
      } else if (!around && !skip(">")) {
        while (!isOver() && !sees(":") && !sees(")")) {
          several |= expression.charAt(at) == 'x'; // comments may hold anything
          at++;
        }
        if (skip(")")) {
          return Kind.NOTHING;
        }
        skip(":");
      }
    }
    boolean nothing = alternatives();
    several |= !skip(")");
    return around || nothing ? Kind.NOTHING : Kind.SOMETHING;
  }

  /** Behind its bracket. */
  private Kind letters() {
    int depth = 1;
    skip("^");
    several |= sees("]"); // whether it ends the class is a matter of versions
    while (depth > 0 && !isOver()) {
      several |= sees("\\Q");
      switch (expression.charAt(at)) {
        case '\\' -> at++;
        case '[' -> depth++;
        case ']' -> depth--;
        default -> {}
      }
      at++;
    }
    return Kind.SOMETHING;
  }

  /** Behind its backslash. */
  private Kind escape() {
    char letter = expression.charAt(at++);
    if (BOUNDARIES.indexOf(letter) >= 0) {
      if (skip("{")) { // \b{g}
        skipTo('}');
      }
      return Kind.NOTHING;
    }
    if (letter >= '1' && letter <= '9') {
      digits(9);
      return Kind.REFERENCE;
    }
    switch (letter) {
      case 'k' -> {
        skipTo('>');
        return Kind.REFERENCE;
      }
      case 'Q' -> quoted();
      case 'c' -> at++;
      case '0' -> digits(3);
      case 'u' -> {
        at += 4;
        several |= sees("\\u"); // both may be one letter
      }
      case 'x', 'p', 'P', 'N' -> {
        if (skip("{")) {
          skipTo('}');
        } else {
          at += letter == 'x' ? 2 : 1;
        }
      }
      default -> {}
    }
    return Kind.SOMETHING;
  }

  private void quoted() {
    int end = expression.indexOf("\\E", at);
    several |= end == at; // what stands before it would be repeated
    at = end < 0 ? expression.length() : end + 2;
  }

  private void digits(int most) {
    for (int i = 0; i < most && !isOver() && Character.isDigit(expression.charAt(at)); i++) {
      at++;
    }
  }

  private boolean isRepeated() {
    return !isOver() && "*+?{".indexOf(expression.charAt(at)) >= 0;
  }

  /** Takes one repetition of what stands before it; returns what both together may match. */
  private Kind repeated(Kind kind) {
    boolean nothing = kind != Kind.SOMETHING;
    char repeat = expression.charAt(at++);
    boolean isTriedOnce = kind == Kind.REFERENCE && (repeat == '*' || repeat == '+');
    several |= nothing && !isTriedOnce;
    boolean mayBeNone = repeat == '*' || repeat == '?';
    if (repeat == '{') {
      mayBeNone = expression.charAt(at) == '0';
      skipTo('}');
    }
    if (!skip("?")) {
      skip("+");
    }
    return nothing || mayBeNone ? Kind.NOTHING : Kind.SOMETHING;
  }
}
