package io.callscope.bus;

/**
 * What a source may note on a record beyond the message itself. The ordinal goes over the bus:
 * append only.
 */
public enum NoteKind {
  /** The session border controller that reported the message: its name, or else its address. */
  SBC,

  /** Call-ID of the leg on the other side of the SBC that a message it sent results from. */
  INGRESS_CALL_ID
}
