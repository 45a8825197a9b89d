package io.callscope.testdata;

import java.util.Map;

/** Writes a JSON object of texts, numbers and counts, a line each. */
final class TruthJson {
  private final StringBuilder json = new StringBuilder("{");

  TruthJson text(String name, String value) {
    name(name).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u00").append(Character.forDigit(c >> 4, 16));
        json.append(Character.forDigit(c & 15, 16));
      } else {
        json.append(c);
      }
    }
    json.append('"');
    return this;
  }

  TruthJson number(String name, long value) {
    name(name).append(value);
    return this;
  }

  /** An object of the counts that are not 0. */
  TruthJson counts(String name, Map<String, Long> counts) {
    name(name).append('{');
    boolean first = true;
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      if (count.getValue() != 0) {
        json.append(first ? "" : ", ").append('"').append(count.getKey()).append("\": ");
        json.append(count.getValue());
        first = false;
      }
    }
    json.append('}');
    return this;
  }

  String end() {
    return json.append("\n}\n").toString();
  }

  private StringBuilder name(String name) {
    json.append(json.length() == 1 ? "\n" : ",\n");
    return json.append("  \"").append(name).append("\": ");
  }
}
