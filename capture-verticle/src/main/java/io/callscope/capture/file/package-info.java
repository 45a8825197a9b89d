/** Capture files, at full speed or at that of their packets. */
package io.callscope.capture.file;
