package io.callscope.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be run, with everything that is wrong with it. */
public final class SettingsException extends Exception {
  private static final long serialVersionUID = 1;
  private final transient List<Problem> problems;

  public SettingsException(List<Problem> problems) {
    super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
