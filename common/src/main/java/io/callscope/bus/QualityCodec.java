package io.callscope.bus;

import io.callscope.bus.CallQuality.Flow;
import io.callscope.bus.CallQuality.Leg;
import io.callscope.bus.CallQuality.Stream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A report of media quality as the bytes of a {@link RecordKind#QUALITY} record: some 400, a
 * quarter of what its objects take.
 */
public final class QualityCodec {
  private QualityCodec() {}

  public static byte[] bytes(CallQuality quality) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF(quality.sbc());
      out.writeLong(quality.beginNanos());
      out.writeLong(quality.endNanos());
      out.writeByte(quality.mediaType());
      out.writeBoolean(quality.late());
      write(out, quality.ingress());
      write(out, quality.egress());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Leg leg) throws IOException {
    out.writeUTF(leg.rawCallId());
    out.writeUTF(leg.realm());
    out.writeByte(leg.slot());
    out.writeByte(leg.port());
    out.writeShort(leg.vlan());
    out.writeInt(leg.rFactorHundredths());
    out.writeInt(leg.mosHundredths());
    write(out, leg.rtp());
    write(out, leg.rtcp());
    write(out, leg.incoming());
    write(out, leg.outgoing());
  }

  private static void write(DataOutputStream out, Stream stream) throws IOException {
    out.writeInt((int) stream.bytes());
    out.writeInt((int) stream.packets());
    out.writeInt((int) stream.lost());
    out.writeInt((int) stream.jitterMillis());
    out.writeInt((int) stream.maxJitterMillis());
    out.writeInt((int) stream.latencyMillis());
    out.writeInt((int) stream.maxLatencyMillis());
  }

  private static void write(DataOutputStream out, Flow flow) throws IOException {
    out.writeUTF(flow.source());
    out.writeShort(flow.sourcePort());
    out.writeUTF(flow.destination());
    out.writeShort(flow.destinationPort());
  }

  /** The report of bytes that {@link #bytes} made. */
  public static CallQuality read(byte[] bytes, int from, int to) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, from, to - from));
      return new CallQuality(
          in.readUTF(),
          in.readLong(),
          in.readLong(),
          in.readUnsignedByte(),
          in.readBoolean(),
          readLeg(in),
          readLeg(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // what bytes() made is whole
    }
  }

  private static Leg readLeg(DataInputStream in) throws IOException {
    return new Leg(
        in.readUTF(),
        in.readUTF(),
        in.readUnsignedByte(),
        in.readUnsignedByte(),
        in.readUnsignedShort(),
        in.readInt(),
        in.readInt(),
        readStream(in),
        readStream(in),
        readFlow(in),
        readFlow(in));
  }

  private static Stream readStream(DataInputStream in) throws IOException {
    return new Stream(
        number(in), number(in), number(in), number(in), number(in), number(in), number(in));
  }

  private static long number(DataInputStream in) throws IOException {
    return Integer.toUnsignedLong(in.readInt());
  }

  private static Flow readFlow(DataInputStream in) throws IOException {
    return new Flow(in.readUTF(), in.readUnsignedShort(), in.readUTF(), in.readUnsignedShort());
  }
}
