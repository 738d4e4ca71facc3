package io.miniplane.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that the search can find what it looks for, and does not cry wolf. */
class SecretShapeTest {

    @ParameterizedTest
    @CsvSource({
        "APP_SECRET, GET /sns/jscode2session?secret=0123456789abcdef0123456789abcdef failed",
        "PHONE_NUMBER, bound 13812345678 to the user",
        "PHONE_NUMBER, bound +8613812345678 to the user",
        "SESSION_KEY, key tiihtNczf5v6AKRyjwEUhQ== is wrong",
        "LOGIN_CODE, code 0a3XkQ9fTz1LmN7pRs5VwY2bCd4EfGhJ is unknown",
        "JSON_WEB_TOKEN, Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhYmMifQ.c2lnbmF0dXJlc2lnbmF0dXJl",
        "OPAQUE_TOKEN, refresh 9Jk2_mX4b7Q-1zR8tY5uW3eP6oL0aS2dF4gH7jK9lZ1",
        "KEY_MATERIAL, '{\"primaryKeyId\":1,\"key\":[{\"keyData\":{}}]}'"
    })
    void findsEachShape(SecretShape shape, String line) {
        assertThat(SecretShape.in(line)).contains(shape);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"elapsed_ms\":12}",
                "started in 1732345678901 ms since the epoch, pid 13812",
                "user 0193b2f5-7c1e-7a2b-9d3c-1f2e3d4c5b6a logged in",
                "at io.miniplane.server.identity.infrastructure.DatabaseSessions.lambda$end$0(DatabaseSessions.java:71)",
                "backend shop: aBackendWithoutItsReferencedSecretNamesTheSecretAndTheKeyInACondition passed",
                "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            })
    void passesWhatIsNoSecret(String line) {
        assertThat(SecretShape.in(line)).isEmpty();
    }
}
