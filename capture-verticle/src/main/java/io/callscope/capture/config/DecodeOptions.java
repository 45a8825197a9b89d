package io.callscope.capture.config;

import io.callscope.capture.tcp.TcpOptions;
import java.util.List;

/**
 * How packets are taken apart.
 *
 * @param vxlanPorts UDP destination ports of VXLAN
 * @param tcp how TCP streams are put together
 */
public record DecodeOptions(List<Integer> vxlanPorts, TcpOptions tcp) {
  public static final DecodeOptions DEFAULTS = new DecodeOptions(List.of(), TcpOptions.DEFAULTS);

  public DecodeOptions {
    vxlanPorts = List.copyOf(vxlanPorts);
  }
}
