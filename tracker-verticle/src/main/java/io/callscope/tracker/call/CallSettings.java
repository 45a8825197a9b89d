package io.callscope.tracker.call;

import io.callscope.config.CallStateTimeout;
import java.util.Arrays;
import java.util.Map;

/**
 * What an operator can set for calls and registrations. Belongs to the thread of its partition; a
 * change holds for timers armed afterwards.
 */
public final class CallSettings {
  private static final long NANOS = 1_000_000_000L;

  private final long[] timeoutNanos = new long[CallState.values().length];
  private long maxEntries = Long.MAX_VALUE;
  private long maxBytes = Long.MAX_VALUE;
  private long maxBindings = Long.MAX_VALUE;
  private long maxBindingBytes = Long.MAX_VALUE;
  private long maxLifetimeSeconds = 3 * 86_400;
  private long expiryDeltaNanos = 30 * NANOS;
  private long deleteDelayNanos;
  private boolean contactIgnorePort;
  private boolean checksLeaks = true;

  public CallSettings() {
    for (CallStateTimeout timeout : CallStateTimeout.values()) {
      set(timeout, timeout.defaultSeconds());
    }
  }

  /**
   * Sets timeouts in seconds; a value of 0 or less restores the default.
   *
   * @throws IllegalArgumentException if a value is out of its state's range; nothing is changed
   *     then
   */
  public CallSettings timeouts(Map<CallStateTimeout, Integer> seconds) {
    seconds.forEach(CallSettings::check);
    seconds.forEach((timeout, value) -> set(timeout, value > 0 ? value : timeout.defaultSeconds()));
    return this;
  }

  private static void check(CallStateTimeout timeout, int seconds) {
    int min = timeout.minSeconds();
    int max = timeout.maxSeconds();
    if (seconds > 0 && (seconds < min || seconds > max)) {
      throw new IllegalArgumentException(
          timeout.shortName() + ": " + seconds + " s is not in " + min + ".." + max + " s");
    }
  }

  private void set(CallStateTimeout timeout, int seconds) {
    timeoutNanos[CallState.of(timeout).ordinal()] = seconds * NANOS;
  }

  /** Most entries and most bytes of them; 0 = no limit. */
  public CallSettings callLimits(long entries, long bytes) {
    maxEntries = entries == 0 ? Long.MAX_VALUE : entries;
    maxBytes = bytes == 0 ? Long.MAX_VALUE : bytes;
    return this;
  }

  /** Most bindings and most bytes of them; 0 = no limit. */
  public CallSettings bindingLimits(long entries, long bytes) {
    maxBindings = entries == 0 ? Long.MAX_VALUE : entries;
    maxBindingBytes = bytes == 0 ? Long.MAX_VALUE : bytes;
    return this;
  }

  /** Longest lifetime of a binding, whatever its registrar grants; 0 = no limit. */
  public CallSettings maxLifetime(long seconds) {
    maxLifetimeSeconds = seconds == 0 ? Long.MAX_VALUE : seconds;
    return this;
  }

  /**
   * @param expiryDeltaSeconds grace after the expiry a registrar granted
   * @param deleteDelaySeconds how long a reg-del is held back; 0 or less = not at all
   */
  public CallSettings registrations(
      int expiryDeltaSeconds, int deleteDelaySeconds, boolean ignorePort) {
    expiryDeltaNanos = expiryDeltaSeconds * NANOS;
    deleteDelayNanos = Math.max(0, deleteDelaySeconds) * NANOS;
    contactIgnorePort = ignorePort;
    return this;
  }

  /** Whether table and timers are held against each other after each batch. */
  public CallSettings leakChecks(boolean on) {
    checksLeaks = on;
    return this;
  }

  /** Whether table and timers are held against each other. */
  public boolean checksLeaks() {
    return checksLeaks;
  }

  /** All that can change at run time, in a fixed order. */
  long[] values() {
    long[] values = Arrays.copyOf(timeoutNanos, timeoutNanos.length + 4);
    int next = timeoutNanos.length;
    values[next++] = expiryDeltaNanos;
    values[next++] = deleteDelayNanos;
    values[next++] = contactIgnorePort ? 1 : 0;
    values[next] = checksLeaks ? 1 : 0;
    return values;
  }

  /** Sets what {@link #values} gave. */
  void set(long[] values) {
    System.arraycopy(values, 0, timeoutNanos, 0, timeoutNanos.length);
    int next = timeoutNanos.length;
    expiryDeltaNanos = values[next++];
    deleteDelayNanos = values[next++];
    contactIgnorePort = values[next++] == 1;
    checksLeaks = values[next] == 1;
  }

  public long timeoutNanos(CallState state) {
    return timeoutNanos[state.ordinal()];
  }

  public int timeoutSeconds(CallStateTimeout timeout) {
    return (int) (timeoutNanos(CallState.of(timeout)) / NANOS);
  }

  long maxEntries() {
    return maxEntries;
  }

  long maxBytes() {
    return maxBytes;
  }

  long maxBindings() {
    return maxBindings;
  }

  long maxBindingBytes() {
    return maxBindingBytes;
  }

  long maxLifetimeSeconds() {
    return maxLifetimeSeconds;
  }

  long expiryDeltaNanos() {
    return expiryDeltaNanos;
  }

  long deleteDelayNanos() {
    return deleteDelayNanos;
  }

  public boolean contactIgnorePort() {
    return contactIgnorePort;
  }

  public long expiryDeltaSeconds() {
    return expiryDeltaNanos / NANOS;
  }

  public long deleteDelaySeconds() {
    return deleteDelayNanos / NANOS;
  }
}
