package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.sip.CallIdHash;
import io.callscope.tracker.state.BadImageException;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** An entry is restored with all that it knew, and what is no entry is refused. */
class CallImageTest {
  /** Where an entry is linked: that is found anew. */
  private static final Set<String> LINKS =
      Set.of(
          "chainNext",
          "olderEntry",
          "newerEntry",
          "timerTick",
          "timerSlot",
          "timerIndex",
          "removed",
          "id",
          "ownerNext",
          "owner");

  private final SplittableRandom random = new SplittableRandom(3);
  private final Interner interner = new Interner();

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private CallEntry randomEntry() throws IllegalAccessException {
    CallEntry entry = new CallEntry();
    fill(entry);
    fill(entry.caller);
    fill(entry.sideToChange(1));
    return entry;
  }

  /** Every field gets a value of its own, within what is legal. */
  private void fill(Object object) throws IllegalAccessException {
    for (Field field : fields(object)) {
      Class<?> type = field.getType();
      if (type == long.class) {
        field.setLong(object, 1 + random.nextLong(Long.MAX_VALUE));
      } else if (type == int.class) {
        field.setInt(object, 1 + random.nextInt(Integer.MAX_VALUE));
      } else if (type == short.class) {
        field.setShort(object, (short) (1 + random.nextInt(Short.MAX_VALUE)));
      } else if (type == char.class) {
        field.setChar(object, (char) (1 + random.nextInt(Character.MAX_VALUE)));
      } else if (type == byte.class) {
        field.setByte(object, (byte) (1 + random.nextInt(3)));
      } else if (type == boolean.class) {
        field.setBoolean(object, true);
      } else if (type == Binding.End.class) {
        field.set(object, Binding.End.DELETED_BY_STAR);
      } else if (type == SharedText.class) {
        byte[] text = ascii("text " + random.nextInt());
        field.set(object, interner.share(text, 0, text.length, 100));
      } else if (field.getName().equals("texts") && object instanceof CallEntry) {
        field.set(object, randomTexts());
      } else if (field.getName().equals("moreContacts")) {
        field.set(object, new byte[] {2, 'a', 'b', 0, 1, 'c'});
      } else if (type == Binding.class) {
        field.set(object, randomBindings((CallEntry) object));
      } else {
        assertThat(type).as(field.getName()).isEqualTo(CallSide.class);
      }
    }
    if (object instanceof CallEntry entry) {
      entry.states = 0x0123_4567_89ab_1234L;
      entry.signatureHead = 0x1812_3456_7123_4567L;
      // A record for each of 16 messages: replies may have any status.
      entry.messages0 = random.nextLong() | 0x4000_4000_4000_4000L;
      entry.messages1 = random.nextLong() | 0x4000_4000_4000_4000L;
      entry.messages2 = random.nextLong() | 0x4000_4000_4000_4000L;
      entry.messages3 = random.nextLong() | 0x4000_4000_4000_4000L;
      int callId = CallText.start(entry.texts, CallText.CALL_ID);
      entry.hash =
          CallIdHash.of(entry.texts, callId, CallText.length(entry.texts, CallText.CALL_ID));
    }
  }

  private byte[] randomTexts() {
    CallText.Builder builder = new CallText.Builder();
    builder.begin();
    for (int field = 0; field < CallText.COUNT; field++) {
      byte[] text = ascii("field " + field + " " + random.nextInt(1000));
      builder.add(text, 0, text.length);
    }
    return builder.build();
  }

  private Binding randomBindings(CallEntry owner) throws IllegalAccessException {
    Binding first = null;
    for (int i = 0; i < 3; i++) {
      byte[] texts = ascii("sip:aor" + i + "sip:contact<sip:contact>");
      Binding binding = new Binding(CallIdHash.of(texts, 0, 8), texts, 8, 11);
      fill(binding);
      binding.owner = owner;
      binding.ownerNext = first;
      first = binding;
    }
    return first;
  }

  private static Field[] fields(Object object) {
    return Arrays.stream(object.getClass().getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .filter(field -> !LINKS.contains(field.getName()))
        .filter(
            field -> !Modifier.isFinal(field.getModifiers()) || field.getType() == CallSide.class)
        .peek(field -> field.setAccessible(true))
        .toArray(Field[]::new);
  }

  /** All that an object knows, whatever fields it has. */
  private static Map<String, Object> facts(Object object) throws IllegalAccessException {
    Map<String, Object> facts = new HashMap<>();
    for (Field field : object.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || LINKS.contains(field.getName())) {
        continue;
      }
      field.setAccessible(true);
      Object value = field.get(object);
      if (value instanceof byte[] bytes) {
        facts.put(field.getName(), Arrays.toString(bytes));
      } else if (value instanceof SharedText text) {
        facts.put(field.getName(), Arrays.toString(text.bytes));
      } else if (value instanceof CallSide side) {
        facts.put(field.getName(), facts(side));
      } else if (value instanceof Binding binding && field.getName().equals("bindings")) {
        int number = 0;
        for (Binding next = binding; next != null; next = next.ownerNext) {
          assertThat(next.owner).isSameAs(object);
          facts.put("binding " + number++, facts(next));
        }
      } else {
        facts.put(field.getName(), value);
      }
    }
    return facts;
  }

  private static byte[] image(CallEntry entry, int[] textNumbers) {
    ImageWriter out = new ImageWriter();
    CallImage.write(entry, textNumbers, out);
    return out.bytes();
  }

  /** Fails where a field is added to an entry and not to its image. */
  @Test
  void everythingAnEntryKnowsIsRestored() throws Exception {
    for (int i = 0; i < 50; i++) {
      CallEntry entry = randomEntry();
      SegmentOfOne segment = new SegmentOfOne();

      CallEntry restored = segment.roundTrip(entry, interner);

      assertThat(facts(restored)).isEqualTo(facts(entry));
      assertThat(restored.bytes()).isEqualTo(entry.bytes());
      assertThat(CallView.of(restored, 5)).isEqualTo(CallView.of(sameId(entry), 5));
    }
  }

  private static CallEntry sameId(CallEntry entry) {
    entry.id = 0;
    return entry;
  }

  @Test
  void anEntryWithNextToNothingIsRestored() throws Exception {
    CallEntry entry = new CallEntry();
    CallText.Builder builder = new CallText.Builder();
    builder.begin();
    entry.texts = builder.build();
    int callId = CallText.start(entry.texts, CallText.CALL_ID);
    entry.hash = CallIdHash.of(entry.texts, callId, 0);

    CallEntry restored = new SegmentOfOne().roundTrip(entry, interner);

    assertThat(facts(restored)).isEqualTo(facts(entry));
    assertThat(restored.side(1)).isSameAs(CallSide.NONE);
  }

  /** Damage is refused, or gives an entry that pages and events can show all the same. */
  @Test
  void damagedImagesDoNoHarm() throws Exception {
    byte[] image = image(randomEntry(), new int[4]);
    int refused = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] damaged = image.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
      try {
        CallEntry entry = CallImage.read(new ImageReader(damaged, 0, length), interner);
        CallView.of(entry, 0);
        ContactList.all(entry);
        for (Binding binding = entry.bindings; binding != null; binding = binding.ownerNext) {
          binding.contact();
        }
      } catch (BadImageException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(50_000, 199_999);
  }
}
