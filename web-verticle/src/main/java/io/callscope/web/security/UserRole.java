package io.callscope.web.security;

import java.util.Locale;

/** What a user may do. */
public enum UserRole {
  /** May see everything. */
  VIEWER,
  /** May also change settings, force timeouts and inject messages. */
  OPERATOR;

  /** As in the file of users. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a name, or null. */
  public static UserRole named(String text) {
    for (UserRole role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    return null;
  }

  boolean mayAct() {
    return this == OPERATOR;
  }
}
