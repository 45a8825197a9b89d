package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.callscope.launcher.Program;
import io.callscope.tracker.stage.StageProgress.Point;
import io.callscope.tracker.stage.StageProgress.Taken;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The event stage goes on where its last owner was, whatever a former one does. */
@Timeout(120)
class SharedProgressTest {
  private HazelcastInstance member;
  private IMap<String, long[]> map;

  @BeforeEach
  void start() throws Exception {
    Config config = new Config().setProperty("hazelcast.phone.home.enabled", "false");
    config.setClusterName("progress-" + ProcessHandle.current().pid());
    config.getNetworkConfig().setPort(Program.freePort()).getInterfaces().setEnabled(true);
    config.getNetworkConfig().getInterfaces().addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    member = Hazelcast.newHazelcastInstance(config);
    map = member.getMap("progress");
  }

  @AfterEach
  void stop() {
    member.shutdown();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static Point point(long next, long publishedNanos) {
    return new Point(
        next, publishedNanos, List.of(new Taken(3, publishedNanos / 10), new Taken(4, -1)));
  }

  @Test
  void afterAnOrderlyEndThereIsNoGapAndAfterAKillASmallOne() throws Exception {
    SharedProgress first = new SharedProgress(map, ForkJoinPool.commonPool());
    assertThat(await(first.open())).isEqualTo(Point.START);
    await(first.close(point(17, 4000)));
    SharedProgress second = new SharedProgress(map, ForkJoinPool.commonPool());
    assertThat(await(second.open())).isEqualTo(point(17, 4000));
    second.reached(point(18, 5000));
    await(second.close(point(19, 6000)));
    assertThat(await(new SharedProgress(map, ForkJoinPool.commonPool()).open()))
        .isEqualTo(point(19, 6000));
    assertThat(await(new SharedProgress(map, ForkJoinPool.commonPool()).open()))
        .isEqualTo(point(19 + SharedProgress.LEAST_AHEAD, 6000));
  }

  @Test
  void oneThatWasReplacedDoesNotPutThemBack() throws Exception {
    SharedProgress replaced = new SharedProgress(map, ForkJoinPool.commonPool());
    await(replaced.open());
    SharedProgress owner = new SharedProgress(map, ForkJoinPool.commonPool());
    long first = await(owner.open()).nextNumber();
    assertThat(first).isEqualTo(SharedProgress.LEAST_AHEAD);
    replaced.reached(point(SharedProgress.LEAST_AHEAD - 1, 9000));
    await(replaced.close(point(5, 9000)));
    await(owner.close(point(first + 3, 2000)));
    assertThat(await(new SharedProgress(map, ForkJoinPool.commonPool()).open()))
        .isEqualTo(point(first + 3, 2000));
  }

  private enum Lost {
    SAYS_NO,
    THROWS,
    IS_NOT_DONE
  }

  /** As the map is to others where a member dies at the next replacement, on its way back or to. */
  @SuppressWarnings("unchecked")
  private IMap<String, long[]> losing(Lost how, AtomicBoolean next) {
    return (IMap<String, long[]>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {IMap.class},
            (proxy, method, args) -> {
              boolean lost = method.getName().equals("replace") && next.getAndSet(false);
              Object answer = lost && how == Lost.IS_NOT_DONE ? null : method.invoke(map, args);
              if (lost && how != Lost.SAYS_NO) {
                throw new HazelcastException("lost");
              }
              return lost ? (Object) false : answer;
            });
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatIsLostStopsNothing(Lost how) throws Exception {
    AtomicBoolean lost = new AtomicBoolean();
    IMap<String, long[]> losing = losing(how, lost);
    SharedProgress first = new SharedProgress(losing, ForkJoinPool.commonPool());
    await(first.open());
    lost.set(true);
    first.reached(point(17, 4000));
    await(first.close(point(18, 5000)));
    SharedProgress second = new SharedProgress(losing, ForkJoinPool.commonPool());
    assertThat(await(second.open())).as("lost on the way").isEqualTo(point(18, 5000));
    lost.set(true);
    await(second.close(point(19, 6000)));

    assertThat(lost).isFalse();
    assertThat(await(new SharedProgress(map, ForkJoinPool.commonPool()).open()))
        .as("lost at the end")
        .isEqualTo(point(19, 6000));
  }
}
