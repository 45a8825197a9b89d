package io.callscope.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordHashTest {
  private static final int FEW = 10_000;

  @Test
  void itMatchesItsOwnPasswordAndNoOther() {
    PasswordHash hash = PasswordHash.of("pa:ss wörd", FEW);
    assertThat(hash.matches("pa:ss wörd")).isTrue();
    assertThat(hash.matches("pa:ss wo\u0308rd")).as("decomposed").isTrue();
    assertThat(hash.matches("pa:ss word")).isFalse();
    assertThat(hash.matches("")).isFalse();
  }

  @Test
  void itIsTheSameOnceReadAgain() {
    PasswordHash hash = PasswordHash.of("secret", FEW);
    PasswordHash read = PasswordHash.parse(hash.text());
    assertThat(read).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(read.matches("secret")).isTrue();
    assertThat(hash.toString()).doesNotContain(hash.text().split("\\$", -1)[3]);
  }

  @Test
  void eachHasASaltOfItsOwn() {
    assertThat(PasswordHash.of("secret", FEW).text())
        .isNotEqualTo(PasswordHash.of("secret", FEW).text());
  }

  /** Computed with another implementation: Python's hashlib.pbkdf2_hmac. */
  @Test
  void anIndependentHashMatches() {
    assertThat(
            PasswordHash.parse(
                    "pbkdf2-sha512$10000$MDEyMzQ1Njc4OWFiY2RlZg==$Ku2kkJn6DxC9USh74Agbkv4vbBI4ZhZ8d47MX26bL/c=")
                .matches("correct horse"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "secret; the hash must be pbkdf2-sha512$",
        "md5$1$x$y; the hash must be pbkdf2-sha512$",
        "pbkdf2-sha512$9999$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg==; the iterations",
        "pbkdf2-sha512$99999999$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg==; the iterations",
        "pbkdf2-sha512$1e4$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg==; the iterations",
        "pbkdf2-sha512$10000$MDE=$MDEyMzQ1Njc4OWFiY2RlZg==; the salt",
        "pbkdf2-sha512$10000$MDEyMzQ1Njc4OWFiY2RlZg==$***; the hash must be 16 to 64",
      })
  void whatIsNoHashIsRefusedWithTheReason(String text, String reason) {
    assertThatThrownBy(() -> PasswordHash.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(reason);
  }
}
