/** The Oracle/Acme SBC's IPFIX feed: sets in, {@code SipBatch} out. */
package io.callscope.ipfix;
