package io.callscope.web.forms;

import java.util.List;

/**
 * One form of a page.
 *
 * @param legend what it is about, empty if it is the only one
 * @param about a sentence on it, may be empty
 * @param action path it goes to
 * @param asks it only asks (GET); else it acts (POST)
 * @param submit label of its button
 */
public record Section(
    String legend, String about, String action, boolean asks, List<Input> inputs, String submit) {

  /** A form that changes something. */
  public static Section acting(
      String legend, String about, String action, List<Input> inputs, String submit) {
    return new Section(legend, about, action, false, List.copyOf(inputs), submit);
  }

  /** A form that only leads to a list. */
  public static Section asking(String action, List<Input> inputs) {
    return new Section("", "", action, true, List.copyOf(inputs), "Show");
  }
}
