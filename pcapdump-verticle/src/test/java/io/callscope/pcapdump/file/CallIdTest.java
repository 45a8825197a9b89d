package io.callscope.pcapdump.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.sip.CallIdLimit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdTest {
  private static CallId id(String text, int hash) {
    byte[] bytes = ("-" + text).getBytes(StandardCharsets.ISO_8859_1);
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

  /** A table sorts keys of one hash, if it can, and then need not look at all of them. */
  @Test
  void keysOfOneHashHaveAnOrderThatAgreesWithWhatIsEqual() {
    String longest = "x".repeat(CallIdLimit.MAX_KEPT_BYTES);
    List<CallId> ascending =
        List.of(
            id("z", -1),
            id("", 7),
            id("a", 7),
            id("ab", 7),
            id("b", 7),
            id(longest, 7),
            id("\u00e4", 7),
            id("a", 8));
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        int order = ascending.get(i).compareTo(ascending.get(j).copy());
        assertThat(Integer.signum(order)).isEqualTo(Integer.compare(i, j));
      }
    }
  }
}
