package io.callscope.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Three slots, of which a shorter list sets the first ones.
 *
 * @param <E> value of one slot
 */
record Slots<E>(ListSyntax<E> list, List<E> defaults) implements Syntax<List<E>> {
  private static final Pattern GAP = Pattern.compile(",\\s*,");

  @Override
  public String placeholder() {
    return list.placeholder();
  }

  @Override
  public List<E> parse(String text) throws BadValueException {
    if (GAP.matcher(text).find()) { // those behind it would move to other slots
      throw new BadValueException("must not have an empty value among others");
    }
    List<E> given = list.parse(text);
    if (given.size() > defaults.size()) {
      throw new BadValueException("must be at most " + defaults.size() + " values");
    }
    List<E> slots = new ArrayList<>(given);
    slots.addAll(defaults.subList(given.size(), defaults.size()));
    return List.copyOf(slots);
  }

  @Override
  public String print(List<E> value) {
    return list.print(value);
  }

  @Override
  public String ofItems(List<String> items) {
    return list.ofItems(items);
  }
}
