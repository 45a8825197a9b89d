package io.callscope.tracker.call;

import io.callscope.tracker.Traffic;
import io.callscope.tracker.Traffic.Dialog;
import java.util.Map;

/**
 * Measures the heap that open calls and registrations take, all structures included, and holds it
 * against what the tables count. Run by hand, with a heap of 2 GB for a million:
 *
 * <pre>
 * java -Xmx3g -cp … io.callscope.tracker.call.FootprintMeasurement 100000 1000000
 * </pre>
 */
public final class FootprintMeasurement {
  private final CallTracker tracker =
      new CallTracker(
          new CallSettings(), new CallCounters(), new RegCounters(), event -> {}, Traffic::fail);
  private final Traffic.Feed feed = new Traffic.Feed("pcap");
  private long now = Traffic.EPOCH;

  private FootprintMeasurement() {}

  public static void main(String[] counts) throws InterruptedException {
    for (String count : counts) {
      measure(Integer.parseInt(count), false);
      measure(Integer.parseInt(count), true);
    }
  }

  private static void measure(int count, boolean registrations) throws InterruptedException {
    FootprintMeasurement run = new FootprintMeasurement();
    long before = usedBytes();
    for (int i = 0; i < count; i++) {
      if (registrations) {
        run.register(i);
      } else {
        run.call(i);
      }
    }
    run.feed.build(0);
    long used = usedBytes() - before;
    Map<String, Object> calls = run.tracker.query().callTable();
    Map<String, Object> bindings = run.tracker.query().bindingTable();
    System.out.printf(
        "%,d %s: %d bytes each; counted %d for calls, %d for bindings; %s and %s entries%n",
        count,
        registrations ? "registrations" : "calls",
        used / count,
        (long) calls.get("bytes") / count,
        (long) bindings.get("bytes") / count,
        calls.get("entries"),
        bindings.get("entries"));
  }

  /** An established call with ordinary texts. */
  private void call(int number) {
    Dialog call =
        new Dialog(
            String.format("%08x-7f3a-4c1d-9be2-%010x", number, number),
            String.format("gK%08x", number),
            String.format("sip:+4930%07d@proxy1.example.com", number),
            String.format("sip:+4989%07d@proxy2.example.net", number));
    String contact = String.format("Contact: <sip:+4930%07d@192.0.2.10:5060>", number);
    follow(call.request("INVITE", "", 1, contact));
    follow(call.reply(180, "INVITE", "as5f8e0c1b", 1));
    follow(call.reply(200, "INVITE", "as5f8e0c1b", 1));
    follow(call.request("ACK", "as5f8e0c1b", 1));
  }

  private void register(int number) {
    String aor = String.format("sip:user%08d@registrar.example.com", number);
    Dialog client =
        new Dialog(
            String.format("%08x-7f3a-4c1d-9be2-%010x", number, number),
            String.format("gK%08x", number),
            aor,
            aor);
    String contact = String.format("Contact: <sip:user%08d@192.0.2.10:5060>;expires=3600", number);
    follow(client.request("REGISTER", "", 1, contact));
    follow(client.reply(200, "REGISTER", "as5f8e0c1b", 1, contact));
  }

  private void follow(Traffic.Message message) {
    now += 1000;
    tracker.advance(now);
    tracker.accept(feed.add(message, now).build(now), 0);
  }

  private static long usedBytes() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
