package io.callscope.web.list;

/** A field of a filter form. */
public record Field(String name, String label, String value) {}
