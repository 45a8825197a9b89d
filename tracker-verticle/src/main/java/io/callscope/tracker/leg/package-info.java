/**
 * What SBCs tell of calls beyond their messages: which SBC a call goes through, the Call-ID of its
 * other leg, its media quality.
 */
package io.callscope.tracker.leg;
