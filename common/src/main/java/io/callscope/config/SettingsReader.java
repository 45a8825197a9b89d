package io.callscope.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the sources of settings together; used once, on one thread. */
final class SettingsReader {
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Option<?>, Settings.Given<?>> given = new HashMap<>();
  private final Set<Option<?>> unreadable = new HashSet<>();

  Settings read(List<String> arguments, Map<String, String> environment) throws SettingsException {
    List<Assignment> commandLine = CommandLine.read(arguments, problems);
    List<Assignment> variables = Environment.read(environment, problems);
    String file = fileOf(variables, fileOf(commandLine, null));
    List<Assignment> inFile = file == null ? List.of() : readFile(file);
    boolean allNamesKnown = problems.isEmpty();
    apply(inFile, Origin.FILE);
    apply(variables, Origin.ENVIRONMENT);
    apply(commandLine, Origin.COMMAND_LINE);
    Settings settings = new Settings(given);
    problems.addAll(CrossChecks.problems(settings, unreadable, allNamesKnown));
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return settings;
  }

  private static String fileOf(List<Assignment> assignments, String known) {
    String file = null;
    for (Assignment assignment : assignments) {
      if (assignment.option() == Options.CONFIG) {
        file = assignment.text();
      }
    }
    return known != null ? known : file;
  }

  private List<Assignment> readFile(String name) {
    if (name.isEmpty()) {
      return List.of();
    }
    String reason;
    try {
      return ConfigFile.read(name, Files.readString(Path.of(name)), problems);
    } catch (NoSuchFileException | InvalidPathException e) {
      reason = "no such file";
    } catch (CharacterCodingException e) {
      reason = "must be UTF-8 text";
    } catch (IOException e) {
      reason = "cannot be read: " + e.getMessage();
    }
    problems.add(new Problem("config", name, "", reason));
    return List.of();
  }

  private void apply(List<Assignment> assignments, Origin origin) {
    for (Assignment assignment : assignments) {
      apply(assignment.option(), assignment.text(), origin);
    }
  }

  private <T> void apply(Option<T> option, String text, Origin origin) {
    try {
      given.put(option, new Settings.Given<>(option, option.syntax().parse(text), origin));
    } catch (BadValueException e) {
      String shown = option.secret() ? null : text;
      unreadable.add(option);
      problems.add(new Problem(option.name(), shown, origin.text(), e.getMessage()));
    }
  }
}
