package io.callscope.capture.tcp;

import java.util.Arrays;

/** The segments of a stream that wait for one before them, by sequence number modulo 2³². */
final class SegmentQueue {
  /** A segment counts one for each begun part of so many bytes. */
  private static final int BLOCK_BYTES = 1900;

  /** What an object costs beside its bytes. */
  private static final int OVERHEAD = 72;

  /** A segment that waits, with a copy of its payload. */
  static final class Waiting {
    final int sequence;
    final byte[] bytes;
    final int missing;

    /** FIN or RST behind the payload. */
    final boolean end;

    final long arrivedNanos;
    private Waiting next;

    private Waiting(Segment segment, int sequence, boolean end, long nowNanos) {
      this.sequence = sequence;
      this.end = end;
      bytes = Arrays.copyOfRange(segment.bytes, segment.at, segment.end);
      missing = segment.missing;
      arrivedNanos = nowNanos;
    }

    /** The sequence number behind its bytes. */
    int endSequence() {
      return sequence + bytes.length + missing;
    }

    int blocks() {
      return Math.max(1, (bytes.length + BLOCK_BYTES - 1) / BLOCK_BYTES);
    }

    int memory() {
      return bytes.length + OVERHEAD;
    }
  }

  private Waiting first;
  private Waiting last;
  private int blocks;

  /** The segment with the lowest sequence number; null if there is none. */
  Waiting first() {
    return first;
  }

  int blocks() {
    return blocks;
  }

  /** Takes a copy of a segment; null if all of it waits already. */
  Waiting add(Segment segment, int sequence, boolean end, long nowNanos) {
    Waiting before = null;
    if (last != null && sequence - last.sequence >= 0) {
      before = last;
    } else {
      for (Waiting w = first; w != null && sequence - w.sequence >= 0; w = w.next) {
        before = w;
      }
    }
    int segmentEnd = sequence + segment.length();
    if (before != null && segmentEnd - before.endSequence() <= 0 && (!end || before.end)) {
      return null;
    }
    Waiting added = new Waiting(segment, sequence, end, nowNanos);
    if (before == null) {
      added.next = first;
      first = added;
    } else {
      added.next = before.next;
      before.next = added;
    }
    if (added.next == null) {
      last = added;
    }
    blocks += added.blocks();
    return added;
  }

  /** Takes the first one out. */
  Waiting remove() {
    Waiting removed = first;
    first = removed.next;
    if (first == null) {
      last = null;
    }
    blocks -= removed.blocks();
    return removed;
  }

  /** Since when the hole before the first one has been known. */
  long oldestNanos() {
    long oldest = Long.MAX_VALUE;
    for (Waiting w = first; w != null; w = w.next) {
      oldest = Math.min(oldest, w.arrivedNanos);
    }
    return oldest;
  }
}
