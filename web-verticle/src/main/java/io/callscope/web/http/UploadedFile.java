package io.callscope.web.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of a form while it arrives. Blocks; one step after the other, from any thread. */
final class UploadedFile {
  private final String name;
  private Path path;
  private OutputStream out;
  private long bytes;

  /**
   * @param name as the user's machine has it
   */
  UploadedFile(String name) {
    this.name = name;
  }

  void open(Path empty) throws IOException {
    path = empty;
    out = Files.newOutputStream(empty);
  }

  void write(byte[] piece) throws IOException {
    out.write(piece);
    bytes += piece.length;
  }

  /** No more of it comes. */
  void close() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
  }

  Upload whole() {
    return new Upload(name, path.toString(), bytes);
  }

  void delete() throws IOException {
    try {
      close();
    } finally {
      if (path != null) {
        Files.deleteIfExists(path);
      }
    }
  }
}
