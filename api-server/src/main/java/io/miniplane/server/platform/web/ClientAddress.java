package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ClientOrigin;
import io.miniplane.server.platform.RequestScheme;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Finds the address of the client behind proxies that we trust. */
final class ClientAddress {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
    private static final RequestScheme PLAIN = new RequestScheme("http");
    private static final RequestScheme ENCRYPTED = new RequestScheme("https");
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int IPV6 = 16;
    private static final int IPV6_NETWORK = 8;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};
    private static final String UNKNOWN = "unknown";

    /** Some proxies write the port as well. */
    private static final Pattern WITH_PORT =
            Pattern.compile("\\[(?<six>[^]]+)](?::\\d{1,5})?|(?<four>[\\d.]+):\\d{1,5}");

    private final List<Network> trusted;

    ClientAddress(List<Network> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /** The last address of the way that is not one of our proxies. */
    ClientOrigin of(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        if (peer == null || peer.getAddress() == null) {
            return new ClientOrigin(UNKNOWN, UNKNOWN);
        }
        byte[] nearest = peer.getAddress().getAddress();
        List<String> forwarded = request.getHeaders().getOrEmpty(FORWARDED_FOR);
        byte[] client = forwarded.isEmpty() ? nearest : farthest(nearest, forwarded);
        String address = NetUtil.bytesToIpAddress(client);
        return new ClientOrigin(address, client.length == IPV6 ? NetUtil.bytesToIpAddress(network(client)) : address);
    }

    /** What a proxy that we trust tells, else that of our own connection. */
    RequestScheme schemeOf(ServerHttpRequest request) {
        String told = request.getHeaders().getFirst(FORWARDED_PROTO);
        InetSocketAddress peer = request.getRemoteAddress();
        if (told != null
                && SCHEMES.contains(told)
                && peer != null
                && peer.getAddress() != null
                && isTrusted(peer.getAddress().getAddress())) {
            return new RequestScheme(told);
        }
        return request.getSslInfo() == null ? PLAIN : ENCRYPTED;
    }

    private static byte[] network(byte[] address) {
        return Arrays.copyOf(Arrays.copyOf(address, IPV6_NETWORK), IPV6);
    }

    /** A proxy that listens for both writes an address of IPv4 as {@code ::ffff:198.51.100.1}. */
    private static byte[] unmapped(byte[] address) {
        return address.length == IPV6 && Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length)
                ? Arrays.copyOfRange(address, MAPPED.length, IPV6)
                : address;
    }

    private byte[] farthest(byte[] nearest, List<String> forwarded) {
        String[] way = String.join(",", forwarded).split(",", -1);
        byte[] client = nearest;
        for (int hop = way.length - 1; hop >= 0 && isTrusted(client); hop--) {
            byte @Nullable [] before = NetUtil.createByteArrayFromIpAddressString(withoutPort(way[hop].strip()));
            if (before == null) {
                return client;
            }
            client = unmapped(before);
        }
        return client;
    }

    private static String withoutPort(String hop) {
        Matcher address = WITH_PORT.matcher(hop);
        return address.matches()
                ? Objects.requireNonNullElseGet(address.group("six"), () -> address.group("four"))
                : hop;
    }

    private boolean isTrusted(byte[] address) {
        for (Network network : trusted) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
