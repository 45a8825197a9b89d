package io.callscope.bus;

import java.util.ArrayList;
import java.util.List;

/**
 * The runs of ASCII letters that every text has in which a regular expression is found. Only what
 * stands outside of groups and classes is looked at, and where a construct might change what
 * letters mean (alternatives at the top, flags, quotes, codes of characters) there are none.
 */
final class RequiredLetters {
  private static final List<String> NONE = List.of();

  /** A shorter run is in nearly every text. */
  private static final int SHORTEST = 2;

  /** What a backslash makes of these is a class of characters, a boundary or one control letter. */
  private static final String HARMLESS_ESCAPES = "dDwWsShHvVRbBAzZGntrfea";

  private final String expression;
  private final StringBuilder run = new StringBuilder();
  private final List<String> runs = new ArrayList<>();
  private int at;

  private RequiredLetters(String expression) {
    this.expression = expression;
  }

  /** Empty if there are none, or none that are certain. */
  static List<String> of(String expression) {
    return new RequiredLetters(expression).find();
  }

  private List<String> find() {
    while (at < expression.length()) {
      char c = expression.charAt(at);
      switch (c) {
        case '|', ')' -> {
          return NONE;
        }
        case '(' -> {
          endRun();
          if (!skipGroup()) {
            return NONE;
          }
        }
        case '[' -> {
          endRun();
          if (!skipClass()) {
            return NONE;
          }
        }
        case '\\' -> {
          if (!escape()) {
            return NONE;
          }
        }
        case '*', '?', '{' -> dropLast();
        case '+' -> {
          endRun();
          at++;
        }
        case '^', '$', '.' -> {
          endRun();
          at++;
        }
        default -> letter(c);
      }
    }
    endRun();
    return runs;
  }

  private void letter(char c) {
    at++;
    if (c < 128) {
      run.append(c);
    } else {
      endRun();
    }
  }

  /** What is repeated need not be there. */
  private void dropLast() {
    if (run.length() > 0) {
      run.setLength(run.length() - 1);
    }
    endRun();
    if (expression.charAt(at) == '{') {
      int end = expression.indexOf('}', at);
      at = end < 0 ? expression.length() : end;
    }
    at++;
  }

  private void endRun() {
    if (run.length() >= SHORTEST) {
      runs.add(run.toString());
    }
    run.setLength(0);
  }

  private boolean escape() {
    if (at + 1 >= expression.length()) {
      return false;
    }
    char c = expression.charAt(at + 1);
    at++;
    if (!Character.isLetterOrDigit(c)) {
      letter(c);
      return true;
    }
    at++;
    endRun();
    return HARMLESS_ESCAPES.indexOf(c) >= 0;
  }

  /** Goes behind the group that begins here; false if it is not plain. */
  private boolean skipGroup() {
    int depth = 0;
    while (at < expression.length()) {
      switch (expression.charAt(at)) {
        case '(' -> {
          depth++;
          at++;
          if (at < expression.length() && expression.charAt(at) == '?') {
            return false; // flags, or looking around
          }
        }
        case ')' -> {
          depth--;
          at++;
          if (depth == 0) {
            return true;
          }
        }
        case '[' -> {
          if (!skipClass()) {
            return false;
          }
        }
        case '\\' -> {
          if (!skipEscape()) {
            return false;
          }
        }
        default -> at++;
      }
    }
    return false;
  }

  private boolean skipClass() {
    int depth = 0;
    while (at < expression.length()) {
      switch (expression.charAt(at)) {
        case '[' -> {
          depth++;
          at++;
          if (at < expression.length() && expression.charAt(at) == '^') {
            at++;
          }
          if (at < expression.length() && expression.charAt(at) == ']') {
            return false; // whether it ends the class is a matter of versions
          }
        }
        case ']' -> {
          depth--;
          at++;
          if (depth == 0) {
            return true;
          }
        }
        case '\\' -> {
          if (!skipEscape()) {
            return false;
          }
        }
        default -> at++;
      }
    }
    return false;
  }

  private boolean skipEscape() {
    if (expression.startsWith("\\Q", at)) {
      return false;
    }
    at += 2;
    return true;
  }
}
