package io.callscope.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {
  @TempDir private Path parent;

  private List<Path> left() throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.toList();
    }
  }

  @Test
  void nobodyElseMayLookIntoItAndNothingIsLeftOfIt() throws IOException {
    PrivateDirectory directory = new PrivateDirectory(parent);
    assertThat(left()).isEmpty();
    Path file = directory.newFile(".pcap");
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(file.toString()).endsWith(".pcap");
    directory.close();
    assertThat(left()).isEmpty();
    assertThat(directory.newFile("")).as("it can be used again").exists();
    directory.close();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void isMadeAnewWhereSomebodyHasRemovedIt() throws IOException {
    try (PrivateDirectory directory = new PrivateDirectory(parent)) {
      Path first = directory.newFile("");
      Files.delete(first);
      Files.delete(first.resolveSibling("lock"));
      Files.delete(first.getParent());
      assertThat(directory.newFile("")).exists();
    }
    assertThat(left()).isEmpty();
  }

  private Path left(int number) throws IOException {
    return Files.createDirectory(
        parent.resolve("callscope-private-" + number),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Whatever its name is. */
  @Test
  void whatIsNotCertainlyOursStays() throws IOException {
    Path readable = left(1);
    Files.createFile(readable.resolve("lock"));
    Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path withoutLock = left(2);
    Path file = Files.createFile(withoutLock.resolve("call.pcap"));
    Files.setLastModifiedTime(withoutLock, FileTime.fromMillis(0));
    new PrivateDirectory(parent).removeAbandoned();
    assertThat(left()).containsExactlyInAnyOrder(readable, withoutLock);
    assertThat(file).exists();
  }

  @Test
  void whatAKilledProcessHasLeftGoesAndWhatIsInUseStays() throws IOException {
    Path abandoned = left(1);
    Files.createFile(abandoned.resolve("lock"));
    Files.createFile(abandoned.resolve("1.pcap"));
    Path beingMade = left(2);
    Path neverLocked = left(3);
    Files.setLastModifiedTime(neverLocked, FileTime.fromMillis(0));
    Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    Path kept = Files.createFile(elsewhere.resolve("lock"));
    Path link = Files.createSymbolicLink(parent.resolve("callscope-private-4"), elsewhere);
    try (PrivateDirectory live = new PrivateDirectory(parent)) {
      Path file = live.newFile("");
      new PrivateDirectory(parent).removeAbandoned();
      assertThat(file).exists();
      assertThat(left()).containsExactlyInAnyOrder(file.getParent(), beingMade, elsewhere, link);
      assertThat(kept).exists();
    }
  }

  @Test
  void whatAnotherProcessHasLockedStays() throws Exception {
    Path of = left(1);
    Path lock = Files.createFile(of.resolve("lock"));
    Process holder =
        new ProcessBuilder(java(), "-cp", classes(), Holder.class.getName(), lock.toString())
            .start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('l');
      new PrivateDirectory(parent).removeAbandoned();
      assertThat(lock).exists();
    } finally {
      holder.destroyForcibly().waitFor();
    }
    new PrivateDirectory(parent).removeAbandoned();
    assertThat(of).doesNotExist();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classes() throws Exception {
    return Path.of(Holder.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }

  /** Holds the lock of a file until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      try (java.nio.channels.FileChannel channel =
              java.nio.channels.FileChannel.open(
                  Path.of(args[0]), java.nio.file.StandardOpenOption.WRITE);
          java.nio.channels.FileLock held = channel.lock()) {
        System.out.print(held.isValid() ? 'l' : 'n');
        System.out.flush();
        System.in.read();
      }
    }
  }
}
