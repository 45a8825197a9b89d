package io.callscope.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a cluster grows, by arithmetic: what so many capture hosts, partitions and trackers cost at a
 * rate, from what parts of it were measured to cost. First it says how well it meets what was
 * measured with one and two processes. {@code docs/performance.md} has its tables and what it
 * assumes.
 *
 * <pre>
 * java -cp bench/target/benchmarks.jar io.callscope.bench.ScaleModel [the seven costs]
 * </pre>
 */
public final class ScaleModel {
  /**
   * What was measured, in microseconds of CPU unless it says else.
   *
   * @param capture a message, from the packet to the batch, warm
   * @param track a message, in tracker and event stage, warm
   * @param busSource a message, what the bus adds at its source
   * @param busTracker the same at its tracker
   * @param batch a batch and its acknowledgement, at either end, whatever is in it
   * @param state share of a tracker's time that goes into saving state
   * @param startSeconds CPU seconds of a process before it is warm
   */
  record Costs(
      double capture,
      double track,
      double busSource,
      double busTracker,
      double batch,
      double state,
      double startSeconds) {
    static final Costs MEASURED = new Costs(0.7, 0.8, 3.2, 5.9, 4, 0.125, 3);

    static Costs of(double[] all) {
      return new Costs(all[0], all[1], all[2], all[3], all[4], all[5], all[6]);
    }

    double source(double messages, double batches) {
      return (messages * (capture + busSource) + batches * batch) / 1e6;
    }

    double tracker(double messages, double batches) {
      return (messages * (track + busTracker) + batches * batch) * (1 + state) / 1e6;
    }
  }

  /** What is sent, in bytes. */
  private static final double MESSAGE_BYTES = 750 + 4 * 46;

  private static final double BATCH_BYTES = 400;

  /** Of the state, for one copy. A call has ten messages, and changes of five of them are saved. */
  private static final double STATE_BYTES_A_MESSAGE = 350;

  private static final int RECORDS_A_BATCH = 256;
  private static final int RECORDS_A_ROUND_AND_PARTITION = 192;
  private static final int LIVE_CREDITS = 128;
  private static final double SHORTEST_WAIT_SECONDS = 0.002;
  private static final double OFTEN_TOLD_PARTITIONS = 16;

  /** As it was when the costs were measured. */
  private static final double FILE_WAIT_SECONDS = 0.010;

  private final PrintStream out;
  private final Costs costs;

  private ScaleModel(PrintStream out, Costs costs) {
    this.out = out;
    this.costs = costs;
  }

  public static void main(String[] arguments) {
    double[] given = Arrays.stream(arguments).mapToDouble(Double::parseDouble).toArray();
    ScaleModel model =
        new ScaleModel(System.out, given.length == 0 ? Costs.MEASURED : Costs.of(given));
    model.check();
    model.thin();
    model.growth();
    model.mesh();
  }

  /**
   * Rounds a second in which a source sends every partition a batch, an empty one too, since its
   * clock has moved: after each wait in which something came, or when many records wait.
   */
  static double rounds(double rate, int partitions, double waitSeconds) {
    double byTime = (1 - Math.exp(-rate * waitSeconds)) / waitSeconds;
    double perRound = Math.max(RECORDS_A_BATCH, RECORDS_A_ROUND_AND_PARTITION * partitions);
    return Math.max(byTime, rate / perRound);
  }

  /** How long a live source waits before it tells all partitions. */
  static double liveWait(int partitions) {
    double times = Math.max(1, partitions / OFTEN_TOLD_PARTITIONS);
    return SHORTEST_WAIT_SECONDS * times * times;
  }

  private static double[] waits(int partitions) {
    double live = liveWait(partitions);
    return live == SHORTEST_WAIT_SECONDS
        ? new double[] {live}
        : new double[] {SHORTEST_WAIT_SECONDS, live};
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  /** The replay of 4,265,809 messages that the costs are from, as a whole. */
  private void check() {
    double messages = 4_265_809;
    double rate = 148_000;
    double batches = messages / rate * rounds(rate, 16, FILE_WAIT_SECONDS) * 16;
    double source = costs.source(messages, batches) + costs.startSeconds;
    double tracker = costs.tracker(messages, batches) + costs.startSeconds;
    double one = messages * (costs.capture + costs.track) / 1e6 + costs.startSeconds;
    line("| | model | measured |");
    line("|---|---|---|");
    line("| one process, CPU s | %.1f | 9.4 |", one);
    line("| capture, and one tracker: CPU s | %.1f + %.1f | 19.9 + 35.5 |", source, tracker);
    line(
        "| the same on two busy processors: messages/s | %.0f k | 148 k |",
        2 * messages / (source + tracker) / 1e3);
    out.println();
  }

  /** What becomes of the batches of one live source. */
  private void thin() {
    line(
        "| messages/s of a host | partitions | wait | batches/s | messages in one | CPU of the"
            + " host's process | of it for batches |");
    line("|---|---|---|---|---|---|---|");
    for (int partitions : new int[] {16, 64}) {
      for (double wait : waits(partitions)) {
        for (double rate : new double[] {100, 1000, 10_000, 50_000}) {
          double batches = rounds(rate, partitions, wait) * partitions;
          double cpu = costs.source(rate, batches);
          line(
              "| %,.0f | %d | %.0f ms | %,.0f | %.2f | %.1f %% | %.0f %% |",
              rate,
              partitions,
              wait * 1e3,
              batches,
              rate / batches,
              cpu * 100,
              100 * batches * costs.batch / 1e6 / cpu);
        }
      }
    }
    out.println();
  }

  private void growth() {
    line(
        "| hosts | messages/s in all | partitions | wait | batches/s in all | processors for"
            + " trackers | of it for batches | network of the trackers, MB/s | of it state |");
    line("|---|---|---|---|---|---|---|---|---|");
    for (int hosts : new int[] {1, 10, 30, 100}) {
      for (double total : new double[] {100_000, 1_000_000}) {
        int partitions = hosts == 1 ? 16 : 64;
        for (double wait : waits(partitions)) {
          double batches = hosts * rounds(total / hosts, partitions, wait) * partitions;
          double tracker = costs.tracker(total, batches);
          double state = total * STATE_BYTES_A_MESSAGE * 2 / 1e6;
          double network = total * MESSAGE_BYTES / 1e6 + batches * BATCH_BYTES / 1e6 + state;
          line(
              "| %d | %,.0f | %d | %.0f ms | %,.0f | %.1f | %.0f %% | %,.0f | %,.0f |",
              hosts,
              total,
              partitions,
              wait * 1e3,
              batches,
              tracker,
              100 * batches * costs.batch * (1 + costs.state) / 1e6 / tracker,
              network,
              state);
        }
      }
    }
    out.println();
  }

  /** What grows with the square of the processes, and what the credits allow. */
  private void mesh() {
    line("| hosts | processes | member connections | heartbeats/s | bus connections |");
    line("|---|---|---|---|---|");
    for (int hosts : new int[] {1, 10, 30, 100}) {
      int trackers = Math.max(1, hosts / 6);
      int processes = hosts + trackers + 3;
      line(
          "| %d | %d | %,d | %,d | %,d |",
          hosts,
          processes,
          processes * (processes - 1) / 2,
          processes * (processes - 1),
          hosts * trackers + processes * 3);
    }
    out.println();
    for (double roundTripMillis : new double[] {1, 10, 100}) {
      line(
          "With a round trip of %.0f ms %d credits let %,.0f full batches/s go to a partition.",
          roundTripMillis, LIVE_CREDITS, LIVE_CREDITS / (roundTripMillis / 1e3));
    }
  }
}
