package io.miniplane.simulator.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.PayClient;
import io.miniplane.simulator.People;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.WechatSimulator;
import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.push.CallbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** A person at the page, in a real browser. */
class PageIT {

    private static final String APP = SimulatorOptions.TRIAL_APP_ID;
    private static final String SECRET = SimulatorOptions.TRIAL_SECRET;
    private static final String FIRST_USER = "oSimulatedUser-00000000000001";
    private static final String TOKEN = "SimulatedToken1";
    private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    private static Browser browser;

    private final WechatSimulator simulator = WechatSimulator.start(SimulatorOptions.trial());
    private final Control control = simulator.control();
    private final CallbackServer server = new CallbackServer();

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        People.seed(control);
        browser.pretendToBeWide(1280);
        browser.open(simulator.baseUri() + "/");
        browser.awaitText("#live", "Live");
    }

    @AfterEach
    void stop() {
        browser.open("about:blank");
        simulator.close();
        server.close();
    }

    private String get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.baseUri() + path))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    private String login(String code) throws IOException, InterruptedException {
        return get("/sns/jscode2session?grant_type=authorization_code&appid=" + APP + "&secret=" + SECRET + "&js_code="
                + code);
    }

    private void setCallback() {
        browser.click("#app-list button");
        browser.type("#callback-url", server.uri().toString());
        browser.type("#callback-token", TOKEN);
        browser.type("#callback-key", KEY);
        browser.click("#dialog-callback button[type=submit]");
    }

    private String user(String what) {
        return "[data-key='" + what + " " + FIRST_USER + "']";
    }

    @Test
    void it_shows_who_is_there_with_masked_numbers() {
        browser.awaitText("#user-list", "王小明");
        assertThat(browser.find("#user-list").getText())
                .contains("李晓雯", FIRST_USER, "138****5678", "+852 6****67", "never logged in")
                .doesNotContain("13812345678");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void log_in_as_gives_a_code_that_works() throws Exception {
        browser.click(user("Log in as…"));
        browser.awaitThat(driver -> browser.find("#login-code").getText().length() == 32);
        String code = browser.find("#login-code").getText();
        assertThat(browser.find("#login-curl").getText())
                .isEqualTo("curl -s http://127.0.0.1:8080/api/v1/auth/login -H 'Content-Type: application/json'"
                        + " -d '{\"code\":\"" + code + "\"}'");
        browser.awaitText("#code-list", "unused");
        assertThat(login(code)).contains("\"openid\":\"" + FIRST_USER + "\"");
        browser.click("#dialog-login footer .primary");
        browser.awaitText("#user-list", "session live");
        browser.awaitText("#code-list", "used");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_failed_call_shows_up() throws Exception {
        login("nonsense");
        browser.awaitText("#call-list", "40029");
        assertThat(browser.find("#call-list").getText()).contains("GET /sns/jscode2session");
        assertThat(browser.find("#figure-refused").getText()).isEqualTo("1");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_push_reaches_the_server_and_its_answer_shows() {
        server.answer(200, body -> "success");
        setCallback();
        browser.awaitText("#app-list", server.uri().toString());
        browser.click("[data-open=push]");
        browser.awaitThat(driver -> String.valueOf(browser.find("#push-message").getDomProperty("value"))
                .contains("MsgId"));
        new Select(browser.find("#push-template")).selectByValue("user_enter_tempsession");
        browser.awaitThat(driver -> String.valueOf(browser.find("#push-message").getDomProperty("value"))
                .contains("SessionFrom"));
        browser.click("#dialog-push button[type=submit]");
        browser.awaitText("#push-result", "accepted after 1 delivery");
        assertThat(browser.find("#push-result .deliveries").getText()).contains("200", "success");
        assertThat(server.letters()).hasSize(1);
        assertThat(server.letters().getFirst().query()).contains("msg_signature=", "openid=" + FIRST_USER);
        server.answer(500, body -> "out of order");
        browser.click("#dialog-push button[type=submit]");
        browser.awaitText("#push-result", "given up after 3 deliveries");
        assertThat(browser.find("#push-result .deliveries").getText()).contains("500", "out of order");
        browser.click("#dialog-push [data-close]");
        browser.awaitText("#push-list", "given up");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_person_pays_an_order_and_sees_the_merchant_told() throws Exception {
        server.answer(204, body -> "");
        PayClient merchant = new PayClient(simulator);
        merchant.prepay("order-1", FIRST_USER, server.uri());
        browser.awaitText("#order-list", "to be paid");
        assertThat(browser.find("#order-list").getText()).contains("¥9.90", "Tea", "王小明", "order-1");
        browser.click("[data-key='Pay order-1']");
        browser.awaitText("#toast", "¥9.90 paid.");
        browser.awaitText("#order-list", "paid");
        browser.awaitThat(driver ->
                !driver.findElements(By.cssSelector("#order-list .dots .good")).isEmpty());
        assertThat(server.letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.body()).contains("TRANSACTION.SUCCESS"));
        assertThat(merchant.query("order-1").path("trade_state").stringValue()).isEqualTo("SUCCESS");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_does_not_work_is_said_in_a_sentence() {
        server.close();
        setCallback();
        browser.awaitText("#dialog-callback .error", "Nothing listens at the address of the callback.");
        browser.click("#dialog-callback [data-close]");
        browser.click(user("Profile"));
        browser.awaitText("#dialog-profile .error", "This user has no session");
        browser.click("#dialog-profile footer .primary");
        browser.click("[data-open=push]");
        browser.awaitThat(driver -> String.valueOf(browser.find("#push-message").getDomProperty("value"))
                .contains("MsgId"));
        browser.type("#push-message", "{");
        browser.click("#dialog-push button[type=submit]");
        browser.awaitText("#dialog-push .error", "The message is no JSON");
        assertThat(browser.complaints()).hasSize(2).allMatch(complaint -> complaint.contains("400 (Bad Request)"));
    }

    @Test
    void a_person_gets_phone_codes_and_enciphered_data() throws Exception {
        login(control.loginCode(APP, FIRST_USER).code());
        browser.click(user("Phone"));
        browser.awaitText("#phone-data", "encryptedData");
        assertThat(browser.find("#phone-code").getText()).hasSize(32);
        browser.click("#dialog-phone footer .primary");
        browser.click(user("Profile"));
        browser.awaitText("#profile-data", "rawData");
        assertThat(browser.find("#profile-data").getText()).contains("signature", "encryptedData", "iv", "王小明");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void faults_tokens_and_time_are_in_a_persons_hands() throws Exception {
        browser.click("[data-open=fault]");
        new Select(browser.find("#fault-kind")).selectByValue("errcode");
        browser.type("#fault-errcode", "45011");
        browser.click("#dialog-fault button[type=submit]");
        browser.awaitText("#fault-list", "errcode 45011");
        assertThat(login("any")).contains("45011");
        browser.awaitText("#no-faults", "No faults");
        String token = get("/cgi-bin/token?grant_type=client_credential&appid=" + APP + "&secret=" + SECRET)
                .replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
        browser.click("[data-open=tokens]");
        browser.click("#dialog-tokens button[type=submit]");
        browser.awaitText("#toast", "All access tokens ended.");
        assertThat(get("/wxa/checksession?access_token=" + token)).contains("42001");
        browser.click("[data-open=time]");
        browser.click("[data-seconds='7200']");
        browser.click("#dialog-time button[type=submit]");
        browser.awaitText("#ahead", "2.0 h ahead");
        assertThat(control.clock().ahead()).isEqualTo(Duration.ofHours(2));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void nothing_secret_is_in_the_page() throws Exception {
        login(control.loginCode(APP, FIRST_USER).code());
        String accessToken = get("/cgi-bin/token?grant_type=client_credential&appid=" + APP + "&secret=" + SECRET)
                .replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
        setCallback();
        browser.awaitText("#user-list", "session live");
        browser.awaitText("#app-list", server.uri().toString());
        assertThat(browser.driver().getPageSource() + get("/_control/state"))
                .contains(APP)
                .doesNotContain(
                        SECRET,
                        accessToken,
                        TOKEN,
                        KEY,
                        control.payments().merchant().apiV3Key(),
                        control.payments().merchant().privateKeyPem().substring(60, 90),
                        control.liveSessionKey(APP, FIRST_USER).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 390})
    void it_fits_its_window_and_every_control_has_a_name(int width) {
        browser.pretendToBeWide(width);
        browser.awaitText("#user-list", "王小明");
        assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
        assertThat(browser.driver().findElements(By.cssSelector("button, input, select, textarea")))
                .hasSizeGreaterThan(40)
                .allSatisfy(control -> assertThat(String.valueOf(browser.driver()
                                .executeScript(
                                        "const c = arguments[0]; return c.ariaLabel || c.textContent.trim() || [...c.labels].map(l => l.textContent.trim()).join('');",
                                        control)))
                        .as(control.getDomAttribute("id"))
                        .isNotBlank());
    }
}
