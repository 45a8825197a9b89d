/** Files that live no longer than their process. */
package io.callscope.files;
