package io.callscope.config;

import java.util.Locale;

/** A service that {@code -roles} lets a process run. */
public enum Role {
  CAPTURE,
  IPFIX,
  TRACKER,
  PCAPDUMP,
  WEB;

  /** Whether messages enter the system here, which asks for an input option. */
  public boolean readsInput() {
    return this == CAPTURE || this == IPFIX;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
