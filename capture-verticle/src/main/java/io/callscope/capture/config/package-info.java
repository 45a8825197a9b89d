/** What is captured, where it goes and how it is taken apart, checked once at the start. */
package io.callscope.capture.config;
