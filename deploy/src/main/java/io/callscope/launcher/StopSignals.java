package io.callscope.launcher;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import sun.misc.Signal;

/**
 * SIGINT and SIGTERM: the first stops in good order, the second is noted, the third ends the
 * program at once.
 *
 * <p>A shutdown hook cannot do this: the JVM runs hooks at the first signal, ends with 128 plus its
 * number whatever they find, and hears no second one. So this takes {@code sun.misc.Signal}, which
 * the JDK exports for this use (module jdk.unsupported).
 */
final class StopSignals {
  private final AtomicInteger received = new AtomicInteger();
  private final Runnable stop;
  private final IntConsumer halt;
  private final PrintStream err;

  /**
   * @param stop begins to stop, without waiting
   * @param halt ends the program with that code
   */
  StopSignals(Runnable stop, IntConsumer halt, PrintStream err) {
    this.stop = stop;
    this.halt = halt;
    this.err = err;
  }

  static void install(StopSignals signals) {
    for (String name : List.of("INT", "TERM")) {
      try {
        Signal.handle(new Signal(name), signal -> signals.onSignal());
      } catch (IllegalArgumentException e) {
        // Under -Xrs or a system without it the JVM keeps its own way of ending.
        signals.err.println("callscope: no orderly stop at SIG" + name + ": " + e.getMessage());
      }
    }
  }

  /** On a thread of the JVM's own for each signal. */
  void onSignal() {
    int number = received.incrementAndGet();
    switch (number) {
      case 1 -> {
        err.println("callscope: stopping");
        stop.run();
      }
      case 2 -> err.println("callscope: still stopping (signal 2 of 3)");
      default -> {
        err.println("callscope: ending at once (signal 3 of 3)");
        halt.accept(ExitCode.KILLED);
      }
    }
  }
}
