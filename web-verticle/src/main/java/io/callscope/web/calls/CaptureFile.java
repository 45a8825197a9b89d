package io.callscope.web.calls;

import io.callscope.bus.Envelope;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import io.callscope.pcap.CaptureFormat;
import io.callscope.pcap.GrowingBytes;
import io.callscope.pcap.MessageRecords;
import io.callscope.pcap.TcpFlows;
import io.callscope.web.ladder.LadderMessage;
import java.util.List;

/**
 * Messages as a capture file, with the times, ends and transports they were captured with.
 *
 * @param bytes of the file, the first {@code length} of them
 * @param omitted messages whose ends no packet can have
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once; nobody compares files
record CaptureFile(byte[] bytes, int length, int omitted) {
  private static final byte[] NO_COMMENT = {};

  static CaptureFile of(List<LadderMessage> messages, CaptureFormat format) {
    GrowingBytes file = new GrowingBytes(1 << 16);
    file.reserve(format.fileHeaderBytes());
    file.use(format.putFileHeader(file.array(), 0));
    MessageRecords records = new MessageRecords(format);
    TcpFlows flows = new TcpFlows();
    int omitted = 0;
    for (LadderMessage message : messages) {
      Envelope envelope = envelope(message);
      if (envelope == null || !MessageRecords.canWrite(envelope)) {
        omitted++;
      } else {
        byte[] bytes = message.bytes();
        records.add(file, envelope, bytes, 0, bytes.length, flows, NO_COMMENT);
      }
    }
    return new CaptureFile(file.array(), file.used(), omitted);
  }

  private static Envelope envelope(LadderMessage message) {
    byte[] source = IpAddress.parse(message.source().ip());
    byte[] destination = IpAddress.parse(message.destination().ip());
    if (source == null || destination == null) {
      return null;
    }
    Envelope envelope = new Envelope();
    envelope.transport = transport(message.transport());
    envelope.captureNanos = message.timeNanos();
    envelope.arrivalNanos = message.timeNanos();
    envelope.sourceHigh = IpAddress.high(source);
    envelope.sourceLow = IpAddress.low(source);
    envelope.sourcePort = message.source().port();
    envelope.destinationHigh = IpAddress.high(destination);
    envelope.destinationLow = IpAddress.low(destination);
    envelope.destinationPort = message.destination().port();
    return envelope;
  }

  private static Transport transport(String name) {
    for (Transport transport : Transport.values()) {
      if (transport.text().equals(name)) {
        return transport;
      }
    }
    return Transport.UDP;
  }
}
