package io.callscope.pcapdump.file;

/**
 * The file of a call.
 *
 * @param path below the directory of all files
 * @param exists whether it is there
 * @param modifiedMillis when it was last written to, ms since 1970
 */
public record FileFound(String path, boolean exists, long bytes, long modifiedMillis) {}
