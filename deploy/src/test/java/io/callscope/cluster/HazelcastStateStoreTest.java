package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.callscope.bus.ProcessName;
import io.callscope.bus.WireFormat;
import io.callscope.config.Role;
import io.callscope.launcher.Program;
import io.callscope.tracker.state.StateStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** States of partitions in two real members, one of which dies. */
@Timeout(120)
class HazelcastStateStoreTest {
  private static final int PARTITION = 3;

  private final List<HazelcastInstance> members = new ArrayList<>();
  private List<Integer> ports;
  private StateStore first;
  private StateStore second;

  @BeforeEach
  void join() throws IOException {
    ports = List.of(Program.freePort(), Program.freePort());
    first = store(0);
    second = store(1);
  }

  private StateStore store(int member) {
    MemberFacts self =
        new MemberFacts(
            new ProcessName("state-" + member),
            Set.<Role>of(),
            "test",
            WireFormat.VERSION,
            4,
            1,
            false,
            0);
    ClusterConfig cluster =
        new ClusterConfig(
            "state-" + ProcessHandle.current().pid(),
            self,
            "127.0.0.1",
            false,
            ports.get(member),
            0,
            ports.stream().map(port -> "127.0.0.1:" + port).toList(),
            30_000,
            null);
    Config config = MemberConfig.of(cluster, "127.0.0.1", Map.of());
    members.add(Hazelcast.newHazelcastInstance(config));
    return new HazelcastStateStore(members.get(member));
  }

  @AfterEach
  void end() {
    members.forEach(member -> member.getLifecycleService().terminate());
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt();
    }
    return bytes;
  }

  @Test
  void whatOneMemberSavesAnotherFinds() throws Exception {
    assertThat(members.get(0).getCluster().getMembers()).hasSize(2);
    StateStore.Opened opened = get(first.open(PARTITION));
    assertThat(opened.epoch()).isEqualTo(1);
    assertThat(opened.head()).isNull();
    assertThat(opened.segments()).isEmpty();
    get(first.write(PARTITION, 7L << 32, bytes(1, 200_000)));
    get(first.write(PARTITION, (7L << 32) + 1, bytes(2, 10)));
    assertThat(get(first.commit(PARTITION, 1, bytes(3, 300)))).isTrue();

    StateStore.Opened taken = get(second.open(PARTITION));

    assertThat(taken.epoch()).isEqualTo(2);
    assertThat(taken.head()).isEqualTo(bytes(3, 300));
    assertThat(taken.segments()).containsExactlyInAnyOrder(7L << 32, (7L << 32) + 1);
    assertThat(get(second.read(PARTITION, 7L << 32))).isEqualTo(bytes(1, 200_000));
    assertThat(get(second.read(PARTITION, 99))).isNull();
    assertThat(get(second.open(PARTITION + 1)).head()).as("of another partition").isNull();

    assertThat(get(first.commit(PARTITION, 1, bytes(4, 5)))).as("of who was replaced").isFalse();
    assertThat(get(second.commit(PARTITION, 2, bytes(5, 5)))).isTrue();
    get(second.drop(PARTITION, 7L << 32, (7L << 32) + 1));
    assertThat(get(second.open(PARTITION)).segments()).containsExactly((7L << 32) + 1);
  }

  @Test
  void whatWasCommittedOutlivesTheMemberThatHasIt() throws Exception {
    get(first.open(PARTITION));
    for (int segment = 0; segment < 50; segment++) {
      get(first.write(PARTITION, segment, bytes(segment, 50_000)));
    }
    assertThat(get(first.commit(PARTITION, 1, bytes(3, 300)))).isTrue();

    members.get(0).getLifecycleService().terminate();

    StateStore.Opened taken = get(second.open(PARTITION));
    assertThat(taken.head()).isEqualTo(bytes(3, 300));
    for (int segment = 0; segment < 50; segment++) {
      assertThat(get(second.read(PARTITION, segment))).isEqualTo(bytes(segment, 50_000));
    }
    assertThat(get(second.commit(PARTITION, 2, bytes(4, 4)))).isTrue();
    assertThat(first.write(PARTITION, 99, bytes(1, 1)))
        .as("a member that has ended refuses, and does not throw")
        .failsWithin(30, TimeUnit.SECONDS);
  }
}
