package io.callscope.ipfix;

/** What the sets of an SBC hold, by their id, and where each is counted. */
final class SetId {
  static final int KEEP_ALIVE = 0;
  static final int TEMPLATE = 2;
  static final int OPTIONS_TEMPLATE = 3;
  static final int CONNECT = 256;
  static final int CONNECT_ANSWER = 257;
  static final int UDP_IN = 258;
  static final int UDP_OUT = 259;
  static final int TCP_IN = 260;
  static final int TCP_OUT = 261;
  static final int SCTP_IN = 262;
  static final int SCTP_OUT = 263;
  static final int QUALITY = 268;

  private static final String[] NAMES = {
    "connect request",
    "connect answer",
    "SIP/UDP ingress",
    "SIP/UDP egress",
    "SIP/TCP ingress",
    "SIP/TCP egress",
    "SIP/SCTP ingress",
    "SIP/SCTP egress",
    "not decoded (ENUM?)",
    "not decoded (ENUM?)",
    "not decoded (generic UDP?)",
    "not decoded (generic UDP?)",
    "media quality"
  };

  /** Slots of the table of counts: those of 256 to 268, keep-alive, two templates, any other. */
  static final int SLOTS = NAMES.length + 4;

  private SetId() {}

  /** The set is about a message the SBC sent; of ids from {@link #UDP_IN} to {@link #SCTP_OUT}. */
  static boolean isEgress(int id) {
    return (id & 1) != 0;
  }

  static int slot(int id) {
    if (id >= CONNECT && id <= QUALITY) {
      return id - CONNECT;
    }
    return switch (id) {
      case KEEP_ALIVE -> NAMES.length;
      case TEMPLATE -> NAMES.length + 1;
      case OPTIONS_TEMPLATE -> NAMES.length + 2;
      default -> NAMES.length + 3;
    };
  }

  /** The id of a slot, -1 for that of all others. */
  static int ofSlot(int slot) {
    if (slot < NAMES.length) {
      return CONNECT + slot;
    }
    return switch (slot - NAMES.length) {
      case 0 -> KEEP_ALIVE;
      case 1 -> TEMPLATE;
      case 2 -> OPTIONS_TEMPLATE;
      default -> -1;
    };
  }

  static String nameOfSlot(int slot) {
    if (slot < NAMES.length) {
      return NAMES[slot];
    }
    return switch (slot - NAMES.length) {
      case 0 -> "keep-alive";
      case 1 -> "template";
      case 2 -> "options template";
      default -> "unknown";
    };
  }
}
