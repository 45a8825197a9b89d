package io.callscope.capture.inject;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Captures that were sent, one after the other. */
class ReadCapturesTest {
  private static final int MOST = 64;

  private final ReadCaptures captures = new ReadCaptures();
  private final Set<String> ended = new HashSet<>();
  private final List<String> gone = new ArrayList<>();

  private void open(String reader) {
    captures.opening();
    CounterGroup.Builder builder = new CounterGroup.Builder("pcap.uploads");
    int packets = builder.add("packets", "packets read");
    CounterGroup group = builder.build();
    group.add(packets, 7);
    captures.opened(reader, () -> ended.contains(reader), () -> List.of(group));
  }

  private long packetsOfOlder() {
    CounterTable table = new CounterTable();
    captures.older().forEach(table::add);
    return table.hasGroup("pcap.uploads") ? table.value("pcap.uploads.packets") : 0;
  }

  @Test
  void theOldestThatIsReadMakesRoomAndItsCountersStay() {
    for (int i = 0; i < MOST; i++) {
      assertThat(captures.makeRoom(gone::add)).isTrue();
      open("" + i);
    }
    assertThat(captures.makeRoom(gone::add)).as("all are read still").isFalse();
    ended.addAll(List.of("9", "5"));
    assertThat(captures.makeRoom(gone::add)).isTrue();
    assertThat(gone).containsExactly("5");
    assertThat(packetsOfOlder()).isEqualTo(7);
    open("next");
    assertThat(captures.makeRoom(gone::add)).isTrue();
    assertThat(gone).containsExactly("5", "9");
    assertThat(packetsOfOlder()).isEqualTo(14);
  }

  @Test
  void oneThatIsBeingOpenedHasItsPlaceUntilItCannotBe() {
    for (int i = 0; i < MOST - 1; i++) {
      open("" + i);
    }
    captures.opening();
    assertThat(captures.makeRoom(gone::add)).isFalse();
    captures.notOpened();
    assertThat(captures.makeRoom(gone::add)).isTrue();
    assertThat(gone).isEmpty();
  }
}
