package io.callscope.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What earlier runs have found worth keeping: {@code /fuzz/NAME.zip} of the class path, a file
 * {@code src/test/resources/fuzz/NAME.zip} of the module that is tested.
 */
final class KeptInputs {
  /** Each build runs them all, and each clone carries them. */
  private static final int MAX_BYTES = 128 << 10;

  private static final int MAX_INPUTS = 500;

  /** Equal inputs make equal files. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private KeptInputs() {}

  /** By their names in the file, in its order. */
  static Map<String, byte[]> of(String target) {
    Map<String, byte[]> kept = new LinkedHashMap<>();
    try (InputStream in = KeptInputs.class.getResourceAsStream("/fuzz/" + target + ".zip")) {
      if (in != null) {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          kept.put(entry.getName(), zip.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kept;
  }

  /**
   * Adds the files of a folder but those named {@code seed-…}, the smallest first, while there is
   * room.
   */
  static void add(String target, Path folder) throws IOException {
    Map<String, byte[]> kept = of(target);
    int bytes = kept.values().stream().mapToInt(input -> input.length).sum();
    for (Path file : bySize(folder)) {
      byte[] input = Files.readAllBytes(file);
      if (bytes + input.length > MAX_BYTES || kept.size() >= MAX_INPUTS) {
        break;
      }
      if (kept.put(file.getFileName().toString(), input) == null) {
        bytes += input.length;
      }
    }
    if (!kept.isEmpty()) {
      write(target, kept);
    }
  }

  private static List<Path> bySize(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith(Corpus.SEED))
          .sorted(KeptInputs::smallerThenByName)
          .toList();
    }
  }

  private static int smallerThenByName(Path left, Path right) {
    int order = Long.compare(left.toFile().length(), right.toFile().length());
    return order != 0 ? order : left.compareTo(right);
  }

  private static void write(String target, Map<String, byte[]> kept) throws IOException {
    Path folder = Files.createDirectories(Path.of("src", "test", "resources", "fuzz"));
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve(target + ".zip")))) {
      for (Map.Entry<String, byte[]> input : kept.entrySet()) {
        ZipEntry entry = new ZipEntry(input.getKey());
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(input.getValue());
      }
    }
  }
}
