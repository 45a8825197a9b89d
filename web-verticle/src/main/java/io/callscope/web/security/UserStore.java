package io.callscope.web.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of a file. Reading blocks, so off the event loops; looking a user up may be done
 * anywhere.
 */
public final class UserStore {
  private static final Logger log = LoggerFactory.getLogger(UserStore.class);

  private final Path file;
  private volatile Map<String, User> users = Map.of();
  private volatile PasswordHash nobodys = PasswordHash.ofNobody(PasswordHash.ITERATIONS);

  public UserStore(Path file) {
    this.file = file;
  }

  /** The user of a name, or null. */
  User named(String name) {
    return users.get(name);
  }

  /** What unknown names are checked against, so that an answer for them takes as long. */
  PasswordHash nobodys() {
    return nobodys;
  }

  /**
   * Reads the file.
   *
   * @throws IllegalStateException with all that is wrong with it
   */
  public void load() {
    UserFile.Read read = UserFile.read(text());
    if (!read.errors().isEmpty()) {
      throw new IllegalStateException(
          "http_users " + file + ": " + String.join("; ", read.errors()));
    }
    if (read.users().isEmpty()) {
      throw new IllegalStateException(
          "http_users " + file + ": has no users; add one with callscope passwd");
    }
    users = read.users();
    nobodys =
        PasswordHash.ofNobody(
            users.values().stream()
                .mapToInt(user -> user.password().iterations())
                .max()
                .orElseThrow());
    if (users.values().stream().noneMatch(user -> user.role().mayAct())) {
      log.warn("http_users {}: has no operator, so nobody can change anything", file);
    }
    warnIfOpen();
  }

  /** Reads it again; if it is wrong now, the users stay as they were. */
  void reload() {
    try {
      Map<String, User> before = users;
      load();
      if (!before.equals(users)) {
        Audit.LOG.info("the file of users was read again: {} users", users.size());
      }
    } catch (IllegalStateException e) {
      log.error("{}; the users stay as they were", e.getMessage());
    }
  }

  private String text() {
    try {
      if (Files.size(file) > UserFile.MAX_BYTES) {
        throw new IllegalStateException("http_users " + file + ": is larger than 1 MiB");
      }
      byte[] bytes = Files.readAllBytes(file);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("http_users " + file + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw new IllegalStateException("http_users: cannot read " + reason(e), e);
    }
  }

  /** The kind of error is in its class, the message has but the name of the file. */
  private static String reason(IOException e) {
    return e.getMessage() + " (" + e.getClass().getSimpleName() + ")";
  }

  private void warnIfOpen() {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      for (PosixFilePermission open :
          List.of(
              PosixFilePermission.OTHERS_READ,
              PosixFilePermission.OTHERS_WRITE,
              PosixFilePermission.GROUP_WRITE)) {
        if (permissions.contains(open)) {
          log.warn("http_users {}: others than its owner have access; chmod 600 it", file);
          return;
        }
      }
    } catch (IOException | UnsupportedOperationException e) {
      log.debug("http_users {}: its permissions are unknown", file, e);
    }
  }
}
