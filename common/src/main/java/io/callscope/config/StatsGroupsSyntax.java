package io.callscope.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Names of counter groups; the value is {@code all} alone, or the names without trailing dots and
 * intervals, none for {@code none}.
 */
final class StatsGroupsSyntax implements Syntax<List<String>> {
  private static final List<String> ALL = List.of("all");

  @Override
  public String placeholder() {
    return "GROUP,...";
  }

  @Override
  public List<String> parse(String text) throws BadValueException {
    List<String> items = ListText.items(text);
    List<String> groups = new ArrayList<>();
    boolean all = items.isEmpty();
    for (String item : items) {
      all |= item.equals("all") || item.equals("*");
      String group = withoutInterval(item);
      if (!group.equals("none") && !group.equals("-")) {
        groups.add(group);
      }
    }
    return all ? ALL : List.copyOf(groups);
  }

  private static String withoutInterval(String item) throws BadValueException {
    int colon = item.indexOf(':');
    if (colon >= 0 && DurationText.parse(item.substring(colon + 1)).isNegative()) {
      throw new BadValueException("must have intervals of 0 or more");
    }
    String name = colon < 0 ? item : item.substring(0, colon);
    String group = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (group.isEmpty()) {
      throw new BadValueException("must be names of counter groups, all or none");
    }
    return group;
  }

  @Override
  public String print(List<String> value) {
    return value.isEmpty() ? "none" : String.join(",", value);
  }

  @Override
  public String ofItems(List<String> items) {
    return String.join(",", items);
  }
}
