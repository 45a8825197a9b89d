package io.callscope.tracker.call;

import io.callscope.query.Order;

/** What a list of bindings can be sorted by. */
final class BindingOrder {
  private BindingOrder() {}

  /**
   * The order of a name; empty is the creation of the entry that holds it.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Order<Binding, ?> of(String sort) {
    return switch (sort) {
      case "" -> Order.number(binding -> binding.owner.createdNanos);
      case "aor" -> Order.text(BindingFilter.Field.AOR);
      case "contact" -> Order.text(BindingFilter.Field.CONTACT);
      case "source" -> Order.address(binding -> binding.sourceHigh, binding -> binding.sourceLow);
      case "moves" -> Order.number(binding -> binding.moves);
      case "expires" -> Order.number(binding -> binding.expiresNanos);
      default -> throw new IllegalArgumentException("no such order: " + sort);
    };
  }
}
