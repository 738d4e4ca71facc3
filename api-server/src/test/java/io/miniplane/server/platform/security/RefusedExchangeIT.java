package io.miniplane.server.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedExchangeIT {

    @TempDir
    private static Path folder;

    private static Backend backend;
    private static Api server;

    @BeforeAll
    static void start() {
        backend = new Backend(folder);
        server = backend.startServer();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /docs/%25, 40000",
        "GET, /docs/a%0ab, 40000",
        "GET, /docs/a%2fb, 40000",
        "GET, /docs;a=b, 40000",
        "TRACE, /docs, 40500",
        "TRACE, /api/v1/users/me, 40500",
        "FETCH, /api/v1/users/me, 40500",
        "TRACE, /nowhere, 40400"
    })
    void whatTheFirewallStopsIsToldWhy(String method, String path, int code) {
        Answer answer = server.call(method, path, null, null);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(code / 100);
        assertThat(answer.response().headers().firstValue("Allow").isPresent()).isEqualTo(code == 40500);
    }
}
