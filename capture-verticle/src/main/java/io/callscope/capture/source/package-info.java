/** What files and interfaces have in common as sources of packets. */
package io.callscope.capture.source;
