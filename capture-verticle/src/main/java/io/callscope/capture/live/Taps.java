package io.callscope.capture.live;

import io.callscope.capture.config.SourceException;

/** Opens an interface, again where it was lost. */
interface Taps {
  /**
   * @return null if the interface is there but down
   * @throws SourceException with a text that says what to do
   */
  Tap open() throws SourceException;

  /** Whether the interface is there and up, as far as can be told. */
  boolean isUp();
}
