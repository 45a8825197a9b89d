package io.callscope.tracker.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.EventBatch;
import io.callscope.bus.EventJson;
import io.callscope.bus.EventTime;
import io.callscope.bus.SipBatch;
import io.callscope.sip.SipIndex;
import io.callscope.tracker.state.MemoryStore;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A partition that changes its owner goes on as if it had not. */
class PartitionStateTest {
  private static final int DIALOGS = 500;

  private final MemoryStore store = new MemoryStore();
  private final Deque<Runnable> storeTasks = new ArrayDeque<>();

  private StateRun run() {
    return new StateRun(store, storeTasks);
  }

  private static List<List<String>> reference(List<SipBatch> batches) {
    StateRun uncut = new StateRun(new MemoryStore(), new ArrayDeque<>());
    List<List<String>> events = new ArrayList<>();
    batches.forEach(batch -> events.add(uncut.accept(batch)));
    events.add(uncut.end());
    uncut.assertSound();
    return events;
  }

  private static Set<String> callIds(List<SipBatch> batches) {
    Set<String> ids = new HashSet<>();
    for (SipBatch batch : batches) {
      for (int record = 0; record < batch.size(); record++) {
        var message = batch.message(record);
        ids.add(
            new String(
                message.bytes(),
                message.at(SipIndex.CALL_ID),
                message.length(SipIndex.CALL_ID),
                StandardCharsets.UTF_8));
      }
    }
    return ids;
  }

  /** All that pages show of all calls. */
  private static List<Map<String, Object>> pages(StateRun run, Set<String> callIds) {
    List<Map<String, Object>> pages = new ArrayList<>();
    callIds.forEach(id -> pages.addAll(run.partition.query().call(id)));
    pages.forEach(page -> page.remove("takenOver"));
    return pages;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void handedOverInGoodOrderNothingIsLostOrDoubled(long seed) {
    List<SipBatch> batches = StateTraffic.of(seed, DIALOGS);
    Set<String> callIds = callIds(batches);
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> events = new ArrayList<>();
    StateRun owner = run().start();
    int owners = 1;
    for (SipBatch batch : batches) {
      events.add(owner.accept(batch));
      owner.tick();
      owner.workSome(random);
      if (random.nextInt(20) == 0) {
        owner.stop();
        owner.assertSound();
        StateRun next = run().start();
        assertThat(pages(next, callIds)).isEqualTo(pages(owner, callIds));
        assertThat(next.partition.query().callTable().get("created"))
            .isEqualTo(owner.partition.query().callTable().get("created"));
        assertThat(next.counter("calls", "active")).isEqualTo(owner.counter("calls", "active"));
        assertThat(next.counter("regs", "active")).isEqualTo(owner.counter("regs", "active"));
        owner = next;
        owners++;
      }
    }
    events.add(owner.end());

    assertThat(owners).isGreaterThan(5);
    assertThat(events).isEqualTo(reference(batches));
    owner.assertSound();
  }

  /**
   * An owner dies at any moment, also while it saves. What the next one finds is the partition as
   * it was at some moment, as a whole: with the batches behind it, all goes on as if nothing had
   * been.
   */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void killedAtAnyMomentItGoesOnFromTheLastSave(long seed) {
    List<SipBatch> batches = StateTraffic.of(seed, DIALOGS);
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> events = new ArrayList<>();
    StateRun owner = run().start();
    int owners = 1;
    int again = 0;
    for (int i = 0; i < batches.size(); i++) {
      events.add(owner.accept(batches.get(i)));
      owner.tick();
      owner.workSome(random);
      if (random.nextInt(15) == 0) {
        owner.assertSound();
        owner = run().start();
        owners++;
        for (int j = 0; j <= i; j++) {
          List<String> anew = owner.accept(batches.get(j));
          if (anew != null) {
            events.set(j, anew);
            again++;
          }
        }
      }
    }
    events.add(owner.end());

    assertThat(owners).isGreaterThan(5);
    assertThat(again).isPositive();
    assertThat(events).isEqualTo(reference(batches));
    owner.assertSound();
  }

  /** Where the event stage dies with the partition, it has not published all that it was sent. */
  @Test
  void whatWasSentAndNotPublishedIsSentAgain() {
    StateRun owner = run().start();
    owner.isPublished = false;
    List<String> sent = new ArrayList<>();
    List<SipBatch> batches = StateTraffic.of(7, DIALOGS);
    batches.subList(0, batches.size() / 2).forEach(batch -> sent.addAll(owner.accept(batch)));
    String first = sent.get(sent.size() / 2);
    long published = EventTime.nanos(new JsonObject(first).getString("@timestamp"));
    owner.partition.published(published);
    owner.save();

    EventBatch again = run().start().partition.unpublished();

    assertThat(again.isCopy()).isTrue();
    List<String> json = again.events().stream().map(event -> EventJson.of(event).encode()).toList();
    assertThat(json).isSubsetOf(sent).endsWith(sent.get(sent.size() - 1)).contains(first);
    assertThat(json.size()).isBetween(sent.size() / 3, sent.size() * 2 / 3);
  }

  /** Nothing changes that the next save does not write: not in one message of any kind. */
  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void eachChangeIsSaved(long seed) {
    List<SipBatch> batches = StateTraffic.of(seed, DIALOGS, 1);
    Set<String> callIds = callIds(batches);
    StateRun owner = run().start();
    int count = 0;
    for (SipBatch batch : batches) {
      owner.accept(batch);
      owner.save();
      if (count++ % 5 == 0) {
        StateRun copy = new StateRun(store.copy(), storeTasks).start();
        assertThat(pages(copy, callIds)).isEqualTo(pages(owner, callIds));
        store.doneBy(storeTasks::add);
      }
    }
    owner.assertSound();
  }

  /** What was acknowledged after the last save is gone; only what it told is different. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void whatCameAfterTheLastSaveIsAllThatIsMissed(long seed) {
    List<SipBatch> batches = StateTraffic.of(seed, DIALOGS);
    List<List<String>> uncut = reference(batches);
    int cut = batches.size() / 2;
    StateRun owner = run().start();
    List<String> events = new ArrayList<>();
    for (SipBatch batch : batches.subList(0, cut)) {
      events.addAll(owner.accept(batch));
    }
    owner.save();
    int lost = cut + 3;
    for (SipBatch batch : batches.subList(cut, lost)) {
      events.addAll(owner.accept(batch));
    }

    StateRun next = run().start();
    next.partition.skipTo(owner.markNanos);
    for (SipBatch batch : batches.subList(lost, batches.size())) {
      events.addAll(next.accept(batch));
    }
    events.addAll(next.end());

    Set<String> touched = callIds(batches.subList(cut, lost));
    List<String> different = unlike(uncut.stream().flatMap(List::stream).toList(), events);
    assertThat(different).isNotEmpty();
    assertThat(different)
        .as("a lost REGISTER also changes what others of its address of record do")
        .allMatch(
            event ->
                event.contains("\"reg-")
                    || touched.stream().anyMatch(id -> event.contains('"' + id + '"')));
    next.assertSound();
  }

  /** Events that only one of the lists has. */
  private static List<String> unlike(List<String> one, List<String> other) {
    List<String> unlike = new ArrayList<>(one);
    other.forEach(
        event -> {
          if (!unlike.remove(event)) {
            unlike.add(event);
          }
        });
    return unlike;
  }
}
