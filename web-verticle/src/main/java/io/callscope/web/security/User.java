package io.callscope.web.security;

/** A line of the file of users. */
public record User(String name, UserRole role, PasswordHash password) {

  /** What is wrong with a name, empty if nothing. A colon would end it in a line and in HTTP. */
  public static String nameError(String name) {
    if (name.isEmpty() || name.length() > 64) {
      return "must have 1 to 64 characters";
    }
    return name.chars().allMatch(User::isNameCharacter)
        ? ""
        : "may only have letters, digits and . _ - @ +";
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "._-@+".indexOf(c) >= 0;
  }

  String line() {
    return name + ":" + role.text() + ":" + password.text();
  }
}
