package io.callscope.bench;

import io.callscope.pcap.PcapWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes a capture of calls that are answered and go on: INVITE and 200 of each, 20 µs apart.
 *
 * <pre>
 * java -cp bench/target/benchmarks.jar io.callscope.bench.OpenCalls FILE [CALLS]
 * </pre>
 */
public final class OpenCalls {
  private static final int LINK_RAW_IP = 101;
  private static final int HEADERS = 28;
  private static final long STEP_NANOS = 20_000;
  private static final long START_NANOS = 1_790_000_000_000_000_000L;
  private static final int CALLER = 0x0a000001;
  private static final int CALLEE = 0x0a000002;

  private final ByteBuffer packet = ByteBuffer.allocate(2048);
  private final PcapWriter writer;
  private long nanos = START_NANOS;

  private OpenCalls(PcapWriter writer) {
    this.writer = writer;
  }

  public static void main(String[] args) throws IOException {
    int calls = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
    SplittableRandom random = new SplittableRandom(1);
    try (OutputStream out = Files.newOutputStream(Path.of(args[0]));
        PcapWriter writer = PcapWriter.start(out, LINK_RAW_IP, true)) {
      OpenCalls file = new OpenCalls(writer);
      for (int i = 0; i < calls; i++) {
        file.call(i, random);
      }
    }
  }

  private void call(int number, SplittableRandom random) throws IOException {
    String common =
        String.format(
            "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK%x%n"
                + "From: <sip:+4930%07d@example.com>;tag=gK%08x%nTo: <sip:+4989%07d@example.net>%%s%n"
                + "Call-ID: %08x-7f3a-4c1d-9be2-%012x@10.0.0.1%nCSeq: 1 INVITE%n"
                + "Contact: <sip:line%d@10.0.0.1:5060>%nContent-Length: 0%n%n",
            number,
            random.nextInt(10_000_000),
            number,
            random.nextInt(10_000_000),
            random.nextInt(),
            number,
            number);
    int client = CALLER + (number % 200 << 8);
    write(client, CALLEE, "INVITE sip:+4989@example.net SIP/2.0\n" + String.format(common, ""));
    write(CALLEE, client, "SIP/2.0 200 OK\n" + String.format(common, ";tag=as5f8e0c1b"));
  }

  private void write(int source, int destination, String text) throws IOException {
    byte[] payload = text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    packet.clear();
    packet.putShort((short) 0x4500).putShort((short) (HEADERS + payload.length));
    packet.putInt(0).putShort((short) 0x4011).putShort((short) 0);
    packet.putInt(source).putInt(destination);
    packet.putShort((short) 5060).putShort((short) 5060);
    packet.putShort((short) (8 + payload.length)).putShort((short) 0);
    packet.put(payload);
    writer.write(nanos, packet.array(), 0, packet.position());
    nanos += STEP_NANOS;
  }
}
