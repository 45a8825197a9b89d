package io.callscope.capture;

/** What a {@link CaptureVerticle} reads from. */
public sealed interface SourceInput permits FileInput, InterfaceInput {}
