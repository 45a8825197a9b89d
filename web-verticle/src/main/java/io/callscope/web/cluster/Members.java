package io.callscope.web.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is in the cluster and who owns what ({@code docs/bus.md}, {@code callscope.query.cluster}).
 *
 * @param name of the cluster, empty where one process is all there is
 */
public record Members(String name, List<Member> members, List<Owner> owners) {
  /** One process is all there is. */
  public static final Members ALONE = new Members("", List.of(), List.of());

  public Members {
    members = List.copyOf(members);
    owners = List.copyOf(owners);
  }

  /**
   * A process.
   *
   * @param address at which other members reach it
   */
  public record Member(
      String process,
      String address,
      List<String> roles,
      String version,
      boolean tls,
      boolean leaving,
      long sinceMillis) {

    private static Member of(JsonObject json) {
      return new Member(
          json.getString("process", ""),
          json.getString("address", ""),
          json.getJsonArray("roles", new JsonArray()).stream().map(String::valueOf).toList(),
          json.getString("version", ""),
          json.getBoolean("tls", false),
          json.getBoolean("leaving", false),
          json.getLong("sinceMillis", 0L));
    }
  }

  /**
   * What one process does for all.
   *
   * @param what tracker, eventstage or pcapdump
   * @param number of the partition or writer
   * @param term how many processes have owned it, this one included
   */
  public record Owner(String what, int number, String process, long term, long sinceMillis) {
    private static Owner of(JsonObject json) {
      return new Owner(
          json.getString("what", ""),
          json.getInteger("number", 0),
          json.getString("process", ""),
          json.getLong("term", 0L),
          json.getLong("sinceMillis", 0L));
    }
  }

  static Members of(JsonObject answer) {
    List<Member> members = new ArrayList<>();
    for (Object member : answer.getJsonArray("members", new JsonArray())) {
      members.add(Member.of((JsonObject) member));
    }
    List<Owner> owners = new ArrayList<>();
    for (Object owner : answer.getJsonArray("owners", new JsonArray())) {
      owners.add(Owner.of((JsonObject) owner));
    }
    return new Members(answer.getString("cluster", ""), members, owners);
  }

  public boolean clustered() {
    return !name.isEmpty();
  }

  /** Names of all processes, in their order. */
  public List<String> processes() {
    return members.stream().map(Member::process).sorted().toList();
  }

  /** The processes with a role, in their order. */
  public List<String> withRole(String role) {
    return members.stream()
        .filter(member -> member.roles.contains(role))
        .map(Member::process)
        .sorted()
        .toList();
  }
}
