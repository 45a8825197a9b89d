package io.callscope.config;

import java.util.Locale;

/** Whether the program shows how far the files are. */
public enum ProgressMode {
  /** Where standard output is a terminal. */
  AUTO,
  ON,
  OFF;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
