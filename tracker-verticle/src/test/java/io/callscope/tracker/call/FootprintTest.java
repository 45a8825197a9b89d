package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** The sizes the memory limits count are those HotSpot gives the objects. */
class FootprintTest {
  @Test
  void anEntryIsTheObjectAndItsCallerSide() {
    assertThat(CallEntry.FIXED_BYTES).isEqualTo(size(CallEntry.class) + size(CallSide.class));
  }

  @Test
  void sidesBindingsAndSharedTextsAreTheirObjects() {
    assertThat(CallSide.BYTES).isEqualTo(size(CallSide.class));
    assertThat(Binding.FIXED_BYTES).isEqualTo(size(Binding.class));
    assertThat(new SharedText(new byte[9]).size())
        .isEqualTo(size(SharedText.class) + CallEntry.arrayBytes(9));
  }

  @Test
  void anArrayOfBytesIsItsHeaderAndPaddedContent() {
    for (int length : new int[] {0, 1, 7, 8, 9, 250}) {
      assertThat(CallEntry.arrayBytes(length))
          .isEqualTo(ClassLayout.parseInstance(new byte[length]).instanceSize());
    }
  }

  private static int size(Class<?> type) {
    return (int) ClassLayout.parseClass(type).instanceSize();
  }
}
