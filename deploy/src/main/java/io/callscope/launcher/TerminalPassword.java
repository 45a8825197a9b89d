package io.callscope.launcher;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A password that is typed twice without being shown, or the first line of standard input. */
final class TerminalPassword implements PasswdCommand.PasswordSource {
  private final Terminal terminal;
  private final InputStream in;

  /** Where people type. */
  @FunctionalInterface
  interface Terminal {
    /** What is typed, unseen; null if the input ends instead. */
    char[] readUnseen(String prompt);
  }

  /**
   * @param terminal null if there is none
   */
  TerminalPassword(Terminal terminal, InputStream in) {
    this.terminal = terminal;
    this.in = in;
  }

  /** That of this process, if it has one. */
  @SuppressWarnings("SystemConsoleNull") // the property sees to it
  static TerminalPassword ofProcess() {
    // From JDK 22 on there would be a console without a terminal too.
    System.setProperty("jdk.console", "java.base");
    Console console = System.console();
    return new TerminalPassword(
        console == null ? null : prompt -> console.readPassword("%s", prompt), System.in);
  }

  @Override
  public PasswdCommand.Password read(String name) throws IOException {
    return terminal == null ? line() : typed(name);
  }

  private PasswdCommand.Password line() throws IOException {
    String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    return line == null
        ? PasswdCommand.Password.none(
            "there is no terminal to ask for the password, and standard input has no line with it")
        : PasswdCommand.Password.of(line);
  }

  private PasswdCommand.Password typed(String name) {
    char[] first = terminal.readUnseen("Password of " + name + ": ");
    char[] second = first == null ? null : terminal.readUnseen("Once more: ");
    if (second == null) {
      return PasswdCommand.Password.none("no password was typed");
    }
    return Arrays.equals(first, second)
        ? PasswdCommand.Password.of(new String(first))
        : PasswdCommand.Password.none("the two passwords differ");
  }
}
