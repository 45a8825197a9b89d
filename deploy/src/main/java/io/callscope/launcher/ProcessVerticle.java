package io.callscope.launcher;

import com.sun.management.UnixOperatingSystemMXBean;
import io.callscope.bus.Addresses;
import io.callscope.bus.Answers;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.ProcessName;
import io.callscope.bus.Replies;
import io.callscope.config.EffectiveSetting;
import io.callscope.config.Options;
import io.callscope.config.Settings;
import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import io.callscope.files.PrivateDirectory;
import io.callscope.query.Fields;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What belongs to the process and not to one of its services: how much it logs, its memory, threads
 * and faults as counters, and what processes before it have left.
 */
final class ProcessVerticle extends VerticleBase {
  private static final String SERVICE = "process";
  private static final int MOST_LEVEL = 4;
  private static final int MOST_OPTIONS = 31;

  private final Settings settings;
  private final String commandLine;
  private final Supplier<CounterGroup> faults;
  private final ProcessName process;
  private final String instance;
  private final CounterGroup.Builder builder = new CounterGroup.Builder(SERVICE);
  private final int heap = gauge("heap_bytes", "memory of objects in use");
  private final int live = gauge("heap_live_bytes", "memory of objects after its last collections");
  private final int direct = gauge("direct_bytes", "memory of buffers outside of the heap");
  private final int files = gauge("open_files", "files and sockets that are open");
  private final int threads = gauge("threads", "threads that run");
  private final int collections = builder.add("collections", "collections of the heap");
  private final int collectMillis = builder.add("collect_ms", "time in them, milliseconds");
  private final CounterGroup group = builder.build();
  private Logging.Levels levels;
  private CounterPublisher publisher;

  /**
   * @param commandLine the program and its arguments, secrets masked
   * @param faults exceptions that nobody handled
   * @param process where it runs
   */
  ProcessVerticle(
      Settings settings, String commandLine, Supplier<CounterGroup> faults, ProcessName process) {
    this.settings = settings;
    this.commandLine = commandLine;
    this.faults = faults;
    this.process = process;
    instance =
        process.equals(ProcessName.ALONE)
            ? SERVICE + "." + ProcessHandle.current().pid()
            : process.unique(SERVICE);
    levels = Logging.Levels.of(settings);
  }

  private int gauge(String name, String description) {
    return builder.add(name, CounterKind.GAUGE_MAX, description);
  }

  @Override
  public Future<?> start() {
    vertx.executeBlocking(
        () -> {
          PrivateDirectory.temporary().removeAbandoned();
          return null;
        });
    publisher = CounterPublisher.startingAnew(vertx, SERVICE, instance, this::figures);
    var bus = vertx.eventBus();
    var changes = bus.<JsonObject>consumer(Addresses.control(SERVICE), this::change);
    var questions = Answers.listen(vertx, SERVICE, process, this::answer);
    return Future.all(changes.completion(), questions, publisher.start());
  }

  private List<CounterGroup> figures() {
    group.set(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    group.set(live, liveBytes());
    group.set(direct, directBytes());
    group.set(files, openFiles());
    group.set(threads, ManagementFactory.getThreadMXBean().getThreadCount());
    long count = 0;
    long millis = 0;
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      count += collector.getCollectionCount();
      millis += collector.getCollectionTime();
    }
    group.add(collections, count - group.value(collections));
    group.add(collectMillis, millis - group.value(collectMillis));
    return List.of(group, faults.get());
  }

  private static long liveBytes() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getCollectionUsage();
      bytes += usage == null ? 0 : usage.getUsed();
    }
    return bytes;
  }

  private static long directBytes() {
    long bytes = 0;
    for (var pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      bytes += pool.getMemoryUsed();
    }
    return bytes;
  }

  /** 0 where the system does not tell. */
  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getOpenFileDescriptorCount()
        : 0;
  }

  private void change(Message<JsonObject> message) {
    Answers.acknowledge(vertx, SERVICE, instance, message, this::apply);
  }

  private Map<String, Object> apply(Map<String, Object> asked) {
    Fields change = new Fields(asked);
    if (!change.text("change").equals("logging")) {
      throw new IllegalArgumentException("no such change: " + change.text("change"));
    }
    levels =
        new Logging.Levels(
            level(asked, "log_level", levels.level()),
            (int) change.number("log_opt", levels.options(), MOST_OPTIONS),
            level(asked, "parse_log_level", levels.parseLevel()),
            (int) change.number("parse_log_opt", levels.parseOptions(), MOST_OPTIONS));
    Logging.configure(settings, levels);
    return view();
  }

  private static int level(Map<String, Object> asked, String name, int otherwise) {
    Object value = asked.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number && Math.abs(number.longValue()) <= MOST_LEVEL) {
      return number.intValue();
    }
    throw new IllegalArgumentException(name + " must be a level from -4 to 4, not " + value);
  }

  private Map<String, Object> view() {
    return Map.of(
        "log_level",
        levels.level(),
        "log_opt",
        levels.options(),
        "parse_log_level",
        levels.parseLevel(),
        "parse_log_opt",
        levels.parseOptions());
  }

  private void answer(Message<JsonObject> message) {
    if ("config".equals(message.body().getString("query"))) {
      Replies.give(message, started());
      return;
    }
    JsonObject logging = new JsonObject(new LinkedHashMap<>(view()));
    logging.put("debug_calltr", settings.get(Options.DEBUG_CALLTR) & 1);
    Replies.give(message, new JsonObject().put("logging", logging));
  }

  /** How it was started, secrets masked. */
  private JsonObject started() {
    JsonArray all = new JsonArray();
    for (EffectiveSetting setting : settings.effective()) {
      all.add(
          new JsonObject()
              .put("name", setting.name())
              .put("value", setting.value())
              .put("origin", setting.origin()));
    }
    return new JsonObject().put("commandLine", commandLine).put("settings", all);
  }

  @Override
  public Future<?> stop() {
    return publisher.stop();
  }
}
