package io.callscope.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes inputs of seeds: bits, numbers, cuts, repetitions, splices. */
final class Mutator {
  private static final int[] EDGES = {0, 1, 0x7f, 0x80, 0xff, '\r', '\n', ' ', ':', ';', '"', '<'};
  private static final int MAX_LENGTH = 1 << 16;

  private final List<byte[]> seeds;
  private final SplittableRandom random;

  Mutator(List<byte[]> seeds, SplittableRandom random) {
    this.seeds = seeds;
    this.random = random;
  }

  byte[] next() {
    byte[] bytes = seed().clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      bytes = changed(bytes);
    }
    return bytes.length > MAX_LENGTH ? Arrays.copyOf(bytes, MAX_LENGTH) : bytes;
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] changed(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, at + 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 4));
    byte[] piece = Arrays.copyOfRange(bytes, at, to);
    return switch (random.nextInt(8)) {
      case 0 -> joined(bytes, at, new byte[0], to);
      case 1 -> joined(bytes, at, piece, at);
      case 2 -> joined(bytes, at, new byte[] {(byte) random.nextInt()}, at);
      case 3 -> Arrays.copyOf(bytes, at);
      case 4 -> spliced(bytes, at);
      case 5 -> set(bytes, at, EDGES[random.nextInt(EDGES.length)]);
      case 6 -> set(bytes, at, at < bytes.length ? bytes[at] ^ 1 << random.nextInt(8) : 0);
      default -> set(bytes, at, random.nextInt());
    };
  }

  private byte[] spliced(byte[] bytes, int at) {
    byte[] other = seed();
    int from = random.nextInt(other.length + 1);
    int to = Math.min(other.length, from + random.nextInt(300));
    return joined(bytes, at, Arrays.copyOfRange(other, from, to), at);
  }

  private static byte[] set(byte[] bytes, int at, int value) {
    if (at < bytes.length) {
      bytes[at] = (byte) value;
    }
    return bytes;
  }

  /** The bytes before {@code at}, a piece, the bytes from {@code to} on. */
  private static byte[] joined(byte[] bytes, int at, byte[] piece, int to) {
    byte[] all = new byte[at + piece.length + bytes.length - to];
    System.arraycopy(bytes, 0, all, 0, at);
    System.arraycopy(piece, 0, all, at, piece.length);
    System.arraycopy(bytes, to, all, at + piece.length, bytes.length - to);
    return all;
  }
}
