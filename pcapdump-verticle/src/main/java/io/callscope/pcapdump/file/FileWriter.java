package io.callscope.pcapdump.file;

import io.callscope.pcap.CaptureFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what calls have gathered, keeping a bounded number of files open. Before it writes it
 * makes sure that the file is still what it knows of: others may have removed, rotated or cut it.
 * One thread.
 */
final class FileWriter {
  private static final Logger LOG = LoggerFactory.getLogger(FileWriter.class);
  private static final String TOO_MANY = "Too many open files";

  /** A file that is taken away again and again while it is opened is left to whoever does that. */
  private static final int ATTEMPTS = 3;

  private final Disk disk;
  private final int maxOpen;
  private final DumpCounters counters;

  /** The least recently written first. */
  private final LinkedHashSet<CallFile> open = new LinkedHashSet<>();

  FileWriter(Disk disk, int maxOpen, DumpCounters counters) {
    this.disk = disk;
    this.maxOpen = maxOpen;
    this.counters = counters;
  }

  /**
   * What a path holds that is not known yet, null if nothing.
   *
   * @throws DumpFailure if it is something else than a file of ours
   */
  ExistingFile look(Path path, CaptureFormat preferred) throws DumpFailure {
    try {
      Disk.Found found = find(path);
      if (found == null) {
        return null;
      }
      try (Disk.OpenFile file = withRoom(() -> disk.open(path))) {
        return inspect(file, found.bytes(), preferred);
      } catch (NoSuchFileException e) {
        return null; // just removed
      }
    } catch (IOException e) {
      throw new DumpFailure(DropReason.NEW_FILE, e);
    }
  }

  private Disk.Found find(Path path) throws IOException, DumpFailure {
    Disk.Found found = disk.find(path);
    if (found != null && !found.regular()) {
      throw new DumpFailure(DropReason.NEW_FILE, "is no regular file");
    }
    return found;
  }

  /** Reads the end of a file and takes off what is no whole record. */
  private ExistingFile inspect(Disk.OpenFile file, long bytes, CaptureFormat preferred)
      throws IOException, DumpFailure {
    ExistingFile existing = ExistingFile.read(file, bytes, preferred);
    if (existing.length() < bytes) {
      file.truncate(existing.length());
      counters.add(counters.repaired, 1);
    }
    return existing;
  }

  /**
   * Writes what a call has gathered, all or nothing.
   *
   * @throws DumpFailure if it could not be written; the file is as it was before
   */
  void write(CallFile call, long nowMillis) throws DumpFailure {
    makeReady(call);
    call.usedMillis = nowMillis;
    // Others may have made or removed the file since its start was gathered, or not.
    boolean begins = call.length == 0;
    int from = begins ? 0 : call.headerBytes;
    ByteBuffer bytes = ByteBuffer.wrap(call.gathered.array(), from, call.gathered.used() - from);
    if (begins && call.headerBytes == 0) {
      bytes = withHeader(call.format, bytes);
    }
    long at = call.length;
    try {
      while (bytes.hasRemaining()) {
        at += call.open.write(bytes, at);
      }
    } catch (IOException e) {
      undo(call);
      boolean header = begins && at < call.format.fileHeaderBytes();
      throw new DumpFailure(header ? DropReason.WRITE_HEADER : DropReason.WRITE_MESSAGE, e);
    }
    call.length = at;
    counters.add(counters.writes, 1);
    counters.add(counters.newFiles, begins ? 1 : 0);
  }

  private static ByteBuffer withHeader(CaptureFormat format, ByteBuffer records) {
    byte[] whole = new byte[format.fileHeaderBytes() + records.remaining()];
    int header = format.putFileHeader(whole, 0);
    records.get(whole, header, records.remaining());
    return ByteBuffer.wrap(whole);
  }

  /** No part of a record may stay, or nothing behind it could be read. */
  private void undo(CallFile call) {
    try {
      if (call.length == 0) {
        disk.delete(call.path);
      } else {
        call.open.truncate(call.length);
      }
    } catch (IOException e) {
      // What stays is found and taken off when the file is opened again.
      LOG.debug("{} could not be cut: {}", call.path, e.toString());
    }
    close(call);
  }

  private void makeReady(CallFile call) throws DumpFailure {
    try {
      if (call.open != null) {
        Disk.Found found = find(call.path);
        if (isSame(call, found)) {
          touch(call);
          return;
        }
        close(call);
        refresh(call, found);
      }
      for (int attempt = 0; call.open == null; attempt++) {
        if (attempt == ATTEMPTS) {
          throw new DumpFailure(DropReason.NEW_FILE, "comes and goes");
        }
        if (call.length == CallFile.ABSENT) {
          create(call);
        } else {
          openExisting(call);
        }
      }
    } catch (IOException e) {
      throw new DumpFailure(DropReason.NEW_FILE, e);
    }
    touch(call);
  }

  private static boolean isSame(CallFile call, Disk.Found found) {
    if (found == null || found.bytes() != call.length) {
      return false;
    }
    if (call.key == null) {
      call.key = found.key();
    }
    return found.key() == null || found.key().equals(call.key);
  }

  /** Takes note of what has become of a file. */
  private static void refresh(CallFile call, Disk.Found found) {
    if (found == null) {
      call.length = CallFile.ABSENT;
    }
  }

  private void openExisting(CallFile call) throws IOException, DumpFailure {
    try {
      call.open = withRoom(() -> disk.open(call.path));
    } catch (NoSuchFileException e) {
      call.length = CallFile.ABSENT;
      return;
    } catch (IOException e) {
      find(call.path); // says so if it is no regular file
      throw e;
    }
    call.key = null;
    try {
      // To look at its path too costs as much as to open it.
      if (call.length == 0 || call.open.size() != call.length) {
        lookAgain(call);
      }
    } catch (IOException | DumpFailure e) {
      close(call);
      throw e;
    }
  }

  private void lookAgain(CallFile call) throws IOException, DumpFailure {
    Disk.Found found = find(call.path);
    if (found == null) {
      close(call);
      call.length = CallFile.ABSENT;
      return;
    }
    call.key = found.key();
    if (found.bytes() != call.length) {
      inspectAgain(call, found.bytes());
    }
  }

  /** Somebody else has changed the file. What was gathered fits only if its format is the same. */
  private void inspectAgain(CallFile call, long bytes) throws IOException, DumpFailure {
    if (bytes == 0) {
      call.length = 0;
      return;
    }
    ExistingFile existing = inspect(call.open, bytes, call.format);
    if (existing.length() > 0 && existing.format() != call.format) {
      throw new DumpFailure(
          DropReason.FOREIGN_FILE, "was made anew by another as " + existing.format().text());
    }
    call.length = existing.length();
  }

  private void create(CallFile call) throws IOException, DumpFailure {
    if (!call.mayCreate) {
      throw new DumpFailure(DropReason.MISSING_FILE, "is not there any more");
    }
    try {
      call.open = withRoom(() -> disk.create(call.path));
    } catch (FileAlreadyExistsException e) {
      call.length = 0; // to be looked at
      return;
    } catch (NoSuchFileException e) {
      makeDirectory(call.path.getParent());
      call.open = withRoom(() -> disk.create(call.path));
    }
    call.key = null;
    call.length = 0;
  }

  private void makeDirectory(Path directory) throws DumpFailure {
    try {
      counters.add(counters.newSubdirs, Directories.make(disk, directory));
    } catch (IOException e) {
      throw new DumpFailure(DropReason.SUBDIRS, e);
    }
  }

  private interface Opening {
    Disk.OpenFile open() throws IOException;
  }

  /** Opens a file, if need be after closing others: the system has a limit too. */
  private Disk.OpenFile withRoom(Opening opening) throws IOException {
    try {
      return opening.open();
    } catch (FileSystemException e) {
      if (open.isEmpty() || e.getReason() == null || !e.getReason().contains(TOO_MANY)) {
        throw e;
      }
      closeEldest((open.size() + 1) / 2);
      return opening.open();
    }
  }

  private void touch(CallFile call) {
    open.remove(call);
    open.add(call);
    if (open.size() > maxOpen) {
      closeEldest(1);
    }
    counters.set(counters.openFiles, open.size());
  }

  private void closeEldest(int count) {
    for (int i = 0; i < count; i++) {
      close(open.iterator().next());
    }
  }

  void closeIdle(long nowMillis) {
    Iterator<CallFile> eldest = open.iterator();
    while (eldest.hasNext()) {
      CallFile call = eldest.next();
      if (nowMillis - call.usedMillis < Limits.IDLE_MILLIS) {
        return;
      }
      eldest.remove();
      closeQuietly(call);
    }
  }

  void close(CallFile call) {
    if (call.open != null) {
      open.remove(call);
      closeQuietly(call);
    }
  }

  private void closeQuietly(CallFile call) {
    try {
      call.open.close();
    } catch (IOException e) {
      LOG.warn("{} could not be closed: {}", call.path, e.toString());
    }
    call.open = null;
    counters.set(counters.openFiles, open.size());
  }

  static byte[] read(Disk disk, Path path, long at, int most) throws IOException {
    try (Disk.OpenFile file = disk.open(path)) {
      ByteBuffer buffer = ByteBuffer.allocate(most);
      int count = 0;
      while (buffer.hasRemaining() && count >= 0) {
        count = file.read(buffer, at + buffer.position());
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    }
  }
}
