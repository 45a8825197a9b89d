package io.callscope.capture.inject;

import io.callscope.files.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  private static final String SUFFIX = ".pcap";

  private final PrivateDirectory directory;
  private final Map<String, Upload> open = new HashMap<>();
  private long begun;

  /**
   * A whole one.
   *
   * @param name of the file on the sender's machine
   * @param file where it is
   */
  public record Received(String name, Path file) {}

  /** There may be no room for one. */
  public static final class NotKeptException extends IOException {
    private static final long serialVersionUID = 1;

    private NotKeptException(IOException cause) {
      super("the upload could not be kept: " + cause.getMessage(), cause);
    }
  }

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
   * @param directory for the files, of it alone
   */
  public Uploads(PrivateDirectory directory) {
    this.directory = directory;
  }

  /**
   * Begins one.
   *
   * @param file its name on the sender's machine
   * @param nowNanos a monotonic clock
   * @return its name
   * @throws RefusedException if too many are under way
   * @throws NotKeptException if its file cannot be made
   */
  public String begin(String file, long nowNanos) throws IOException, RefusedException {
    giveUp(nowNanos);
    if (open.size() >= MOST) {
      throw RefusedException.unavailable(MOST + " captures are being uploaded already");
    }
    String name = Long.toString(begun++);
    try {
      open.put(name, new Upload(file, directory.newFile(SUFFIX), nowNanos));
    } catch (IOException e) {
      throw new NotKeptException(e);
    }
    return name;
  }

  /**
   * Takes the next piece.
   *
   * @return bytes so far
   * @throws IllegalArgumentException if there is no such upload, or it becomes too large: then it
   *     is gone
   * @throws NotKeptException if it cannot be written; it is gone then too
   */
  public long add(String name, byte[] piece, long nowNanos) throws IOException {
    Upload upload = upload(name);
    if (upload.bytes + piece.length > MOST_BYTES) {
      remove(name);
      throw new IllegalArgumentException("the capture has more than " + MOST_BYTES + " bytes");
    }
    try {
      Files.write(upload.received.file, piece, StandardOpenOption.APPEND);
    } catch (IOException e) {
      remove(name);
      throw new NotKeptException(e);
    }
    upload.bytes += piece.length;
    upload.lastNanos = nowNanos;
    return upload.bytes;
  }

  /** Ends one; its file stays until it is {@link #delete deleted}. */
  public Received end(String name) {
    Received received = upload(name).received;
    open.remove(name);
    return received;
  }

  /** Deletes a whole one. */
  public void delete(Received received) throws IOException {
    Files.deleteIfExists(received.file);
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

  /** Removes all, whole ones too. */
  public void close() throws IOException {
    open.clear();
    directory.close();
  }

  private void remove(String name) throws IOException {
    Files.deleteIfExists(open.remove(name).received.file);
  }
}
