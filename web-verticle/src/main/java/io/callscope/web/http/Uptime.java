package io.callscope.web.http;

import io.callscope.web.view.Times;

/**
 * How long the program has run.
 *
 * @param startNanos {@link System#nanoTime()} at its start
 */
public record Uptime(long startNanos) {
  public long millis() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  public String text() {
    return Times.seconds(System.nanoTime() - startNanos);
  }
}
