package io.callscope.web.http;

import io.callscope.config.BadValueException;
import io.callscope.config.DurationText;
import io.callscope.web.view.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters of a request. What is wrong with them is collected, so that all of it can be told
 * at once; those that nobody has read when {@link #finish} is called are wrong too. An empty
 * parameter counts as absent; of a repeated one the first value counts.
 */
public final class Params {
  /** Parameters of every path. */
  static final Set<String> OURS = Set.of("format", "csrf");

  private static final int MOST_TOLD = 40;

  private final Map<String, List<String>> values;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<String> errors = new ArrayList<>();
  private boolean finished;

  Params(Map<String, List<String>> values) {
    this.values = values;
  }

  public boolean present(String name) {
    known.add(name);
    return values.containsKey(name);
  }

  /** Names of all parameters. */
  public Set<String> names() {
    return values.keySet();
  }

  /** The first value, empty if there is none. */
  public String first(String name) {
    known.add(name);
    List<String> all = values.get(name);
    return all == null || all.isEmpty() ? "" : all.get(0);
  }

  public List<String> all(String name) {
    known.add(name);
    return values.getOrDefault(name, List.of()).stream().filter(v -> !v.isEmpty()).toList();
  }

  public long number(String name, long absent, long max) {
    Long number = integer(name, 0, max);
    return number == null ? absent : number;
  }

  /** A whole number in a range, null if there is none or it is wrong. */
  public Long integer(String name, long min, long max) {
    String wanted = "must be a whole number";
    if (max >= Long.MAX_VALUE - 1) {
      return integer(name, min, max, min < 0 ? wanted : wanted + " of " + min + " or more");
    }
    return integer(name, min, max, wanted + " from " + min + " to " + max);
  }

  /**
   * The same.
   *
   * @param wanted what is said of another value: which are allowed, and what they mean
   */
  public Long integer(String name, long min, long max, String wanted) {
    String text = first(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    error(name, text, wanted);
    return null;
  }

  /** A decimal number, null if there is none or it is wrong. */
  public Double decimal(String name) {
    String text = first(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    error(name, text, "must be a number such as 20 or 0.5");
    return null;
  }

  /** A duration such as {@code 1m30s}, null if there is none or it is wrong. */
  public Duration duration(String name) {
    String text = first(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return DurationText.parse(text);
    } catch (BadValueException e) {
      error(name, text, e.getMessage());
      return null;
    }
  }

  /** A duration that is not negative. */
  public Duration time(String name) {
    Duration duration = duration(name);
    if (duration != null && duration.isNegative()) {
      error(name, first(name), "must be a duration of 0 or more");
      return null;
    }
    return duration;
  }

  /** A switch by presence; a number up to 0 turns it off. */
  public boolean on(String name) {
    if (!present(name)) {
      return false;
    }
    try {
      return Long.parseLong(first(name)) > 0;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  /** A boolean word; absent or empty is false. */
  public boolean word(String name) {
    String text = first(name);
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True", "on", "yes" -> true;
      case "", "0", "f", "F", "false", "FALSE", "False", "off", "no" -> false;
      default -> {
        error(name, text, "is not one of 1, true, on, yes, 0, false, off, no");
        yield false;
      }
    };
  }

  public void error(String name, String value, String why) {
    error("parameter " + name + ": " + Shown.quoted(value) + " " + why);
  }

  public void error(String text) {
    errors.add("ERROR: " + text);
  }

  /** What was found wrong so far. */
  public List<String> errors() {
    return errors;
  }

  /**
   * The page has read all that it knows. A misspelt parameter would change what is asked for
   * without a word, so each that is left is an error.
   *
   * @return all that is wrong
   */
  public List<String> finish() {
    if (!finished) {
      finished = true;
      values.keySet().stream()
          .filter(name -> !known.contains(name) && !OURS.contains(name))
          .sorted()
          .forEach(name -> error("no parameter " + Shown.quoted(name) + " here; " + knownNames()));
    }
    return errors;
  }

  boolean isFinished() {
    return finished;
  }

  private String knownNames() {
    List<String> names = known.stream().filter(name -> !OURS.contains(name)).toList();
    if (names.isEmpty()) {
      return "there are none";
    }
    return "there are "
        + names.stream().limit(MOST_TOLD).collect(Collectors.joining(", "))
        + (names.size() > MOST_TOLD ? " and more" : "");
  }
}
