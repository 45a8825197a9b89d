package io.callscope.launcher;

import io.callscope.bus.Addresses;
import io.callscope.bus.ProcessName;
import io.callscope.bus.SourceNames;
import io.callscope.bus.SourceStatus;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The sources and how far they are: written by an event loop, read by the main thread. */
final class Inputs {
  private final Map<String, SourceStatus> inputs = new LinkedHashMap<>();
  private final Set<String> awaited;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private final ProcessName process;
  private final Consumer<SourceStatus> progress;

  /**
   * @param process whose sources count
   * @param progress told each status as it comes
   */
  Inputs(ProcessName process, Set<String> awaited, Consumer<SourceStatus> progress) {
    this.process = process;
    this.awaited = awaited;
    this.progress = progress;
  }

  void listen(Vertx vertx) {
    vertx
        .eventBus()
        .<JsonObject>localConsumer(
            Addresses.SOURCES, message -> onStatus(SourceStatus.of(message.body())))
        .completion()
        .await();
  }

  synchronized void onStatus(SourceStatus input) {
    if (!process.owns(input.source()) || input.source().startsWith(SourceNames.INJECT)) {
      return; // what somebody puts in by hand neither ends the program nor is part of its input
    }
    inputs.put(input.source(), input);
    progress.accept(input);
    boolean over =
        !awaited.isEmpty()
            && awaited.stream().allMatch(n -> inputs.containsKey(n) && inputs.get(n).isOver());
    boolean unexpected = !awaited.contains(input.source()) && input.hasFailed();
    if (over || unexpected) {
      ended.complete(null);
    }
  }

  /** Done when all awaited sources are over, or another one, such as an interface, has failed. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Waits for {@link #ended}, but not for longer. */
  void awaitEnd(long millis) {
    ended.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS).join();
  }

  /** The last status of each source. */
  synchronized List<SourceStatus> whole() {
    return List.copyOf(inputs.values());
  }
}
