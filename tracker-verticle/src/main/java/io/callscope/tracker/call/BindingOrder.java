package io.callscope.tracker.call;

import java.util.function.Function;

/** What a list of bindings can be sorted by. */
final class BindingOrder {
  private BindingOrder() {}

  /**
   * The key of a name; empty is the creation of the entry that holds it.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Function<Binding, ?> key(String sort) {
    return switch (sort) {
      case "" -> binding -> binding.owner.createdNanos;
      case "aor" -> BindingFilter.Field.AOR::of;
      case "contact" -> BindingFilter.Field.CONTACT::of;
      case "source" -> Binding::sortableSource;
      case "moves" -> binding -> (long) binding.moves;
      case "expires" -> binding -> binding.expiresNanos;
      default -> throw new IllegalArgumentException("no such order: " + sort);
    };
  }
}
