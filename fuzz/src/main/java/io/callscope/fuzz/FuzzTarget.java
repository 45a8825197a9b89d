package io.callscope.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Something that takes any bytes and holds its invariants.
 *
 * @param type the class whose {@code fuzzerTestOneInput} it is, named {@code …Fuzz}
 * @param input takes one input; throws if an invariant does not hold
 * @param seeds good inputs, and inputs that once broke something
 */
public record FuzzTarget(Class<?> type, Input input, List<byte[]> seeds) {
  /** What is done with an input. */
  @FunctionalInterface
  public interface Input {
    void accept(byte[] bytes) throws Exception;
  }

  /** No single input may take longer. */
  static final long MAX_SECONDS = 10;

  private static final int MUTANTS = 4000;

  /** With the seeds of the target's corpus in the class path, if it has one, added. */
  public FuzzTarget(Class<?> type, Input input, List<byte[]> seeds) {
    this.type = type;
    this.input = input;
    this.seeds = Corpus.with(name(type), seeds);
  }

  private static String name(Class<?> type) {
    return type.getSimpleName().replaceFirst("Fuzz$", "");
  }

  public String name() {
    return name(type);
  }

  /** All seeds, then mutations of them: the same in each run. */
  public void replay() {
    seeds.forEach(this::one);
    Mutator mutator = new Mutator(seeds, new SplittableRandom(name().hashCode()));
    for (int i = 0; i < MUTANTS; i++) {
      one(mutator.next());
    }
  }

  private void one(byte[] bytes) {
    long start = System.nanoTime();
    try {
      input.accept(bytes.clone());
    } catch (Throwable e) { // whatever it is, the input is needed to find out why
      throw new AssertionError(name() + " fails on " + Corpus.keep(name(), bytes) + ": " + e, e);
    }
    if (System.nanoTime() - start > MAX_SECONDS * 1_000_000_000L) {
      throw new AssertionError(name() + " takes too long for " + Corpus.keep(name(), bytes));
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
