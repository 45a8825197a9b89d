package io.callscope.capture.inject;

import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.ReplayOptions;
import java.time.Duration;
import java.util.Locale;

/**
 * When the packets of an uploaded capture happen. All sources share one clock, which never goes
 * back: packets older than it would all happen at one instant, and newer ones would let what is
 * open run out. So beside live traffic a capture happens now, as slowly as it was recorded; else it
 * keeps its times, or follows what was before if it is older than that.
 *
 * @param shiftNanos by how much later than captured
 * @param paced at the speed it was captured with
 */
public record UploadTimes(long shiftNanos, boolean paced) {
  /** What the sender wants. */
  public enum Wish {
    /** Whatever does no harm. */
    AUTO,
    /** As they were captured, or not at all. */
    CAPTURED,
    /** From now on. */
    NOW;

    /**
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Wish named(String name) {
      for (Wish wish : values()) {
        if (wish.name().toLowerCase(Locale.ROOT).equals(name)) {
          return wish;
        }
      }
      throw new IllegalArgumentException("times must be auto, captured or now, not " + name);
    }
  }

  /**
   * @param firstNanos when its first packet was captured, 0 if it does not say
   * @param wallNanos the wall clock
   * @throws IllegalArgumentException if it would do harm; the message says which
   */
  public static UploadTimes of(Wish wish, long firstNanos, TrackerClock clock, long wallNanos) {
    clock
        .file()
        .ifPresent(
            file -> {
              throw new IllegalArgumentException(
                  file + " is being read, and its times are those of tracking; wait for its end");
            });
    boolean live = clock.isLive();
    long nowNanos = clock.or(wallNanos);
    boolean older = firstNanos < clock.nanos();
    if (wish == Wish.CAPTURED && firstNanos != 0 && (live || older)) {
      throw new IllegalArgumentException(
          live ? besideLive(firstNanos - nowNanos) : tooOld(nowNanos - firstNanos));
    }
    if (firstNanos == 0 || (!live && wish != Wish.NOW && !older)) {
      return new UploadTimes(0, false);
    }
    return new UploadTimes(nowNanos - firstNanos, live);
  }

  /** How a capture is read, so that its packets happen then. */
  public FileInput input(Uploads.Received received) {
    return FileInput.uploaded(
        received.file().toString(),
        paced ? ReplayOptions.AS_CAPTURED : ReplayOptions.OFF,
        new FileInput.Upload(received.name(), shiftNanos));
  }

  private static String besideLive(long nanos) {
    return "live traffic sets the clock of tracking, and the capture begins "
        + text(Math.abs(nanos))
        + (nanos < 0 ? " before it" : " after it")
        + "; let it happen now, or read it with an instance of its own";
  }

  private static String tooOld(long nanos) {
    return "the capture begins "
        + text(nanos)
        + " before the latest that was tracked, and the clock of tracking does not go back; let it"
        + " happen now, or read it with an instance of its own";
  }

  /** A span of time for people. */
  public static String text(long nanos) {
    Duration span = Duration.ofNanos(nanos);
    if (span.toDays() > 1) {
      return span.toDays() + " days";
    }
    if (span.toHours() > 1) {
      return span.toHours() + " hours";
    }
    return span.toMinutes() > 1 ? span.toMinutes() + " minutes" : span.toSeconds() + " seconds";
  }
}
