package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LinkApiTest {

    private static final String SCHEME = "/wxa/generatescheme";
    private static final String URL_LINK = "/wxa/generate_urllink";
    private static final String SHORT_LINK = "/wxa/genwxashortlink";

    private final SimulatorClient wechat = new SimulatorClient();

    @AfterEach
    void stop() {
        wechat.close();
    }

    private static String scheme(String target, String more) {
        return SimulatorClient.body("{'jump_wxa':{%s}%s}".formatted(target, more));
    }

    private static String urlLink(String target, String more) {
        String body = target + more;
        return SimulatorClient.body("{%s}".formatted(body.startsWith(",") ? body.substring(1) : body));
    }

    @Test
    void a_scheme_tells_where_it_leads() throws IOException {
        String body =
                scheme("'path':'/pages/a','query':'x=1','env_version':'trial'", ",'expire_type':1,'expire_interval':2");
        String link = wechat.post(SCHEME, body).path("openlink").stringValue();
        assertThat(link).matches("weixin://dl/business/\\?t=\\w{11}");
        JsonNode info = wechat.post("/wxa/queryscheme", SimulatorClient.body("{'scheme':'%s'}", link))
                .path("scheme_info");
        assertThat(info.path("appid").stringValue()).isEqualTo(SimulatorClient.APP);
        assertThat(info.path("path").stringValue()).isEqualTo("/pages/a");
        assertThat(info.path("query").stringValue()).isEqualTo("x=1");
        assertThat(info.path("env_version").stringValue()).isEqualTo("trial");
        assertThat(info.path("expire_time").longValue()
                        - info.path("create_time").longValue())
                .isEqualTo(2 * 86400);
    }

    @Test
    void a_url_link_tells_where_it_leads() throws IOException {
        long end = Instant.now().getEpochSecond() + 3600;
        String body = urlLink("'path':'pages/a'", ",'expire_type':0,'expire_time':" + end);
        String link = wechat.post(URL_LINK, body).path("url_link").stringValue();
        assertThat(link).startsWith("https://wxaurl.cn/");
        JsonNode info = wechat.post("/wxa/query_urllink", SimulatorClient.body("{'url_link':'%s'}", link))
                .path("url_link_info");
        assertThat(info.path("path").stringValue()).isEqualTo("pages/a");
        assertThat(info.path("env_version").stringValue()).isEqualTo("release");
        assertThat(info.path("expire_time").longValue()).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "/wxa/queryscheme, '{\"scheme\":\"weixin://dl/business/?t=nothing\"}'",
        "/wxa/queryscheme, '{}'",
        "/wxa/query_urllink, '{\"url_link\":\"https://wxaurl.cn/nothing\"}'"
    })
    void an_unknown_link_is_refused(String path, String body) throws IOException {
        assertThat(wechat.refusal(path, body)).isEqualTo(40097);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'path':'a?b=c'; ``; 40165",
                "'path':1; ``; 40165",
                "'query':1; ``; 40212",
                "'env_version':'beta'; ``; 85402",
                "``; ,'expire_type':0,'expire_time':1; 85401",
                "``; ,'expire_type':0,'expire_time':99999999999; 85401",
                "``; ,'expire_type':1,'expire_interval':31; 85401",
                "``; ,'expire_type':1,'expire_interval':0; 85401",
                "``; ,'expire_type':1; 85401",
                "``; ``; 0"
            })
    void a_link_that_makes_no_sense_is_refused(String target, String more, int errcode) throws IOException {
        assertThat(wechat.refusal(SCHEME, scheme(target, more))).isEqualTo(errcode);
        assertThat(wechat.refusal(URL_LINK, urlLink(target, more))).isEqualTo(errcode);
    }

    @Test
    void a_query_has_1024_characters_at_most() throws IOException {
        assertThat(wechat.refusal(SCHEME, scheme("'query':'" + "x".repeat(1024) + "'", "")))
                .isZero();
        assertThat(wechat.refusal(SCHEME, scheme("'query':'" + "x".repeat(1025) + "'", "")))
                .isEqualTo(40212);
    }

    @Test
    void links_lead_to_released_pages_alone() throws IOException {
        String pages = "/_control/apps/" + SimulatorClient.APP + "/pages";
        wechat.order("PUT", pages, "{'pages':['pages/a']}");
        assertThat(wechat.refusal(SCHEME, scheme("'path':'pages/b'", ""))).isEqualTo(40165);
        assertThat(wechat.refusal(SCHEME, scheme("'path':'/pages/a'", ""))).isZero();
        assertThat(wechat.refusal(SHORT_LINK, "{\"page_url\":\"pages/b?x=1\"}")).isEqualTo(40066);
        wechat.order("PUT", pages, "{'pages':[]}");
        assertThat(wechat.refusal(SCHEME, scheme("", ""))).isEqualTo(85079);
        assertThat(wechat.refusal(SCHEME, scheme("'env_version':'develop'", "")))
                .isZero();
    }

    @Test
    void a_short_link_has_the_title_in_it() throws IOException {
        String body = SimulatorClient.body("{'page_url':'pages/a?x=1','page_title':'茶','is_permanent':true}");
        assertThat(wechat.post(SHORT_LINK, body).path("link").stringValue()).matches("#小程序://茶/\\w{11}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; 40066",
                "{'page_url':'a','page_title':1}; 40225",
                "{'page_url':'a','page_title':'123456789012345678901'}; 40225"
            })
    void a_short_link_that_makes_no_sense_is_refused(String body, int errcode) throws IOException {
        assertThat(wechat.refusal(SHORT_LINK, SimulatorClient.body(body))).isEqualTo(errcode);
    }
}
