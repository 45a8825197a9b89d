package io.callscope.testdata;

import java.util.Locale;

/** What a generated dialog is, with its weight in the default mix. */
public enum Kind {
  /** A call that is answered and ended. */
  ANSWERED(46),
  /** Answered, put on hold and resumed by two re-INVITEs, ended. */
  REINVITE(10),
  /** Answered after early media (183 with SDP), ended. */
  EARLY(8),
  /** The caller gives up while it rings: CANCEL, 487. */
  CANCEL(9),
  /** Refused by a final reply of 400 or more. */
  REJECT(10),
  /** The far side never answers. */
  NOANSWER(1),
  /** It rings, and nothing more is seen. */
  ABANDONED(1),
  /** Answered and never ended. */
  OPEN(0),
  /** A registration that is left to expire. */
  REGISTER(4),
  /** A registration, refreshed once, then left to expire. */
  REGISTER_REFRESH(2),
  /** A registration, taken back a little later. */
  REGISTER_UNREG(2),
  /** A registration with the wrong password: refused with 403 or challenged again. */
  REGISTER_FAIL(1),
  /** OPTIONS: mostly answered. */
  OPTIONS(4),
  /** MESSAGE: mostly delivered. */
  MESSAGE(1),
  /** SUBSCRIBE, accepted. */
  SUBSCRIBE(1);

  private final int defaultWeight;
  private final String text = name().toLowerCase(Locale.ROOT);

  Kind(int defaultWeight) {
    this.defaultWeight = defaultWeight;
  }

  int defaultWeight() {
    return defaultWeight;
  }

  boolean registers() {
    return switch (this) {
      case REGISTER, REGISTER_REFRESH, REGISTER_UNREG, REGISTER_FAIL -> true;
      default -> false;
    };
  }

  /** As it stands in a mix and in the truth, for example {@code register_refresh}. */
  public String text() {
    return text;
  }
}
