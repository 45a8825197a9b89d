package io.callscope.pcap;

import java.nio.charset.StandardCharsets;

/**
 * Where the capture file of a call is, below the directory of all of them: {@code
 * [subdirectory/]prefix + escaped Call-ID + suffix[.extension]}. Scripts find files by this rule.
 * For any thread.
 *
 * @param prefix start of each name
 * @param suffix end of each name, before the extension
 * @param extension with or without its dot, empty for none
 * @param subdirectories how many the files are spread over, 0 or less for none
 */
public record CallFileNames(String prefix, String suffix, String extension, int subdirectories) {
  /** What file systems take. */
  private static final int MAX_NAME_BYTES = 255;

  /** A tilde and eight digits, in place of what is cut off a name that is too long. */
  private static final int MARK_BYTES = 9;

  private static final String SPARED = "-_.~$&+:=@";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final int RADIX = Character.MAX_RADIX;

  /**
   * @throws IllegalArgumentException if a part of the name holds a slash or a NUL, or leaves no
   *     room for a Call-ID
   */
  public CallFileNames {
    if (!extension.isEmpty() && !extension.startsWith(".")) {
      extension = "." + extension;
    }
    for (String part : new String[] {prefix, suffix, extension}) {
      if (part.indexOf('/') >= 0 || part.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a file name holds neither / nor NUL");
      }
    }
    if (bytes(prefix) + bytes(suffix) + bytes(extension) > MAX_NAME_BYTES / 2) {
      throw new IllegalArgumentException("leaves no room for a Call-ID in a file name");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Whether a file of that name may be that of a call. */
  public boolean isName(String name) {
    String end = suffix + extension;
    return name.length() > prefix.length() + end.length()
        && name.startsWith(prefix)
        && name.endsWith(end);
  }

  /** The path of a Call-ID relative to the directory of all files. */
  public String path(byte[] bytes, int from, int length) {
    StringBuilder path = new StringBuilder(64 + length);
    if (subdirectories > 0) {
      path.append(subdirectory(bytes, from, length)).append('/');
    }
    int nameFrom = path.length();
    path.append(prefix);
    int escapedFrom = path.length();
    escape(bytes, from, length, path);
    int others = bytes(prefix) + bytes(suffix) + bytes(extension);
    int tooMuch = path.length() - escapedFrom + others - MAX_NAME_BYTES;
    if (tooMuch > 0) {
      cut(path, Math.max(nameFrom, path.length() - tooMuch - MARK_BYTES));
      path.append(String.format("~%08x", CallIdFileHash.of(bytes, from, length)));
    }
    return path.append(suffix).append(extension).toString();
  }

  /** Shortens it to so many characters, or a little more: never inside an escape. */
  private static void cut(StringBuilder path, int length) {
    int end = length;
    for (int back = 1; back <= 2; back++) {
      if (path.charAt(length - back) == '%') {
        end = length - back;
      }
    }
    path.setLength(end);
  }

  private static void escape(byte[] bytes, int from, int length, StringBuilder to) {
    for (int i = from; i < from + length; i++) {
      int octet = bytes[i] & 0xff;
      if (isPlain(octet)) {
        to.append((char) octet);
      } else {
        to.append('%').append(HEX[octet >> 4]).append(HEX[octet & 0xf]);
      }
    }
  }

  private static boolean isPlain(int octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || SPARED.indexOf(octet) >= 0;
  }

  private String subdirectory(byte[] bytes, int from, int length) {
    int index = Integer.remainderUnsigned(CallIdFileHash.of(bytes, from, length), subdirectories);
    String digits = Integer.toString(index, RADIX);
    return "0".repeat(width() - digits.length()) + digits;
  }

  /** Digits of a sub-directory's name: the fewest that more than all of them could have. */
  private int width() {
    int width = 1;
    for (long names = RADIX; names <= subdirectories; names *= RADIX) {
      width++;
    }
    return width;
  }
}
