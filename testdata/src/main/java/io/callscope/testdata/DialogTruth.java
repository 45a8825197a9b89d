package io.callscope.testdata;

import java.util.List;

/**
 * What a generated dialog is and must give.
 *
 * @param legs how many times each end-to-end message is seen, 1 or 2
 * @param events its events in order, from the first message to the end of its last timer
 * @param talkSeconds whole seconds from the 2xx to the BYE, -1 for none
 */
public record DialogTruth(
    String callId, Kind kind, int legs, List<ExpectedEvent> events, long talkSeconds) {}
