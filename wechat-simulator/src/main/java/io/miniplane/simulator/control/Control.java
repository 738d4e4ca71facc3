package io.miniplane.simulator.control;

import io.miniplane.simulator.device.Device;
import io.miniplane.simulator.http.Fault;
import io.miniplane.simulator.http.Faults;
import io.miniplane.simulator.http.ReplyFormat;
import io.miniplane.simulator.http.RequestLog;
import io.miniplane.simulator.pay.Payments;
import io.miniplane.simulator.push.Pushes;
import io.miniplane.simulator.world.Known;
import io.miniplane.simulator.world.Profile;
import io.miniplane.simulator.world.PushOutlet;
import io.miniplane.simulator.world.SimulatedClock;
import io.miniplane.simulator.world.TokenVerdict;
import io.miniplane.simulator.world.User;
import io.miniplane.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves the simulated WeChat by hand; the control API over HTTP does the same. Its methods never block. */
public final class Control {

    private final World world;
    private final Faults faults;
    private final ReplyFormat format;
    private final RequestLog log;
    private final Pushes pushes;
    private final Payments payments;
    private final Device device;
    private final ContentControl content;
    private final MessageControl messages;
    private final TradeControl trade;
    private final LimitControl limits;
    private final SecurityControl security;

    /** The control of one simulator. */
    public Control(World world, Faults faults, ReplyFormat format, RequestLog log, Pushes pushes, Payments payments) {
        this.world = world;
        this.faults = faults;
        this.format = format;
        this.log = log;
        this.pushes = pushes;
        this.payments = payments;
        this.device = new Device(world);
        this.content = new ContentControl(world);
        this.messages = new MessageControl(world);
        this.trade = new TradeControl(world);
        this.limits = new LimitControl(world);
        this.security = new SecurityControl(world);
    }

    /** Subscriptions and messages. */
    public MessageControl messages() {
        return messages;
    }

    /** Orders. */
    public TradeControl trade() {
        return trade;
    }

    /** How much apps may do. */
    public LimitControl limits() {
        return limits;
    }

    /** Encrypted and signed calls. */
    public SecurityControl security() {
        return security;
    }

    /** What WeChat thinks of content and of users. */
    public ContentControl content() {
        return content;
    }

    /** Leaves what WeChat pushes at this outlet from now on, and no longer with {@link #pushes()}. */
    public void pushTo(PushOutlet outlet) {
        world.pushTo(outlet);
    }

    /** What mini-programs get on the phones of the users. */
    public Device device() {
        return device;
    }

    /** WeChat Pay. */
    public Payments payments() {
        return payments;
    }

    /** What is pushed to the servers of apps. */
    public Pushes pushes() {
        return pushes;
    }

    /**
     * A code of {@code wx.login} and whose it is.
     *
     * @param code the code, good for one exchange within 5 minutes
     * @param openId the user who logs in
     */
    public record LoginCode(String code, String openId) {}

    /**
     * Registers an app or gives it another secret.
     *
     * @throws IllegalArgumentException when the appId or the secret is malformed
     */
    public void putApp(String appId, String secret) {
        world.apps().put(appId, secret);
    }

    /** A user with everything made up and no unionId. */
    public User newUser() {
        return putUser(null, null, null, false);
    }

    /**
     * Makes a user, or replaces the one of that openId; what is null is made up, except the unionId.
     *
     * @throws IllegalArgumentException when the openId or phone number is malformed
     */
    public User putUser(
            @Nullable String openId, @Nullable String unionId, @Nullable String phoneNumber, boolean highRisk) {
        return world.users().put(openId, unionId, phoneNumber, highRisk);
    }

    /**
     * Makes a user, or replaces the one of that openId; what is null is made up, except the unionId.
     *
     * @throws IllegalArgumentException when the openId or phone number is malformed
     */
    public User putUser(
            @Nullable String openId,
            @Nullable String unionId,
            @Nullable String phoneNumber,
            boolean highRisk,
            @Nullable Profile profile) {
        return world.users().put(openId, unionId, phoneNumber, highRisk, profile);
    }

    /**
     * Lets a new user open the app and call {@code wx.login}.
     *
     * @throws IllegalArgumentException when the app is unknown
     */
    public LoginCode loginCode(String appId) {
        Known.app(world, appId);
        return loginCode(appId, newUser().openId());
    }

    /**
     * Lets a user open the app and call {@code wx.login}.
     *
     * @throws IllegalArgumentException when the app or the user is unknown
     */
    public LoginCode loginCode(String appId, String openId) {
        Known.app(world, appId);
        Known.user(world, openId);
        world.visits().add(appId, openId);
        return new LoginCode(world.loginCodes().issue(appId, openId), openId);
    }

    /**
     * Lets a user press the button that tells the phone number.
     *
     * @throws IllegalArgumentException when the app or the user is unknown
     */
    public String phoneCode(String appId, String openId) {
        Known.app(world, appId);
        Known.user(world, openId);
        world.visits().add(appId, openId);
        return world.phoneCodes().issue(appId, openId);
    }

    /** The session key of the user's last login. */
    public Optional<String> liveSessionKey(String appId, String openId) {
        return world.sessionKeys().live(appId, openId);
    }

    /**
     * Lets the session key of a user expire, as WeChat does some time after the user was last seen.
     *
     * @throws IllegalArgumentException when the app or the user is unknown
     */
    public void expireSessionKey(String appId, String openId) {
        Known.app(world, appId);
        Known.user(world, openId);
        world.sessionKeys().expire(appId, openId);
    }

    /** The session key of the login before the last, which works no more. */
    public Optional<String> deadSessionKey(String appId, String openId) {
        return world.sessionKeys().dead(appId, openId);
    }

    /** The simulated clock, which can be set forward. */
    public SimulatedClock clock() {
        return world.clock();
    }

    /**
     * Sets the clock forward.
     *
     * @throws IllegalArgumentException when the duration is negative
     */
    public void advance(Duration by) {
        world.clock().advance(by);
        world.settlements().settleDue();
    }

    /** Injects a fault. */
    public void inject(Fault fault) {
        faults.add(fault);
    }

    /** The faults that still wait for calls, the oldest first. */
    public List<Fault> faults() {
        return faults.all();
    }

    /** Removes all faults. */
    public void clearFaults() {
        faults.clear();
    }

    /** Lets every access token expire now. */
    public void expireTokens() {
        endTokens(TokenVerdict.EXPIRED, false);
    }

    /**
     * Ends every access token now.
     *
     * @param verdict what APIs think of them from now on
     * @param handedOutStill whether the stable endpoint goes on answering with the dead token until a forced refresh
     */
    public void endTokens(TokenVerdict verdict, boolean handedOutStill) {
        world.tokens().endAll(verdict, handedOutStill);
    }

    /**
     * Chooses the content type of JSON answers.
     *
     * @throws IllegalArgumentException when it is neither {@code application/json} nor {@code text/plain}
     */
    public void contentType(String type) {
        format.use(type);
    }

    /** The calls of WeChat's endpoints so far. */
    public RequestLog.Snapshot requests() {
        return log.snapshot();
    }

    /** Forgets the calls so far. */
    public void clearRequests() {
        log.clear();
    }
}
