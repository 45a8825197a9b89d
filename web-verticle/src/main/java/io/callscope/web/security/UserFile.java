package io.callscope.web.security;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of a file of users: {@code name:role:hash} a line, empty lines and lines that begin with
 * {@code #} between them.
 */
public final class UserFile {
  /** More would be a mistake. */
  static final int MAX_BYTES = 1 << 20;

  private UserFile() {}

  /**
   * What a file says.
   *
   * @param users by name
   * @param errors with the numbers of their lines; the users are those of the other lines
   */
  public record Read(Map<String, User> users, List<String> errors) {}

  /** Reads all lines, so that all errors can be told at once. */
  public static Read read(String text) {
    Map<String, User> users = new LinkedHashMap<>();
    List<String> errors = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (isEntry(line)) {
        try {
          User user = user(line.strip());
          if (users.putIfAbsent(user.name(), user) != null) {
            errors.add("line " + number + ": user " + user.name() + " is there already");
          }
        } catch (IllegalArgumentException e) {
          errors.add("line " + number + ": " + e.getMessage());
        }
      }
    }
    return new Read(Map.copyOf(users), List.copyOf(errors));
  }

  private static boolean isEntry(String line) {
    return !line.isBlank() && !line.stripLeading().startsWith("#");
  }

  private static User user(String line) {
    String[] parts = line.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("must be name:role:hash");
    }
    String wrong = User.nameError(parts[0]);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("the name " + wrong);
    }
    UserRole role = UserRole.named(parts[1]);
    if (role == null) {
      throw new IllegalArgumentException("the role must be viewer or operator");
    }
    return new User(parts[0], role, PasswordHash.parse(parts[2]));
  }

  /** The text with a user added, or with the line of that name replaced. */
  public static String with(String text, User user) {
    List<String> lines = new ArrayList<>();
    boolean replaced = false;
    for (String line : text.lines().toList()) {
      boolean same = isOf(line, user.name());
      if (!same) {
        lines.add(line);
      } else if (!replaced) {
        lines.add(user.line());
        replaced = true;
      }
    }
    if (!replaced) {
      lines.add(user.line());
    }
    return String.join("\n", lines) + "\n";
  }

  /** The text without the lines of that name. */
  public static String without(String text, String name) {
    List<String> lines = text.lines().filter(line -> !isOf(line, name)).toList();
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static boolean isOf(String line, String name) {
    return isEntry(line) && line.strip().startsWith(name + ":");
  }
}
