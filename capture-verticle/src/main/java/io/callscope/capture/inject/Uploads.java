package io.callscope.capture.inject;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures that arrive piece by piece, each in a temporary file: so many at a time, of so many
 * bytes, and given up when nothing more comes. One thread at a time; time is an argument.
 */
public final class Uploads {
  /** Bytes of one capture. */
  public static final long MOST_BYTES = 256L << 20;

  /** Captures under way at a time. */
  public static final int MOST = 4;

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** Far longer than a file of a process that is alive goes without a change. */
  private static final long ABANDONED_MILLIS = 3_600_000;

  private static final String PREFIX = "callscope-upload";
  private static final String SUFFIX = ".pcap";

  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

  private final Path directory;
  private final Map<String, Upload> open = new HashMap<>();
  private final Set<Path> whole = new HashSet<>();
  private long begun;

  /**
   * A whole one.
   *
   * @param name of the file on the sender's machine
   * @param file where it is
   */
  public record Received(String name, Path file) {}

  private static final class Upload {
    private final Received received;
    private long bytes;
    private long lastNanos;

    Upload(String name, Path file, long nowNanos) {
      received = new Received(name, file);
      lastNanos = nowNanos;
    }
  }

  /**
   * @param directory for the files
   */
  public Uploads(Path directory) {
    this.directory = directory;
  }

  /**
   * Begins one, and removes what a process that was killed has left.
   *
   * @param file its name on the sender's machine
   * @param nowNanos a monotonic clock
   * @param nowMillis the wall clock, ms since 1970
   * @return its name
   * @throws IllegalArgumentException if too many are under way
   */
  public String begin(String file, long nowNanos, long nowMillis) throws IOException {
    giveUp(nowNanos);
    try {
      removeAbandoned(nowMillis);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("what may be left of earlier uploads could not be removed", e);
    }
    if (open.size() >= MOST) {
      throw new IllegalArgumentException(MOST + " captures are being uploaded already");
    }
    String name = Long.toString(begun++);
    open.put(name, new Upload(file, Files.createTempFile(directory, PREFIX, SUFFIX), nowNanos));
    return name;
  }

  /**
   * Takes the next piece.
   *
   * @return bytes so far
   * @throws IllegalArgumentException if there is no such upload, or it becomes too large: then it
   *     is gone
   */
  public long add(String name, byte[] piece, long nowNanos) throws IOException {
    Upload upload = upload(name);
    if (upload.bytes + piece.length > MOST_BYTES) {
      remove(name);
      throw new IllegalArgumentException("the capture has more than " + MOST_BYTES + " bytes");
    }
    Files.write(upload.received.file, piece, StandardOpenOption.APPEND);
    upload.bytes += piece.length;
    upload.lastNanos = nowNanos;
    return upload.bytes;
  }

  /** Ends one; its file stays until it is {@link #delete deleted}. */
  public Received end(String name) {
    Received received = upload(name).received;
    open.remove(name);
    whole.add(received.file);
    return received;
  }

  /** Deletes a whole one. */
  public void delete(Received received) throws IOException {
    Files.deleteIfExists(received.file);
    whole.remove(received.file);
  }

  private Upload upload(String name) {
    Upload upload = open.get(name);
    if (upload == null) {
      throw new IllegalArgumentException("no such upload: " + name);
    }
    return upload;
  }

  /** Removes those of which nothing more came for a minute. */
  public void giveUp(long nowNanos) throws IOException {
    List<String> late = new ArrayList<>();
    open.forEach(
        (name, upload) -> {
          if (nowNanos - upload.lastNanos > PATIENCE_NANOS) {
            late.add(name);
          }
        });
    for (String name : late) {
      remove(name);
    }
  }

  private void removeAbandoned(long nowMillis) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        if (nowMillis - Files.getLastModifiedTime(file).toMillis() > ABANDONED_MILLIS) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Removes all, whole ones too. */
  public void close() throws IOException {
    for (Path file : whole) {
      Files.deleteIfExists(file);
    }
    whole.clear();
    for (String name : List.copyOf(open.keySet())) {
      remove(name);
    }
  }

  private void remove(String name) throws IOException {
    Files.deleteIfExists(open.remove(name).received.file);
  }
}
