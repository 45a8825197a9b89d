package io.callscope.capture.packet;

/** The protocols above IP, by their assigned numbers. */
public final class IpProtocol {
  public static final int IPV6 = 41;

  private IpProtocol() {}

  public static Verdict of(int number) {
    return switch (number) {
      case 17 -> Verdict.UDP;
      case 6 -> Verdict.TCP;
      case 132 -> Verdict.SCTP;
      case 1, 58 -> Verdict.ICMP;
      case 47 -> Verdict.GRE;
      case 4, IPV6 -> Verdict.IPIP;
      default -> Verdict.OTHER_PROTOCOL;
    };
  }
}
