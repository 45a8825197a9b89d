package io.callscope.table;

import java.util.Arrays;

/**
 * Entries by hash, chained through a link of their own, the newest of a chain first. Grows by one
 * bucket an entry (linear hashing), so that no entry ever waits for all others to move. One thread.
 *
 * <p>In a round that began with n buckets, those before {@code split} have given half of their
 * entries to the bucket n further on; the others follow, one with each new entry.
 *
 * @param <E> what it holds
 */
public abstract class ChainedTable<E> {
  private static final int MIN_BUCKETS = 1024;
  private static final int MAX_BUCKETS = 1 << 30;
  private static final int MEASURED_BUCKETS = 16_384;

  /** Places where chains may stand: from 0 on, one for each hash. */
  static final long PLACES = 1L << 32;

  private Object[] buckets = new Object[MIN_BUCKETS];

  /** Buckets this round began with, less one: a power of two less one. */
  private int mask = MIN_BUCKETS - 1;

  private int split;
  private int size;

  protected abstract int hash(E entry);

  /** The next older entry of the chain. */
  protected abstract E next(E entry);

  protected abstract void setNext(E entry, E next);

  public final int size() {
    return size;
  }

  public final int bucketCount() {
    return mask + 1 + split;
  }

  /** Bytes of the buckets; the entries come on top. */
  protected final long bucketBytes() {
    return 4L * buckets.length;
  }

  /** The newest entry of a hash; follow the links. The chain holds other hashes too. */
  public final E chain(int hash) {
    return bucket(index(hash));
  }

  private int index(int hash) {
    int index = hash & mask;
    return index < split ? hash & (2 * mask + 1) : index;
  }

  /** The newest entry of a bucket, from 0 to {@link #bucketCount} - 1. */
  @SuppressWarnings("unchecked")
  protected final E bucket(int index) {
    return (E) buckets[index];
  }

  /**
   * Where a hash stands in an order that growing does not change: by its bits from the lowest on,
   * as chains are split by them. So the hashes of one chain stand side by side.
   */
  static long place(int hash) {
    return Integer.toUnsignedLong(Integer.reverse(hash));
  }

  /**
   * The newest entry of the chain that holds the hash at a place; others of it may stand before.
   */
  final E chainAt(long place) {
    return chain(Integer.reverse((int) place));
  }

  /** The first place that is not of the same chain as this one; the last chain ends at PLACES. */
  final long behindChainAt(long place) {
    int index = index(Integer.reverse((int) place));
    boolean isSplit = index < split || index > mask;
    long wide = PLACES >>> (Integer.bitCount(mask) + (isSplit ? 1 : 0));
    return (place & -wide) + wide;
  }

  /** Puts an entry in front of its chain. */
  protected final void link(E entry) {
    if (size >= bucketCount() && mask < MAX_BUCKETS / 2 - 1) {
      splitNext();
    }
    int index = index(hash(entry));
    setNext(entry, bucket(index));
    buckets[index] = entry;
    size++;
  }

  /** Whether an entry stands before another in a chain; for {@link #linkInOrder}. */
  protected boolean isNewer(E one, E two) {
    return true;
  }

  /** Puts an entry into its place in its chain, whatever the order in which entries come. */
  protected final void linkInOrder(E entry) {
    link(entry);
    E newer = null;
    for (E other = next(entry); other != null && isNewer(other, entry); other = next(other)) {
      newer = other;
    }
    if (newer != null) {
      buckets[index(hash(entry))] = next(entry);
      setNext(entry, next(newer));
      setNext(newer, entry);
    }
  }

  /** Takes an entry out of its chain; its own link stays. */
  protected final void unlink(E entry) {
    int index = index(hash(entry));
    E before = bucket(index);
    if (before == entry) {
      buckets[index] = next(entry);
    } else {
      while (next(before) != entry) {
        before = next(before);
      }
      setNext(before, next(entry));
    }
    size--;
  }

  /** Shares the entries of a bucket out to it and its new partner, in the order they have. */
  private void splitNext() {
    if (split == 0) {
      buckets = Arrays.copyOf(buckets, 2 * (mask + 1));
    }
    int from = split;
    int to = split + mask + 1;
    E lastStaying = null;
    E lastMoving = null;
    for (E entry = bucket(from); entry != null; ) {
      E following = next(entry);
      if ((hash(entry) & (mask + 1)) == 0) {
        append(from, lastStaying, entry);
        lastStaying = entry;
      } else {
        append(to, lastMoving, entry);
        lastMoving = entry;
      }
      entry = following;
    }
    end(from, lastStaying);
    end(to, lastMoving);
    split++;
    if (split > mask) {
      mask = 2 * mask + 1;
      split = 0;
    }
  }

  private void append(int index, E last, E entry) {
    if (last == null) {
      buckets[index] = entry;
    } else {
      setNext(last, entry);
    }
  }

  private void end(int index, E last) {
    if (last == null) {
      buckets[index] = null;
    } else {
      setNext(last, null);
    }
  }

  /** Entries in the chain of a hash. */
  public final int chainLength(int hash) {
    return length(chain(hash));
  }

  private int length(E chain) {
    int length = 0;
    for (E entry = chain; entry != null; entry = next(entry)) {
      length++;
    }
    return length;
  }

  /** Entries in the shortest and in the longest chain. */
  public record Chains(int shortest, int longest) {}

  /** Of the first 16,384 chains: a larger table would take too long to walk. */
  public final Chains chains() {
    int shortest = Integer.MAX_VALUE;
    int longest = 0;
    for (int i = 0; i < Math.min(bucketCount(), MEASURED_BUCKETS); i++) {
      int length = length(bucket(i));
      shortest = Math.min(shortest, length);
      longest = Math.max(longest, length);
    }
    return new Chains(shortest, longest);
  }
}
