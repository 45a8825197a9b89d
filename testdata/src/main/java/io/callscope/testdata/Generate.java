package io.callscope.testdata;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The command line of the generator: writes a capture and, beside it, what is in it. */
public final class Generate {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int BAD_USAGE = 2;

  private static final String USAGE =
      """
      Writes a capture of generated SIP traffic, and beside it OUT.json: its dialogs, messages
      and frames, and the events it must give when it is tracked to the end of all timers.
      The same options always give the same bytes.

      Usage: java -cp ... io.callscope.testdata.Generate OUT.pcap [options]

        --golden                     write OUT.events too: a line for each event, with its
                                     type, Call-ID, status and seconds of talk
        --help                       this text
      """;

  private Generate() {}

  /** Exits with 0, with 1 if a file could not be written, with 2 after a bad argument. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  /** What {@link #main} does, but returns the exit code. */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    List<String> rest = new ArrayList<>(Arrays.asList(arguments));
    if (rest.contains("--help") || rest.contains("-h")) {
      out.print(USAGE + Options.help());
      return OK;
    }
    boolean golden = rest.remove("--golden");
    if (rest.isEmpty() || rest.get(0).startsWith("-")) {
      err.println("the first argument must be the file to write; --help tells more");
      return BAD_USAGE;
    }
    Path file;
    Options options;
    try {
      file = Path.of(rest.remove(0));
      options = Options.of(rest.toArray(new String[0]));
    } catch (InvalidPathException e) {
      err.println("no file name: " + e.getMessage());
      return BAD_USAGE;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage() + "; --help lists all options");
      return BAD_USAGE;
    }
    try {
      generate(file, options, golden, out);
      return OK;
    } catch (IOException | UncheckedIOException e) {
      err.println("could not write " + file + ": " + e);
      return FAILED;
    }
  }

  private static void generate(Path file, Options options, boolean golden, PrintStream out)
      throws IOException {
    long start = System.nanoTime();
    Truth truth = golden ? writeGolden(file, options) : write(file, options, dialog -> {});
    Files.writeString(Path.of(file + ".json"), truth.json());
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf(
        Locale.ROOT,
        "%s: %,d dialogs, %,d messages, %,d frames, %,d bytes; %.1f s, %,.0f messages/s%n",
        file,
        truth.dialogs(),
        truth.messages(),
        truth.network(NetworkCount.FRAMES),
        Files.size(file),
        seconds,
        truth.messages() / seconds);
  }

  private static Truth writeGolden(Path file, Options options) throws IOException {
    String name = file.toString().replaceFirst("\\.pcap$", "") + ".events";
    try (Writer events = Files.newBufferedWriter(Path.of(name))) {
      return write(file, options, new GoldenEvents(events));
    }
  }

  private static Truth write(Path file, Options options, Consumer<DialogTruth> finished)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      return Corpus.write(options, out, finished);
    }
  }
}
