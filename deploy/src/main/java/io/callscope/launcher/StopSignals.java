package io.callscope.launcher;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGINT, SIGTERM, and SIGHUP where it is not ignored (as {@code nohup} does): the first stops in
 * good order, the second is noted, the third ends the program at once. So does the end of the time
 * for an orderly stop: whatever hangs, a program that is told to stop is gone soon.
 *
 * <p>A shutdown hook cannot do this: the JVM runs hooks at the first signal, ends with 128 plus its
 * number whatever they find, and hears no second one. So this takes {@code sun.misc.Signal}, which
 * the JDK exports for this use (module jdk.unsupported).
 */
final class StopSignals {
  /** What a last line may take, where nobody reads standard error. */
  private static final long LAST_WORDS_MILLIS = 200;

  private final AtomicInteger received = new AtomicInteger();
  private final long limitMillis;
  private final Runnable stop;
  private final IntConsumer halt;
  private final PrintStream err;

  /**
   * @param limitMillis what an orderly stop may take
   * @param stop begins to stop, without waiting
   * @param halt ends the program with that code
   */
  StopSignals(long limitMillis, Runnable stop, IntConsumer halt, PrintStream err) {
    this.limitMillis = limitMillis;
    this.stop = stop;
    this.halt = halt;
    this.err = err;
  }

  static void install(StopSignals signals) {
    for (String name : List.of("INT", "TERM", "HUP")) {
      try {
        Signal signal = new Signal(name);
        SignalHandler before = Signal.handle(signal, received -> signals.onSignal());
        if (before == SignalHandler.SIG_IGN && name.equals("HUP")) {
          Signal.handle(signal, before);
        }
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
        stop.run(); // before a word is said: it may be that nobody listens
        daemon(this::limit);
        err.println("callscope: stopping");
      }
      case 2 -> err.println("callscope: still stopping (signal 2 of 3)");
      default -> {
        err.println("callscope: ending at once (signal 3 of 3)");
        halt.accept(ExitCode.KILLED);
      }
    }
  }

  private void limit() {
    try {
      TimeUnit.MILLISECONDS.sleep(limitMillis);
      daemon(() -> err.println("callscope: not stopped in time; ending at once"))
          .join(LAST_WORDS_MILLIS);
      halt.accept(ExitCode.KILLED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "callscope-stop");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
