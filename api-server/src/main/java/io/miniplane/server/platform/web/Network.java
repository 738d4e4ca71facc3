package io.miniplane.server.platform.web;

import io.netty.util.NetUtil;
import java.util.Arrays;

/** A network in CIDR notation, such as {@code 10.0.0.0/8}. */
final class Network {

    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /** Reads CIDR notation; public because the conversion of settings looks it up by reflection. */
    public static Network valueOf(String text) {
        String[] parts = text.strip().split("/", 2);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        if (address == null) {
            throw new IllegalArgumentException("A network is written like 10.0.0.0/8");
        }
        int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : address.length * 8;
        if (bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException("A network is written like 10.0.0.0/8");
        }
        return new Network(address, bits);
    }

    /** True when the address, four or sixteen bytes, lies within. */
    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        int rest = bits % 8;
        boolean same = Arrays.equals(address, 0, whole, prefix, 0, whole);
        int mask = (0xff << (8 - rest)) & 0xff;
        return same && (rest == 0 || (address[whole] & mask) == (prefix[whole] & mask));
    }

    @Override
    public String toString() {
        return NetUtil.bytesToIpAddress(prefix) + "/" + bits;
    }
}
