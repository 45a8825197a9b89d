package io.callscope.tracker.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bytes that states are made of: read as written, or refused. */
class ImageTest {
  private final SplittableRandom random = new SplittableRandom(1);

  private static void write(ImageWriter out, long seed) {
    SplittableRandom values = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      long value = values.nextLong() >> values.nextInt(64);
      out.putByte((int) value);
      out.putBoolean(value < 0);
      out.putShort((int) value);
      out.putInt((int) value);
      out.putLong(value);
      out.putVar(value);
      out.putSigned(value);
      out.putText("text " + value);
    }
  }

  private static void read(ImageReader in, long seed) {
    SplittableRandom values = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      long value = values.nextLong() >> values.nextInt(64);
      assertThat(in.getByte()).isEqualTo((int) value & 0xff);
      assertThat(in.getBoolean()).isEqualTo(value < 0);
      assertThat(in.getShort()).isEqualTo((int) value & 0xffff);
      assertThat(in.getInt()).isEqualTo((int) value);
      assertThat(in.getLong()).isEqualTo(value);
      assertThat(in.getVar()).isEqualTo(value);
      assertThat(in.getSigned()).isEqualTo(value);
      assertThat(in.getText(100)).isEqualTo("text " + value);
    }
  }

  @Test
  void whatIsWrittenIsRead() {
    for (int seed = 0; seed < 20; seed++) {
      ImageWriter out = new ImageWriter();
      write(out, seed);
      byte[] bytes = out.bytes();
      ImageReader in = new ImageReader(bytes, 0, bytes.length);
      read(in, seed);
      assertThat(in.hasMore()).isFalse();
    }
  }

  @Test
  void nothingIsReadBeyondTheEnd() {
    ImageWriter out = new ImageWriter();
    write(out, 7);
    byte[] bytes = out.bytes();
    for (int length = 0; length < bytes.length; length++) {
      ImageReader in = new ImageReader(bytes, 0, length);
      assertThatExceptionOfType(BadImageException.class).isThrownBy(() -> read(in, 7));
    }
  }

  @Test
  void aLengthOfNothingIsRefused() {
    for (long length : new long[] {-1, Long.MIN_VALUE, 5, Integer.MAX_VALUE, 1L << 40}) {
      ImageWriter out = new ImageWriter();
      out.putVar(length);
      out.putInt(0);
      byte[] bytes = out.bytes();
      ImageReader in = new ImageReader(bytes, 0, bytes.length);
      assertThatExceptionOfType(BadImageException.class)
          .isThrownBy(() -> in.getBytes(Integer.MAX_VALUE));
    }
  }

  @Test
  void textsAreWrittenOnceASegment() {
    ImageWriter out = new ImageWriter();
    byte[] phone = "ExamplePhone 1.2".getBytes(StandardCharsets.US_ASCII);
    int number = out.text(phone);
    int size = out.size();

    assertThat(out.text(phone.clone())).isEqualTo(number);
    assertThat(out.size()).isEqualTo(size);
    assertThat(out.text(new byte[] {1})).isNotEqualTo(number);
    out.clear();
    assertThat(out.text(phone)).isZero();
    assertThat(out.size()).isEqualTo(size);
  }

  @Test
  void aFrameWithOneBitChangedIsRefused() {
    ImageWriter out = new ImageWriter();
    Segments.begin(out);
    out.putText("content");
    byte[] whole = Segments.end(out);
    assertThat(Segments.open(whole).getText(100)).isEqualTo("content");
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatExceptionOfType(BadImageException.class).isThrownBy(() -> Segments.open(damaged));
    }
    assertThatExceptionOfType(BadImageException.class).isThrownBy(() -> Segments.open(new byte[7]));
  }

  @Test
  void aSetOfNumbersIsASet() {
    IdSet set = new IdSet();
    Set<Long> reference = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      long id = random.nextLong(150_000);
      assertThat(set.add(id)).isEqualTo(reference.add(id));
    }
  }
}
