package io.callscope.web.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: PBKDF2 (RFC 8018 §5.2) with HMAC-SHA-512 over the UTF-8 of its composed
 * form. Text: {@code pbkdf2-sha512$ITERATIONS$SALT$HASH}, both in Base64. Takes tenths of a second
 * by design, so never on an event loop.
 */
public final class PasswordHash {
  /** What {@code callscope passwd} takes. */
  public static final int ITERATIONS = 210_000;

  /** Longer ones are refused unseen, so that nobody makes the server hash megabytes. */
  public static final int MAX_PASSWORD_LENGTH = 1024;

  private static final String SCHEME = "pbkdf2-sha512";
  private static final int MIN_ITERATIONS = 10_000;
  private static final int MAX_ITERATIONS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MAX_PART_BYTES = 64;

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** The hash of a new password with a salt of its own. */
  public static PasswordHash of(String password, int iterations) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(iterations, salt, derive(password, salt, iterations, HASH_BYTES));
  }

  /** One that no password has, and that takes as long to find that out. */
  static PasswordHash ofNobody(int iterations) {
    SecureRandom random = new SecureRandom();
    byte[] salt = new byte[SALT_BYTES];
    byte[] hash = new byte[HASH_BYTES];
    random.nextBytes(salt);
    random.nextBytes(hash);
    return new PasswordHash(iterations, salt, hash);
  }

  int iterations() {
    return iterations;
  }

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static PasswordHash parse(String text) {
    String[] parts = text.split("\\$", -1);
    if (parts.length != 4 || !parts[0].equals(SCHEME)) {
      throw new IllegalArgumentException(
          "the hash must be " + SCHEME + "$ITERATIONS$SALT$HASH, as callscope passwd writes it");
    }
    int iterations = parts[1].matches("[0-9]{1,8}") ? Integer.parseInt(parts[1]) : 0;
    if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
      throw new IllegalArgumentException(
          "the iterations must be " + MIN_ITERATIONS + " to " + MAX_ITERATIONS);
    }
    return new PasswordHash(iterations, part(parts[2], 8, "salt"), part(parts[3], 16, "hash"));
  }

  private static byte[] part(String coded, int minBytes, String what) {
    byte[] bytes = new byte[0];
    try {
      bytes = Base64.getDecoder().decode(coded);
    } catch (IllegalArgumentException e) {
      // Told below with those of a wrong length.
    }
    if (bytes.length < minBytes || bytes.length > MAX_PART_BYTES) {
      throw new IllegalArgumentException(
          "the " + what + " must be " + minBytes + " to " + MAX_PART_BYTES + " bytes in Base64");
    }
    return bytes;
  }

  /** Whether it is this password; takes the same time wherever they differ. */
  boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations, hash.length));
  }

  private static byte[] derive(String password, byte[] salt, int iterations, int bytes) {
    char[] characters = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
    PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, bytes * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks PBKDF2 with HMAC-SHA-512", e);
    } finally {
      spec.clearPassword();
      Arrays.fill(characters, '\0');
    }
  }

  /** As in the file of users. */
  String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    return String.join(
        "$",
        SCHEME,
        Integer.toString(iterations),
        base64.encodeToString(salt),
        base64.encodeToString(hash));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that
        && iterations == that.iterations
        && MessageDigest.isEqual(salt, that.salt)
        && MessageDigest.isEqual(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Objects.hash(iterations, Arrays.hashCode(salt));
  }

  /** Not the hash: this goes to logs. */
  @Override
  public String toString() {
    return SCHEME;
  }
}
