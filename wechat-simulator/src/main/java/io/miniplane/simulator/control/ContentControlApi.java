package io.miniplane.simulator.control;

import static io.miniplane.simulator.control.ControlRoutes.done;
import static io.miniplane.simulator.control.Orders.required;

import io.miniplane.simulator.world.ContentRules.ContentRule;
import io.miniplane.simulator.world.ContentRules.Judgement;
import org.jspecify.annotations.Nullable;

/** Content rules, risk ranks and visits over HTTP. */
final class ContentControlApi implements ControlFamily {

    private final ContentControl control;

    ContentControlApi(ContentControl control) {
        this.control = control;
    }

    record NewRule(
            @Nullable String word,
            @Nullable String suggest,
            @Nullable Integer label) {

        ContentRule rule() {
            return new ContentRule(required(word, "word"), judgement(), label == null ? 21000 : label);
        }

        private Judgement judgement() {
            return switch (required(suggest, "suggest")) {
                case "risky" -> Judgement.RISKY;
                case "review" -> Judgement.REVIEW;
                case "unreachable" -> Judgement.UNREACHABLE;
                default ->
                    throw new IllegalArgumentException("The \"suggest\" of a rule is risky, review or unreachable.");
            };
        }
    }

    record NewRank(@Nullable String openId, @Nullable Integer rank) {}

    record NewVisit(@Nullable String appId, @Nullable String openId) {}

    @Override
    public void register(ControlRoutes routes) {
        routes.post("/_control/content-rules", NewRule.class, order -> done(() -> control.object(order.rule())));
        routes.delete("/_control/content-rules", control::resetRules);
        routes.put(
                "/_control/risk-ranks",
                NewRank.class,
                order -> done(
                        () -> control.riskRank(required(order.openId(), "openId"), required(order.rank(), "rank"))));
        routes.post(
                "/_control/visits",
                NewVisit.class,
                order -> done(
                        () -> control.visit(required(order.appId(), "appId"), required(order.openId(), "openId"))));
    }
}
