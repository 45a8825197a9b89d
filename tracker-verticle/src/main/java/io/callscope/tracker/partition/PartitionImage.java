package io.callscope.tracker.partition;

import io.callscope.bus.BatchSequences;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and numbers of the sources of a partition as bytes. */
final class PartitionImage {
  private static final int MAX_SOURCES = 1 << 20;
  private static final int MAX_NAME = 1024;

  private PartitionImage() {}

  static void write(BatchSequences sequences, ImageWriter out) {
    write(sequences.running(), out);
    write(sequences.ended(), out);
  }

  static void read(BatchSequences sequences, ImageReader in) {
    sequences.restore(read(in), read(in));
  }

  static void write(Map<String, Long> numbers, ImageWriter out) {
    out.putVar(numbers.size());
    numbers.forEach(
        (name, number) -> {
          out.putText(name);
          out.putLong(number);
        });
  }

  static Map<String, Long> read(ImageReader in) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    for (int left = in.getVar(MAX_SOURCES, "sources"); left > 0; left--) {
      numbers.put(in.getText(MAX_NAME), in.getLong());
    }
    return numbers;
  }
}
