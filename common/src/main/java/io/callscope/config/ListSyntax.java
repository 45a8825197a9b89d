package io.callscope.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A list of items between separators.
 *
 * @param <E> one item
 */
final class ListSyntax<E> implements Syntax<List<E>> {
  private final String placeholder;
  private final ItemParser<E> parser;
  private final Function<E, String> printer;

  ListSyntax(String placeholder, ItemParser<E> parser, Function<E, String> printer) {
    this.placeholder = placeholder;
    this.parser = parser;
    this.printer = printer;
  }

  /** Makes one item of its text. */
  interface ItemParser<E> {
    E parse(String item) throws BadValueException;
  }

  @Override
  public String placeholder() {
    return placeholder;
  }

  @Override
  public List<E> parse(String text) throws BadValueException {
    List<E> items = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (String item : ListText.items(text)) {
      try {
        items.add(parser.parse(item));
      } catch (BadValueException e) {
        wrong.add("\"" + item + "\" " + e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      throw new BadValueException(String.join("; ", wrong));
    }
    return List.copyOf(items);
  }

  @Override
  public String print(List<E> value) {
    return value.stream().map(printer).collect(Collectors.joining(","));
  }

  @Override
  public String ofItems(List<String> items) {
    return String.join(",", items);
  }
}
