package io.callscope.pcapdump;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventCreditsTest {
  private final EventCredits credits = new EventCredits(2);

  @Test
  void aWriterThatWaitsForTheDiskGetsNoMoreEventsAndTheyAreCounted() {
    for (int i = 0; i < EventCredits.MOST; i++) {
      assertThat(credits.take(0)).isTrue();
    }
    assertThat(credits.take(0)).isFalse();
    assertThat(credits.take(0)).isFalse();
    assertThat(credits.take(1)).as("another writer").isTrue();
    assertThat(credits.group().value(0)).isEqualTo(2);

    credits.done(0);
    assertThat(credits.take(0)).isTrue();
    assertThat(credits.group().value(0)).isEqualTo(2);
  }

  @Test
  void aWriterThatBeginsAgainHasAllCreditsAndNoneMore() {
    for (int i = 0; i < EventCredits.MOST; i++) {
      credits.take(0);
    }
    credits.begin(0);
    credits.done(0);
    for (int i = 0; i < EventCredits.MOST; i++) {
      assertThat(credits.take(0)).isTrue();
    }
    assertThat(credits.take(0)).isFalse();
  }
}
