package io.callscope.capture;

import java.util.List;

/**
 * How packets are taken apart.
 *
 * @param vxlanPorts UDP destination ports of VXLAN
 */
public record DecodeOptions(List<Integer> vxlanPorts) {
  public static final DecodeOptions DEFAULTS = new DecodeOptions(List.of());

  public DecodeOptions {
    vxlanPorts = List.copyOf(vxlanPorts);
  }
}
