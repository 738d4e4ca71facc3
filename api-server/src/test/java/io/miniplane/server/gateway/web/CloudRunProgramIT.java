package io.miniplane.server.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.wechat.PushSender;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that was written for WeChat Cloud Run runs behind the server as it is. */
class CloudRunProgramIT {

    @Test
    void itIsToldOfPushesAndCallsWechatWithoutAToken(@TempDir Path keys) throws Exception {
        try (Backend backend = new Backend(keys);
                CloudRunProgram program = new CloudRunProgram()) {
            Api server = backend.startServer(PushSender.settings(
                    "Safe",
                    "--miniplane.events.poll=100ms",
                    "--miniplane.gateway.upstream-url=http://127.0.0.1:" + program.port(),
                    "--miniplane.gateway.local.port=0",
                    "--miniplane.gateway.local.open-api.allow=/wxa/msg_sec_check",
                    "--miniplane.gateway.callbacks.push.path=/wechat/push"));
            program.httpProxy(server.context().getBean(LocalServer.class).port());
            String openId = backend.newOpenId();
            server.logIn(backend.loginCode(openId));
            PushSender.deliver(
                    server,
                    PushSender.safe(
                            "{\"ToUserName\":\"gh_1\",\"FromUserName\":\"" + openId
                                    + "\",\"CreateTime\":1714112445,\"MsgType\":\"text\",\"Content\":\"hello\",\"MsgId\":990001}"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !program.verdicts().isEmpty());
            assertThat(program.verdicts()).containsExactly("hello 0 pass");
        }
    }
}
