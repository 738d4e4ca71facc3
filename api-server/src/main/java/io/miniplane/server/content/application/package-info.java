/** What can be done, one class per act, and the port it needs; the words for content are those of the wechat module. */
@NullMarked
package io.miniplane.server.content.application;

import org.jspecify.annotations.NullMarked;
