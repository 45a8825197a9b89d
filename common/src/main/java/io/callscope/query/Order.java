package io.callscope.query;

import io.callscope.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What a list is sorted by. Of a million entries only a few are ever kept while a list is made, so
 * an entry is compared with what was kept before a key is made of it: the others leave no garbage.
 * A key that was kept stays as it is while its entry goes on changing.
 *
 * @param <E> what is sorted
 * @param <K> what of it is kept
 */
public abstract class Order<E, K> {
  /** The key of an entry, to keep. */
  protected abstract K key(E entry);

  /** How the key that the entry has now compares with one that was kept. */
  protected abstract int compare(E entry, K kept);

  protected abstract int compareKept(K a, K b);

  /**
   * A key as answers have it: a Long, a Double, or a text to be compared character by character.
   */
  protected Object shown(K kept) {
    return kept;
  }

  final Object shownKey(E entry) {
    return shown(key(entry));
  }

  /** By a whole number. */
  public static <E> Order<E, ?> number(ToLongFunction<E> number) {
    return new Order<E, Long>() {
      @Override
      protected Long key(E entry) {
        return number.applyAsLong(entry);
      }

      @Override
      protected int compare(E entry, Long kept) {
        return Long.compare(number.applyAsLong(entry), kept);
      }

      @Override
      protected int compareKept(Long a, Long b) {
        return Long.compare(a, b);
      }
    };
  }

  /** By a number with a fraction. */
  public static <E> Order<E, ?> decimal(ToDoubleFunction<E> number) {
    return new Order<E, Double>() {
      @Override
      protected Double key(E entry) {
        return number.applyAsDouble(entry);
      }

      @Override
      protected int compare(E entry, Double kept) {
        return Double.compare(number.applyAsDouble(entry), kept);
      }

      @Override
      protected int compareKept(Double a, Double b) {
        return Double.compare(a, b);
      }
    };
  }

  /** By a name that is there already. */
  public static <E> Order<E, ?> name(Function<E, String> name) {
    return new Order<E, String>() {
      @Override
      protected String key(E entry) {
        return name.apply(entry);
      }

      @Override
      protected int compare(E entry, String kept) {
        return name.apply(entry).compareTo(kept);
      }

      @Override
      protected int compareKept(String a, String b) {
        return a.compareTo(b);
      }
    };
  }

  /** Where the text of an entry lies. */
  public interface Span<E> {
    byte[] bytes(E entry);

    int start(E entry);

    int end(E entry);
  }

  /** By the bytes of a text. */
  public static <E> Order<E, ?> text(Span<E> text) {
    return new Order<E, byte[]>() {
      @Override
      protected byte[] key(E entry) {
        return Arrays.copyOfRange(text.bytes(entry), text.start(entry), text.end(entry));
      }

      @Override
      protected int compare(E entry, byte[] kept) {
        return Arrays.compareUnsigned(
            text.bytes(entry), text.start(entry), text.end(entry), kept, 0, kept.length);
      }

      @Override
      protected int compareKept(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
      }

      /** A character a byte, so that texts compare as their bytes do. */
      @Override
      protected Object shown(byte[] kept) {
        return new String(kept, StandardCharsets.ISO_8859_1);
      }
    };
  }

  /** By an address, IPv4 first. */
  public static <E> Order<E, ?> address(ToLongFunction<E> high, ToLongFunction<E> low) {
    return new Order<E, Address>() {
      @Override
      protected Address key(E entry) {
        return new Address(high.applyAsLong(entry), low.applyAsLong(entry));
      }

      @Override
      protected int compare(E entry, Address kept) {
        return IpAddress.compare(
            high.applyAsLong(entry), low.applyAsLong(entry), kept.high, kept.low);
      }

      @Override
      protected int compareKept(Address a, Address b) {
        return IpAddress.compare(a.high, a.low, b.high, b.low);
      }

      @Override
      protected Object shown(Address kept) {
        return IpAddress.sortable(kept.high, kept.low);
      }
    };
  }

  private record Address(long high, long low) {}
}
