package io.callscope.web.metrics;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes metrics in the text format of Prometheus, version 0.0.4: the samples of a metric stand
 * together below its help and type, whatever order they come in.
 */
final class Exposition {
  private final Map<String, Family> families = new LinkedHashMap<>();

  private static final class Family {
    final String head;
    final Map<String, Double> samples = new LinkedHashMap<>();

    Family(String head) {
      this.head = head;
    }
  }

  /** What a metric is. */
  enum Type {
    COUNTER,
    GAUGE
  }

  /**
   * Adds a sample; one with the same name and labels as another replaces it.
   *
   * @param name as the format allows it
   * @param labels names and values in turn
   */
  void add(String name, Type type, String help, double value, String... labels) {
    Family family =
        families.computeIfAbsent(
            name,
            key ->
                new Family(
                    "# HELP "
                        + key
                        + " "
                        + help.replace("\\", "\\\\").replace("\n", "\\n")
                        + "\n# TYPE "
                        + key
                        + " "
                        + type.name().toLowerCase(Locale.ROOT)
                        + "\n"));
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < labels.length; i += 2) {
      key.append(i == 0 ? "{" : ",").append(labels[i]).append("=\"");
      key.append(labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      key.append('"');
    }
    family.samples.put(key.append(labels.length == 0 ? "" : "}").toString(), value);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    families.forEach(
        (name, family) -> {
          text.append(family.head);
          family.samples.forEach(
              (labels, value) ->
                  text.append(name).append(labels).append(' ').append(number(value)).append('\n'));
        });
    return text.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
