package io.callscope.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The targets that a module has, named or not: one that is named nowhere would never be run. */
public final class FuzzClasses {
  private static final String END = "Fuzz.class";

  private FuzzClasses() {}

  /** Simple names of the classes in the tests of the module that is tested. */
  public static List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("target", "test-classes"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(END))
          .map(name -> name.replaceFirst("\\.class$", ""))
          .toList();
    }
  }
}
