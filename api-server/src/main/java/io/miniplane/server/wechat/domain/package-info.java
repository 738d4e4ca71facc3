/** The pure part of pushed messages: their cryptography, their fields, their kinds. */
@NullMarked
package io.miniplane.server.wechat.domain;

import org.jspecify.annotations.NullMarked;
