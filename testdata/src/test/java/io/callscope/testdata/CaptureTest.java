package io.callscope.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.EventType;
import io.callscope.sip.SipMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a generated file, read by other means, is what its truth says. */
class CaptureTest {
  private static final String ALL_KINDS =
      "--mix=answered=9,reinvite=3,early=3,cancel=3,reject=4,noanswer=2,abandoned=2,open=2,"
          + "register=2,register_refresh=2,register_unreg=2,register_fail=4,options=6,message=6,"
          + "subscribe=2";

  private static Options options(String text) {
    return Options.of((text + " " + ALL_KINDS).trim().split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--calls 300 --seed 1",
        "--calls 300 --seed 2 --ip 6",
        "--calls 200 --seed 3 --vxlan 4789",
        "--calls 200 --seed 4 --vxlan 4789 --ip 6 --mtu 1280 --link raw",
        "--calls 200 --seed 5 --mtu 700 --ooo 0.2",
        "--calls 200 --seed 6 --mtu 68",
        "--calls 200 --seed 7 --ip 6 --mtu 1280 --ooo 0.4",
        "--calls 200 --seed 8 --vlan 100",
        "--calls 200 --seed 9 --vlan 100 --vlan 7 --nsec",
        "--calls 200 --seed 10 --link sll",
        "--calls 200 --seed 11 --link sll2 --ip 6",
        "--calls 200 --seed 12 --link raw --ip 6",
        "--calls 200 --seed 13 --link loop",
        "--calls 300 --seed 14 --noise 0.3",
        "--calls 100 --seed 15 --rtp 5",
        "--calls 300 --seed 16 --transport tcp",
        "--calls 300 --seed 17 --transport tcp --lost-syn 0.5 --ooo 0.25 --rexmit 0.5",
        "--calls 300 --seed 18 --transport tcp --ip 6 --connections 5 --coalesce 1 --split 1",
        "--calls 100 --seed 19 --transport tcp --mss 64 --mtu 100 --ooo 0.1",
        "--calls 300 --seed 20 --two-legs 0 --cps 5000",
        "--calls 300 --seed 21 --two-legs 1 --challenged 1 --callee-ends 1 --duration 0"
      })
  void holdsTheMessagesOfItsTruth(String text) throws IOException {
    Options options = options(text);
    Capture capture = Corpus.capture(options);
    NaiveCapture read = new NaiveCapture(capture.pcap());
    List<NaiveSip> messages = new ArrayList<>(read.streamMessages());
    int noise = 0;
    int media = 0;
    for (NaiveCapture.Packet packet : read.datagrams) {
      List<NaiveSip> those = isSip(packet) ? NaiveSip.split(packet.payload()) : List.of();
      if (!isSip(packet)) {
        media++;
      } else if (those == null || those.size() != 1) {
        noise++;
      } else {
        messages.addAll(those);
      }
    }
    Truth truth = capture.truth();
    assertThat(counts(messages)).isEqualTo(counts(truth));
    assertThat(messages).hasSize((int) truth.messages());
    assertThat(messages.stream().mapToLong(m -> m.text().length()).sum())
        .isEqualTo(truth.messageBytes());
    assertThat(noise).isEqualTo((int) truth.network(NetworkCount.NOISE));
    assertThat(media).isEqualTo((int) truth.network(NetworkCount.RTP));
    assertThat(read.times).hasSize((int) truth.network(NetworkCount.FRAMES)).isSorted();
    assertThat(texts(messages)).containsExactlyInAnyOrderElementsOf(streamed(options));
  }

  private static boolean isSip(NaiveCapture.Packet packet) {
    return packet.payload().length == 0 || (packet.payload()[0] & 0xff) != 0x80 || !isRtp(packet);
  }

  private static boolean isRtp(NaiveCapture.Packet packet) {
    return packet.payload().length == 172 && packet.payload()[1] == 8;
  }

  private static List<String> texts(List<NaiveSip> messages) {
    return messages.stream().map(NaiveSip::text).toList();
  }

  private static List<String> streamed(Options options) throws IOException {
    List<String> texts = new ArrayList<>();
    Corpus.stream(
        options,
        (nanos, hop, towardsClient, bytes, from, length) -> {
          texts.add(NaiveSip.of(Arrays.copyOfRange(bytes, from, from + length)).text());
          return nanos;
        },
        dialog -> {});
    return texts;
  }

  private static Map<String, Long> counts(List<NaiveSip> messages) {
    Map<String, Long> counts = new TreeMap<>();
    messages.forEach(message -> counts.merge(message.what(), 1L, Long::sum));
    return counts;
  }

  private static Map<String, Long> counts(Truth truth) {
    Map<String, Long> counts = new TreeMap<>();
    for (int method = 0; method < SipMethod.COUNT; method++) {
      counts.put(SipMethod.name(method), truth.requests(method));
    }
    for (int status = 0; status < 700; status++) {
      counts.put(Integer.toString(status), truth.replies(status));
    }
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void itsDialogsGiveTheExpectedEvents(String transport) throws IOException {
    Map<String, List<NaiveSip>> byCallId = new LinkedHashMap<>();
    List<DialogTruth> dialogs = new ArrayList<>();
    Truth truth =
        Corpus.stream(
            options("--calls 2000 --seed 5 --transport " + transport),
            (nanos, hop, towardsClient, bytes, from, length) -> {
              NaiveSip sip = NaiveSip.of(Arrays.copyOfRange(bytes, from, from + length));
              byCallId.computeIfAbsent(sip.header("Call-ID"), id -> new ArrayList<>()).add(sip);
              return nanos;
            },
            dialogs::add);
    assertThat(dialogs).hasSize(2000);
    Map<EventType, Long> sums = new HashMap<>();
    for (DialogTruth dialog : dialogs) {
      assertThat(dialog.events())
          .as("%s %s", dialog.kind(), dialog.callId())
          .isEqualTo(NaiveOutcome.of(byCallId.remove(dialog.callId())));
      dialog.events().forEach(event -> sums.merge(event.type(), 1L, Long::sum));
    }
    assertThat(byCallId).isEmpty();
    for (EventType type : EventType.values()) {
      assertThat(truth.events(type)).as(type.text()).isEqualTo(sums.getOrDefault(type, 0L));
    }
    assertThat(sums).hasSize(10);
    for (Kind kind : Kind.values()) {
      long those = dialogs.stream().filter(dialog -> dialog.kind() == kind).count();
      assertThat(truth.dialogs(kind)).as(kind.text()).isEqualTo(those).isPositive();
    }
  }

  @Test
  void tellsTalkTimesAsTheCaptureHasThem() {
    Capture capture = Corpus.capture(Options.of("--calls", "300", "--seed", "3"));
    Map<String, Long> answered = new HashMap<>();
    Map<String, Long> ended = new HashMap<>();
    for (NaiveCapture.Packet packet : new NaiveCapture(capture.pcap()).datagrams) {
      NaiveSip sip = NaiveSip.of(packet.payload());
      if (sip.status() == 200 && sip.method().equals("INVITE")) {
        answered.putIfAbsent(sip.header("Call-ID"), packet.nanos());
      } else if (sip.what().equals("BYE")) {
        ended.putIfAbsent(sip.header("Call-ID"), packet.nanos());
      }
    }
    long talked = 0;
    for (DialogTruth dialog : capture.dialogs()) {
      String id = dialog.callId();
      long seconds =
          ended.containsKey(id) ? (ended.get(id) - answered.get(id)) / 1_000_000_000 : -1;
      assertThat(dialog.talkSeconds()).isEqualTo(seconds);
      talked += Math.max(0, seconds);
    }
    assertThat(talked / ended.size()).isBetween(20L, 40L);
  }

  @Test
  void tellsWhatIsOpenAtTheEnd() {
    String[] arguments = {
      "--calls=60", "--cps=1", "--mix=open=2,abandoned=1,register=1,register_unreg=1"
    };
    Truth truth = Corpus.capture(Options.of(arguments)).truth();
    assertThat(truth.openCalls()).isEqualTo(truth.dialogs(Kind.OPEN)).isPositive();
    assertThat(truth.openRinging()).isEqualTo(truth.dialogs(Kind.ABANDONED)).isPositive();
    assertThat(truth.openBindings()).isEqualTo(truth.dialogs(Kind.REGISTER)).isPositive();
    Truth later = Corpus.capture(Options.of("--calls=400", "--cps=0.05", arguments[2])).truth();
    assertThat(later.openCalls()).isBetween(1L, later.dialogs(Kind.OPEN) - 1);
    assertThat(later.openRinging()).isLessThan(later.dialogs(Kind.ABANDONED));
    assertThat(later.openBindings()).isLessThan(later.dialogs(Kind.REGISTER));
  }

  @Test
  void isTheSameForTheSameOptionsOnly() {
    String[] arguments = {"--calls", "100", "--transport", "tcp", "--seed", "4"};
    byte[] once = Corpus.capture(Options.of(arguments)).pcap();
    assertThat(Corpus.capture(Options.of(arguments)).pcap()).isEqualTo(once);
    arguments[5] = "5";
    assertThat(Corpus.capture(Options.of(arguments)).pcap()).isNotEqualTo(once);
  }

  @Test
  void overlapsDialogsInTime() throws IOException {
    Map<String, Integer> left = new HashMap<>();
    Options options = Options.of("--calls", "2000", "--seed", "6");
    streamed(options)
        .forEach(text -> left.merge(new NaiveSip(text).header("Call-ID"), 1, Integer::sum));
    List<Integer> active = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String text : streamed(options)) {
      String id = new NaiveSip(text).header("Call-ID");
      if (seen.merge(id, 1, Integer::sum).equals(left.get(id))) {
        seen.remove(id);
        left.remove(id);
      }
      active.add(seen.size());
    }
    assertThat(active.stream().mapToInt(Integer::intValue).max().orElseThrow()).isGreaterThan(1000);
  }
}
