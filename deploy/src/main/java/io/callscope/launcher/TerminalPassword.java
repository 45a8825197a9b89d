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
  private final InputStream in;

  TerminalPassword(InputStream in) {
    this.in = in;
  }

  @Override
  @SuppressWarnings("SystemConsoleNull") // the property sees to it
  public String read(String prompt) throws IOException {
    // From JDK 22 on there would be a console without a terminal too.
    System.setProperty("jdk.console", "java.base");
    Console console = System.console();
    if (console == null) {
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    }
    char[] first = console.readPassword("%s", prompt);
    char[] second = first == null ? null : console.readPassword("Once more: ");
    boolean same = second != null && Arrays.equals(first, second);
    return same ? new String(first) : null;
  }
}
