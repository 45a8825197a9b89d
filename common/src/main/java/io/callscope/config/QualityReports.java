package io.callscope.config;

import java.util.Locale;

/** What an SBC is asked for beside SIP: reports of the media quality of its calls. */
public enum QualityReports {
  OFF(0),

  /** What the SBC counts of RTP. */
  RTP(0x04),

  /** That, and what the far ends report by RTCP: their losses, and latency. */
  RTCP(0x0c);

  private final int flags;

  QualityReports(int flags) {
    this.flags = flags;
  }

  /** The bits of the connect request's flags that stand for it. */
  public int flags() {
    return flags;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
