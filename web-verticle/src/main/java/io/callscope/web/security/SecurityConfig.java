package io.callscope.web.security;

import io.callscope.net.IpNetwork;
import java.util.List;

/**
 * Who may use the web server and how.
 *
 * @param usersFile empty for no authentication
 * @param hosts names it goes by besides its own; {@code *} for any
 * @param proxies reverse proxies in front of it
 * @param sessionIdleMillis a log-in ends without a request for so long
 * @param sessionMaxMillis and at that age
 * @param exposed whether other machines can reach it
 * @param tls whether it speaks TLS itself
 */
public record SecurityConfig(
    String usersFile,
    List<String> hosts,
    List<IpNetwork> proxies,
    long sessionIdleMillis,
    long sessionMaxMillis,
    boolean exposed,
    boolean tls) {

  /** Without users, for this machine alone. */
  public static final SecurityConfig OPEN =
      new SecurityConfig("", List.of(), List.of(), 7_200_000, 43_200_000, false, false);

  public SecurityConfig {
    hosts = List.copyOf(hosts);
    proxies = List.copyOf(proxies);
  }

  boolean hasUsers() {
    return !usersFile.isEmpty();
  }

  /** What every page warns of, empty if nothing. */
  public String warning() {
    if (exposed && !hasUsers()) {
      return "Anyone who can reach this server may see and change everything:"
          + " it listens to other machines without -http_users.";
    }
    return exposed && !tls && proxies.isEmpty()
        ? "Passwords and calls cross the network unencrypted:"
            + " it listens to other machines without -http_tls_cert."
        : "";
  }
}
