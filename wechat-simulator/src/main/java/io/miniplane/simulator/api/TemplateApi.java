package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.RandomText;
import io.miniplane.simulator.world.Template;
import io.miniplane.simulator.world.TemplateLibrary;
import io.miniplane.simulator.world.TemplateLibrary.Keyword;
import io.miniplane.simulator.world.TemplateLibrary.Title;
import io.miniplane.simulator.world.World;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Manages the templates of subscribe messages. */
public final class TemplateApi implements ApiFamily {

    private static final String PREFIX = "/wxaapi/newtmpl/";
    private static final int FEWEST_KEYWORDS = 2;
    private static final int MOST_KEYWORDS = 5;
    private static final int LONGEST_SCENE = 15;
    private static final int LONGEST_PAGE = 30;
    private static final int ID_LENGTH = 43;

    private final World world;
    private final Gate gate;

    /** Templates in this world. */
    public TemplateApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, PREFIX + "addtemplate", this::add);
        gate.post(routes, PREFIX + "deltemplate", this::remove);
        gate.get(routes, PREFIX + "gettemplate", this::all);
        gate.get(routes, PREFIX + "getcategory", call -> categories());
        gate.get(routes, PREFIX + "getpubtemplatetitles", TemplateApi::titles);
        gate.get(routes, PREFIX + "getpubtemplatekeywords", TemplateApi::keywords);
    }

    private Reply add(AppCall call) {
        JsonNode body = call.call().jsonOrForm();
        Title title = title(first(body.path("tid")));
        List<Keyword> keywords = keywords(title, body.path("kidList"));
        String scene = first(body.path("sceneDesc"));
        if (scene.codePointCount(0, scene.length()) > LONGEST_SCENE) {
            throw new Refusal(ErrCode.INVALID_SCENE_DESCRIPTION);
        }
        if (world.subscriptions().isBanned(call.appId())) {
            throw new Refusal(ErrCode.TEMPLATES_BANNED);
        }
        Template template = new Template(
                RandomText.letters(ID_LENGTH),
                title.title(),
                title.longTerm(),
                keywords.stream().map(Keyword::field).toList());
        return switch (world.templates().add(call.appId(), template)) {
            case ADDED -> Reply.ok(Json.ok().put("priTmplId", template.id()));
            case FULL -> throw new Refusal(ErrCode.TEMPLATES_FULL);
            case THERE_ALREADY -> throw new Refusal(ErrCode.TEMPLATE_ADDED_ALREADY);
        };
    }

    private static List<Keyword> keywords(Title title, JsonNode kids) {
        if (!kids.isArray()
                || kids.size() < FEWEST_KEYWORDS
                || kids.size() > MOST_KEYWORDS
                || kids.valueStream().distinct().count() < kids.size()) {
            throw new Refusal(ErrCode.INVALID_KEYWORDS);
        }
        return kids.valueStream()
                .map(kid -> title.keyword(kid.asInt(0)).orElseThrow(() -> new Refusal(ErrCode.INVALID_KEYWORDS)))
                .toList();
    }

    /** Forms have lists of texts where JSON has a text or a number. */
    private static String first(JsonNode value) {
        return (value.isArray() ? value.path(0) : value).asString("");
    }

    private static Title title(String tid) {
        return TemplateLibrary.title(tid).orElseThrow(() -> new Refusal(ErrCode.INVALID_TID));
    }

    private Reply remove(AppCall call) {
        String id = first(call.call().jsonOrForm().path("priTmplId"));
        if (!world.templates().remove(call.appId(), id)) {
            throw new Refusal(ErrCode.INVALID_TEMPLATE);
        }
        return Reply.ok();
    }

    private Reply all(AppCall call) {
        ObjectNode reply = Json.ok();
        ArrayNode data = reply.putArray("data");
        for (Template template : world.templates().of(call.appId())) {
            data.addObject()
                    .put("priTmplId", template.id())
                    .put("title", template.title())
                    .put("content", template.content())
                    .put("example", template.example())
                    .put("type", template.type());
        }
        return Reply.ok(reply);
    }

    private static Reply categories() {
        ObjectNode reply = Json.ok();
        ArrayNode data = reply.putArray("data");
        TemplateLibrary.CATEGORIES.forEach(
                category -> data.addObject().put("id", category.id()).put("name", category.name()));
        return Reply.ok(reply);
    }

    private static Reply titles(AppCall appCall) {
        Call call = appCall.call();
        Set<String> categories = Stream.of(
                        call.query("ids", ErrCode.CATEGORIES_MISSING).split(",", -1))
                .collect(Collectors.toSet());
        if (!categories.stream().allMatch(id -> id.matches("\\d{1,9}"))) {
            throw new Refusal(ErrCode.INVALID_CATEGORIES);
        }
        int start = number(call.query("start", ErrCode.INVALID_START), 0, Integer.MAX_VALUE, ErrCode.INVALID_START);
        int limit = number(call.query("limit", ErrCode.INVALID_LIMIT), 1, LONGEST_PAGE, ErrCode.INVALID_LIMIT);
        List<Title> found = TemplateLibrary.titles().stream()
                .filter(title -> categories.contains(Integer.toString(title.category())))
                .toList();
        ObjectNode reply = Json.ok().put("count", found.size());
        ArrayNode data = reply.putArray("data");
        found.stream()
                .skip(start)
                .limit(limit)
                .forEach(title -> data.addObject()
                        .put("tid", Integer.parseInt(title.tid()))
                        .put("title", title.title())
                        .put("type", title.longTerm() ? 3 : 2)
                        .put("categoryId", Integer.toString(title.category())));
        return Reply.ok(reply);
    }

    private static int number(String text, int least, int most, ErrCode otherwise) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Falls through to the same refusal as a number out of range.
        }
        throw new Refusal(otherwise);
    }

    private static Reply keywords(AppCall call) {
        Title title = title(call.call().query("tid", ErrCode.INVALID_TID));
        ObjectNode reply = Json.ok().put("count", title.keywords().size());
        ArrayNode data = reply.putArray("data");
        title.keywords()
                .forEach(keyword -> data.addObject()
                        .put("kid", keyword.kid())
                        .put("name", keyword.name())
                        .put("example", keyword.example())
                        .put("rule", keyword.rule().word()));
        return Reply.ok(reply);
    }
}
