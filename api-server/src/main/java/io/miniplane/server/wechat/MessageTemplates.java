package io.miniplane.server.wechat;

import io.miniplane.server.platform.Reason;
import java.util.List;
import reactor.core.publisher.Mono;

/** Manages the templates of subscribe messages: the app's own, 25 at most, which it picks from WeChat's library. */
public interface MessageTemplates {

    /**
     * Adds a template of the library to the app's own.
     *
     * @return its id, which messages are sent with; or a {@link WechatFailure}, {@link WechatFailure.LimitReached} when the app has 25
     */
    Mono<String> add(NewTemplate template);

    /** Removes one of the app's own. */
    Mono<Void> delete(String templateId);

    /** The app's own. WeChat answers this only a few times a day. */
    Mono<List<Template>> all();

    /** The categories that the app is in, whose templates it may add. */
    Mono<List<Category>> categories();

    /** The library's templates of some categories. */
    Mono<TitlePage> titles(TitleQuery query);

    /** The keywords of one of the library's templates. */
    Mono<List<TemplateKeyword>> keywords(String titleId);

    /** How often a user's consent lets one send. */
    enum Kind {
        /** Once per consent. */
        ONE_TIME,
        /** As often as need be. */
        LONG_TERM,
        /** Something that this version does not know. */
        OTHER
    }

    /**
     * What to add.
     *
     * @param titleId the library's id of the template
     * @param keywordIds 2 to 5 of its keywords, in the order in which they are shown
     * @param scene what the app sends it for, at most 15 characters
     */
    record NewTemplate(String titleId, List<Integer> keywordIds, String scene) {

        private static final int FEWEST = 2;
        private static final int MOST = 5;
        private static final int LONGEST_SCENE = 15;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public NewTemplate {
            Rules.id("titleId", titleId);
            Rules.within("keywordIds", keywordIds.size(), FEWEST, MOST);
            Rules.text("scene", scene, LONGEST_SCENE);
            keywordIds = List.copyOf(keywordIds);
        }
    }

    /**
     * One of the app's own templates.
     *
     * @param id what messages are sent with
     * @param title its title
     * @param content its text with placeholders such as {@code {{thing1.DATA}}}
     * @param example its text with example values
     * @param kind how often a consent counts
     */
    record Template(String id, String title, String content, String example, Kind kind) {}

    /**
     * A category that apps are in.
     *
     * @param id WeChat's number
     * @param name what it is called
     */
    record Category(int id, String name) {}

    /**
     * Which templates of the library to list.
     *
     * @param categoryIds 1 or more categories
     * @param start how many to pass over, 0 or more
     * @param limit how many to list, 1 to 30
     */
    record TitleQuery(List<Integer> categoryIds, int start, int limit) {

        private static final int MOST = 30;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public TitleQuery {
            Rules.require(!categoryIds.isEmpty(), Reason.of("missing", "categoryIds"));
            Rules.within("start", start, 0, Integer.MAX_VALUE);
            Rules.within("limit", limit, 1, MOST);
            categoryIds = List.copyOf(categoryIds);
        }
    }

    /**
     * Some of the library's templates.
     *
     * @param count how many there are in all
     * @param titles those that were asked for
     */
    record TitlePage(int count, List<Title> titles) {}

    /**
     * One of the library's templates.
     *
     * @param id the library's id
     * @param title its title
     * @param kind how often a consent counts
     * @param categoryId the category it belongs to
     */
    record Title(String id, String title, Kind kind, int categoryId) {}

    /**
     * A keyword of one of the library's templates.
     *
     * @param id WeChat's number of the keyword
     * @param name what it is called
     * @param example an example value
     * @param rule the kind of values it takes, such as {@code thing}
     */
    record TemplateKeyword(int id, String name, String example, String rule) {}
}
