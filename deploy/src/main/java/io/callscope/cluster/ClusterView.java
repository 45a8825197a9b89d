package io.callscope.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/** The answer to who is there and who owns what. Blocks. */
final class ClusterView {
  private final ClusterNode node;

  ClusterView(ClusterNode node) {
    this.node = node;
  }

  JsonObject json() {
    JsonArray members = new JsonArray();
    Set<String> leaving = node.leaving();
    node.members().forEach(member -> members.add(json(member, leaving)));
    JsonArray owners = new JsonArray();
    node.owners().entrySet().stream()
        .map(entry -> Map.entry(Item.of(entry.getKey()), Ownership.of(entry.getValue())))
        .filter(entry -> !entry.getValue().process().isEmpty())
        .sorted(
            Map.Entry.comparingByKey(Comparator.comparing(Item::what).thenComparing(Item::number)))
        .forEach(entry -> owners.add(json(entry.getKey(), entry.getValue())));
    return new JsonObject()
        .put("cluster", node.config().name())
        .put("partitions", node.config().self().partitions())
        .put("process", node.process().text())
        .put("members", members)
        .put("owners", owners);
  }

  private JsonObject json(MemberFacts member, Set<String> leaving) {
    return new JsonObject()
        .put("process", member.process().text())
        .put("address", node.address(member.process()))
        .put("roles", new JsonArray(member.roleNames()))
        .put("version", member.version())
        .put("tls", member.tls())
        .put("leaving", leaving.contains(member.process().text()))
        .put("sinceMillis", member.sinceMillis());
  }

  private static JsonObject json(Item item, Ownership owner) {
    return new JsonObject()
        .put("what", item.what())
        .put("number", item.number())
        .put("process", owner.process())
        .put("term", owner.term())
        .put("sinceMillis", owner.sinceMillis());
  }
}
