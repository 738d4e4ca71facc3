package io.miniplane.simulator.world;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which messages users agreed to get: an accept is good for one message, of a long-term template for any number. */
public final class Subscriptions {

    private final Map<Subscription, Integer> accepted = new HashMap<>();
    private final Set<User> underWay = new HashSet<>();
    private final Set<String> banned = new HashSet<>();

    Subscriptions() {}

    private record Subscription(String appId, String openId, String templateId) {}

    private record User(String appId, String openId) {}

    /** The user accepts once. */
    public synchronized void accept(String appId, String openId, String templateId) {
        accepted.merge(new Subscription(appId, openId, templateId), 1, Integer::sum);
    }

    /** The user takes every accept back. */
    public synchronized void revoke(String appId, String openId, String templateId) {
        accepted.remove(new Subscription(appId, openId, templateId));
    }

    /** How many messages the user still accepts; of a long-term template 0 or more than 0. */
    public synchronized int left(String appId, String openId, String templateId) {
        return accepted.getOrDefault(new Subscription(appId, openId, templateId), 0);
    }

    /** Uses up an accept and says whether there was one; that of a long-term template stays. */
    public synchronized boolean use(String appId, String openId, Template template) {
        Subscription subscription = new Subscription(appId, openId, template.id());
        int left = accepted.getOrDefault(subscription, 0);
        if (left > 0 && !template.longTerm()) {
            accepted.put(subscription, left - 1);
        }
        return left > 0;
    }

    /** Begins to send to a user and says whether no other message is under way. */
    public synchronized boolean begin(String appId, String openId) {
        return underWay.add(new User(appId, openId));
    }

    /** Ends what {@link #begin} began. */
    public synchronized void end(String appId, String openId) {
        underWay.remove(new User(appId, openId));
    }

    /** Takes the ability from an app, or gives it back. */
    public synchronized void ban(String appId, boolean ban) {
        if (ban) {
            banned.add(appId);
        } else {
            banned.remove(appId);
        }
    }

    /** Whether the app may send and have templates. */
    public synchronized boolean isBanned(String appId) {
        return banned.contains(appId);
    }
}
