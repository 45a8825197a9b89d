package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallIdHashTest {
  private static int hash(String text, String before, String after) {
    byte[] bytes = Vectors.bytes(before + text + after);
    return CallIdHash.of(bytes, before.length(), text.length());
  }

  @Test
  void hangsOnTheSpanAlone() {
    for (int length = 0; length < 40; length++) {
      String text = "0123456789abcdefghijklmnopqrstuvwxyzABCDE".substring(0, length);
      assertThat(hash(text, "", "")).isEqualTo(hash(text, "xyz", "0123456789"));
    }
  }

  @Test
  void everyByteCounts() {
    Set<Integer> hashes = new HashSet<>();
    byte[] bytes = new byte[37];
    for (int length = 0; length <= bytes.length; length++) {
      hashes.add(CallIdHash.of(bytes, 0, length));
    }
    for (int i = 0; i < bytes.length; i++) {
      for (int value = 1; value < 256; value++) {
        bytes[i] = (byte) value;
        hashes.add(CallIdHash.of(bytes, 0, bytes.length));
      }
      bytes[i] = 0;
    }
    // One chance collision among these nine thousand is likely once in a hundred runs; these are
    // fixed.
    assertThat(hashes).hasSize(38 + 37 * 255);
  }

  @Test
  void partsAreInRangeAndEven() {
    for (int parts : new int[] {1, 2, 3, 16, 1000}) {
      int[] counts = new int[parts];
      for (int i = 0; i < 100 * parts; i++) {
        counts[CallIdHash.part(hash(i + "@192.0.2.1", "", ""), parts)]++;
      }
      assertThat(Arrays.stream(counts).boxed())
          .allSatisfy(count -> assertThat(count).isBetween(50, 150));
    }
    assertThat(CallIdHash.part(-1, 7)).isEqualTo(6);
    assertThat(CallIdHash.part(0, 7)).isZero();
  }
}
