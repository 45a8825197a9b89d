package io.callscope.config;

/** Where a value came from; a later one wins over those before it. */
public enum Origin {
  DEFAULT("default"),
  FILE("file"),
  ENVIRONMENT("environment"),
  COMMAND_LINE("command line");

  private final String text;

  Origin(String text) {
    this.text = text;
  }

  /** As in {@link EffectiveSetting#origin}. */
  public String text() {
    return text;
  }
}
