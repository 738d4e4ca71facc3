/** Where WeChat pushes to. */
@NullMarked
package io.miniplane.server.wechat.web;

import org.jspecify.annotations.NullMarked;
