package io.callscope.web;

/**
 * A request as a page sees it.
 *
 * @param rest the undecoded path behind the page's own, empty for most
 */
record Asked(Params params, Form form, String rest) {}
