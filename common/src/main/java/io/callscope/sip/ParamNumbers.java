package io.callscope.sip;

/** Numbers in Contact parameters, where what is malformed is as if it were not there. */
final class ParamNumbers {
  private ParamNumbers() {}

  /**
   * The digits a value begins with; larger numbers count as 2³²−1 (RFC 3261 §10.2.1.1). -1 if no
   * digit comes first.
   */
  static long leading(byte[] bytes, int from, int end) {
    if (from == end || !Octets.isDigit(bytes[from])) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < end && Octets.isDigit(bytes[i]); i++) {
      number = Math.min(number * 10 + bytes[i] - '0', NumberValue.MAX_UINT32);
    }
    return number;
  }

  /** A qvalue (RFC 3261 §25.1), the zero before the point optional; -1 if it is malformed. */
  static int thousandths(byte[] bytes, int from, int end) {
    if (from == end) {
      return -1;
    }
    int point = Octets.indexOf(bytes, from, end, '.');
    int whole = point == from ? 0 : bytes[from] - '0';
    if (point - from > 1 || whole < 0 || whole > 1 || end - point > 4) {
      return -1;
    }
    if (point == from && point + 1 == end) {
      return -1;
    }
    int number = whole * 1000;
    int unit = 100;
    for (int i = point + 1; i < end; i++, unit /= 10) {
      if (!Octets.isDigit(bytes[i])) {
        return -1;
      }
      number += (bytes[i] - '0') * unit;
    }
    return number > 1000 ? -1 : number;
  }
}
