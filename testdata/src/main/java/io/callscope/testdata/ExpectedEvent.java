package io.callscope.testdata;

import io.callscope.bus.EventType;

/**
 * An event that a dialog must give when it is tracked to the end of all timers.
 *
 * @param status the SIP status it reports
 */
public record ExpectedEvent(EventType type, int status) {}
