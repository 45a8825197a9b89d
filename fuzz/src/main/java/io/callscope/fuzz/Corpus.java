package io.callscope.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/** Inputs as files: {@code target/fuzz/NAME} holds what a run needs and leaves. */
final class Corpus {
  /** With this begin the names of the files of seeds. */
  static final String SEED = "seed-";

  private Corpus() {}

  static List<byte[]> with(String name, List<byte[]> seeds) {
    List<byte[]> all = new ArrayList<>(seeds);
    all.addAll(KeptInputs.of(name).values());
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

  /** Has the seeds as files, one each, in a folder of that name, and returns it. */
  static Path seedFiles(FuzzTarget target, String name) throws IOException {
    Path folder = Files.createDirectories(folder(target.name()).resolve(name));
    int number = 0;
    for (byte[] seed : target.seeds()) {
      Files.write(folder.resolve(SEED + number++), seed);
    }
    return folder;
  }
}
