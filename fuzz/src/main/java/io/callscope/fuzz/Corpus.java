package io.callscope.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Inputs as files: {@code /fuzz/NAME.zip} of the class path holds what earlier runs have found
 * worth keeping, {@code target/fuzz/NAME} what a run needs and leaves.
 */
final class Corpus {
  private Corpus() {}

  static List<byte[]> with(String name, List<byte[]> seeds) {
    List<byte[]> all = new ArrayList<>(seeds);
    try (InputStream in = Corpus.class.getResourceAsStream("/fuzz/" + name + ".zip")) {
      if (in != null) {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          all.add(zip.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(all);
  }

  /** Where the files of a target are, in the module that is tested. */
  static Path folder(String name) throws IOException {
    return Files.createDirectories(Path.of("target", "fuzz", name));
  }

  /** Writes an input that failed; returns where, or the input itself if that does not work. */
  static String keep(String name, byte[] input) {
    CRC32 sum = new CRC32();
    sum.update(input);
    try {
      Path file = folder(name).resolve(String.format("failed-%08x", sum.getValue()));
      return Files.write(file, input).toString();
    } catch (IOException e) {
      return HexFormat.of().formatHex(Arrays.copyOf(input, Math.min(input.length, 4096)));
    }
  }

  /** Has the seeds as files, one each, and returns their folder. */
  static Path seedFiles(FuzzTarget target) throws IOException {
    Path folder = Files.createDirectories(folder(target.name()).resolve("seeds"));
    int number = 0;
    for (byte[] seed : target.seeds()) {
      Files.write(folder.resolve("seed-" + number++), seed);
    }
    return folder;
  }
}
