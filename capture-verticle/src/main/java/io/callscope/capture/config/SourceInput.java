package io.callscope.capture.config;

/** What a {@code CaptureVerticle} reads from. */
public sealed interface SourceInput permits FileInput, InterfaceInput {}
