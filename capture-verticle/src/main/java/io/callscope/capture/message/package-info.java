/** From datagrams and segments to SIP messages. */
package io.callscope.capture.message;
