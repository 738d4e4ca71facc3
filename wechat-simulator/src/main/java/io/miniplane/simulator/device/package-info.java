/** What a mini-program gets from WeChat on the phone and hands to its server: profiles and phone numbers, enciphered. */
@NullMarked
package io.miniplane.simulator.device;

import org.jspecify.annotations.NullMarked;
