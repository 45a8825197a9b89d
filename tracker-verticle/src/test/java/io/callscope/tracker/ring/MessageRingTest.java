package io.callscope.tracker.ring;

import static io.callscope.tracker.Traffic.EPOCH;
import static io.callscope.tracker.Traffic.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.RecordKind;
import io.callscope.counters.CounterGroup;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import io.callscope.sip.CallIdHash;
import io.callscope.tracker.Traffic;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.Traffic.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRingTest {
  private final RingCounters counters = new RingCounters();
  private final Feed feed = new Feed("test");
  private MessageRing ring = new MessageRing(1 << 20, counters, Traffic::fail);
  private long appended;

  private void append(byte[] bytes, boolean fromCallee, double seconds) {
    feed.add(bytes, fromCallee, nanos(seconds));
    ring.append(feed.build(EPOCH));
    appended++;
  }

  private void append(Message message, double seconds) {
    append(message.bytes(), message.fromCallee(), seconds);
  }

  private MessageRing.Found find(String callId, int limit, long maxBytes) {
    byte[] id = callId.getBytes(StandardCharsets.UTF_8);
    return ring.find(id, CallIdHash.of(id, 0, id.length), limit, maxBytes);
  }

  private List<String> texts(String callId) {
    return find(callId, 1000, 1 << 30).messages().stream()
        .map(message -> new String(message.bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  private long counter(String name) {
    CounterGroup group = ring.counters();
    for (int i = 0; i < group.definitions().size(); i++) {
      if (group.definitions().get(i).name().equals(name)) {
        return group.value(i);
      }
    }
    throw new AssertionError("no counter " + name);
  }

  private static byte[] sized(String callId, int number, int length) {
    StringBuilder text =
        new StringBuilder("OPTIONS sip:a@b SIP/2.0\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\n");
    text.append("Call-ID: ").append(callId).append("\r\nCSeq: ").append(number);
    text.append(" OPTIONS\r\nX: ");
    while (text.length() < length - 4) {
      text.append((char) ('a' + number % 26));
    }
    return text.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void givesTheMessagesOfACallOldestFirstWithTheirEnvelopes() {
    Dialog one = Dialog.call(1);
    Dialog two = Dialog.call(2);
    append(one.request("INVITE", "", 1), 0);
    append(two.request("INVITE", "", 1), 1);
    append(one.reply(200, "INVITE", "b", 1), 2);

    MessageRing.Found found = find(one.callId(), 10, 1 << 20);

    assertThat(found.complete()).isTrue();
    assertThat(texts(one.callId()))
        .containsExactly(
            one.request("INVITE", "", 1).text(), one.reply(200, "INVITE", "b", 1).text());
    RingMessage reply = found.messages().get(1);
    assertThat(reply.kind()).isEqualTo(RecordKind.MESSAGE);
    assertThat(reply.transport()).isEqualTo(Transport.UDP);
    assertThat(reply.captureNanos()).isEqualTo(nanos(2));
    assertThat(reply.arrivalNanos()).isEqualTo(nanos(2));
    assertThat(IpAddress.text(reply.sourceHigh(), reply.sourceLow())).isEqualTo("192.0.2.2");
    assertThat(IpAddress.text(reply.destinationHigh(), reply.destinationLow()))
        .isEqualTo("192.0.2.1");
    assertThat(reply.sourcePort()).isEqualTo(5060);
    assertThat(reply.destinationPort()).isEqualTo(5060);
    assertThat(texts("nobody")).isEmpty();
  }

  @Test
  void keepsWhatDoesNotParseIfItsCallIdWasRead() {
    String broken = "OPTIONS sip:a@b SIP/2.0\r\nCall-ID: broken@x\r\nCSeq: many OPTIONS\r\n\r\n";
    append(broken.getBytes(StandardCharsets.UTF_8), false, 0);
    append(
        "OPTIONS sip:a@b SIP/2.0\r\nCSeq: many\r\n\r\n".getBytes(StandardCharsets.UTF_8), false, 0);

    assertThat(find("broken@x", 1, 1000).messages())
        .extracting(RingMessage::kind)
        .containsExactly(RecordKind.PARSE_ERROR);
    assertThat(counter("no_call_id")).isEqualTo(1);
    assertThat(counter("messages")).isEqualTo(1);
  }

  @Test
  void ofMoreThanAreAskedForTheNewestCome() {
    Dialog call = Dialog.call(1);
    for (int i = 1; i <= 10; i++) {
      append(call.request("INFO", "b", i), i);
    }

    MessageRing.Found three = find(call.callId(), 3, 1 << 20);
    assertThat(three.complete()).isFalse();
    assertThat(three.messages())
        .extracting(RingMessage::captureNanos)
        .containsExactly(nanos(8), nanos(9), nanos(10));
    int length = three.messages().get(0).bytes().length;
    assertThat(find(call.callId(), 100, 2L * length + 1).messages()).hasSize(2);
    assertThat(find(call.callId(), 10, 1 << 20).complete()).isTrue();
  }

  @Test
  void callIdsOfTheSameHashAreKeptApart() {
    // Any two Call-IDs share a hash once their messages are asked for by it.
    append(sized("first@x", 1, 300), false, 0);
    byte[] other = "other@x".getBytes(StandardCharsets.UTF_8);
    byte[] first = "first@x".getBytes(StandardCharsets.UTF_8);

    assertThat(ring.find(other, CallIdHash.of(first, 0, first.length), 9, 9999).messages())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {32_000, 32_688, 32_689, 40_000, 65_000})
  void aMessageThatFitsNoSegmentIsCounted(int length) {
    ring = new MessageRing(64 << 10, counters, Traffic::fail);
    append(sized("long@x", 1, length), false, 0);

    boolean fits = length <= (32 << 10) - 80;
    assertThat(texts("long@x")).hasSize(fits ? 1 : 0);
    assertThat(counter("too_long")).isEqualTo(fits ? 0 : 1);
    assertThat(counter("messages")).isEqualTo(fits ? 1 : 0);
  }

  @Test
  void whatIsOverwrittenIsMissedAndCounted() {
    ring = new MessageRing(64 << 10, counters, Traffic::fail);
    append(sized("old@x", 1, 1000), false, 0);
    for (int i = 0; i < 200; i++) {
      append(sized("noise-" + i / 100, i, 1000), false, 1 + i);
    }
    append(sized("old@x", 2, 1000), false, 300);

    assertThat(texts("old@x")).hasSize(1);
    assertThat(find("old@x", 9, 9999).complete()).as("its first is gone").isFalse();
    assertThat(texts("noise-0")).isEmpty();
    assertThat(find("noise-1", 99, 99_999).sinceNanos()).isBetween(nanos(140), nanos(171));
    assertThat(counter("messages")).isEqualTo(202);
    assertThat(counter("kept")).isBetween(31L, 61L);
    assertThat(counter("messages")).isEqualTo(counter("kept") + counter("overwritten"));
    assertThat(counter("bytes")).isBetween(32_000L, 65_536L);
    assertThat(counter("seconds")).isBetween(129L, 160L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithAPlainModelWhateverComes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ring = new MessageRing(256 << 10, counters, Traffic::fail);
    Map<String, List<String>> model = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      String callId = "c" + random.nextInt(40) + "@x";
      byte[] bytes = sized(callId, i, 150 + random.nextInt(random.nextInt(10) == 0 ? 20_000 : 500));
      append(bytes, random.nextBoolean(), i);
      model
          .computeIfAbsent(callId, id -> new ArrayList<>())
          .add(new String(bytes, StandardCharsets.UTF_8));
      if (random.nextInt(50) == 0) {
        List<String> all = model.get(callId);
        List<String> found = texts(callId);
        assertThat(found)
            .isNotEmpty()
            .isEqualTo(all.subList(all.size() - found.size(), all.size()));
        assertThat(find(callId, 10_000, 1 << 30).complete()).isEqualTo(found.size() == all.size());
      }
    }
    int kept = 0;
    for (String callId : model.keySet()) {
      kept += texts(callId).size();
    }
    assertThat(counter("unlinked")).isZero();
    assertThat(counter("kept")).isEqualTo(kept);
    assertThat(appended).isEqualTo(counter("messages"));
  }

  @Test
  void aCrowdedIndexLosesTheOldestCallAndSaysSo() {
    ring = new MessageRing(64 << 10, counters, Traffic::fail);
    for (int i = 0; i < 200; i++) {
      append(sized("crowd-" + i, i, 150), false, i);
    }

    assertThat(counter("unlinked")).isPositive();
    long found = 0;
    for (int i = 0; i < 200; i++) {
      found += texts("crowd-" + i).size();
    }
    assertThat(found).isEqualTo(200 - counter("unlinked"));
    assertThat(texts("crowd-199")).hasSize(1);
  }
}
