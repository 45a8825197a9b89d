package io.callscope.bus;

/**
 * The texts an event carries, in the order of its text array, with their JSON paths ({@code
 * docs/events.md}).
 */
public enum EventText {
  CALL_ID("sip.call_id"),
  FROM_TAG("sip.fromtag"),
  TO_TAG("sip.totag"),
  FROM("sip.from"),
  TO("sip.to"),
  METHOD("sip.request.method"),
  URI("uri.original"),
  CONTACT("sip.contact"),
  REASON("sip.sip_reason"),
  USER_AGENT("user_agent.original"),
  UAS("uas.original"),
  PAI1("sip.pai1"),
  PAI2("sip.pai2"),
  SIGNATURE("sip.request.sig"),
  MESSAGE_TRACE("dbg.msg_trace"),
  STATE_TRACE("dbg.prev_state"),
  ERROR_INFO("err_info"),

  /** The file of the call below the directory of all of them. Set by the event stage. */
  FILENAME("attrs.filename");

  private final String path;

  EventText(String path) {
    this.path = path;
  }

  /** Dotted path of the field in the event's JSON. */
  public String path() {
    return path;
  }
}
