package io.miniplane.server.identity.infrastructure;

import com.nimbusds.jose.jwk.JWKSet;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Asks the company's issuer where its keys are, and for the keys. */
final class IssuerEndpoint {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LARGEST = 256 * 1024;
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final ParameterizedTypeReference<Map<String, Object>> METADATA =
            new ParameterizedTypeReference<>() {};

    private final WebClient client;
    private final String issuer;
    private final @Nullable String jwksUri;

    /** Connects anew each time, for it is asked every few minutes. */
    IssuerEndpoint(String issuer, @Nullable String jwksUri) {
        HttpClient http = HttpClient.newConnection()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(PATIENCE.toMillis()))
                .responseTimeout(PATIENCE);
        this.client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST))
                .build();
        this.issuer = issuer;
        this.jwksUri = jwksUri;
    }

    /** The keys as the issuer has them now, within 3 s. */
    Mono<JWKSet> keys() {
        return address().flatMap(this::text).map(IssuerEndpoint::parse).timeout(PATIENCE);
    }

    private Mono<String> address() {
        return jwksUri != null
                ? Mono.just(jwksUri)
                : client.get()
                        .uri(URI.create(withoutSlash(issuer) + DISCOVERY))
                        .retrieve()
                        .bodyToMono(METADATA)
                        .map(this::addressIn);
    }

    private String addressIn(Map<String, Object> metadata) {
        if (!issuer.equals(metadata.get("issuer")) || !(metadata.get("jwks_uri") instanceof String address)) {
            throw new IllegalStateException("The metadata of the issuer is of another issuer or names no keys");
        }
        return address;
    }

    private Mono<String> text(String address) {
        return client.get().uri(URI.create(address)).retrieve().bodyToMono(String.class);
    }

    private static JWKSet parse(String json) {
        try {
            return JWKSet.parse(json);
        } catch (ParseException e) {
            throw new IllegalStateException("The issuer answers with something else than a JSON Web Key Set", e);
        }
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
