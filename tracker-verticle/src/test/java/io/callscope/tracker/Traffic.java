package io.callscope.tracker;

import io.callscope.bus.CallRecord;
import io.callscope.bus.Envelope;
import io.callscope.bus.NoteKind;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SipBatchBuilder;
import io.callscope.net.IpAddress;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import java.nio.charset.StandardCharsets;

/** Messages and batches for tests. */
public final class Traffic {
  /** Time 0 of tests, ns since 1970: 2024-01-01. */
  public static final long EPOCH = 1_704_067_200_000_000_000L;

  private static final long CALLER = IpAddress.lowOfIpv4(0xc0000201);
  private static final long CALLEE = IpAddress.lowOfIpv4(0xc0000202);

  private Traffic() {}

  /** A message: its text and who sent it. */
  public record Message(String text, boolean fromCallee) {
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** The caller of a dialog, with the texts its messages share. */
  public record Dialog(String callId, String fromTag, String from, String to) {
    public static Dialog call(int number) {
      return new Dialog(
          "a84b4c76e66710-" + number + "@192.0.2.10",
          "f" + number,
          "sip:alice" + number + "@example.com",
          "sip:bob" + number + "@example.net");
    }

    /** A client of an address of record. */
    public static Dialog registration(int number, int user) {
      String aor = "sip:user" + user + "@example.com";
      return new Dialog("reg-" + number + "@192.0.2.10", "r" + number, aor, aor);
    }

    public Message request(String method, String toTag, int cseq, String... headers) {
      return message(method + " " + to + " SIP/2.0", false, false, method, toTag, cseq, headers);
    }

    public Message reply(int status, String method, String toTag, int cseq, String... headers) {
      return message("SIP/2.0 " + status + " Why", true, false, method, toTag, cseq, headers);
    }

    public Message calleeRequest(String method, String toTag, int cseq) {
      return message(method + " " + from + " SIP/2.0", true, true, method, toTag, cseq);
    }

    public Message callerReply(int status, String method, String toTag, int cseq) {
      return message("SIP/2.0 " + status + " Why", false, true, method, toTag, cseq);
    }

    private Message message(
        String start,
        boolean fromCallee,
        boolean swapped,
        String method,
        String toTag,
        int cseq,
        String... headers) {
      String caller = "<" + from + ">;tag=" + fromTag;
      String callee = "<" + to + ">" + (toTag.isEmpty() ? "" : ";tag=" + toTag);
      StringBuilder text =
          new StringBuilder(start).append("\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1");
      text.append("\r\nFrom: ").append(swapped ? callee : caller);
      text.append("\r\nTo: ").append(swapped ? caller : callee);
      text.append("\r\nCall-ID: ").append(callId);
      text.append("\r\nCSeq: ").append(cseq).append(' ').append(method);
      text.append("\r\nUser-Agent: ExamplePhone 1.2");
      for (String header : headers) {
        text.append("\r\n").append(header);
      }
      return new Message(text.append("\r\n\r\n").toString(), fromCallee);
    }
  }

  /** What a source sends to one destination. */
  public static final class Feed {
    private final SipParser parser = new SipParser();
    private final SipBatchBuilder builder;
    private final Envelope envelope = new Envelope();
    private int callerPort = 5060;

    public Feed(String source) {
      builder = new SipBatchBuilder(source);
    }

    /** From here on the source is losing packets, or no longer. */
    public Feed losing(boolean loses) {
      envelope.flags = loses ? RecordFlags.LOSS : 0;
      return this;
    }

    /** From here on the caller sends from, and is reached at, this port. */
    public Feed callerAt(int port) {
      callerPort = port;
      return this;
    }

    public Feed add(Message message, long nanos) {
      return add(message.bytes(), message.fromCallee(), nanos);
    }

    /** Adds a payload as its source would: a message, or what failed to parse. */
    public Feed add(byte[] bytes, boolean fromCallee, long nanos) {
      int[] row = new int[SipIndex.SIZE];
      int error = parser.parseDatagram(bytes, 0, bytes.length, row);
      RecordKind kind = error == SipError.OK ? RecordKind.MESSAGE : RecordKind.PARSE_ERROR;
      builder.add(kind, envelope(fromCallee, nanos), error, bytes, 0, bytes.length, row);
      return this;
    }

    /** Adds a message whose row says that it is longer than all bytes of its batch. */
    public Feed addBroken(Message message, long nanos) {
      byte[] bytes = message.bytes();
      int[] row = new int[SipIndex.SIZE];
      parser.parseDatagram(bytes, 0, bytes.length, row);
      row[SipIndex.LENGTH] = 5000;
      row[SipIndex.FROM_TAG] = -60_000;
      builder.add(RecordKind.MESSAGE, envelope(false, nanos), 0, bytes, 0, bytes.length, row);
      return this;
    }

    public Feed addProbe(long nanos) {
      builder.addProbe(envelope(false, nanos));
      return this;
    }

    private Envelope envelope(boolean fromCallee, long nanos) {
      envelope.captureNanos = nanos;
      envelope.arrivalNanos = nanos;
      envelope.sourceLow = fromCallee ? CALLEE : CALLER;
      envelope.destinationLow = fromCallee ? CALLER : CALLEE;
      envelope.sourcePort = fromCallee ? 5060 : callerPort;
      envelope.destinationPort = fromCallee ? callerPort : 5060;
      return envelope;
    }

    /** From here on an SBC reports the messages. */
    public Feed reportedBy(String sbc, int flags) {
      byte[] name = sbc.getBytes(StandardCharsets.US_ASCII);
      envelope.notes.clear();
      envelope.notes.add(NoteKind.SBC, name, 0, name.length);
      envelope.flags = flags;
      return this;
    }

    /** Something an SBC tells of a call. */
    public Feed tell(RecordKind kind, int option, String callId, byte[] content, long nanos) {
      CallRecord told =
          CallRecord.of(option, callId.getBytes(StandardCharsets.ISO_8859_1), content);
      byte[] bytes = told.bytes();
      builder.add(kind, envelope(false, nanos), 0, bytes, 0, bytes.length, told.row());
      return this;
    }

    public boolean hasRoom(int bytes) {
      return builder.hasRoom(bytes);
    }

    public SipBatch build(long markNanos) {
      return builder.build(markNanos, false);
    }

    public SipBatch last(long markNanos) {
      return builder.build(markNanos, true);
    }
  }

  /** Takes a fault where a test has none to expect. */
  public static void fail(RuntimeException fault) {
    throw fault;
  }

  public static long nanos(double seconds) {
    return EPOCH + Math.round(seconds * 1e6) * 1000;
  }
}
