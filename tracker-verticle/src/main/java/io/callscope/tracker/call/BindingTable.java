package io.callscope.tracker.call;

import io.callscope.sip.CallIdHash;
import java.util.Arrays;

/** Bindings by AOR, chained; doubles when full. One thread. */
final class BindingTable {
  private static final int MIN_BUCKETS = 1024;
  private static final int PORT_BYTES = 2;

  private Binding[] buckets = new Binding[MIN_BUCKETS];
  private int size;
  private long bytes;
  private long created;

  int size() {
    return size;
  }

  int bucketCount() {
    return buckets.length;
  }

  long bytes() {
    return bytes + 4L * buckets.length;
  }

  long created() {
    return created;
  }

  static int hash(UriKey aor) {
    return CallIdHash.of(aor.bytes(), 0, aor.length());
  }

  /** The first binding of an AOR behind {@code after}, or of all if that is null. */
  Binding ofAor(UriKey aor, Binding after) {
    int hash = hash(aor);
    Binding binding = after == null ? buckets[hash & (buckets.length - 1)] : after.chainNext;
    while (binding != null && !isAor(binding, hash, aor)) {
      binding = binding.chainNext;
    }
    return binding;
  }

  /** Bindings in the chain of an AOR, those of other AORs in it included. */
  int chainLength(UriKey aor) {
    int length = 0;
    Binding binding = buckets[hash(aor) & (buckets.length - 1)];
    for (; binding != null; binding = binding.chainNext) {
      length++;
    }
    return length;
  }

  private static boolean isAor(Binding binding, int hash, UriKey aor) {
    return binding.hash == hash
        && Arrays.equals(binding.texts, 0, binding.aorLength, aor.bytes(), 0, aor.length());
  }

  Binding find(UriKey aor, UriKey contact, boolean ignorePort) {
    Binding binding = ofAor(aor, null);
    while (binding != null && !isContact(binding, contact, ignorePort)) {
      binding = ofAor(aor, binding);
    }
    return binding;
  }

  static boolean isContact(Binding binding, UriKey contact, boolean ignorePort) {
    int from = binding.aorLength;
    int to = from + binding.contactLength - (ignorePort ? PORT_BYTES : 0);
    int length = ignorePort ? contact.lengthWithoutPort() : contact.length();
    return Arrays.equals(binding.texts, from, to, contact.bytes(), 0, length);
  }

  /** Adds a binding of this contact, written so. */
  Binding add(UriKey aor, UriKey contact, byte[] written) {
    byte[] texts = Arrays.copyOf(aor.bytes(), aor.length() + contact.length() + written.length);
    System.arraycopy(contact.bytes(), 0, texts, aor.length(), contact.length());
    System.arraycopy(written, 0, texts, aor.length() + contact.length(), written.length);
    Binding binding = new Binding(hash(aor), texts, aor.length(), contact.length());
    if (size == buckets.length) {
      grow();
    }
    int bucket = binding.hash & (buckets.length - 1);
    binding.chainNext = buckets[bucket];
    buckets[bucket] = binding;
    size++;
    created++;
    bytes += binding.bytes();
    return binding;
  }

  void remove(Binding binding) {
    int bucket = binding.hash & (buckets.length - 1);
    if (buckets[bucket] == binding) {
      buckets[bucket] = binding.chainNext;
    } else {
      Binding before = buckets[bucket];
      while (before.chainNext != binding) {
        before = before.chainNext;
      }
      before.chainNext = binding.chainNext;
    }
    size--;
    bytes -= binding.bytes();
  }

  private void grow() {
    Binding[] old = buckets;
    buckets = new Binding[2 * old.length];
    for (Binding chain : old) {
      for (Binding binding = chain; binding != null; ) {
        Binding next = binding.chainNext;
        int bucket = binding.hash & (buckets.length - 1);
        binding.chainNext = buckets[bucket];
        buckets[bucket] = binding;
        binding = next;
      }
    }
  }
}
