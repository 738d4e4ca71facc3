package io.miniplane.simulator.http;

import java.time.Duration;

/** What a fault does to a call. */
public sealed interface Effect {

    /** The name in the control API and the log of requests. */
    String kind();

    /** The call takes effect at once, its answer comes late. */
    record Latency(Duration delay) implements Effect {
        @Override
        public String kind() {
            return "latency";
        }
    }

    /** The call has no effect and is answered with this code. */
    record Errcode(int code, String message) implements Effect {
        @Override
        public String kind() {
            return "errcode";
        }
    }

    /**
     * The connection is dropped without an answer.
     *
     * @param afterwards whether the call takes effect before
     */
    record Disconnect(boolean afterwards) implements Effect {
        @Override
        public String kind() {
            return "disconnect";
        }
    }

    /** The call has no effect and is answered with this text and status 200. */
    record Garbage(String body) implements Effect {
        @Override
        public String kind() {
            return "garbage";
        }
    }

    /** The call has no effect and is answered with this status and error of WeChat Pay. */
    record Failure(int status, String code, String message) implements Effect {
        @Override
        public String kind() {
            return "failure";
        }
    }

    /** The call has no effect and is answered with this HTTP status and a page of HTML. */
    record Status(int status) implements Effect {
        @Override
        public String kind() {
            return "status";
        }
    }
}
