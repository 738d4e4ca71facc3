package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.Sample.OK;
import static io.miniplane.server.wechat.infrastructure.Sample.OPEN_ID;

import io.miniplane.server.wechat.ContentChecks;
import io.miniplane.server.wechat.CustomerMessages;
import io.miniplane.server.wechat.MessageTemplates;
import io.miniplane.server.wechat.RiskRanks;
import io.miniplane.server.wechat.SubscribeMessages;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The calls about messages and content. */
final class MessageSamples {

    private MessageSamples() {}

    static List<Sample> all() {
        return Stream.of(messages(), ownTemplates(), library(), content())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Sample> messages() {
        return List.of(
                new Sample(
                        Endpoint.SUBSCRIBE_SEND,
                        wechat -> wechat.clients
                                .subscribeMessages()
                                .send(SubscribeMessages.Message.of(OPEN_ID, "t1", Map.of("thing1", "Tea"))),
                        "POST  {\"touser\":\"" + OPEN_ID + "\",\"template_id\":\"t1\",\"miniprogram_state\":\"formal\","
                                + "\"lang\":\"zh_CN\",\"data\":{\"thing1\":{\"value\":\"Tea\"}}}",
                        OK,
                        null),
                new Sample(
                        Endpoint.CUSTOM_SEND,
                        wechat -> wechat.clients.customerMessages().send(OPEN_ID, new CustomerMessages.Text("Hello")),
                        "POST  {\"touser\":\"" + OPEN_ID + "\",\"msgtype\":\"text\",\"text\":{\"content\":\"Hello\"}}",
                        OK,
                        null));
    }

    private static List<Sample> ownTemplates() {
        MessageTemplates.NewTemplate added = new MessageTemplates.NewTemplate("99", List.of(1, 2), "shipping");
        return List.of(
                new Sample(
                        Endpoint.ADDTEMPLATE,
                        wechat -> wechat.clients.messageTemplates().add(added),
                        "POST  kidList=1&kidList=2&sceneDesc=shipping&tid=99",
                        "{\"errcode\":0,\"priTmplId\":\"t1\"}",
                        "t1"),
                new Sample(
                        Endpoint.DELTEMPLATE,
                        wechat -> wechat.clients.messageTemplates().delete("t1"),
                        "POST  {\"priTmplId\":\"t1\"}",
                        OK,
                        null),
                new Sample(
                        Endpoint.GETTEMPLATE,
                        wechat -> wechat.clients.messageTemplates().all(),
                        "GET  ",
                        "{\"errcode\":0,\"data\":[{\"priTmplId\":\"t1\",\"title\":\"T\",\"content\":\"C\",\"example\":\"E\",\"type\":2}]}",
                        List.of(new MessageTemplates.Template("t1", "T", "C", "E", MessageTemplates.Kind.ONE_TIME))));
    }

    private static List<Sample> library() {
        return List.of(
                new Sample(
                        Endpoint.GETCATEGORY,
                        wechat -> wechat.clients.messageTemplates().categories(),
                        "GET  ",
                        "{\"errcode\":0,\"data\":[{\"id\":616,\"name\":\"Shops\"}]}",
                        List.of(new MessageTemplates.Category(616, "Shops"))),
                new Sample(
                        Endpoint.GETPUBTEMPLATETITLES,
                        wechat -> wechat.clients
                                .messageTemplates()
                                .titles(new MessageTemplates.TitleQuery(List.of(2, 616), 0, 1)),
                        "GET ids=2%2C616&limit=1&start=0 ",
                        "{\"errcode\":0,\"count\":55,\"data\":[{\"tid\":99,\"title\":\"T\",\"type\":3,\"categoryId\":\"616\"}]}",
                        new MessageTemplates.TitlePage(
                                55,
                                List.of(new MessageTemplates.Title("99", "T", MessageTemplates.Kind.LONG_TERM, 616)))),
                new Sample(
                        Endpoint.GETPUBTEMPLATEKEYWORDS,
                        wechat -> wechat.clients.messageTemplates().keywords("99"),
                        "GET tid=99 ",
                        "{\"errcode\":0,\"data\":[{\"kid\":1,\"name\":\"Goods\",\"example\":\"Tea\",\"rule\":\"thing\"}]}",
                        List.of(new MessageTemplates.TemplateKeyword(1, "Goods", "Tea", "thing"))));
    }

    private static List<Sample> content() {
        ContentChecks.Media picture = new ContentChecks.Media(
                OPEN_ID,
                ContentChecks.Scene.FORUM,
                ContentChecks.MediaType.IMAGE,
                URI.create("https://cdn.example/a.png"));
        return List.of(
                new Sample(
                        Endpoint.MSG_SEC_CHECK,
                        wechat -> wechat.clients
                                .contentChecks()
                                .checkText(ContentChecks.Text.of(OPEN_ID, ContentChecks.Scene.COMMENT, "hi")),
                        "POST  {\"version\":2,\"openid\":\"" + OPEN_ID + "\",\"scene\":2,\"content\":\"hi\"}",
                        "{\"errcode\":0,\"result\":{\"suggest\":\"risky\",\"label\":20003},\"trace_id\":\"tr\"}",
                        new ContentChecks.Verdict(ContentChecks.Suggestion.RISKY, ContentChecks.Label.ABUSE, "tr")),
                new Sample(
                        Endpoint.MEDIA_CHECK_ASYNC,
                        wechat -> wechat.clients.contentChecks().checkMedia(picture),
                        "POST  {\"version\":2,\"openid\":\"" + OPEN_ID
                                + "\",\"scene\":3,\"media_url\":\"https://cdn.example/a.png\",\"media_type\":2}",
                        "{\"errcode\":0,\"trace_id\":\"tr\"}",
                        "tr"),
                new Sample(
                        Endpoint.GETUSERRISKRANK,
                        wechat -> wechat.clients
                                .riskRanks()
                                .rank(RiskRanks.Question.of(OPEN_ID, RiskRanks.Scene.REGISTRATION, "203.0.113.7")),
                        "POST  {\"appid\":\"" + WechatStage.APP + "\",\"openid\":\"" + OPEN_ID
                                + "\",\"scene\":0,\"client_ip\":\"203.0.113.7\"}",
                        "{\"errcode\":0,\"risk_rank\":3,\"unoin_id\":123}",
                        3));
    }
}
