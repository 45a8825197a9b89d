/** Messages and captures that somebody puts in by hand. */
package io.callscope.capture.inject;
