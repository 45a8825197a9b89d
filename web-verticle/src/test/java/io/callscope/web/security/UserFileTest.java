package io.callscope.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserFileTest {
  private static final PasswordHash HASH = PasswordHash.of("secret", 10_000);
  private static final String TEXT = HASH.text();

  @Test
  void usersStandALineEachBetweenCommentsAndEmptyLines() {
    UserFile.Read read =
        UserFile.read(
            "# night shift\n\nann:operator:" + TEXT + "\r\n  bob@noc:viewer:" + TEXT + " \n");
    assertThat(read.errors()).isEmpty();
    assertThat(read.users()).containsOnlyKeys("ann", "bob@noc");
    assertThat(read.users().get("ann").role()).isEqualTo(UserRole.OPERATOR);
    assertThat(read.users().get("bob@noc").role()).isEqualTo(UserRole.VIEWER);
  }

  @Test
  void allErrorsAreToldWithTheirLines() {
    String text =
        "ann:operator\n# fine\nann:boss:"
            + TEXT
            + "\na n:viewer:"
            + TEXT
            + "\n:viewer:"
            + TEXT
            + "\nbob:viewer:plain\ncy:viewer:"
            + TEXT
            + "\ncy:viewer:"
            + TEXT;
    assertThat(UserFile.read(text).errors())
        .containsExactly(
            "line 1: must be name:role:hash",
            "line 3: the role must be viewer or operator",
            "line 4: the name may only have letters, digits and . _ - @ +",
            "line 5: the name must have 1 to 64 characters",
            "line 6: the hash must be pbkdf2-sha512$ITERATIONS$SALT$HASH, as callscope passwd"
                + " writes it",
            "line 8: user cy is there already");
  }

  @Test
  void writingAUserKeepsAllElse() {
    User ann = new User("ann", UserRole.OPERATOR, HASH);
    String text = UserFile.with("# ours\nbob:viewer:x\n", ann);
    assertThat(text).isEqualTo("# ours\nbob:viewer:x\nann:operator:" + TEXT + "\n");
    String changed = UserFile.with(text, new User("bob", UserRole.OPERATOR, HASH));
    assertThat(changed).isEqualTo("# ours\nbob:operator:" + TEXT + "\nann:operator:" + TEXT + "\n");
    assertThat(UserFile.without(changed, "bob")).isEqualTo("# ours\nann:operator:" + TEXT + "\n");
    assertThat(UserFile.without("ann:viewer:x", "ann")).isEmpty();
  }
}
