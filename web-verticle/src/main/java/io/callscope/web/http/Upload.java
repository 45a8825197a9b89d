package io.callscope.web.http;

/**
 * A file of a form, on this machine until the request is answered.
 *
 * @param name as the user's machine has it
 * @param file where it is now
 */
public record Upload(String name, String file, long bytes) {}
