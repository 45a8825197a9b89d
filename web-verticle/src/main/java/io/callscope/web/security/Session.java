package io.callscope.web.security;

/**
 * A log-in of a browser.
 *
 * @param key digest of the value of its cookie
 * @param user as it was at the log-in
 */
record Session(String key, User user, long startMillis) {}
