package io.callscope.tracker.call;

import io.callscope.bus.TextFilter;
import java.nio.charset.StandardCharsets;

/** One condition of a list of bindings: a field and what its text must be like. */
public record BindingFilter(Field field, TextFilter filter) {
  /** The fields by the names that pages use. */
  public enum Field {
    AOR,
    CONTACT;

    String of(Binding binding) {
      return switch (this) {
        case AOR -> CallView.text(binding.owner, CallText.TO);
        case CONTACT -> new String(binding.contact(), StandardCharsets.UTF_8);
      };
    }
  }

  boolean test(Binding binding) {
    return filter.test(field.of(binding));
  }
}
