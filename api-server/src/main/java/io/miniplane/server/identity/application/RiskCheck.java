package io.miniplane.server.identity.application;

import io.miniplane.server.platform.ClientOrigin;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.wechat.RiskRanks;
import io.miniplane.server.wechat.RiskRanks.Question;
import io.miniplane.server.wechat.WechatFailure;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Keeps out users whom WeChat holds to be risky. */
public final class RiskCheck {

    private static final ErrorCode TOO_RISKY = new ErrorCode(40302);
    private static final ErrorCode WECHAT_UNAVAILABLE = new ErrorCode(50301);
    private static final Duration SOON = Duration.ofSeconds(2);

    private final RiskRanks ranks;
    private final RiskRule rule;
    private final RiskVerdicts verdicts;

    /** Asks by the rule, and tells what came of it. */
    public RiskCheck(RiskRanks ranks, RiskRule rule, RiskVerdicts verdicts) {
        this.ranks = ranks;
        this.rule = rule;
        this.verdicts = verdicts;
    }

    /** Completes, or fails: 40302 too risky, 502xx or 503xx where WeChat does not tell and the rule is to let nobody in then. */
    Mono<Void> pass(String openId, ClientOrigin origin) {
        return rule.enabled() ? rank(openId, origin).flatMap(this::judge).then() : Mono.empty();
    }

    private Mono<Integer> rank(String openId, ClientOrigin origin) {
        return Mono.defer(() -> ranks.rank(Question.of(openId, rule.scene(), origin.address())))
                .timeout(rule.timeLimit())
                .onErrorResume(this::unknown);
    }

    private Mono<Integer> unknown(Throwable error) {
        verdicts.add(RiskVerdicts.Verdict.UNKNOWN);
        return rule.failClosed() ? Mono.error(refusal(error)) : Mono.empty();
    }

    /** What is wrong with the question is no fault of who logs in. */
    private static Failure refusal(Throwable error) {
        return error instanceof WechatFailure failure && failure.code().status() >= 500
                ? failure
                : new Failure(WECHAT_UNAVAILABLE, SOON, null);
    }

    private Mono<Void> judge(int rank) {
        boolean blocked = rank >= rule.blockFrom();
        verdicts.add(blocked ? RiskVerdicts.Verdict.BLOCKED : RiskVerdicts.Verdict.PASSED);
        return blocked ? Mono.error(() -> new Failure(TOO_RISKY)) : Mono.empty();
    }
}
