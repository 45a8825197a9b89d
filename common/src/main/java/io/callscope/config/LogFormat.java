package io.callscope.config;

import java.util.Locale;

/** How {@code -log_format} lets the log be written. */
public enum LogFormat {
  /** Lines for people. */
  TEXT,

  /** One JSON object a line. */
  JSON;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
