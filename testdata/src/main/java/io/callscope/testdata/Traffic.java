package io.callscope.testdata;

import java.io.IOException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Starts dialogs at the wanted rate and sends the messages of all that are active, by time. */
final class Traffic {
  private final Options options;
  private final MessageSink sink;
  private final Consumer<DialogTruth> finished;
  private final SplittableRandom random;
  private final Topology topology;
  private final Composer composer;
  private final Truth truth;
  private final PriorityQueue<Dialog> active = new PriorityQueue<>();
  private final Dialog.Scratch scratch = new Dialog.Scratch();
  private final Bytes message = new Bytes(0, 4096);
  private long started;
  private int registrations;
  private long nextStartNanos;

  /**
   * @param finished gets each dialog after its last message
   */
  Traffic(Options options, MessageSink sink, Consumer<DialogTruth> finished) {
    this.options = options;
    this.sink = sink;
    this.finished = finished;
    this.random = new SplittableRandom(options.seed);
    this.topology = new Topology(options);
    this.composer = new Composer(options.tcp);
    this.truth = new Truth(options);
    this.nextStartNanos = (long) (options.startSeconds * Script.SECOND);
  }

  /** Counts so far. */
  Truth truth() {
    return truth;
  }

  /** Sends all messages. */
  void run() throws IOException {
    boolean more = true;
    while (more) {
      more = next();
    }
  }

  /** Sends the next message; false if there is none. */
  boolean next() throws IOException {
    while (started < options.calls
        && (active.isEmpty() || nextStartNanos <= active.peek().atNanos)) {
      start();
    }
    Dialog dialog = active.poll();
    if (dialog == null) {
      return false;
    }
    Step step = dialog.steps.get(dialog.nextStep++);
    composer.compose(message.clear(), dialog, step);
    long arrived =
        sink.message(
            dialog.atNanos,
            dialog.hop(step),
            step.towardsCaller(),
            message.array,
            message.start,
            message.length());
    truth.message(arrived, step, message.length());
    dialog.seen(step, arrived);
    if (dialog.nextStep < dialog.steps.size()) {
      dialog.atNanos = arrived + dialog.steps.get(dialog.nextStep).gapNanos();
      active.add(dialog);
    } else {
      finish(dialog, arrived);
    }
    return true;
  }

  private void start() {
    Kind kind = options.mix.pick(random);
    boolean registers = kind.registers();
    // an address of record of its own, so that no registration takes over another's binding
    int subscriber = registers ? registrations++ : random.nextInt(topology.phones());
    Dialog dialog = new Dialog(kind, started++, subscriber, topology, options, random, scratch);
    Script script = new Script(dialog, options, random);
    switch (kind) {
      case REGISTER, REGISTER_REFRESH, REGISTER_UNREG, REGISTER_FAIL ->
          RegisterScript.write(script);
      case OPTIONS, MESSAGE, SUBSCRIBE -> RequestScript.write(script);
      default -> CallScript.write(script);
    }
    dialog.atNanos = nextStartNanos + dialog.steps.get(0).gapNanos();
    active.add(dialog);
    nextStartNanos += script.exponential(1 / options.callsPerSecond, 3600);
  }

  private void finish(Dialog dialog, long lastNanos) {
    truth.dialog(dialog);
    if (dialog.open != Dialog.Open.NO) {
      truth.leftOpen(dialog.open, lastNanos + dialog.openSeconds * Script.SECOND);
    }
    finished.accept(dialog.truth(!options.tcp, options.nanos));
  }
}
