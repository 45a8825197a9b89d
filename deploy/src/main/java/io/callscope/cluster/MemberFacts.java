package io.callscope.cluster;

import io.callscope.bus.ProcessName;
import io.callscope.config.Role;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each process tells of itself when it joins; all but name, roles and version must be the same
 * everywhere.
 *
 * @param process its name
 * @param roles what it runs
 * @param version of the program
 * @param wire {@link io.callscope.bus.WireFormat#VERSION}
 * @param partitions of call tracking
 * @param writers of pcap files
 * @param tls whether the event bus is encrypted
 * @param sinceMillis when it started, ms since 1970
 */
public record MemberFacts(
    ProcessName process,
    Set<Role> roles,
    String version,
    int wire,
    int partitions,
    int writers,
    boolean tls,
    long sinceMillis) {
  private static final String PREFIX = "callscope.";

  public MemberFacts {
    roles = Set.copyOf(roles);
  }

  boolean has(Role role) {
    return roles.contains(role);
  }

  List<String> roleNames() {
    return Arrays.stream(Role.values()).filter(roles::contains).map(Role::text).toList();
  }

  /** As attributes of a member of the cluster. */
  Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put(PREFIX + "process", process.text());
    attributes.put(PREFIX + "roles", String.join(",", roleNames()));
    attributes.put(PREFIX + "version", version);
    attributes.put(PREFIX + "wire", Integer.toString(wire));
    attributes.put(PREFIX + "partitions", Integer.toString(partitions));
    attributes.put(PREFIX + "writers", Integer.toString(writers));
    attributes.put(PREFIX + "tls", Boolean.toString(tls));
    attributes.put(PREFIX + "since", Long.toString(sinceMillis));
    return attributes;
  }

  /** Those of another member, or null if it is none of this program. */
  static MemberFacts of(Map<String, String> attributes) {
    String process = attributes.get(PREFIX + "process");
    if (process == null) {
      return null;
    }
    List<String> names = List.of(attributes.getOrDefault(PREFIX + "roles", "").split(","));
    return new MemberFacts(
        new ProcessName(process),
        Arrays.stream(Role.values())
            .filter(role -> names.contains(role.text()))
            .collect(Collectors.toSet()),
        attributes.getOrDefault(PREFIX + "version", ""),
        (int) number(attributes, "wire"),
        (int) number(attributes, "partitions"),
        (int) number(attributes, "writers"),
        Boolean.parseBoolean(attributes.get(PREFIX + "tls")),
        number(attributes, "since"));
  }

  private static long number(Map<String, String> attributes, String name) {
    try {
      return Long.parseLong(attributes.getOrDefault(PREFIX + name, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Why this process cannot work with those that were there before it, for people; empty if it can.
   * Of two that do not fit and come at once only the later one ends, since all see one order.
   *
   * @param members of the cluster, in the order in which they joined
   */
  String conflict(List<MemberFacts> members) {
    for (MemberFacts other : members) {
      if (other.process.equals(process)) {
        break;
      }
      String which = "the cluster's process " + other.process.text() + " ";
      if (other.wire != wire) {
        return which
            + ("is version " + other.version + " with bus version " + other.wire)
            + (", this one is " + version + " with " + wire)
            + ": run them as clusters of different -cluster_name";
      }
      if (other.partitions != partitions) {
        return which
            + ("has " + other.partitions + " partitions, this one " + partitions)
            + ": -partitions must be the same";
      }
      if (other.writers != writers) {
        return which
            + ("has " + other.writers + " pcap writers, this one " + writers)
            + ": -pcap_dump_workers must be the same";
      }
      if (other.tls != tls) {
        return which
            + (other.tls ? "encrypts the event bus, this one does not" : "does not encrypt the bus")
            + ": give all of them -cluster_tls_cert, -cluster_tls_key and -cluster_tls_ca, or none";
      }
    }
    return "";
  }
}
