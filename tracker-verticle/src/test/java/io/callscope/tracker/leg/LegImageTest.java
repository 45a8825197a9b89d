package io.callscope.tracker.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.callscope.bus.CallEvent;
import io.callscope.bus.CallQuality;
import io.callscope.bus.CallQuality.Flow;
import io.callscope.bus.CallQuality.Stream;
import io.callscope.bus.EventDebug;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventJson;
import io.callscope.bus.EventOutcome;
import io.callscope.bus.EventText;
import io.callscope.bus.EventTexts;
import io.callscope.bus.EventType;
import io.callscope.net.Transport;
import io.callscope.sip.CallIdHash;
import io.callscope.tracker.state.BadImageException;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What an SBC told is restored with the events that wait, and what is nothing of it refused. */
class LegImageTest {
  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static CallEvent event(long nanos) {
    EventTexts texts =
        new EventTexts.Builder().add(EventText.CALL_ID, "c@x").add(EventText.FROM, "sip:a").build();
    return CallEvent.raised(
        EventType.CALL_END,
        nanos,
        EventEnds.of(Transport.UDP, "192.0.2.1", 5060, "192.0.2.2", 5061),
        texts,
        EventOutcome.NONE,
        EventDebug.none(nanos));
  }

  private static Leg leg() {
    byte[] callId = ascii("c@x");
    Leg leg = new Leg(callId, CallIdHash.of(callId, 0, callId.length));
    leg.heardNanos = 1_700_000_000_123_456_789L;
    leg.sbc = ascii("sbc01");
    leg.link(ascii("other-1"));
    leg.link(ascii("other-2"));
    Stream stream = new Stream(1, 2, 3, 4, 5, 6, 7);
    Flow flow = new Flow("198.51.100.7", 1, "192.0.2.1", 2);
    CallQuality.Leg side =
        new CallQuality.Leg("c@x", "realm", 1, 2, 3, 4, 5, stream, stream, flow, flow);
    leg.report(new CallQuality("sbc01", 5, 77, 1, true, side, side));
    leg.reportsQuality = true;
    leg.ended = true;
    leg.held = new HeldEnd(event(100), leg, 1100);
    leg.held = new HeldEnd(event(200), leg, 1200);
    leg.held.released = true;
    leg.held = new HeldEnd(event(300), leg, 1300);
    return leg;
  }

  private static byte[] image(Leg leg) {
    ImageWriter out = new ImageWriter();
    LegImage.write(leg, out);
    return out.bytes();
  }

  private static Leg read(byte[] image) {
    return LegImage.read(new ImageReader(image, 0, image.length));
  }

  @Test
  void everythingThatIsKnownIsRestored() {
    Leg leg = leg();
    Leg restored = read(image(leg));

    assertThat(restored.callId).isEqualTo(leg.callId);
    assertThat(restored.hash).isEqualTo(leg.hash);
    assertThat(restored.heardNanos).isEqualTo(leg.heardNanos);
    assertThat(restored.sbc).isEqualTo(leg.sbc);
    assertThat(restored.linked).isDeepEqualTo(leg.linked);
    assertThat(restored.quality()).isEqualTo(leg.quality());
    assertThat(restored.isReportedSince(76)).isTrue();
    assertThat(restored.isReportedSince(77)).isFalse();
    assertThat(restored.reportsQuality).isTrue();
    assertThat(restored.ended).isTrue();
    List<String> held = new ArrayList<>();
    for (HeldEnd end = restored.held; end != null; end = end.next) {
      assertThat(end.leg).isSameAs(restored);
      assertThat(end.released).isFalse();
      held.add(end.deadlineNanos + " " + EventJson.of(end.event).encode());
    }
    assertThat(held)
        .containsExactly(
            "1300 " + EventJson.of(event(300)).encode(),
            "1100 " + EventJson.of(event(100)).encode());
  }

  /** Who adds a fact to a leg must add it to its image, and to the test above. */
  @Test
  void noFactIsForgotten() {
    assertThat(
            Arrays.stream(Leg.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(java.lang.reflect.Field::getName))
        .containsExactlyInAnyOrder(
            // links and number
            "chainNext",
            "older",
            "newer",
            "id",
            "gone",
            // in the image
            "callId",
            "hash",
            "heardNanos",
            "sbc",
            "linked",
            "quality",
            "qualityEndNanos",
            "reportsQuality",
            "ended",
            "held");
  }

  @Test
  void whatIsKnownOfFewIsRestoredToo() {
    byte[] callId = ascii("d");
    Leg leg = new Leg(callId, CallIdHash.of(callId, 0, 1));
    Leg restored = read(image(leg));
    assertThat(restored.sbc).isNull();
    assertThat(restored.linked).isEmpty();
    assertThat(restored.quality()).isNull();
    assertThat(restored.held).isNull();
  }

  @Test
  void damagedImagesAreRefusedOrHarmless() {
    byte[] image = image(leg());
    SplittableRandom random = new SplittableRandom(9);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = image.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      int length = random.nextInt(3) == 0 ? random.nextInt(damaged.length) : damaged.length;
      try {
        Leg leg = LegImage.read(new ImageReader(damaged, 0, length));
        leg.quality();
        for (HeldEnd end = leg.held; end != null; end = end.next) {
          EventJson.of(end.event);
        }
      } catch (BadImageException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(5000, 19_999);
    assertThatExceptionOfType(BadImageException.class).isThrownBy(() -> read(new byte[3]));
  }
}
