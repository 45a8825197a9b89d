package io.callscope.web;

import io.callscope.bus.ProcessName;
import io.callscope.config.EffectiveSetting;
import io.callscope.web.http.Uptime;
import io.callscope.web.security.SecurityConfig;
import io.callscope.web.server.ServerConfig;
import java.util.List;

/**
 * What the web server needs to know.
 *
 * @param host the address to listen on, alone; empty means 127.0.0.1
 * @param port from 1; 0 takes any free one
 * @param eventBufferSize events the ring keeps, from 1
 * @param partitions tracker partitions to ask, from 1
 * @param settings all options in effect, secrets masked, in the order of the page
 * @param version of the program
 * @param commandLine the program and its arguments, secrets masked
 * @param startNanos {@link System#nanoTime()} at the start of the program
 * @param server how it listens
 * @param security who may use it
 * @param process the name of this process
 */
public record WebConfig(
    String host,
    int port,
    int eventBufferSize,
    int partitions,
    List<EffectiveSetting> settings,
    String version,
    String commandLine,
    long startNanos,
    ServerConfig server,
    SecurityConfig security,
    ProcessName process) {

  /** A web server without TLS and users, where one process is all there is. */
  public WebConfig(
      String host,
      int port,
      int eventBufferSize,
      int partitions,
      List<EffectiveSetting> settings,
      String version,
      String commandLine,
      long startNanos) {
    this(
        host,
        port,
        eventBufferSize,
        partitions,
        settings,
        version,
        commandLine,
        startNanos,
        ServerConfig.PLAIN,
        SecurityConfig.OPEN,
        ProcessName.ALONE);
  }

  public WebConfig {
    host = host.isBlank() ? "127.0.0.1" : host;
    settings = List.copyOf(settings);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("http_port " + port + " is not in 0..65535");
    }
    if (eventBufferSize < 1) {
      throw new IllegalArgumentException("event_buffer_size " + eventBufferSize + " is below 1");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions " + partitions + " is below 1");
    }
  }

  Uptime uptime() {
    return new Uptime(startNanos);
  }
}
