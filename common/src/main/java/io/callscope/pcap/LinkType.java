package io.callscope.pcap;

/**
 * Link types by the numbers that capture files carry (the tcpdump.org registry), as far as this
 * product knows them.
 */
public final class LinkType {
  public static final int NULL = 0;
  public static final int ETHERNET = 1;

  /** Raw IP as some systems number it in memory; found in files too. */
  public static final int RAW_BSD = 12;

  /** Raw IP as OpenBSD numbers it. */
  public static final int RAW_OPENBSD = 14;

  public static final int RAW = 101;
  public static final int LOOP = 108;
  public static final int LINUX_SLL = 113;
  public static final int IPV4 = 228;
  public static final int IPV6 = 229;
  public static final int LINUX_SLL2 = 276;

  private LinkType() {}
}
