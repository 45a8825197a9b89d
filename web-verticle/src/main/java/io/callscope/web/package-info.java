/** The web server: pages, plain text and JSON of what the other services publish and answer. */
package io.callscope.web;
