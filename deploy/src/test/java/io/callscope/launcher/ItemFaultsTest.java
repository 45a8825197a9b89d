package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.ServiceFailedException;
import io.vertx.core.Deployable;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ItemFaultsTest {
  private static final long PATIENCE_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();
  private final Faults faults = new Faults(code -> {});
  private final ItemFaults items = new ItemFaults(faults);
  private final BlockingQueue<Long> renewals = new LinkedBlockingQueue<>();

  /** Throws when it is told to. */
  private static final class Failing extends VerticleBase {
    void fail(RuntimeException fault) {
      context.runOnContext(
          ignored -> {
            throw fault;
          });
    }

    /** What it was told before has happened. */
    void settle() {
      Promise<Void> settled = Promise.promise();
      context.runOnContext(ignored -> settled.complete());
      settled.future().await();
    }
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Failing deploy(int number) {
    Failing failing = new Failing();
    Deployable watched = items.watch("tracker", number, failing, renewals::add);
    vertx.deployVerticle(watched).await();
    return failing;
  }

  private Long nextRenewal() throws InterruptedException {
    return renewals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void oneThatThrowsAgainAndAgainIsMadeAnewAndOthersAreNot() throws Exception {
    Failing bad = deploy(0);
    Failing good = deploy(1);
    good.fail(new IllegalStateException("once"));
    for (int i = 0; i < 9; i++) {
      bad.fail(new IllegalStateException("again"));
    }
    bad.settle();
    assertThat(renewals).as("nine are not too many").isEmpty();
    bad.fail(new IllegalStateException("again"));
    assertThat(nextRenewal()).isEqualTo(500);
    good.settle();
    assertThat(faults.counters().value(1)).as("of trackers").isEqualTo(11);
    assertThat(renewals).isEmpty();
  }

  @Test
  void oneThatCannotGoOnIsMadeAnewAtOnceAndWaitsLongerEachTime() throws Exception {
    deploy(0).fail(new ServiceFailedException("its thread has died", null));
    assertThat(nextRenewal()).isEqualTo(500);
    deploy(0).fail(new ServiceFailedException("its thread has died", null));
    assertThat(nextRenewal()).isEqualTo(1000);
  }
}
