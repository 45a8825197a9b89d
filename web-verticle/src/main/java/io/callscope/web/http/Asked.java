package io.callscope.web.http;

/**
 * A request as a page sees it.
 *
 * @param rest the undecoded part of the path that is a value, empty for most
 * @param acts whether what the parameters say is to be done; false for all but actions
 */
public record Asked(Params params, Form form, String rest, boolean acts) {}
