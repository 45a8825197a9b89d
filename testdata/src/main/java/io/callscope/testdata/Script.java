package io.callscope.testdata;

import java.util.SplittableRandom;

/** Writes the steps of a dialog: each request and reply on all the legs it is seen on. */
final class Script {
  static final long MICRO = 1_000;
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000_000_000;
  private static final long PROXY_DELAY = 600 * MICRO;

  final Dialog dialog;
  final Options options;
  final SplittableRandom random;

  Script(Dialog dialog, Options options, SplittableRandom random) {
    this.dialog = dialog;
    this.options = options;
    this.random = random;
  }

  Transaction transaction(int method, long cseq) {
    return new Transaction(method, cseq, random.nextLong());
  }

  /** A request, passed on by the proxy where there are two legs. */
  void request(long gap, Transaction t) {
    int first = t.fromCallee && dialog.twoLegs ? 1 : 0;
    step(gap, first, 0, t);
    if (dialog.twoLegs) {
      step(PROXY_DELAY, 1 - first, 0, t);
    }
  }

  /** A reply, passed back by the proxy where there are two legs. */
  void reply(long gap, Transaction t, int status) {
    int first = t.fromCallee || !dialog.twoLegs ? 0 : 1;
    step(gap, first, status, t);
    if (dialog.twoLegs) {
      step(PROXY_DELAY, 1 - first, status, t);
    }
  }

  /** A message that is not passed on: it stays between phone and proxy, leg 0, or on leg 1. */
  void step(long gap, int leg, int status, Transaction t) {
    dialog.steps.add(new Step(gap, leg, status, t));
  }

  /** A time between two bounds. */
  long between(long least, long most) {
    return least + (long) (random.nextDouble() * (most - least));
  }

  /** A time that is often short and at times long, up to a bound. */
  long exponential(double meanSeconds, double mostSeconds) {
    double seconds = -meanSeconds * StrictMath.log(1 - random.nextDouble());
    return (long) (Math.min(seconds, mostSeconds) * SECOND);
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }
}
