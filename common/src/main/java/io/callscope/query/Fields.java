package io.callscope.query;

import java.util.List;
import java.util.Map;

/**
 * The fields of a query or control as they came over the bus, read with their types and bounds.
 * Every method throws {@link IllegalArgumentException} for a value that is not what it should be;
 * the message names the field.
 */
public final class Fields {
  private final Map<?, ?> values;

  public Fields(Map<?, ?> values) {
    this.values = values;
  }

  public boolean has(String name) {
    return values.get(name) != null;
  }

  /** A whole number from 0 to {@code most}, or {@code otherwise} if there is none. */
  public long number(String name, long otherwise, long most) {
    Object value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    return wholeNumber(name, value, most);
  }

  /** A whole number from 0 on; above the range of an int it counts as the largest. */
  public int atMostInt(String name, int otherwise) {
    return (int) Math.min(number(name, otherwise, Long.MAX_VALUE), Integer.MAX_VALUE);
  }

  private static long wholeNumber(String name, Object value, long most) {
    if (value instanceof Number number
        && number.doubleValue() == number.longValue()
        && number.longValue() >= 0
        && number.longValue() <= most) {
      return number.longValue();
    }
    throw new IllegalArgumentException(
        name + " must be a whole number from 0 to " + most + ", not " + value);
  }

  public boolean flag(String name, boolean otherwise) {
    Object value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException(name + " must be true or false, not " + value);
  }

  /** A text, or {@code otherwise} if there is none. */
  public String text(String name, String otherwise) {
    Object value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name + " must be a text, not " + value);
  }

  /** A text that has to be there. */
  public String text(String name) {
    String text = text(name, null);
    if (text == null) {
      throw new IllegalArgumentException(name + " must be given");
    }
    return text;
  }

  /** A list, empty if there is none. */
  public List<?> list(String name) {
    Object value = values.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(name + " must be a list, not " + value);
  }

  /** A list of whole numbers from 0 to {@code most}. */
  public List<Long> numbers(String name, long most) {
    return list(name).stream().map(value -> wholeNumber(name, value, most)).toList();
  }

  /** A list of finite numbers from 0 on. */
  public List<Double> decimals(String name) {
    return list(name).stream().map(value -> decimal(name, value)).toList();
  }

  private static double decimal(String name, Object value) {
    if (value instanceof Number number
        && Double.isFinite(number.doubleValue())
        && number.doubleValue() >= 0) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(name + " must be numbers from 0 on, not " + value);
  }

  /** A list of objects. */
  public List<Fields> objects(String name) {
    return list(name).stream().map(value -> object(name, value)).toList();
  }

  private static Fields object(String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Fields(map);
    }
    throw new IllegalArgumentException(name + " must hold objects, not " + value);
  }

  /** The object of this name, as it came. */
  public Map<?, ?> map(String name) {
    if (values.get(name) instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException(name + " must be an object");
  }
}
