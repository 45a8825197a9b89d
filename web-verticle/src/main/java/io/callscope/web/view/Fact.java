package io.callscope.web.view;

/**
 * A label and its value.
 *
 * @param href where more of it is, empty if nowhere
 */
public record Fact(String label, String value, String href) {
  public Fact(String label, String value) {
    this(label, value, "");
  }
}
