package io.callscope.tracker.call;

import io.callscope.bus.TextFilter;
import io.callscope.bus.TextSearch;
import io.callscope.query.Order;

/** One condition of a list of bindings: a field and what its text must be like. For one list. */
public final class BindingFilter {
  private final Field field;
  private final TextSearch search;

  public BindingFilter(Field field, TextFilter filter) {
    this.field = field;
    search = new TextSearch(filter);
  }

  /** The fields by the names that pages use, and where their texts lie. */
  public enum Field implements Order.Span<Binding> {
    AOR {
      @Override
      public byte[] bytes(Binding binding) {
        return binding.owner.texts;
      }

      @Override
      public int start(Binding binding) {
        return CallText.start(binding.owner.texts, CallText.TO);
      }

      @Override
      public int end(Binding binding) {
        return CallText.end(binding.owner.texts, CallText.TO);
      }
    },
    CONTACT {
      @Override
      public byte[] bytes(Binding binding) {
        return binding.texts;
      }

      @Override
      public int start(Binding binding) {
        return binding.contactAt();
      }

      @Override
      public int end(Binding binding) {
        return binding.texts.length;
      }
    }
  }

  boolean test(Binding binding) {
    return search.test(field.bytes(binding), field.start(binding), field.end(binding));
  }
}
