package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.platform.crypto.BlindIndex;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.crypto.FieldLocation;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.StaffIssuer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StaffUsersIT {

    private static final String USERS = "/api/v1/users";
    private static final String SEARCH = USERS + "/search";

    private static Backend backend;
    private static StaffIssuer issuer;
    private static Api api;
    private static Api other;
    private static String support;
    private static String operator;
    private static String admin;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        issuer = StaffIssuer.start()
                .give("sue", List.of("helpdesk"))
                .give("oli", List.of("shop-floor"))
                .give("ada", List.of("owners"));
        api = backend.startServer(issuer.settings());
        other = backend.startServer(issuer.settings());
        support = issuer.token("sue");
        operator = issuer.token("oli");
        admin = issuer.token("ada");
    }

    @AfterAll
    static void stop() {
        backend.close();
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sue", "oli", "ada"})
    void nobodySeesPhonesAndNamesInTheClear(String who) {
        String token = issuer.token(who);
        Tokens user = userWith("张三丰", "13912345678");
        for (Answer answer : List.of(
                api.call("GET", USERS + "/" + user.userId(), token, null),
                api.call("GET", USERS + "?limit=100", token, null),
                api.call("POST", SEARCH, token, Map.of("phone", "+86 13912345678")))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().toString())
                    .contains("139****5678")
                    .contains("张*")
                    .doesNotContain("13912345678")
                    .doesNotContain("张三丰");
        }
    }

    @Test
    void whoTheyAreAtWechatIsShownToThoseWhoRunTheShop() {
        String openId = backend.newOpenId();
        String path = USERS + "/" + api.logIn(backend.loginCode(openId)).userId();
        assertThat(api.call("GET", path, support, null).body().toString()).doesNotContain(openId);
        assertThat(data(operator, path).path("openId").asString()).isEqualTo(openId);
        assertThat(data(admin, path).path("openId").asString()).isEqualTo(openId);
    }

    @Test
    void onlyAnAdminSeesMoreAndTheReasonIsKept() {
        Tokens user = userWith("李四", "13812340000");
        String path = USERS + "/" + user.userId() + "/disclosures";
        Map<String, Object> wish = Map.of("fields", List.of("phone"), "reason", "核对退款 refund 17");
        assertThat(api.call("POST", path, support, wish).code()).isEqualTo(40300);
        assertThat(api.call("POST", path, operator, wish).code()).isEqualTo(40300);
        Answer shown = api.call("POST", path, admin, wish);
        assertThat(shown.data().path("phone").asString()).isEqualTo("+86 13812340000");
        assertThat(shown.data().path("nickname").isNull()).isTrue();
        Map<String, Object> row = audited(user.userId()).getFirst();
        assertThat(row).containsEntry("action", "users.reveal").containsEntry("reason", "核对退款 refund 17");
        assertThat(row.get("revealed")).hasToString("{phone}");
        assertThat(row.get("trace_id")).asString().matches("[0-9a-f]{32}");
        assertThat(row).containsEntry("subject", "ada").containsEntry("client_address", "127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"fields\": [\"phone\"]}                                 | reason",
                "{\"fields\": [\"phone\"], \"reason\": \" \"}              | reason",
                "{\"fields\": [], \"reason\": \"x\"}                       | fields",
                "{\"fields\": [\"session_key\"], \"reason\": \"x\"}        | avatarUrl",
                "{\"fields\": [null], \"reason\": \"x\"}                   | fields",
                "{}                                                       | fields"
            })
    void toSeeMoreTakesFieldsAndAReason(String body, String named) {
        Answer answer = api.call("POST", USERS + "/" + UUID.randomUUID() + "/disclosures", admin, body);
        assertThat(answer.code()).isEqualTo(40000);
        assertThat(answer.message()).contains(named);
    }

    @Test
    void aReasonWithWhatNobodyCanReadIsRefused() {
        Tokens user = userWith("吴九", "13655556666");
        for (String unreadable : List.of("order 17\u0000", "order\r\n17")) {
            Answer answer = api.call(
                    "POST",
                    USERS + "/" + user.userId() + "/disclosures",
                    admin,
                    Map.of("fields", List.of("phone"), "reason", unreadable));
            assertThat(answer.code()).as(unreadable).isEqualTo(40000);
        }
    }

    @Test
    void aListIsReadInPartsAndNothingMovesWhenUsersAreAdded() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.addFirst(add(backend.newOpenId()));
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        for (int part = 0; part < 4; part++) {
            JsonNode page = data(support, USERS + "?limit=2" + after);
            page.path("items").forEach(user -> seen.add(user.path("userId").asString()));
            after = "&after=" + page.path("next").asString();
            add(backend.newOpenId());
        }
        assertThat(seen).startsWith(made.toArray(String[]::new)).doesNotHaveDuplicates();
    }

    @Test
    void theLastPartSaysSo() {
        String openId = backend.newOpenId();
        add(openId);
        JsonNode all = data(support, USERS + "?limit=100");
        assertThat(all.path("next").isNull()).isTrue();
        assertThat(all.path("items").size()).isPositive();
        JsonNode deleted = data(support, USERS + "?deleted=true&limit=100");
        deleted.path("items")
                .forEach(user -> assertThat(user.path("deletedAt").isNull()).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0, 40040",
        "?limit=101, 40040",
        "?limit=x, 40040",
        "?after=x, 40041",
        "?after=AAAAAAAAAAAAAAAAAAAAAA, 40041",
        "?after=%2B, 40041",
        "?deleted=maybe, 40044",
        "?phone=13800138000, 40042"
    })
    void aWrongParameterIsNamed(String query, int code) {
        Answer answer = api.call("GET", USERS + query, support, null);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().toString()).doesNotContain("13800138000");
    }

    @Test
    void aPhoneIsFoundUnderEveryKeyOfTheIndex() {
        Tokens user = userWith("王五", "13711112222");
        assertThat(found("+86 13711112222")).containsExactly(user.userId());
        assertThat(found("+8613711112222")).containsExactly(user.userId());
        assertThat(found("+1 3711112222")).isEmpty();
        backend.keys().rotate("index");
        await().untilAsserted(() -> {
            Tokens newer = userWith("赵六", "13711112222");
            assertThat(found("+86 13711112222")).contains(user.userId(), newer.userId());
        });
        assertThat(api.call("POST", SEARCH, support, Map.of("phone", "13711112222"))
                        .code())
                .isEqualTo(40000);
    }

    @Test
    void aUserWhoIsAddedIsTheOneWhoLogsInLater() {
        String openId = backend.newOpenId();
        Map<String, Object> body = Map.of("openId", openId, "profile", Map.of("nickname", "Band"));
        assertThat(api.call("POST", USERS, support, body).code()).isEqualTo(40300);
        Answer added = api.call("POST", USERS, operator, body);
        assertThat(added.status()).isEqualTo(201);
        String id = added.data().path("userId").asString();
        assertThat(added.response().headers().firstValue("Location")).contains(USERS + "/" + id);
        assertThat(api.call("POST", USERS, operator, body).code()).isEqualTo(40921);
        Tokens login = api.logIn(backend.loginCode(openId));
        assertThat(login.userId()).isEqualTo(id);
        assertThat(api.me(login.token()).data().path("nickname").asString()).isEqualTo("Band");
    }

    @Test
    void aProfileIsReplacedOnlyByWhoHasSeenIt() {
        Tokens user = api.logIn(backend.loginCode());
        String path = USERS + "/" + user.userId();
        String version = data(operator, path).path("version").asString();
        assertThat(replace(path, null).code()).isEqualTo(40045);
        assertThat(replace(path, "x").code()).isEqualTo(40045);
        Answer replaced = replace(path, "\"" + version + "\"");
        assertThat(replaced.data().path("nickname").asString()).isEqualTo("N*");
        assertThat(api.me(user.token()).data().path("nickname").asString()).isEqualTo("New");
        assertThat(replace(path, version).code()).isEqualTo(40920);
        api.logIn(backend.loginCode());
        String now = data(operator, path).path("version").asString();
        api.call("PUT", Api.ME, user.token(), Map.of("nickname", "Own"));
        assertThat(replace(path, now).code()).isEqualTo(40920);
        assertThat(replace(USERS + "/" + UUID.randomUUID(), "1").code()).isEqualTo(40403);
    }

    @Test
    void aDeletedUserIsShreddedAndOutOnEveryServerWithinSeconds() {
        Tokens user = userWith("孙七", "13699998888");
        Tokens elsewhere = userWith("周八", "13699997777");
        assertThat(other.me(user.token()).status()).isEqualTo(200);
        String path = USERS + "/" + user.userId();
        assertThat(api.call("DELETE", path, operator, null).status()).isEqualTo(200);
        assertThat(api.me(user.token()).code()).isEqualTo(40104);
        await().until(() -> other.me(user.token()).code() == 40104);
        assertThat(api.call("DELETE", path, operator, null).status()).isEqualTo(200);
        assertThat(backend.rows(
                        "SELECT * FROM outbox WHERE type = 'user.deleted' AND aggregateid = '" + user.userId() + "'"))
                .hasSize(1);
        JsonNode left = data(admin, path);
        assertThat(left.path("deletedAt").isNull()).isFalse();
        for (String field : List.of("openId", "unionId", "nickname", "phone", "language")) {
            assertThat(left.path(field).isNull()).as(field).isTrue();
        }
        Map<String, Object> row = backend.rows("SELECT * FROM users WHERE id = '" + user.userId() + "'")
                .getFirst();
        for (String column :
                List.of("openid", "unionid", "nickname", "avatar_url", "language", "phone", "phone_index")) {
            assertThat(row.get(column)).as(column).isNull();
        }
        assertThat(found("+86 13699998888")).isEmpty();
        assertThat(replace(path, "1").code()).isEqualTo(40403);
        assertThat(api.call("DELETE", USERS + "/" + UUID.randomUUID(), operator, null)
                        .code())
                .isEqualTo(40403);
        assertThat(api.me(elsewhere.token()).status()).isEqualTo(200);
    }

    @Test
    void everyAccessHasItsRow() {
        Tokens user = userWith("吴九", "13555556666");
        String path = USERS + "/" + user.userId();
        api.call("GET", path, support, null);
        api.call("POST", SEARCH, support, Map.of("phone", "+86 13555556666"));
        replace(path, data(admin, path).path("version").asString());
        api.call("DELETE", path, operator, null);
        assertThat(audited(user.userId()).reversed().stream().map(row -> row.get("action") + " " + row.get("subject")))
                .containsExactly(
                        "users.read sue",
                        "users.search sue",
                        "users.read ada",
                        "users.replace oli",
                        "users.delete oli");
        assertThat(backend.rows("SELECT * FROM audit").toString())
                .doesNotContain("13555556666")
                .doesNotContain("吴九");
    }

    @Test
    void aUserThatIsNotShownIsNotInTheRowOfAList() {
        String older = add(backend.newOpenId());
        String newer = add(backend.newOpenId());
        data(support, USERS + "?limit=1");
        assertThat(audited(newer)).anyMatch(row -> row.get("action").equals("users.list"));
        assertThat(audited(older)).noneMatch(row -> row.get("action").equals("users.list"));
    }

    @Test
    void whatCannotBeWrittenDownIsNotShown() {
        Tokens user = userWith("郑十", "13444445555");
        String path = USERS + "/" + user.userId();
        backend.execute("ALTER TABLE audit ADD CONSTRAINT closed CHECK (subject <> 'oli') NOT VALID");
        try {
            Answer answer = api.call("GET", path, operator, null);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body().toString()).doesNotContain("134").doesNotContain("郑");
            assertThat(api.call("DELETE", path, operator, null).status()).isEqualTo(500);
            assertThat(api.me(user.token()).status()).isEqualTo(200);
        } finally {
            backend.execute("ALTER TABLE audit DROP CONSTRAINT closed");
        }
    }

    @Test
    void theLogCannotBeChanged() {
        data(support, USERS + "?limit=1");
        for (String change : List.of("UPDATE audit SET subject = 'nobody'", "DELETE FROM audit", "TRUNCATE audit")) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .as(change)
                    .isThrownBy(() -> backend.execute(change))
                    .withMessageContaining("stay as they are");
        }
    }

    @Test
    void aRowOfTheLogThatIsYoungerThan30DaysCannotBeDeletedWithOlderOnes() {
        backend.execute("INSERT INTO audit (id, at, issuer, subject, roles, action, user_ids, revealed, trace_id,"
                + " client_address) SELECT lpad(age::text, 32, '0')::uuid, now() - make_interval(days => age), 'i', 's', '{}', 'aged', '{}',"
                + " '{}', 't', 'a' FROM unnest(ARRAY[29, 31]) age");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> backend.execute("DELETE FROM audit WHERE action = 'aged'"))
                .withMessageContaining("stay as they are");
        backend.execute("DELETE FROM audit WHERE action = 'aged' AND at < now() - interval '30 days'");
        assertThat(backend.rows("SELECT * FROM audit WHERE action = 'aged'")).hasSize(1);
    }

    @Test
    void anAdminReadsTheLogAndIsInItToo() {
        Tokens user = userWith("冯一", "13333334444");
        data(support, USERS + "/" + user.userId());
        assertThat(api.call("GET", "/api/v1/audit", operator, null).code()).isEqualTo(40300);
        JsonNode page = data(admin, "/api/v1/audit?user=" + user.userId());
        assertThat(page.path("items").size()).isEqualTo(1);
        assertThat(page.path("items").get(0).path("action").asString()).isEqualTo("users.read");
        assertThat(page.path("items").get(0).path("userIds").get(0).asString()).isEqualTo(user.userId());
        JsonNode newest = data(admin, "/api/v1/audit?limit=1");
        assertThat(newest.path("items").get(0).path("action").asString()).isEqualTo("audit.read");
        JsonNode next =
                data(admin, "/api/v1/audit?limit=1&after=" + newest.path("next").asString());
        assertThat(next.path("items").get(0).path("id").asString())
                .isLessThan(newest.path("items").get(0).path("id").asString());
        assertThat(api.call("GET", "/api/v1/audit?user=x", admin, null).code()).isEqualTo(40043);
    }

    private static Answer replace(String path, @Nullable String version) {
        return version == null
                ? api.call("PUT", path, operator, Map.of("nickname", "New"))
                : api.start("PUT", path, operator, Map.of("nickname", "New"), "If-Match", version)
                        .join();
    }

    private static JsonNode data(String token, String path) {
        Answer answer = api.call("GET", path, token, null);
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        return answer.data();
    }

    private static List<String> found(String phone) {
        Answer answer = api.call("POST", SEARCH, support, Map.of("phone", phone));
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        answer.data().path("items").forEach(user -> ids.add(user.path("userId").asString()));
        return ids;
    }

    private static String add(String openId) {
        Answer answer = api.call("POST", USERS, operator, Map.of("openId", openId));
        assertThat(answer.status()).as(answer.message()).isEqualTo(201);
        return answer.data().path("userId").asString();
    }

    /** The rows of the log that name a user, the newest first. */
    private static List<Map<String, Object>> audited(String user) {
        return backend.rows("SELECT * FROM audit WHERE '" + user + "' = ANY(user_ids) ORDER BY id DESC");
    }

    /** A user with a name of their own choice and a phone number as if they had bound it. */
    private static Tokens userWith(String nickname, String number) {
        Tokens user = api.logIn(backend.loginCode());
        api.call("PUT", Api.ME, user.token(), Map.of("nickname", nickname));
        String text = "+86 " + number;
        byte[] phone = api.context()
                .getBean(FieldCipher.class)
                .encrypt(new FieldLocation("users", "phone", UUID.fromString(user.userId())), text);
        byte[] index = api.context().getBean(BlindIndex.class).of("users", "phone", text);
        backend.execute("UPDATE users SET phone_bound_at = now(), phone = '\\x"
                + HexFormat.of().formatHex(phone) + "', phone_index = '\\x"
                + HexFormat.of().formatHex(index) + "' WHERE id = '" + user.userId() + "'");
        return user;
    }
}
