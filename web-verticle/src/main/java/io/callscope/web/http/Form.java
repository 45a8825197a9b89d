package io.callscope.web.http;

import java.util.Locale;

/** The form of an answer. */
public enum Form {
  HTML("text/html; charset=utf-8"),
  TEXT("text/plain; charset=utf-8"),
  JSON("application/json");

  private final String contentType;

  Form(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /** The form of a {@code format} parameter, or null if it names none. */
  static Form named(String name) {
    for (Form form : values()) {
      if (form.name().equalsIgnoreCase(name)) {
        return form;
      }
    }
    return null;
  }

  /**
   * What an Accept header (RFC 9110 §12.5.1) prefers; plain text if it names nothing we have, since
   * scripts rarely say what they want.
   */
  public static Form accepted(String accept) {
    Form best = TEXT;
    double bestQuality = 0;
    for (String range : (accept == null ? "" : accept).split(",", 64)) {
      String[] parts = range.trim().toLowerCase(Locale.ROOT).split(";", -1);
      double quality = quality(parts);
      Form form =
          switch (parts[0].trim()) {
            case "text/html", "application/xhtml+xml" -> HTML;
            case "application/json", "application/*" -> JSON;
            case "text/plain", "text/*", "*/*" -> TEXT;
            default -> null;
          };
      if (form != null && quality > bestQuality) {
        best = form;
        bestQuality = quality;
      }
    }
    return best;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
