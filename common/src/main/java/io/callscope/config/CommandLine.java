package io.callscope.config;

import java.util.ArrayList;
import java.util.List;

/** Splits arguments into options and their texts. */
final class CommandLine {
  private static final String ORIGIN = Origin.COMMAND_LINE.text();
  private final List<Assignment> assignments = new ArrayList<>();
  private final List<Problem> problems;

  private CommandLine(List<Problem> problems) {
    this.problems = problems;
  }

  /**
   * The options of a command line in their order.
   *
   * @param problems gets what is wrong with it
   */
  static List<Assignment> read(List<String> arguments, List<Problem> problems) {
    CommandLine line = new CommandLine(problems);
    int at = 0;
    while (at < arguments.size()) {
      at = line.readAt(arguments, at);
    }
    return line.assignments;
  }

  private int readAt(List<String> arguments, int at) {
    String argument = arguments.get(at);
    if (!argument.startsWith("-") || argument.equals("-")) {
      problems.add(stray(argument));
      return at + 1;
    }
    if (argument.equals("--")) {
      arguments.subList(at + 1, arguments.size()).forEach(rest -> problems.add(stray(rest)));
      return arguments.size();
    }
    int dashes = argument.startsWith("--") ? 2 : 1;
    int equals = argument.indexOf('=');
    String name = argument.substring(dashes, equals < 0 ? argument.length() : equals);
    Option<?> option = Options.named(name);
    if (option == null) {
      problems.add(new Problem("-" + name, null, "", UnknownName.reason(name)));
      // Its value, if it has one, would only be a second error of the same cause.
      boolean hasValue = equals < 0 && at + 1 < arguments.size();
      return hasValue && !arguments.get(at + 1).startsWith("-") ? at + 2 : at + 1;
    }
    if (equals >= 0) {
      assignments.add(new Assignment(option, argument.substring(equals + 1)));
    } else if (option.isSwitch()) {
      assignments.add(new Assignment(option, "true"));
    } else if (at + 1 < arguments.size()) {
      assignments.add(new Assignment(option, arguments.get(at + 1)));
      return at + 2;
    } else {
      problems.add(
          new Problem("-" + name, null, "", "needs a value: " + option.syntax().placeholder()));
    }
    return at + 1;
  }

  /** The arguments as they may be shown: the values of secret options masked. */
  static List<String> masked(List<String> arguments) {
    List<String> shown = new ArrayList<>();
    boolean secret = false;
    for (String argument : arguments) {
      if (secret) {
        shown.add("***");
        secret = false;
        continue;
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      boolean isOption = name.startsWith("-");
      Option<?> option = isOption ? Options.named(name.replaceFirst("^--?", "")) : null;
      boolean hidden = option != null && option.secret();
      shown.add(hidden && equals >= 0 ? name + "=***" : argument);
      secret = hidden && equals < 0;
    }
    return shown;
  }

  private Problem stray(String argument) {
    Assignment last = assignments.isEmpty() ? null : assignments.get(assignments.size() - 1);
    String reason = "belongs to no option";
    if (last != null && last.option().isSwitch()) {
      reason += "; did you mean -" + last.option().name() + "=" + argument + "?";
    } else if (last != null && last.option() == Options.PCAP) {
      reason += "; put several files into one argument: -pcap \"a.pcap b.pcap\"";
    }
    return new Problem("argument", argument, ORIGIN, reason);
  }
}
