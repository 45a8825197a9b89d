package io.callscope.launcher.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.EventType;
import io.callscope.testdata.Capture;
import io.callscope.testdata.Corpus;
import io.callscope.testdata.DialogTruth;
import io.callscope.testdata.Options;
import io.callscope.tracker.rate.RateSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every generated dialog gives the events that it must. */
class GroundTruthTest {
  @TempDir Path folder;

  private Capture capture;

  private Path generate(String options) throws Exception {
    capture = Corpus.capture(Options.of(options.split(" ", -1)));
    return Files.write(folder.resolve("generated.pcap"), capture.pcap());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--calls 3000 --seed 1",
        "--calls 1500 --seed 2 --ip 6",
        "--calls 1500 --seed 3 --vlan 100 --vlan 200",
        "--calls 1500 --seed 4 --link sll",
        "--calls 1500 --seed 5 --link sll2",
        "--calls 1500 --seed 6 --link raw --nsec",
        "--calls 1500 --seed 7 --link loop",
        "--calls 1500 --seed 8 --two-legs 1",
        "--calls 1500 --seed 11 --mtu 576",
        "--calls 1500 --seed 12 --mtu 1280 --ip 6 --ooo 0.2",
        "--calls 1500 --seed 13 --vxlan 4789 --ip 6",
        "--calls 1500 --seed 14 --transport tcp",
        "--calls 1500 --seed 15 --transport tcp --ip 6 --lost-syn 0.5",
        "--calls 1500 --seed 16 --transport tcp --mss 100 --split 1 --coalesce 0.5 --ooo 0.2 --rexmit 0.3",
        "--calls 1500 --seed 17 --transport tcp --link sll2 --mtu 576",
        "--calls 1500 --seed 18 --transport tcp --vxlan 4789 --vlan 7 --rtp 1",
        "--calls 1500 --seed 19 --transport ws --deflate 0",
        "--calls 1500 --seed 20 --transport ws --deflate 1 --ip 6 --coalesce 0.5 --split 1 --ooo 0.2 --rexmit 0.2",
        "--calls 1500 --seed 21 --transport ws --deflate 0 --lost-syn 0.5 --link sll",
        "--calls 1500 --seed 22 --transport ws --deflate 1 --lost-syn 0.5 --split 0 --coalesce 0"
      })
  void dialogsGiveTheirEvents(String options) throws Exception {
    List<Integer> webPorts = options.contains("--transport ws") ? List.of(5060) : List.of();
    PipelineRun run = new PipelineRun(generate(options), 2, PipelineRun.NO_LIMITS, webPorts);
    run.assertAccounts();

    Map<String, List<String>> expected = new TreeMap<>();
    for (DialogTruth dialog : capture.dialogs()) {
      List<String> events = new ArrayList<>();
      dialog.events().forEach(event -> events.add(event.type().text() + " " + event.status()));
      if (!events.isEmpty()) {
        expected.put(dialog.callId(), events);
      }
    }
    run.events.removeIf(event -> event.type() == EventType.MSG_PROBE); // RTP
    assertThat(run.eventsByCall()).isEqualTo(expected);
    assertThat(run.captured("pkt_stats.parse_ok")).isEqualTo(capture.truth().messages());
  }

  /** The stored captures say beside them what the generator put in. */
  @ParameterizedTest
  @ValueSource(strings = {"demo", "faults-tcp4", "fragments-vxlan-udp6", "websocket-tcp4"})
  void everyMessageOfAStoredCaptureIsFound(String name) throws Exception {
    Path file = Path.of("..", "testdata", "captures", name + ".pcap");
    JsonObject truth = new JsonObject(Files.readString(Path.of(file + ".json")));
    List<Integer> webPorts = name.startsWith("websocket") ? List.of(5060) : List.of();
    PipelineRun run = new PipelineRun(file, 2, PipelineRun.NO_LIMITS, webPorts);
    run.assertAccounts();
    assertThat(run.captured("pkt_stats.parse_ok")).isEqualTo(truth.getLong("messages").longValue());
    JsonObject by = truth.getJsonObject("messagesBy");
    Map<String, Long> found = new TreeMap<>();
    for (String method : List.of("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER")) {
      if (by.containsKey(method)) {
        found.put(method, run.captured("pkt_stats.sip_" + method));
        assertThat(found.get(method)).as(method).isEqualTo(by.getLong(method).longValue());
      }
    }
    assertThat(found).isNotEmpty();
  }

  @Test
  void noiseIsCountedAndRaisesOnlyItsOwnEvents() throws Exception {
    PipelineRun run =
        new PipelineRun(generate("--calls 1000 --seed 9 --noise 0.2"), 2, PipelineRun.NO_LIMITS);
    run.assertAccounts();
    for (EventType type : List.of(EventType.CALL_START, EventType.CALL_END, EventType.REG_NEW)) {
      long raised = run.events.stream().filter(event -> event.type() == type).count();
      assertThat(raised).as(type.text()).isEqualTo(capture.truth().events(type));
    }
    assertThat(run.events).extracting("type").contains(EventType.MSG_PROBE);
  }

  @Test
  void theNumberOfPartitionsChangesNothing() throws Exception {
    Path file = generate("--calls 2000 --seed 10 --noise 0.02");
    List<String> one = new PipelineRun(file, 1, RateSettings.defaults()).json();
    assertThat(one).hasSizeGreaterThan(2000);
    for (int partitions : new int[] {1, 2, 4}) {
      assertThat(new PipelineRun(file, partitions, RateSettings.defaults()).json())
          .as(partitions + " partitions")
          .isEqualTo(one);
    }
  }
}
