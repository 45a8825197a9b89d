package io.callscope.tracker.call;

import io.callscope.sip.CallIdHash;
import io.callscope.table.ChainedTable;
import java.util.Arrays;

/** Bindings by AOR. One thread. */
final class BindingTable extends ChainedTable<Binding> {
  private long bytes;
  private long created;

  @Override
  protected int hash(Binding binding) {
    return binding.hash;
  }

  @Override
  protected Binding next(Binding binding) {
    return binding.chainNext;
  }

  @Override
  protected void setNext(Binding binding, Binding next) {
    binding.chainNext = next;
  }

  long bytes() {
    return bytes + bucketBytes();
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
    Binding binding = after == null ? chain(hash) : after.chainNext;
    while (binding != null && !isAor(binding, hash, aor)) {
      binding = binding.chainNext;
    }
    return binding;
  }

  /** Bindings in the chain of an AOR, those of other AORs in it included. */
  int chainLength(UriKey aor) {
    return chainLength(hash(aor));
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
    return contact.equals(binding.texts, from, from + binding.contactLength, ignorePort);
  }

  /** Adds a binding of this contact, written so. */
  Binding add(UriKey aor, UriKey contact, byte[] written) {
    byte[] texts = Arrays.copyOf(aor.bytes(), aor.length() + contact.length() + written.length);
    System.arraycopy(contact.bytes(), 0, texts, aor.length(), contact.length());
    System.arraycopy(written, 0, texts, aor.length() + contact.length(), written.length);
    Binding binding = new Binding(hash(aor), texts, aor.length(), contact.length());
    binding.number = (int) created++;
    link(binding);
    bytes += binding.bytes();
    return binding;
  }

  /** Takes in a binding with its number. */
  void restore(Binding binding) {
    linkInOrder(binding);
    bytes += binding.bytes();
  }

  @Override
  protected boolean isNewer(Binding one, Binding two) {
    return one.number - two.number > 0;
  }

  /** As many were made before. */
  void restoreCreated(long count) {
    created = count;
  }

  void remove(Binding binding) {
    unlink(binding);
    bytes -= binding.bytes();
  }
}
