package io.callscope.launcher;

import io.callscope.web.security.PasswordHash;
import io.callscope.web.security.User;
import io.callscope.web.security.UserFile;
import io.callscope.web.security.UserRole;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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

  /** Where passwords come from. */
  @FunctionalInterface
  interface PasswordSource {
    /** The password, or null if there is none. */
    String read(String prompt) throws IOException;
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
    if (help || arguments.size() < 2 || arguments.size() > 3) {
      (help ? out : err).print(USAGE);
      return help ? ExitCode.OK : ExitCode.WRONG_OPTIONS;
    }
    String name = arguments.get(1);
    String what = arguments.size() == 3 ? arguments.get(2) : "";
    String wrong = User.nameError(name);
    if (!wrong.isEmpty()) {
      return wrong("the name " + wrong);
    }
    boolean delete = what.equals("delete");
    if (!what.isEmpty() && !delete && UserRole.named(what) == null) {
      return wrong("the role must be viewer or operator, not \"" + what + "\"");
    }
    Path file = Path.of(arguments.get(0));
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      UserFile.Read read = UserFile.read(text);
      if (!read.errors().isEmpty()) {
        read.errors().forEach(error -> err.println("callscope passwd: " + file + ": " + error));
        return ExitCode.WRONG_OPTIONS;
      }
      User before = read.users().get(name);
      return delete ? delete(file, text, name, before) : set(file, text, name, role(what, before));
    } catch (IOException e) {
      err.println(
          "callscope passwd: " + e.getMessage() + " (" + e.getClass().getSimpleName() + ")");
      return ExitCode.RUN_ERROR;
    }
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

  private int set(Path file, String text, String name, UserRole role) throws IOException {
    String password = passwords.read("Password of " + name + ": ");
    if (password == null) {
      return wrong("no password was given, or the two differ");
    }
    if (password.length() < MIN_LENGTH || password.length() > PasswordHash.MAX_PASSWORD_LENGTH) {
      return wrong(
          "a password has "
              + MIN_LENGTH
              + " to "
              + PasswordHash.MAX_PASSWORD_LENGTH
              + " characters");
    }
    User user = new User(name, role, PasswordHash.of(password, PasswordHash.ITERATIONS));
    write(file, UserFile.with(text, user));
    out.println("user " + name + " (" + role.text() + ") written to " + file);
    return ExitCode.OK;
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
