package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.MessageTemplates;
import io.miniplane.server.wechat.WechatFailure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Manages templates by WeChat's {@code newtmpl} calls. */
final class TemplateClient implements MessageTemplates {

    private final AuthorisedCalls calls;

    TemplateClient(AuthorisedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<String> add(NewTemplate template) {
        CallBody form = new CallBody.Form(Map.of(
                "tid",
                List.of(template.titleId()),
                "kidList",
                template.keywordIds().stream().map(String::valueOf).toList(),
                "sceneDesc",
                List.of(template.scene())));
        return calls.send(
                WechatCall.post(Endpoint.ADDTEMPLATE, form, TemplateClient::failure),
                reply -> Answers.text(reply, "priTmplId"));
    }

    @Override
    public Mono<Void> delete(String templateId) {
        return calls.send(
                        WechatCall.post(Endpoint.DELTEMPLATE, Map.of("priTmplId", templateId), TemplateClient::failure),
                        reply -> true)
                .then();
    }

    @Override
    public Mono<List<Template>> all() {
        return get(Endpoint.GETTEMPLATE, Map.of())
                .map(reply -> Answers.list(
                        reply,
                        "data",
                        template -> new Template(
                                Answers.text(template, "priTmplId"),
                                template.path("title").asString(""),
                                template.path("content").asString(""),
                                template.path("example").asString(""),
                                kind(template))));
    }

    @Override
    public Mono<List<Category>> categories() {
        return get(Endpoint.GETCATEGORY, Map.of())
                .map(reply -> Answers.list(
                        reply,
                        "data",
                        category ->
                                new Category((int) Answers.number(category, "id"), Answers.text(category, "name"))));
    }

    @Override
    public Mono<TitlePage> titles(TitleQuery query) {
        Map<String, String> parameters = Map.of(
                "ids",
                query.categoryIds().stream().map(String::valueOf).collect(Collectors.joining(",")),
                "start",
                Integer.toString(query.start()),
                "limit",
                Integer.toString(query.limit()));
        return get(Endpoint.GETPUBTEMPLATETITLES, parameters)
                .map(reply -> new TitlePage(
                        (int) Answers.number(reply, "count"),
                        Answers.list(
                                reply,
                                "data",
                                title -> new Title(
                                        Answers.text(title, "tid"),
                                        title.path("title").asString(""),
                                        kind(title),
                                        title.path("categoryId").asInt(0)))));
    }

    @Override
    public Mono<List<TemplateKeyword>> keywords(String titleId) {
        return get(Endpoint.GETPUBTEMPLATEKEYWORDS, Map.of("tid", titleId))
                .map(reply -> Answers.list(
                        reply,
                        "data",
                        keyword -> new TemplateKeyword(
                                (int) Answers.number(keyword, "kid"),
                                keyword.path("name").asString(""),
                                keyword.path("example").asString(""),
                                keyword.path("rule").asString(""))));
    }

    private Mono<JsonNode> get(Endpoint endpoint, Map<String, String> query) {
        return calls.send(WechatCall.get(endpoint, query, TemplateClient::failure), reply -> reply);
    }

    private static Kind kind(JsonNode template) {
        return switch (template.path("type").asInt(0)) {
            case 2 -> Kind.ONE_TIME;
            case 3 -> Kind.LONG_TERM;
            default -> Kind.OTHER;
        };
    }

    private static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case 200011, 200013 -> new WechatFailure.NotAuthorised(errcode);
            case 200012 -> new WechatFailure.LimitReached(errcode);
            case 200014, 40037 -> new WechatFailure.NothingThere(errcode, null);
            case 200020, 200021, 200022 -> new WechatFailure.BadArgument(errcode);
            default -> Errcodes.failure(errcode);
        };
    }
}
