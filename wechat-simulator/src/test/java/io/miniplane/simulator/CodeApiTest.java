package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeApiTest {

    private static final String UNLIMITED = "/wxa/getwxacodeunlimit";
    private static final String LIMITED = "/wxa/getwxacode";
    private static final String QR_CODE = "/cgi-bin/wxaapp/createwxaqrcode";

    private final SimulatorClient wechat = new SimulatorClient();

    @AfterEach
    void stop() {
        wechat.close();
    }

    private BufferedImage draw(String path, String body) throws Exception {
        URI uri = URI.create(
                wechat.simulator().baseUri() + path + SimulatorClient.query(Map.of("access_token", wechat.token())));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(BodyPublishers.ofString(SimulatorClient.body(body)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
            return ImageIO.read(new ByteArrayInputStream(response.body()));
        }
    }

    private static String read(BufferedImage image) throws ReaderException {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        var source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }

    @Test
    void a_code_is_a_picture_that_can_be_scanned() throws Exception {
        BufferedImage image = draw(UNLIMITED, "{'scene':'a=1&b','page':'pages/a','env_version':'trial'}");
        assertThat(image.getWidth()).isEqualTo(430);
        assertThat(read(image))
                .isEqualTo("weixin://dl/business/?appid=wx0123456789abcdef&path=pages%2Fa"
                        + "&query=scene%3Da%253D1%2526b&env_version=trial");
    }

    @Test
    void codes_of_a_path_can_be_scanned_too() throws Exception {
        for (String path : new String[] {LIMITED, QR_CODE}) {
            assertThat(read(draw(path, "{'path':'pages/a?x=1','width':600}")))
                    .endsWith("&path=pages%2Fa&query=x%3D1&env_version=release");
        }
    }

    @Test
    void colour_and_background_are_as_wished() throws Exception {
        BufferedImage image = draw(UNLIMITED, "{'scene':'x','line_color':{'r':'255','g':0,'b':0},'is_hyaline':true}");
        assertThat(image.getRGB(0, 0) >>> 24).isZero();
        int[] pixels = image.getRGB(0, 0, 430, 430, null, 0, 430);
        assertThat(pixels).contains(0xffff0000);
        assertThat(draw(UNLIMITED, "{'scene':'x','width':1}").getWidth()).isEqualTo(280);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'page':'a'}; 40169",
                "{'scene':'123456789012345678901234567890123'}; 40169",
                "{'scene':'a b'}; 40129",
                "{'scene':'茶'}; 40129",
                "{'scene':'x','page':'/a'}; 40097",
                "{'scene':'x','page':'a?b'}; 40097",
                "{'scene':'x','page':'pages/nowhere'}; 41030",
                "{'scene':'x','page':'pages/nowhere','check_path':true}; 41030",
                "{'scene':'x','page':'pages/a','env_version':'beta'}; 40097",
                "{'scene':'x','page':'pages/a','width':'wide'}; 40097",
                "{'scene':'x','page':'pages/a','line_color':{'r':256,'g':0,'b':0}}; 40097"
            })
    void a_code_that_makes_no_sense_is_refused(String body, int errcode) throws IOException {
        wechat.order("PUT", "/_control/apps/" + SimulatorClient.APP + "/pages", "{'pages':['pages/a']}");
        assertThat(wechat.refusal(UNLIMITED, SimulatorClient.body(body))).isEqualTo(errcode);
    }

    @Test
    void a_page_that_is_not_checked_may_be_missing() throws Exception {
        wechat.order("PUT", "/_control/apps/" + SimulatorClient.APP + "/pages", "{'pages':['pages/a']}");
        assertThat(read(draw(UNLIMITED, "{'scene':'x','page':'pages/nowhere','check_path':false}")))
                .contains("nowhere");
    }

    @ParameterizedTest
    @CsvSource({LIMITED + ", 1024", QR_CODE + ", 128"})
    void a_path_has_a_limit(String path, int limit) throws IOException {
        assertThat(wechat.refusal(path, SimulatorClient.body("{'path':'%s'}", "x".repeat(limit + 1))))
                .isEqualTo(40159);
        assertThat(wechat.refusal(path, "{}")).isEqualTo(40159);
        assertThat(wechat.refusal(path, SimulatorClient.body("{'path':'a?scancode_time=1'}")))
                .isEqualTo(85096);
    }

    @Test
    void permanent_codes_are_counted_together() throws Exception {
        wechat.order("PUT", "/_control/code-limit", "{'permanentCodes':2}");
        draw(LIMITED, "{'path':'a'}");
        draw(QR_CODE, "{'path':'a'}");
        assertThat(wechat.refusal(LIMITED, "{\"path\":\"a\"}")).isEqualTo(45029);
        assertThat(wechat.refusal(QR_CODE, "{\"path\":\"a\"}")).isEqualTo(45029);
        draw(UNLIMITED, "{'scene':'x'}");
    }
}
