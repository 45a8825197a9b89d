package io.callscope.launcher;

import io.callscope.web.security.PasswordHash;
import io.callscope.web.security.User;
import io.callscope.web.security.UserFile;
import io.callscope.web.security.UserRole;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/** {@code callscope passwd}: writes a user, a role and a password into a file of users. */
final class PasswdCommand {
  static final String NAME = "passwd";

  private static final String USAGE =
      """
      usage: callscope passwd FILE USER [viewer|operator]
             callscope passwd FILE USER delete

      Writes the user into the file of -http_users, which it makes if need be, with the hash of a
      password that it asks for, or reads as a line from standard input. A viewer, which is the
      default for a new user, may see everything; an operator may also act.
      """;

  private static final int MIN_LENGTH = 8;

  private final PasswordSource passwords;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * A password, or why there is none.
   *
   * @param wrong empty if there is one
   */
  record Password(String text, String wrong) {
    static Password of(String text) {
      return new Password(text, "");
    }

    static Password none(String why) {
      return new Password("", why);
    }

    /** Not even by accident. */
    @Override
    public String toString() {
      return "a password";
    }
  }

  /** Where passwords come from. */
  @FunctionalInterface
  interface PasswordSource {
    /**
     * @param name whose it is
     */
    Password read(String name) throws IOException;
  }

  PasswdCommand(PasswordSource passwords, PrintStream out, PrintStream err) {
    this.passwords = passwords;
    this.out = out;
    this.err = err;
  }

  /**
   * @param arguments behind the name of the command
   * @return the exit code
   */
  int run(List<String> arguments) {
    boolean help = arguments.contains("-help") || arguments.contains("-h");
    if (help) {
      out.print(USAGE);
      return ExitCode.OK;
    }
    if (arguments.size() < 2 || arguments.size() > 3) {
      err.println("callscope passwd: FILE and USER must be given, and at most what becomes of it");
      err.print(USAGE);
      return ExitCode.WRONG_OPTIONS;
    }
    String name = arguments.get(1);
    String what = arguments.size() == 3 ? arguments.get(2) : "";
    String wrong = User.nameError(name);
    if (!wrong.isEmpty()) {
      return wrong("the name " + wrong);
    }
    boolean delete = what.equals("delete");
    if (!what.isEmpty() && !delete && UserRole.named(what) == null) {
      return wrong(
          "behind the user stands viewer, operator, delete or nothing, not \"" + what + "\"");
    }
    Path file = Path.of(arguments.get(0));
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return failed("there is no directory for the file " + file);
    }
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      UserFile.Read read = UserFile.read(text);
      if (!read.errors().isEmpty()) {
        read.errors().forEach(error -> err.println("callscope passwd: " + file + ": " + error));
        return ExitCode.WRONG_OPTIONS;
      }
      User before = read.users().get(name);
      return delete ? delete(file, text, name, before) : set(file, text, name, what, before);
    } catch (AccessDeniedException e) {
      return failed("no permission for " + e.getMessage());
    } catch (IOException e) {
      return failed(file + ": " + e.getMessage() + " (" + e.getClass().getSimpleName() + ")");
    }
  }

  private int failed(String why) {
    err.println("callscope passwd: " + why);
    return ExitCode.RUN_ERROR;
  }

  private int wrong(String why) {
    err.println("callscope passwd: " + why);
    return ExitCode.WRONG_OPTIONS;
  }

  private static UserRole role(String wanted, User before) {
    UserRole kept = before == null ? UserRole.VIEWER : before.role();
    return wanted.isEmpty() ? kept : UserRole.named(wanted);
  }

  private int delete(Path file, String text, String name, User before) throws IOException {
    if (before == null) {
      return wrong("there is no user " + name + " in " + file);
    }
    write(file, UserFile.without(text, name));
    out.println("user " + name + " deleted from " + file);
    return ExitCode.OK;
  }

  private int set(Path file, String text, String name, String what, User before)
      throws IOException {
    Password password = passwords.read(name);
    if (!password.wrong().isEmpty()) {
      return wrong(password.wrong() + "; nothing was changed");
    }
    int length = password.text().length();
    if (length < MIN_LENGTH || length > PasswordHash.MAX_PASSWORD_LENGTH) {
      return wrong(
          "a password has "
              + MIN_LENGTH
              + " to "
              + PasswordHash.MAX_PASSWORD_LENGTH
              + " characters, this one has "
              + length
              + "; nothing was changed");
    }
    UserRole role = role(what, before);
    User user = new User(name, role, PasswordHash.of(password.text(), PasswordHash.ITERATIONS));
    write(file, UserFile.with(text, user));
    out.println(told(file, user, before));
    return ExitCode.OK;
  }

  private static String told(Path file, User user, User before) {
    String role = user.role().text();
    if (before == null) {
      return "user " + user.name() + " (" + role + ") added to " + file;
    }
    return "user "
        + user.name()
        + " was in "
        + file
        + " already: has the new password now, "
        + (user.role() == before.role()
            ? "and is still " + role
            : "and is " + role + ", no longer " + before.role().text());
  }

  /** All or nothing: a running server never reads half a file. The owner stays who it was. */
  private void write(Path file, String text) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path fresh =
        Files.createTempFile(
            target.getParent(),
            "." + target.getFileName(),
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
      keepOwner(target, fresh);
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private void keepOwner(Path target, Path fresh) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    UserPrincipal owner = Files.getOwner(target, LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(Files.getOwner(fresh))) {
      try {
        Files.setOwner(fresh, owner);
      } catch (IOException e) {
        err.println(
            "callscope passwd: the file is yours now, no longer that of " + owner.getName());
      }
    }
  }
}
