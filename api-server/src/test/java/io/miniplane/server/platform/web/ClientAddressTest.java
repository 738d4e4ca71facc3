package io.miniplane.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.platform.ClientOrigin;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class ClientAddressTest {

    private final ClientAddress client =
            new ClientAddress(List.of(Network.valueOf("10.0.0.0/8"), Network.valueOf("fc00::/7")));

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 198.51.100.1, 203.0.113.9, 203.0.113.9",
        "10.0.0.1, 198.51.100.1, 198.51.100.1, 198.51.100.1",
        "10.0.0.1, '198.51.100.1, 203.0.113.7, 10.2.3.4', 203.0.113.7, 203.0.113.7",
        "10.0.0.1, '198.51.100.1, unknown', 10.0.0.1, 10.0.0.1",
        "fd00::1, 2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6, 2001:db8:1:2::"
    })
    void theLastOfTheWayThatIsNoProxyOfOursIsTheClient(String peer, String way, String address, String network) {
        assertThat(origin(peer, way)).isEqualTo(new ClientOrigin(address, network));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, ::ffff:198.51.100.1, 198.51.100.1, 198.51.100.1",
        "10.0.0.1, ::ffff:c633:6401, 198.51.100.1, 198.51.100.1",
        "10.0.0.1, '203.0.113.7, ::ffff:10.2.3.4', 203.0.113.7, 203.0.113.7"
    })
    void anAddressOfIpv4ThatAProxyWritesAsOneOfIpv6IsTheSame(String peer, String way, String address, String network) {
        assertThat(origin(peer, way)).isEqualTo(new ClientOrigin(address, network));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 198.51.100.1:4711, 198.51.100.1, 198.51.100.1",
        "10.0.0.1, '203.0.113.7:80, 10.2.3.4:4711', 203.0.113.7, 203.0.113.7",
        "10.0.0.1, '[2001:db8:1:2:3:4:5:6]:4711', 2001:db8:1:2:3:4:5:6, 2001:db8:1:2::",
        "10.0.0.1, '[2001:db8:1:2:3:4:5:6]', 2001:db8:1:2:3:4:5:6, 2001:db8:1:2::"
    })
    void aPortThatAProxyWritesIsLeftOut(String peer, String way, String address, String network) {
        assertThat(origin(peer, way)).isEqualTo(new ClientOrigin(address, network));
    }

    private ClientOrigin origin(String peer, String way) {
        return client.of(MockServerHttpRequest.get("/")
                .remoteAddress(new InetSocketAddress(peer, 1234))
                .header("X-Forwarded-For", way)
                .build());
    }
}
