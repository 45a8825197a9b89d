package io.callscope.web.view;

import io.callscope.bus.EventType;

/** A short text with the style of its meaning. */
public record Badge(String text, String style) {
  public static Badge ofState(String state) {
    String style =
        switch (state) {
          case "established", "non-invite finished" -> "ok";
          case "init", "first invite", "early dialog", "initial non-invite" -> "warn";
          case "invite negative reply", "non-invite negative reply", "canceled", "invalid" -> "bad";
          default -> "idle";
        };
    return new Badge(Shown.brief(state), style);
  }

  public static Badge of(EventType type) {
    String style =
        switch (type) {
          case CALL_START, REG_NEW, SUB_NEW, OTHER_OK -> "ok";
          case CALL_ATTEMPT, REG_EXPIRED, OTHER_TIMEOUT, MSG_PROBE -> "warn";
          case AUTH_FAILED, OTHER_FAILED, PARSE_ERROR, INVALID -> "bad";
          default -> "idle";
        };
    return new Badge(type.text(), style);
  }
}
