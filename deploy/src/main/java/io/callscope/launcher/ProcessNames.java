package io.callscope.launcher;

import io.callscope.bus.ProcessName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Makes the name of this process in a cluster. */
final class ProcessNames {
  /** Letters and digits that are not mistaken for each other. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int RANDOM = 6;
  private static final int MAX_HOST = 40;

  private ProcessNames() {}

  static ProcessName make() {
    return make(host(), new SecureRandom());
  }

  /** Only what may stand in addresses of the event bus remains of a host's name. */
  static ProcessName make(String host, RandomGenerator random) {
    String plain = host.replaceFirst("\\..*", "").replaceAll("[^A-Za-z0-9-]", "-");
    StringBuilder name = new StringBuilder(plain);
    name.setLength(Math.min(MAX_HOST, plain.length()));
    name.append('-');
    for (int i = 0; i < RANDOM; i++) {
      name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new ProcessName(name.toString());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "host"; // it has a name that no name server knows
    }
  }
}
