package io.callscope.capture;

import io.callscope.capture.config.SourceException;
import io.callscope.capture.decode.PacketFilter;
import io.callscope.capture.file.SourceFiles;
import io.callscope.pcap.CaptureFileException;
import io.callscope.pcap.PacketReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Looks at what is to be read before anything is started. Any thread; it may block for a moment.
 */
public final class InputChecks {
  private InputChecks() {}

  /**
   * Whether a file is there and begins like a capture. Standard input and named pipes are not
   * touched: what is taken from them is gone.
   *
   * @return what is wrong with it, in one line
   */
  public static Optional<String> file(String file) {
    if (SourceFiles.isPipe(file)) {
      return Optional.empty();
    }
    try {
      PacketReader.open(file).close();
      return Optional.empty();
    } catch (CaptureFileException e) {
      return Optional.of("-pcap " + e.getMessage());
    } catch (IOException e) {
      return Optional.of("-pcap " + file + ": " + e.getMessage());
    }
  }

  /**
   * Whether libpcap takes an expression.
   *
   * @return what is wrong with it, in one line
   */
  public static Optional<String> filter(String expression) {
    if (expression.isBlank()) {
      return Optional.empty();
    }
    try {
      PacketFilter.compile(expression, List.of());
      return Optional.empty();
    } catch (SourceException e) {
      return Optional.of(e.getMessage());
    }
  }
}
