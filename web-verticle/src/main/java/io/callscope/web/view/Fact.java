package io.callscope.web.view;

/** A label and its value. */
public record Fact(String label, String value) {}
