package io.callscope.web.forms;

import java.util.List;

/**
 * One input of a form.
 *
 * @param name of its parameter
 * @param value as it is now
 * @param hint what may be given, empty if the label says it all
 * @param type of an input element: {@code text}, {@code number}, {@code checkbox}; {@code select}
 *     and {@code area} are elements of their own
 * @param choices of a select
 */
public record Input(
    String name, String label, String value, String hint, String type, List<Choice> choices) {

  /** A value to choose. */
  public record Choice(String value, String label, boolean chosen) {}

  public static Input text(String name, String label, String value, String hint) {
    return new Input(name, label, value, hint, "text", List.of());
  }

  public static Input number(String name, String label, Object value, String hint) {
    return new Input(name, label, String.valueOf(value), hint, "number", List.of());
  }

  /** A box that sends 1 if it is ticked. */
  public static Input check(String name, String label, boolean value) {
    return new Input(name, label, value ? "1" : "", "", "checkbox", List.of());
  }

  public static Input area(String name, String label, String value, String hint) {
    return new Input(name, label, value, hint, "area", List.of());
  }

  /**
   * @param choices pairs of value and label
   */
  public static Input select(
      String name, String label, String value, String hint, List<String[]> choices) {
    return new Input(
        name,
        label,
        value,
        hint,
        "select",
        choices.stream().map(c -> new Choice(c[0], c[1], c[0].equals(value))).toList());
  }

  /** On or off, as 1 or 0. */
  public static Input onOff(String name, String label, boolean value, String on, String off) {
    return select(
        name,
        label,
        value ? "1" : "0",
        "",
        List.of(new String[] {"1", on}, new String[] {"0", off}));
  }

  /** For the template. */
  public boolean isSelect() {
    return type.equals("select");
  }

  /** For the template. */
  public boolean isArea() {
    return type.equals("area");
  }

  /** For the template. */
  public boolean isCheck() {
    return type.equals("checkbox");
  }

  /** What is chosen, for the plain form and for whoever may not change it. */
  public String shown() {
    return choices.stream()
        .filter(Choice::chosen)
        .map(choice -> choice.value + " (" + choice.label + ")")
        .findFirst()
        .orElse(value);
  }
}
