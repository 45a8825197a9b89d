package io.callscope.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Holds JSON against the schemas of an OpenAPI 3.0 document, as far as ours uses them. */
public final class SchemaCheck {
  private final JsonObject schemas;
  private final List<String> faults = new ArrayList<>();

  private SchemaCheck(JsonObject document) {
    schemas = document.getJsonObject("components").getJsonObject("schemas");
  }

  /** What is wrong with a value, each with its place. */
  public static List<String> faults(JsonObject document, JsonObject schema, Object value) {
    SchemaCheck check = new SchemaCheck(document);
    check.check("$", schema, value);
    return check.faults;
  }

  private void check(String at, JsonObject schema, Object value) {
    if (schema.containsKey("$ref")) {
      String ref = schema.getString("$ref");
      check(at, schemas.getJsonObject(ref.substring(ref.lastIndexOf('/') + 1)), value);
      return;
    }
    if (value == null) {
      if (!schema.getBoolean("nullable", false)) {
        faults.add(at + " is null");
      }
      return;
    }
    boolean right =
        switch (schema.getString("type")) {
          case "string" -> value instanceof String;
          case "integer" -> value instanceof Integer || value instanceof Long;
          case "number" -> value instanceof Number;
          case "boolean" -> value instanceof Boolean;
          case "array" -> value instanceof JsonArray;
          case "object" -> value instanceof JsonObject;
          default -> throw new IllegalArgumentException("a type this cannot check: " + schema);
        };
    if (!right) {
      faults.add(at + " is no " + schema.getString("type") + ": " + value);
    } else if (schema.containsKey("enum") && !schema.getJsonArray("enum").contains(value)) {
      faults.add(at + " is not one of " + schema.getJsonArray("enum") + ": " + value);
    } else if (value instanceof JsonArray list) {
      array(at, schema, list);
    } else if (value instanceof JsonObject object) {
      object(at, schema, object);
    }
  }

  private void array(String at, JsonObject schema, JsonArray list) {
    if (list.size() < schema.getInteger("minItems", 0)
        || list.size() > schema.getInteger("maxItems", Integer.MAX_VALUE)) {
      faults.add(at + " has " + list.size() + " elements");
    }
    for (int i = 0; i < list.size(); i++) {
      check(at + "[" + i + "]", schema.getJsonObject("items"), list.getValue(i));
    }
  }

  private void object(String at, JsonObject schema, JsonObject object) {
    for (Object name : schema.getJsonArray("required", new JsonArray())) {
      if (!object.containsKey((String) name)) {
        faults.add(at + " lacks " + name);
      }
    }
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : object.fieldNames()) {
      Object rest = schema.getValue("additionalProperties");
      if (properties.containsKey(name)) {
        check(at + "." + name, properties.getJsonObject(name), object.getValue(name));
      } else if (rest instanceof JsonObject other) {
        check(at + "." + name, other, object.getValue(name));
      } else if (Boolean.FALSE.equals(rest)) {
        faults.add(at + "." + name + " is not described");
      }
    }
  }
}
