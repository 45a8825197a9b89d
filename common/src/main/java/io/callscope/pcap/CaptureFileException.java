package io.callscope.pcap;

import java.io.IOException;

/**
 * Why a capture file cannot be read, or not to its end. What was read before it stands. The message
 * is one line for the user, with the file, the place and the reason.
 */
public final class CaptureFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;
  private final boolean cutOff;

  CaptureFileException(String file, long offset, boolean cutOff, String reason) {
    super(file + ": " + reason);
    this.file = file;
    this.offset = offset;
    this.cutOff = cutOff;
  }

  public String file() {
    return file;
  }

  /**
   * Where in the file, of a compressed one in what it unpacks to; 0 if it could not be opened at
   * all.
   */
  public long offset() {
    return offset;
  }

  /**
   * The file ends within a record, as a file does that is still written to. Anything else is an
   * error.
   */
  public boolean isCutOff() {
    return cutOff;
  }
}
