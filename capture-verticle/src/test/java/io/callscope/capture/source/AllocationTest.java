package io.callscope.capture.source;

import static io.callscope.capture.packet.Frames.ACK;
import static io.callscope.capture.packet.Frames.SYN;
import static io.callscope.capture.packet.Frames.ascii;
import static io.callscope.capture.packet.Frames.datagram;
import static io.callscope.capture.packet.Frames.ethernet;
import static io.callscope.capture.packet.Frames.invite;
import static io.callscope.capture.packet.Frames.ipv4;
import static io.callscope.capture.packet.Frames.segment;
import static io.callscope.capture.packet.Frames.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.callscope.bus.BatchPool;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.CaptureFile;
import io.callscope.capture.packet.Packet;
import io.callscope.feed.FeedCounters;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a message makes no garbage: bytes that its thread allocates in the steady state. */
class AllocationTest {
  private static final int MESSAGES = 20_000;

  /** Of a full batch: the object that holds its arrays, which are used again. */
  private static final double BYTES_OF_BATCH_A_MESSAGE = 2;

  /** What is known of its pieces; their bytes go to buffers that are used again. */
  private static final double BYTES_OF_FRAGMENTED_DATAGRAM = 256;

  private final CaptureCounters counters = new CaptureCounters();
  private final BatchPool pool = new BatchPool();
  private final Pipeline pipeline = pipeline();
  private final Packet packet = pipeline.packet();
  private ThreadMXBean threads;

  /** One message, the number of which grows. */
  private interface Work {
    void run(int number) throws InterruptedException;
  }

  @BeforeEach
  void needsTheCount() {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting
            && counting.isThreadAllocatedMemoryEnabled(),
        "this Java does not count what a thread allocates");
    threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  }

  private Pipeline pipeline() {
    SourceTime time = new SourceTime();
    SipFeed feed = new SipFeed("test", 1, time, new Nowhere(pool), pool, new FeedCounters());
    return new Pipeline(DecodeOptions.DEFAULTS, null, counters, time, feed);
  }

  private double bytesPerMessage(Work work) throws InterruptedException {
    int number = 0;
    for (int i = 0; i < MESSAGES; i++) {
      work.run(number++); // classes are loaded, tables and pools grow
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MESSAGES; i++) {
      work.run(number++);
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / MESSAGES;
  }

  private void handle(byte[] frame, int number) throws InterruptedException {
    packet.bytes = frame;
    packet.at = 0;
    packet.end = frame.length;
    packet.cut = false;
    packet.linkType = 1;
    long nanos = CaptureFile.START + number * 100_000L;
    packet.envelope.arrivalNanos = nanos;
    pipeline.handle(nanos, frame.length);
  }

  @Test
  void parsingAllocatesNothing() throws InterruptedException {
    SipParser parser = new SipParser();
    int[] row = new int[SipIndex.SIZE];
    byte[] message = ascii(invite("c1", 5, "v=0\r\n"));
    assertThat(bytesPerMessage(i -> parser.parseDatagram(message, 0, message.length, row)))
        .isLessThan(0.1);
    assertThat(row[SipIndex.LENGTH]).isEqualTo(message.length);
  }

  @Test
  void aDatagramAllocatesNothingBeyondItsBatch() throws InterruptedException {
    byte[] frame = datagram(invite("c1"));
    assertThat(bytesPerMessage(i -> handle(frame, i))).isLessThan(BYTES_OF_BATCH_A_MESSAGE);
    assertThat(counters.value(counters.parseOk)).isEqualTo(2 * MESSAGES);
  }

  @Test
  void aDatagramInFragmentsAllocatesOneObjectAndItsMapOfPieces() throws InterruptedException {
    byte[] whole = udp(ascii(invite("c1")));
    byte[] first = ethernet(0x0800, ipv4(17, 0x2000, "", Arrays.copyOf(whole, 160)));
    byte[] second =
        ethernet(0x0800, ipv4(17, 20, "", Arrays.copyOfRange(whole, 160, whole.length)));
    double bytes =
        bytesPerMessage(
            i -> {
              handle(second, i);
              handle(first, i);
            });
    assertThat(bytes).isLessThan(BYTES_OF_FRAGMENTED_DATAGRAM + BYTES_OF_BATCH_A_MESSAGE);
    assertThat(counters.value(counters.parseOk)).isEqualTo(2 * MESSAGES);
  }

  @Test
  void aStreamAllocatesNothingBeyondItsBatches() throws InterruptedException {
    String message = invite("c1");
    handle(segment(SYN, -1, ""), 0);
    byte[] frame = segment(ACK, 0, message);
    double bytes =
        bytesPerMessage(
            i -> {
              setSequence(frame, i * message.length());
              handle(frame, i);
            });
    assertThat(bytes).isLessThan(BYTES_OF_BATCH_A_MESSAGE);
    assertThat(counters.value(counters.parseOk)).isEqualTo(2 * MESSAGES);
  }

  /** In the header of TCP, behind those of Ethernet and IPv4. */
  private static void setSequence(byte[] frame, int sequence) {
    for (int i = 0; i < 4; i++) {
      frame[14 + 20 + 4 + i] = (byte) (sequence >>> (24 - 8 * i));
    }
  }
}
