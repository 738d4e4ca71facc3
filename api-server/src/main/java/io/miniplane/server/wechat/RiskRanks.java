package io.miniplane.server.wechat;

import io.miniplane.server.platform.Reason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Asks WeChat how risky a user is. */
public interface RiskRanks {

    /**
     * How risky a user is in what they are about to do.
     *
     * @return 0, no risk found, to 4, the highest; or a {@link WechatFailure}
     */
    Mono<Integer> rank(Question question);

    /** What the user is about to do. */
    enum Scene {
        /** Register or log in. */
        REGISTRATION(0),
        /** Take part in a promotion. */
        MARKETING(1),
        /** Publish content. */
        CONTENT(2);

        private final int number;

        Scene(int number) {
            this.number = number;
        }

        /** How WeChat numbers it. */
        public int number() {
            return number;
        }
    }

    /**
     * Who is asked about.
     *
     * @param openId the user
     * @param scene what they are about to do
     * @param clientIp the address they come from, IPv4 or IPv6
     * @param mobileNumber their phone number, or null
     * @param emailAddress their e-mail address, or null
     * @param extendedInfo more for WeChat to weigh, or null
     * @param test whether the question is a trial that WeChat does not charge
     */
    record Question(
            String openId,
            Scene scene,
            String clientIp,
            @Nullable String mobileNumber,
            @Nullable String emailAddress,
            @Nullable String extendedInfo,
            boolean test) {

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public Question {
            Rules.id("openId", openId);
            Rules.require(clientIp.matches("[0-9A-Fa-f:.]{2,45}"), Reason.of("not-an-address", "clientIp"));
        }

        /** A question about nothing but the user and their address. */
        public static Question of(String openId, Scene scene, String clientIp) {
            return new Question(openId, scene, clientIp, null, null, null, false);
        }

        @Override
        public String toString() {
            return "Question[redacted]";
        }
    }
}
