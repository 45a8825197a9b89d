package io.callscope.launcher;

import io.callscope.bus.ProcessName;
import io.callscope.bus.Version;
import io.callscope.config.Options;
import io.callscope.config.Settings;
import io.callscope.net.IpAddress;
import io.callscope.web.WebConfig;
import io.callscope.web.security.SecurityConfig;
import io.callscope.web.server.ServerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the options mean to the web server. */
final class WebSettings {
  private static final Logger LOG = LoggerFactory.getLogger(WebSettings.class);

  private WebSettings() {}

  /**
   * @param commandLine for the pages, secrets masked
   */
  static WebConfig of(Settings settings, ProcessName process, int partitions, String commandLine) {
    ServerConfig server =
        new ServerConfig(
            settings.get(Options.HTTP_TLS_CERT),
            settings.get(Options.HTTP_TLS_KEY),
            settings.get(Options.HTTP_MAX_CONNECTIONS),
            ServerConfig.PATIENCE_MILLIS,
            settings.get(Options.BUS_BRIDGE));
    SecurityConfig security =
        new SecurityConfig(
            settings.get(Options.HTTP_USERS),
            settings.get(Options.HTTP_HOSTS),
            settings.get(Options.HTTP_PROXIES),
            settings.get(Options.HTTP_SESSION_IDLE).toMillis(),
            settings.get(Options.HTTP_SESSION_MAX).toMillis(),
            isExposed(settings.get(Options.HTTP_ADDR)),
            server.tls());
    if (!security.warning().isEmpty()) {
      LOG.warn("web server on {}: {}", settings.get(Options.HTTP_ADDR), security.warning());
    }
    return new WebConfig(
        settings.get(Options.HTTP_ADDR),
        settings.get(Options.HTTP_PORT),
        settings.get(Options.EVENT_BUFFER_SIZE),
        partitions,
        settings.effective(),
        Version.text(),
        commandLine,
        System.nanoTime(),
        server,
        security,
        process);
  }

  /** Any address but one of this machine's own loopback; a name may be anything. */
  static boolean isExposed(String address) {
    byte[] bytes = IpAddress.parse(address);
    if (bytes == null) {
      return !address.equals("localhost");
    }
    return !IpAddress.isLoopback(IpAddress.high(bytes), IpAddress.low(bytes));
  }
}
