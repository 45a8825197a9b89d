/** IPv4 and IPv6 datagrams put together from their fragments. */
package io.callscope.capture.fragment;
