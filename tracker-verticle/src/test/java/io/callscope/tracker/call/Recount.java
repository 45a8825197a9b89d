package io.callscope.tracker.call;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Counts the bytes of a tracker's tables anew, object by object, each of them once. */
final class Recount {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private long callBytes;
  private long bindingBytes;

  private Recount() {}

  /** Bytes of all entries and of all bindings, without their tables. */
  record Bytes(long calls, long bindings) {}

  static Bytes of(CallTracker tracker) {
    Recount recount = new Recount();
    for (CallEntry entry = tracker.store.table.oldest(); entry != null; entry = entry.newerEntry) {
      recount.add(entry);
    }
    return new Bytes(recount.callBytes, recount.bindingBytes);
  }

  /** What the tables themselves say. */
  static Bytes accounted(CallTracker tracker) {
    var calls = tracker.query().callTable();
    var bindings = tracker.query().bindingTable();
    return new Bytes(
        (long) calls.get("bytes") - bucketBytes(calls.get("buckets")),
        (long) bindings.get("bytes") - bucketBytes(bindings.get("buckets")));
  }

  /** The bucket arrays double. */
  private static long bucketBytes(Object buckets) {
    int count = (int) buckets;
    int highest = Integer.highestOneBit(count);
    return 4L * (count == highest ? count : 2 * highest);
  }

  private void add(CallEntry entry) {
    callBytes += CallEntry.FIXED_BYTES + array(entry.texts) + array(entry.moreContacts);
    callBytes += entry.side(1) == CallSide.NONE ? 0 : CallSide.BYTES;
    callBytes += shared(entry.methodText) + shared(entry.reason);
    callBytes += shared(entry.userAgent) + shared(entry.uas);
    for (Binding binding = entry.bindings; binding != null; binding = binding.ownerNext) {
      bindingBytes += seen.add(binding) ? Binding.FIXED_BYTES + array(binding.texts) : 0;
    }
  }

  private int shared(SharedText text) {
    return text == null || !seen.add(text) ? 0 : text.size();
  }

  private int array(byte[] bytes) {
    return bytes == null || !seen.add(bytes) ? 0 : CallEntry.arrayBytes(bytes.length);
  }
}
