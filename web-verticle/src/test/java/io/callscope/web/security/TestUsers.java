package io.callscope.web.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A file of users for tests, with cheap hashes: {@code ann} operates, {@code bob} views. */
public final class TestUsers {
  public static final String ANN = "ann-pass:word";
  public static final String BOB = "bob-päss";

  private TestUsers() {}

  public static Path write(Path folder) throws IOException {
    Path file = folder.resolve("users");
    String text = UserFile.with("# test\n", user("ann", UserRole.OPERATOR, ANN));
    Files.writeString(file, UserFile.with(text, user("bob", UserRole.VIEWER, BOB)));
    Files.setPosixFilePermissions(
        file,
        Set.of(
            java.nio.file.attribute.PosixFilePermission.OWNER_READ,
            java.nio.file.attribute.PosixFilePermission.OWNER_WRITE));
    return file;
  }

  public static User user(String name, UserRole role, String password) {
    return new User(name, role, PasswordHash.of(password, 10_000));
  }

  /** Of a server that listens to this machine alone. */
  public static SecurityConfig config(Path users) {
    return new SecurityConfig(
        users.toString(), List.of(), List.of(), 7_200_000, 43_200_000, false, false);
  }
}
