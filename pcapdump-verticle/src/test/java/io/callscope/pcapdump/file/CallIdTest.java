package io.callscope.pcapdump.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.sip.CallIdLimit;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdTest {
  private static CallId id(String text, int hash) {
    byte[] bytes = ("-" + text).getBytes(StandardCharsets.US_ASCII);
    CallId id = new CallId();
    id.set(bytes, 1, bytes.length - 1, hash);
    return id;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CallIdLimit.MAX_KEPT_BYTES, CallIdLimit.MAX_KEPT_BYTES + 1, 60_000})
  void keyIsFoundByItsCallIdAndIsBounded(int length) {
    CallId id = id("x".repeat(length), 7);
    CallId key = id.copy();
    assertThat(Set.of(key)).contains(id);
    assertThat(key.bytes()).hasSizeLessThanOrEqualTo(CallIdLimit.MAX_KEPT_BYTES);
  }

  @Test
  void otherCallIdsAreOtherKeys() {
    CallId key = id("abc", 7).copy();
    assertThat(Set.of(key)).doesNotContain(id("abd", 7), id("abc", 8), id("ab", 7));
    String start = "x".repeat(CallIdLimit.MAX_KEPT_BYTES);
    assertThat(Set.of(id(start, 7).copy())).doesNotContain(id(start + "1", 8));
  }
}
