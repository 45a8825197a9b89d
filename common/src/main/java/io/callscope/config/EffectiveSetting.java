package io.callscope.config;

/**
 * One option as it is in effect, for pages.
 *
 * @param name without dash, for example {@code http_port}
 * @param value as it would be written on the command line; secrets masked
 * @param origin where it came from: {@code default}, {@code file}, {@code environment}, {@code
 *     command line} or {@code run time}
 */
public record EffectiveSetting(String name, String value, String origin) {}
