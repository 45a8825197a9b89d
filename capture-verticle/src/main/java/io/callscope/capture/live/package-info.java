/** Network interfaces, through libpcap. */
package io.callscope.capture.live;
