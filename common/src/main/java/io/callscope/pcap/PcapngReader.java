package io.callscope.pcap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The pcapng format (draft-ietf-opsawg-pcapng): any number of sections, each in a byte order of its
 * own and with interfaces of its own. Blocks that bring no packet are passed over.
 *
 * <pre>
 * block      0 type   4 total length   8 body   (total - 4) total length again
 * section    8 byte-order magic   12 version (2, 2)   16 section length   24 options
 * interface  8 link type (2)   10 reserved   12 snap length   16 options
 * enhanced   8 interface   12 time high   16 time low   20 captured   24 original   28 packet
 * simple     8 original   12 packet
 * old packet 8 interface (2)   10 drops (2)   12 time high   16 time low   20 captured   24 original   28 packet
 * option     0 code (2)   2 length (2)   4 value, padded to 4
 * </pre>
 */
final class PcapngReader extends PacketReader {
  static final int SECTION_HEADER = 0x0a0d0d0a;

  private static final int INTERFACE = 1;
  private static final int OLD_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER = 0x1a2b3c4d;
  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_OFFSET = 14;

  private static final int SMALLEST_BLOCK = 12;
  private static final int SMALLEST_SECTION = 28;
  private static final int INTERFACE_OPTIONS = 16;
  private static final int PACKET = 28;
  private static final int SIMPLE = 12;

  /** Longest block that is believed. */
  private static final int MAX_BLOCK = 16 << 20;

  /** Longest description of an interface that is believed; it is read in one piece. */
  private static final int MAX_INTERFACE_BLOCK = 256 * 1024;

  private static final int MAX_INTERFACES = 65_536;

  private final List<Interface> interfaces = new ArrayList<>();
  private boolean bigEndian;
  private long blockOffset;
  private int blockLength;

  private record Interface(int linkType, int snapLength, TimestampUnit unit) {}

  PcapngReader(CaptureInput input) throws IOException {
    super(input);
    if (!nextBlock()) {
      throw input.damaged("is empty");
    }
    section();
  }

  @Override
  public boolean next() throws IOException {
    while (nextBlock()) {
      switch (int32(0)) {
        case SECTION_HEADER -> section();
        case INTERFACE -> addInterface();
        case ENHANCED_PACKET -> {
          packet(int32(8));
          return true;
        }
        case OLD_PACKET -> {
          packet(input.uint16(input.position() + 8, bigEndian));
          return true;
        }
        case SIMPLE_PACKET -> {
          simplePacket();
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  /** Leaves the present block and stands at the start of the next; false at the end of the file. */
  private boolean nextBlock() throws IOException {
    if (blockLength != 0) {
      leaveBlock();
    }
    blockOffset = input.offset();
    if (!input.request(SMALLEST_BLOCK)) {
      if (input.available() == 0) {
        input.expectEnd();
        return false;
      }
      throw cutOff();
    }
    // A section header reads the same both ways, and brings the byte order of its own length.
    if (int32(0) == SECTION_HEADER) {
      bigEndian = input.int32(input.position() + 8, true) == BYTE_ORDER;
      if (!bigEndian && int32(8) != BYTE_ORDER) {
        throw damaged("is a section without a known byte order");
      }
    }
    int length = int32(4);
    if (length < SMALLEST_BLOCK || length > MAX_BLOCK || (length & 3) != 0) {
      throw damaged("claims " + Integer.toUnsignedString(length) + " bytes, cut off or damaged");
    }
    blockLength = length;
    return true;
  }

  private void leaveBlock() throws IOException {
    if (!input.skip(blockLength - 4) || !input.request(4)) {
      throw cutOff();
    }
    int trailer = int32(0);
    if (trailer != blockLength) {
      throw damaged(
          String.format(
              "starts with a length of %d and ends with %s, damaged",
              blockLength, Integer.toUnsignedString(trailer)));
    }
    input.advance(4);
  }

  private void section() throws IOException {
    need(SMALLEST_SECTION);
    int version = input.uint16(input.position() + 12, bigEndian);
    if (version != 1) {
      throw damaged("is of pcapng version " + version + ", which is unknown");
    }
    interfaces.clear();
  }

  private void addInterface() throws IOException {
    if (blockLength > MAX_INTERFACE_BLOCK || interfaces.size() == MAX_INTERFACES) {
      throw damaged("describes an interface too many or at too great length, damaged");
    }
    need(INTERFACE_OPTIONS + 4);
    need(blockLength);
    int at = input.position();
    interfaces.add(
        new Interface(input.uint16(at + 8, bigEndian), int32(12), unit(at + INTERFACE_OPTIONS)));
  }

  private TimestampUnit unit(int optionsAt) {
    int end = input.position() + blockLength - 4;
    int resolution = TimestampUnit.MICROSECONDS.resolution();
    long offsetSeconds = 0;
    int at = optionsAt;
    while (end - at >= 4) {
      int code = input.uint16(at, bigEndian);
      int length = input.uint16(at + 2, bigEndian);
      at += 4;
      if (code == 0 || length > end - at) {
        break;
      }
      if (code == OPTION_RESOLUTION && length == 1) {
        resolution = input.bytes()[at] & 0xff;
      } else if (code == OPTION_OFFSET && length == 8) {
        offsetSeconds = int64(at);
      }
      at += length + 3 & ~3;
    }
    return new TimestampUnit(resolution, offsetSeconds);
  }

  private long int64(int at) {
    int first = input.int32(at, bigEndian);
    int second = input.int32(at + 4, bigEndian);
    return bigEndian ? join(first, second) : join(second, first);
  }

  private static long join(int high, int low) {
    return (long) high << 32 | (low & 0xffff_ffffL);
  }

  private void packet(int interfaceNumber) throws IOException {
    need(PACKET + 4);
    int captured = int32(20);
    takePacket(known(interfaceNumber), PACKET, captured, int32(24));
    long ticks = join(int32(12), int32(16));
    captureNanos = interfaces.get(interfaceNumber).unit.nanos(ticks);
  }

  private void simplePacket() throws IOException {
    need(SIMPLE + 4);
    Interface from = known(0);
    int original = int32(8);
    int captured = blockLength - SIMPLE - 4;
    if (original >= 0) {
      captured = Math.min(captured, original);
    }
    if (from.snapLength > 0) {
      captured = Math.min(captured, from.snapLength);
    }
    takePacket(from, SIMPLE, captured, original);
    captureNanos = 0;
  }

  private void takePacket(Interface from, int header, int captured, int original)
      throws IOException {
    if (captured < 0 || captured > MAX_PACKET || captured > blockLength - header - 4) {
      throw damaged("claims a packet of " + Integer.toUnsignedString(captured) + " bytes, damaged");
    }
    need(header + captured);
    linkType = from.linkType;
    lengths(captured, original);
    offset = input.position() + header;
  }

  private Interface known(int number) throws CaptureFileException {
    if (number < 0 || number >= interfaces.size()) {
      throw damaged(
          String.format(
              "names interface %s of %d, damaged",
              Integer.toUnsignedString(number), interfaces.size()));
    }
    return interfaces.get(number);
  }

  /** Has so many bytes of the present block in the window. */
  private void need(int count) throws IOException {
    if (count > blockLength) {
      throw damaged("of " + blockLength + " bytes is too short for its type, damaged");
    }
    if (!input.request(count)) {
      throw cutOff();
    }
  }

  private int int32(int fromBlockStart) {
    return input.int32(input.position() + fromBlockStart, bigEndian);
  }

  private CaptureFileException damaged(String reason) {
    return input.damaged("block at byte " + blockOffset + " " + reason);
  }

  private CaptureFileException cutOff() {
    return input.cutOff("cut off in the block at byte " + blockOffset);
  }

  @Override
  public boolean nextNeedsRead() {
    int left = input.available() - blockLength; // the present block is not left yet
    if (left < SMALLEST_BLOCK) {
      return true;
    }
    int type = int32(blockLength);
    boolean packet = type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OLD_PACKET;
    return !packet || Integer.compareUnsigned(left, int32(blockLength + 4)) < 0;
  }
}
