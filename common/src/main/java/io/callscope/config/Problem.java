package io.callscope.config;

/**
 * What is wrong with the configuration, for people.
 *
 * @param subject the option or argument
 * @param value the value, or null where there is none
 * @param origin where it came from, for example {@code command line}, or empty
 * @param reason what is wrong or would be right
 */
public record Problem(String subject, String value, String origin, String reason) {

  public String text() {
    return subject
        + (value == null ? "" : " \"" + value + "\"")
        + (origin.isEmpty() ? "" : " (" + origin + ")")
        + ": "
        + reason;
  }
}
