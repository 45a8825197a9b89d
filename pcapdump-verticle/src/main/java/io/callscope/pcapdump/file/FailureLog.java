package io.callscope.pcapdump.file;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of failures: the first of each kind at once, then how many more in a line each ten seconds
 * at most. For any thread.
 */
public final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final long PERIOD_MILLIS = 10_000;

  private final long[] silentUntilMillis = new long[DropReason.values().length];
  private final long[] silent = new long[silentUntilMillis.length];

  synchronized void failed(
      DropReason reason, Path file, String text, int messages, long nowMillis) {
    if (reason.isExpected()) {
      return;
    }
    int kind = reason.ordinal();
    if (nowMillis < silentUntilMillis[kind]) {
      silent[kind] += messages;
      return;
    }
    LOG.error(
        "{}: {} messages lost ({}), {} more since the last line like this: {}",
        file,
        messages,
        reason.counter(),
        silent[kind],
        text);
    silent[kind] = 0;
    silentUntilMillis[kind] = nowMillis + PERIOD_MILLIS;
  }
}
