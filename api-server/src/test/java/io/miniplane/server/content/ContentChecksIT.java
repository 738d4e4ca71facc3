package io.miniplane.server.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.wechat.PushHandler;
import io.miniplane.server.wechat.PushMessage.Head;
import io.miniplane.server.wechat.PushMessage.MediaCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentChecksIT {

    private static final String CHECKS = "/api/v1/content-checks";
    private static final String PICTURE = "https://cdn.example.com/tea.jpg";

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
    @CsvSource({"今天的茶很好喝, pass, normal", "this is simulate-risky, risky, abuse", "simulate-review, review, advertising"
    })
    void aTextIsJudgedAtOnceAndNotKept(String content, String suggestion, String label) {
        Answer answer = check(user(), Map.of("type", "text", "content", content, "scene", "comment", "nickname", "小明"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().path("suggestion").asString()).isEqualTo(suggestion);
        assertThat(answer.data().path("label").asString()).isEqualTo(label);
        assertThat(answer.data().propertyNames()).containsExactly("suggestion", "label");
    }

    @Test
    void aPictureIsPendingUntilTheVerdictComes() {
        String user = user();
        Answer created = check(user, Map.of("type", "image", "url", PICTURE, "scene", "forum"));
        assertThat(created.status()).isEqualTo(201);
        String location = created.response().headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo(CHECKS + "/" + created.data().path("id").asString());
        assertThat(read(user, location).data()).isEqualTo(created.data());
        assertThat(created.data().path("status").asString()).isEqualTo("pending");

        push(traceId(created), 0, "risky", 20002);
        push(traceId(created), 0, "pass", 100);
        Answer judged = read(user, location);
        assertThat(judged.data().path("status").asString()).isEqualTo("done");
        assertThat(judged.data().path("suggestion").asString()).isEqualTo("risky");
        assertThat(judged.data().path("label").asString()).isEqualTo("pornography");
        assertThat(judged.data().path("url").asString()).isEqualTo(PICTURE);
    }

    @Test
    void aFileThatWechatCouldNotFetchHasFailed() {
        String user = user();
        Answer created =
                check(user, Map.of("type", "audio", "url", "https://cdn.example.com/tea.mp3", "scene", "forum"));
        push(traceId(created), -1008, "", 0);
        Answer failed = read(user, CHECKS + "/" + created.data().path("id").asString());
        assertThat(failed.data().path("status").asString()).isEqualTo("failed");
        assertThat(failed.data().path("suggestion").isNull()).isTrue();
    }

    @Test
    void aVerdictThatCameBeforeItsCheckIsNotLost() {
        String user = user();
        Answer created = check(user, Map.of("type", "image", "url", PICTURE, "scene", "profile"));
        String id = created.data().path("id").asString();
        backend.execute("UPDATE content_checks SET trace_id = 'early' WHERE id = '" + id + "'");
        push("early", 0, "unheard-of", 4711);
        assertThat(read(user, CHECKS + "/" + id).data().path("suggestion").asString())
                .isEqualTo("review");
        assertThat(read(user, CHECKS + "/" + id).data().path("label").asString())
                .isEqualTo("other");
    }

    @Test
    void somebodyElsesCheckIsLikeNone() {
        Answer created = check(user(), Map.of("type", "image", "url", PICTURE, "scene", "forum"));
        String id = created.data().path("id").asString();
        assertThat(read(user(), CHECKS + "/" + id).code()).isEqualTo(40410);
        assertThat(read(user(), CHECKS + "/018f6f5e-7a1b-7c3d-9e0f-1a2b3c4d5e6f")
                        .code())
                .isEqualTo(40410);
        assertThat(read(user(), CHECKS + "/none").code()).isEqualTo(40410);
    }

    @Test
    void theAddressOfAFileIsNotInTheDatabaseInClear() {
        check(user(), Map.of("type", "image", "url", "https://cdn.example.com/secret-tea.jpg", "scene", "forum"));
        assertThat(backend.rows("SELECT * FROM content_checks"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(new String((byte[]) row.get("url"), StandardCharsets.ISO_8859_1))
                        .doesNotContain("cdn.example.com"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"text\",\"scene\":\"comment\"}                                    | content is missing",
                "{\"type\":\"text\",\"content\":\" \",\"scene\":\"comment\"}                  | content is missing",
                "{\"type\":\"text\",\"content\":\"tea\"}                                      | scene is missing",
                "{\"type\":\"text\",\"content\":\"tea\",\"scene\":\"COMMENT\"}                | scene has a value",
                "{\"type\":\"text\",\"content\":\"tea\",\"scene\":1}                        | scene has a value",
                "{\"type\":\"film\",\"content\":\"tea\",\"scene\":\"comment\"}                | type",
                "{\"content\":\"tea\",\"scene\":\"comment\"}                                  | type",
                "{\"type\":\"image\",\"url\":\"ftp://a.example/b\",\"scene\":\"forum\"}       | begins with https",
                "{\"type\":\"image\",\"url\":\"https://localhost/b\",\"scene\":\"forum\"}     | begins with https",
                "{\"type\":\"image\",\"scene\":\"forum\"}                                     | url is missing"
            })
    void whatIsNotRightIsRefusedWithWhatToChange(String body, String message) {
        Answer answer = check(user(), body);
        assertThat(answer.code()).isEqualTo(40000);
        assertThat(answer.message()).contains(message);
    }

    @Test
    void aTextMayHave2500CharactersAsAPersonCountsThem() {
        assertThat(check(user(), text("😀".repeat(2500))).status()).isEqualTo(200);
        Answer refused = check(user(), text("😀".repeat(2501)));
        assertThat(refused.code()).isEqualTo(40000);
        assertThat(refused.message()).contains("content is longer than 2500 characters");
    }

    @ParameterizedTest
    @CsvSource({"a", "%41", "a.", "/"})
    void anAddressOfAnyLengthIsRefusedAndHoldsUpNobody(String part) {
        Answer refused = check(user(), Map.of("type", "image", "url", PICTURE + part.repeat(50_000), "scene", "forum"));
        assertThat(refused.code()).isEqualTo(40000);
        Answer host = check(user(), Map.of("type", "image", "url", "https://" + part.repeat(50_000), "scene", "forum"));
        assertThat(host.code()).isEqualTo(40000);
    }

    @Test
    void withoutATokenNothingIsChecked() {
        assertThat(check(null, text("tea")).code()).isEqualTo(40100);
    }

    private static Map<String, String> text(String content) {
        return Map.of("type", "text", "content", content, "scene", "comment");
    }

    private static String user() {
        return server.logIn(backend.loginCode()).token();
    }

    private static Answer check(String token, Object body) {
        return server.call("POST", CHECKS, token, body);
    }

    private static Answer read(String token, String location) {
        return server.call("GET", location, token, null);
    }

    private static String traceId(Answer created) {
        return (String) backend.rows("SELECT trace_id FROM content_checks WHERE id = '"
                        + created.data().path("id").asString() + "'")
                .getFirst()
                .get("trace_id");
    }

    private static void push(String traceId, int errcode, String suggest, int label) {
        Head head = new Head("gh_1", "wechat", Instant.now());
        handler()
                .handle(new MediaCheck(head, "wx0123456789abcdef", traceId, errcode, suggest, label, List.of()))
                .block();
    }

    @SuppressWarnings("unchecked")
    private static PushHandler<MediaCheck> handler() {
        return server.context().getBeansOfType(PushHandler.class).values().stream()
                .filter(each -> each.type().equals(MediaCheck.class))
                .findFirst()
                .orElseThrow();
    }
}
