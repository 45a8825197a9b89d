package io.callscope.pcapdump.file;

import io.callscope.bus.Envelope;
import io.callscope.pcap.CallFileNames;
import io.callscope.pcap.CaptureFormat;
import io.callscope.pcap.GrowingBytes;
import io.callscope.pcap.MessageRecords;
import io.callscope.pcap.TcpFlows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The files of one writer: messages are gathered a call, and what a call has gathered is written in
 * one go, at the latest after {@link Limits#flushMillis}. A message that cannot be written is
 * counted under its reason and lost; the next one tries anew. One thread, which may wait for the
 * disk.
 */
public final class CallFiles {
  private static final int FIRST_BYTES = 2048;
  private static final int MAX_SPARE_BYTES = 16 * 1024;
  private static final int MAX_SPARES = 256;

  private final Path directory;
  private final CallFileNames names;
  private final Limits limits;
  private final DumpCounters counters;
  private final FailureLog failures;
  private final Disk disk;
  private final FileWriter writer;
  private final ConnectionBudget connections;
  private final Map<CaptureFormat, MessageRecords> records = new EnumMap<>(CaptureFormat.class);

  /** All that are known, the least recently used first. */
  private final LinkedHashMap<CallId, CallFile> files = new LinkedHashMap<>(64, 0.75f, true);

  /** Those that have gathered something, the longest first. */
  private final LinkedHashSet<CallFile> gathering = new LinkedHashSet<>();

  private final Deque<GrowingBytes> spares = new ArrayDeque<>();
  private CaptureFormat format;
  private long gatheredBytes;
  private long heldMessages;

  /**
   * @param directory of all files
   * @param pcapng whether new files are pcapng; classic files count nanoseconds once a message has
   *     been seen whose time needs them
   */
  public CallFiles(
      Path directory,
      CallFileNames names,
      boolean pcapng,
      Limits limits,
      DumpCounters counters,
      FailureLog failures) {
    this(directory, names, pcapng, limits, counters, failures, new LocalDisk());
  }

  CallFiles(
      Path directory,
      CallFileNames names,
      boolean pcapng,
      Limits limits,
      DumpCounters counters,
      FailureLog failures,
      Disk disk) {
    this.directory = directory;
    this.names = names;
    this.limits = limits;
    this.counters = counters;
    this.failures = failures;
    this.disk = disk;
    format = pcapng ? CaptureFormat.PCAPNG : CaptureFormat.PCAP_MICROS;
    writer = new FileWriter(disk, limits.openFiles(), counters);
    connections = new ConnectionBudget(limits.connections(), counters);
    for (CaptureFormat each : CaptureFormat.values()) {
      records.put(each, new MessageRecords(each));
    }
  }

  /**
   * Takes a message.
   *
   * @param id its Call-ID, which is copied if need be
   * @param mayCreate whether a file is made for it if there is none
   * @param comment in UTF-8, for pcapng
   */
  public void add(
      CallId id,
      Envelope envelope,
      byte[] payload,
      int from,
      int length,
      boolean mayCreate,
      byte[] comment,
      long nowMillis) {
    if (!MessageRecords.canWrite(envelope)) {
      counters.dropped(DropReason.BUG, 1);
      return;
    }
    if (format == CaptureFormat.PCAP_MICROS && envelope.captureNanos % 1000 != 0) {
      format = CaptureFormat.PCAP_NANOS;
    }
    CallFile file = files.get(id);
    if (file == null) {
      try {
        file = look(id, mayCreate);
      } catch (DumpFailure e) {
        counters.dropped(e.reason(), 1);
        failures.failed(e.reason(), path(id), e.getMessage(), 1, nowMillis);
        return;
      }
      remember(file);
    }
    gather(file, envelope, payload, from, length, mayCreate, comment, nowMillis);
  }

  private Path path(CallId id) {
    return directory.resolve(names.path(id.bytes(), id.from(), id.length()));
  }

  /** A call that is not known: there may be a file of before. */
  private CallFile look(CallId id, boolean mayCreate) throws DumpFailure {
    Path path = path(id);
    ExistingFile existing = writer.look(path, format);
    if (existing == null && !mayCreate) {
      throw new DumpFailure(DropReason.MISSING_FILE, "is not there");
    }
    CallId own = id.copy();
    return existing == null
        ? new CallFile(own, path, format, new TcpFlows(), CallFile.ABSENT)
        : new CallFile(own, path, existing.format(), existing.flows(), existing.length());
  }

  private void remember(CallFile file) {
    files.put(file.callId, file);
    if (files.size() > limits.calls()) {
      Iterator<CallFile> eldest = files.values().iterator();
      CallFile old = eldest.next();
      flush(old, old.sinceMillis);
      forget(old);
    }
    counters.set(counters.knownCalls, files.size());
  }

  private void forget(CallFile file) {
    writer.close(file);
    files.remove(file.callId);
    connections.gone(file);
  }

  private void gather(
      CallFile file,
      Envelope envelope,
      byte[] payload,
      int from,
      int length,
      boolean mayCreate,
      byte[] comment,
      long nowMillis) {
    if (file.gathered == null) {
      begin(file, nowMillis);
    }
    int before = file.gathered.capacity();
    MessageRecords maker = records.get(file.format);
    file.packets += maker.add(file.gathered, envelope, payload, from, length, file.flows, comment);
    connections.used(file);
    file.frameBytes += maker.frameBytes();
    file.messages++;
    file.mayCreate |= mayCreate;
    gatheredBytes += file.gathered.capacity() - before;
    heldMessages++;
    if (file.gathered.used() > Limits.MAX_CALL_BYTES) {
      flush(file, nowMillis);
    }
    while (gatheredBytes > limits.gatheredBytes()) {
      flush(gathering.iterator().next(), nowMillis);
    }
    showHeld();
  }

  private void begin(CallFile file, long nowMillis) {
    GrowingBytes spare = spares.poll();
    file.gathered = spare == null ? new GrowingBytes(FIRST_BYTES) : spare;
    file.gathered.use(0);
    if (file.length == CallFile.ABSENT || file.length == 0) {
      file.headerBytes = file.format.fileHeaderBytes();
      file.gathered.use(file.format.putFileHeader(file.gathered.array(), 0));
    }
    file.sinceMillis = nowMillis;
    gatheredBytes += file.gathered.capacity();
    gathering.add(file);
  }

  /**
   * Adds a comment to the message of a time, if it is still gathered.
   *
   * @return whether it is
   */
  public boolean comment(CallId id, long timeNanos, byte[] comment) {
    CallFile file = files.get(id);
    if (file == null || file.gathered == null || file.format != CaptureFormat.PCAPNG) {
      return false;
    }
    int before = file.gathered.capacity();
    boolean added = CaptureFormat.addComment(file.gathered, file.headerBytes, timeNanos, comment);
    gatheredBytes += file.gathered.capacity() - before;
    return added;
  }

  /** Writes what has been gathered for long enough, and closes what nobody uses. */
  public void tick(long nowMillis) {
    while (!gathering.isEmpty()) {
      CallFile eldest = gathering.iterator().next();
      if (nowMillis - eldest.sinceMillis < limits.flushMillis()) {
        break;
      }
      flush(eldest, nowMillis);
    }
    writer.closeIdle(nowMillis);
    showHeld();
  }

  /** Writes all that has been gathered. */
  public void flush(long nowMillis) {
    while (!gathering.isEmpty()) {
      flush(gathering.iterator().next(), nowMillis);
    }
    showHeld();
  }

  /** Writes what a call has gathered, so that who reads its file finds all of it. */
  public void flush(CallId id, long nowMillis) {
    CallFile file = files.get(id);
    if (file != null) {
      flush(file, nowMillis);
      showHeld();
    }
  }

  private void flush(CallFile file, long nowMillis) {
    if (!gathering.remove(file)) {
      return;
    }
    try {
      writer.write(file, nowMillis);
      counters.add(counters.written, file.messages);
      counters.add(counters.bytesWritten, file.frameBytes);
      counters.add(counters.packets, file.packets);
    } catch (DumpFailure e) {
      counters.dropped(e.reason(), file.messages);
      failures.failed(e.reason(), file.path, e.getMessage(), file.messages, nowMillis);
      forget(file); // the next message looks at what is really there
    }
    release(file);
  }

  private void release(CallFile file) {
    gatheredBytes -= file.gathered.capacity();
    heldMessages -= file.messages;
    if (file.gathered.capacity() <= MAX_SPARE_BYTES && spares.size() < MAX_SPARES) {
      spares.push(file.gathered);
    }
    file.clear();
  }

  private void showHeld() {
    counters.set(counters.heldMessages, heldMessages);
    counters.set(counters.heldBytes, gatheredBytes);
  }

  /**
   * Writes everything and closes all files.
   *
   * @param outOfTime whether to give up; what is left then is lost and counted
   */
  public void end(long nowMillis, BooleanSupplier outOfTime) {
    while (!gathering.isEmpty()) {
      CallFile file = gathering.iterator().next();
      if (outOfTime.getAsBoolean()) {
        gathering.remove(file);
        counters.dropped(DropReason.STOPPED, file.messages);
        failures.failed(
            DropReason.STOPPED, file.path, "the disk is too slow", file.messages, nowMillis);
        release(file);
      } else {
        flush(file, nowMillis);
      }
    }
    files.values().forEach(writer::close);
    files.clear();
    showHeld();
  }

  /** What there is of a call on the disk, or null; and its path below the directory. */
  public FileFound find(CallId id) throws IOException {
    Path path = path(id);
    Disk.Found found = disk.find(path);
    boolean there = found != null && found.regular();
    return new FileFound(
        directory.relativize(path).toString(),
        there,
        there ? found.bytes() : 0,
        there ? found.modifiedMillis() : 0);
  }

  /** Some bytes of the file of a call; fewer than asked for at its end. */
  public byte[] read(CallId id, long at, int most) throws IOException {
    return FileWriter.read(disk, path(id), at, most);
  }
}
