package io.callscope.config;

import java.util.List;
import java.util.Map;

/**
 * How the value of an option is written. {@link #parse} of what {@link #print} made gives the same
 * value again.
 */
public interface Syntax<T> {

  /** What stands for the value in the help, for example {@code DURATION}. */
  String placeholder();

  T parse(String text) throws BadValueException;

  String print(T value);

  /** The text of a YAML list. */
  default String ofItems(List<String> items) throws BadValueException {
    throw new BadValueException("must be a single value, not a list");
  }

  /** The text of a YAML map. */
  default String ofPairs(Map<String, String> pairs) throws BadValueException {
    throw new BadValueException("must be a single value, not a map");
  }
}
