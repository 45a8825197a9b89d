package io.callscope.tracker.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.callscope.bus.CallEvent;
import io.callscope.bus.CallQuality;
import io.callscope.bus.CallQuality.Flow;
import io.callscope.bus.CallQuality.Leg;
import io.callscope.bus.CallQuality.Stream;
import io.callscope.bus.EventDebug;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventOutcome;
import io.callscope.bus.EventOutcome.Originator;
import io.callscope.bus.EventOutcome.Span;
import io.callscope.bus.EventText;
import io.callscope.bus.EventTexts;
import io.callscope.bus.EventType;
import io.callscope.net.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Events come back from their bytes with every field, or not at all. */
class EventImageTest {
  private final SplittableRandom random = new SplittableRandom(4);

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private EventTexts texts() {
    EventTexts.Builder texts = new EventTexts.Builder();
    for (EventText field : EventText.values()) {
      if (random.nextInt(3) > 0) {
        texts.add(field, "é " + field + random.nextInt());
      }
    }
    return texts.build();
  }

  private EventOutcome outcome() {
    List<Originator> originators = new ArrayList<>(List.of(Originator.values()));
    originators.add(null);
    return new EventOutcome(
        random.nextInt(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        any(List.of(Span.values())),
        random.nextLong(),
        any(originators),
        random.nextBoolean(),
        random.nextLong());
  }

  private EventDebug.Side side() {
    return new EventDebug.Side(
        random.nextLong(),
        random.nextLong(),
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        random.nextInt());
  }

  private static CallQuality quality() {
    Stream stream = new Stream(1, 2, 3, 4, 5, 6, 7);
    Flow flow = new Flow("192.0.2.1", 19_280, "198.51.100.7", 55_000);
    Leg leg = new Leg("in@a", "realm", 1, 2, 100, 9204, 438, stream, stream, flow, flow);
    return new CallQuality("sbc01", 5, 6, 1, false, leg, leg);
  }

  private CallEvent event() {
    CallEvent event =
        CallEvent.raised(
            any(List.of(EventType.values())),
            random.nextLong(),
            new EventEnds(
                any(List.of(Transport.values())),
                random.nextLong(),
                random.nextLong(),
                random.nextInt(1 << 16),
                random.nextLong(),
                random.nextLong(),
                random.nextInt(1 << 16)),
            texts(),
            outcome(),
            new EventDebug(
                "established",
                any(List.of(EventType.values())),
                random.nextInt(),
                "reply",
                random.nextLong(),
                random.nextLong(),
                random.nextInt(),
                side(),
                side()));
    event = random.nextBoolean() ? event.with(quality()) : event;
    return random.nextBoolean() ? event.withLoss() : event;
  }

  private static byte[] image(CallEvent event) {
    ImageWriter out = new ImageWriter();
    EventImage.write(event, out);
    return out.bytes();
  }

  private static CallEvent read(byte[] image, int length) {
    return EventImage.read(new ImageReader(image, 0, length));
  }

  @Test
  void everyFieldComesBack() {
    for (int i = 0; i < 1000; i++) {
      CallEvent event = event();
      CallEvent again = read(image(event), image(event).length);
      assertThat(again).usingRecursiveComparison().isEqualTo(event);
    }
  }

  @Test
  void textsThatAreNoUtf8ComeBackAsTheyWere() {
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xc3};
    EventTexts texts = new EventTexts.Builder().add(EventText.FROM, bytes, 0, 3).build();
    byte[] image = image(event().with(texts));
    assertThat(read(image, image.length).texts().raw(EventText.FROM)).isEqualTo(bytes);
  }

  @Test
  void whatIsCutIsRefused() {
    byte[] image = image(event().with(quality()));
    for (int i = 0; i < image.length; i++) {
      int length = i;
      assertThatExceptionOfType(BadImageException.class).isThrownBy(() -> read(image, length));
    }
  }

  @Test
  void damageIsRefusedOrDoesNoHarm() {
    byte[] image = image(event().with(quality()));
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = image.clone();
      damaged[random.nextInt(image.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(read(damaged, damaged.length)).isNotNull();
      } catch (BadImageException refused) {
        assertThat(refused).hasMessageMatching("[a-z -]+");
      }
    }
  }
}
