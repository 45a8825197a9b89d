package io.callscope.config;

import java.util.Locale;

/** A service that {@code -roles} lets a process run. */
public enum Role {
  CAPTURE,
  IPFIX,
  TRACKER,
  PCAPDUMP,
  WEB;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
