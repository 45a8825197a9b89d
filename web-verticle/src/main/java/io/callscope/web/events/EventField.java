package io.callscope.web.events;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventText;
import java.util.Locale;

/** What events can be filtered by, in the order of the form. */
enum EventField {
  NAME("event type"),
  SRC("source address"),
  DST("destination address"),
  SPORT("source port"),
  DPORT("destination port"),
  PROTO("transport"),
  STATUS("reply status"),
  CID("Call-ID"),
  FU("From URI"),
  TU("To URI"),
  METHOD("request method"),
  URI("request URI"),
  CONTACT("Contact URI"),
  REASON("reply reason"),
  UA("User-Agent of the caller"),
  UAS("User-Agent of the callee");

  private final String label;
  private final String parameter = name().toLowerCase(Locale.ROOT);

  EventField(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** The name of its filter. */
  String parameter() {
    return parameter;
  }

  String of(CallEvent e) {
    return switch (this) {
      case NAME -> e.type().text();
      case SRC -> e.ends().clientIp();
      case DST -> e.ends().serverIp();
      case SPORT -> Integer.toString(e.ends().clientPort());
      case DPORT -> Integer.toString(e.ends().serverPort());
      case PROTO -> e.ends().transport().text();
      case STATUS -> status(e);
      case CID -> e.text(EventText.CALL_ID);
      case FU -> e.text(EventText.FROM);
      case TU -> e.text(EventText.TO);
      case METHOD -> e.text(EventText.METHOD);
      case URI -> e.text(EventText.URI);
      case CONTACT -> e.text(EventText.CONTACT);
      case REASON -> reason(e);
      case UA -> e.text(EventText.USER_AGENT);
      case UAS -> e.text(EventText.UAS);
    };
  }

  private static String status(CallEvent event) {
    return event.outcome().status() == 0 ? "" : Integer.toString(event.outcome().status());
  }

  private static String reason(CallEvent event) {
    return event.texts().has(EventText.REASON)
        ? event.text(EventText.REASON)
        : event.text(EventText.ERROR_INFO);
  }
}
