package io.callscope.testdata;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Shares of the kinds of dialogs. */
final class Mix {
  private static final Kind[] KINDS = Kind.values();
  private final double[] upTo = new double[KINDS.length];

  private Mix(double[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      upTo[i] = sum;
    }
  }

  static Mix defaults() {
    double[] weights = new double[KINDS.length];
    Arrays.setAll(weights, i -> KINDS[i].defaultWeight());
    return new Mix(weights);
  }

  /** Reads {@code kind=weight,...}; kinds that are not named have no share. */
  static Mix parse(String text) {
    double[] weights = new double[KINDS.length];
    for (String item : text.split(",", -1)) {
      int equals = item.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("'" + item + "' is not kind=weight");
      }
      weights[kind(item.substring(0, equals)).ordinal()] = weight(item.substring(equals + 1));
    }
    Mix mix = new Mix(weights);
    if (mix.sum() <= 0) {
      throw new IllegalArgumentException("all weights are 0");
    }
    return mix;
  }

  private static Kind kind(String name) {
    for (Kind kind : KINDS) {
      if (kind.text().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind '" + name + "'; there are " + names());
  }

  private static double weight(String text) {
    double weight = Double.parseDouble(text);
    if (!(weight >= 0 && weight < 1e9)) {
      throw new IllegalArgumentException("weight " + text + " is not in 0-1e9");
    }
    return weight;
  }

  private static String names() {
    StringBuilder names = new StringBuilder();
    for (Kind kind : KINDS) {
      names.append(names.isEmpty() ? "" : " ").append(kind.text());
    }
    return names.toString();
  }

  private double sum() {
    return upTo[upTo.length - 1];
  }

  Kind pick(SplittableRandom random) {
    double at = random.nextDouble() * sum();
    int i = 0;
    while (at >= upTo[i]) {
      i++;
    }
    return KINDS[i];
  }
}
