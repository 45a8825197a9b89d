package io.callscope.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserStoreTest {
  @TempDir Path folder;

  @Test
  void aBrokenFileLeavesTheUsersAsTheyWere() throws Exception {
    Path file = TestUsers.write(folder);
    UserStore users = new UserStore(file);
    users.load();
    assertThat(users.named("bob")).isNotNull();
    Files.writeString(file, "bob:viewer:broken\n");
    users.reload();
    assertThat(users.named("bob")).isNotNull();
    Files.delete(file);
    users.reload();
    assertThat(users.named("bob")).isNotNull();
    TestUsers.write(folder);
    Files.writeString(file, UserFile.without(Files.readString(file), "bob"));
    users.reload();
    assertThat(users.named("bob")).isNull();
    assertThat(users.named("ann").role()).isEqualTo(UserRole.OPERATOR);
  }

  @Test
  void whatIsNoTextOrTooLargeIsRefused() throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(new UserStore(file)::load).hasMessageContaining("is not UTF-8 text");
    Files.write(file, "#".repeat((1 << 20) + 1).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(new UserStore(file)::load).hasMessageContaining("larger than 1 MiB");
    assertThatThrownBy(new UserStore(folder)::load).hasMessageContaining("cannot read");
  }

  @Test
  void nobodysHashTakesAsLongAsThatOfAUser() throws Exception {
    UserStore users = new UserStore(TestUsers.write(folder));
    users.load();
    assertThat(users.nobodys().iterations()).isEqualTo(10_000);
    assertThat(users.nobodys().matches("")).isFalse();
  }
}
