package io.miniplane.simulator.world;

import java.util.Map;

/** The whole state of a simulated WeChat. */
public final class World {

    private final SimulatedClock clock = new SimulatedClock();
    private final Apps apps = new Apps();
    private final Users users = new Users();
    private final OneTimeCodes loginCodes = new OneTimeCodes(clock);
    private final OneTimeCodes phoneCodes = new OneTimeCodes(clock);
    private final SessionKeys sessionKeys = new SessionKeys();
    private final UserKeys userKeys = new UserKeys(clock);
    private final AccessTokens tokens = new AccessTokens(clock);
    private final Visits visits = new Visits(clock);
    private final EncryptedMessages encryptedMessages = new EncryptedMessages(clock);
    private final RiskRanks riskRanks = new RiskRanks();
    private final ContentRules contentRules = new ContentRules();
    private final Quotas quotas = new Quotas(clock);
    private final PaidOrders orders = new PaidOrders(clock);
    private final Templates templates = new Templates();
    private final Subscriptions subscriptions = new Subscriptions();
    private final SentMessages sentMessages = new SentMessages();
    private final Pages pages = new Pages();
    private final Links links = new Links();
    private final SecuredApps securedApps = new SecuredApps();
    private final TradeRules tradeRules = new TradeRules(clock);
    private final Settlements settlements = new Settlements(clock, orders, this::outlet);
    private final CustomerTalks customerTalks = new CustomerTalks(clock);

    private volatile PushOutlet outlet = PushOutlet.NONE;

    private World() {}

    /**
     * A world in which nothing happened yet.
     *
     * @param secrets appId to secret
     * @throws IllegalArgumentException when an appId or secret is malformed
     */
    public static World with(Map<String, String> secrets) {
        World world = new World();
        secrets.forEach(world.apps::put);
        return world;
    }

    /** Its time. */
    public SimulatedClock clock() {
        return clock;
    }

    /** The registered mini-programs. */
    public Apps apps() {
        return apps;
    }

    /** The people. */
    public Users users() {
        return users;
    }

    /** Codes of {@code wx.login}. */
    public OneTimeCodes loginCodes() {
        return loginCodes;
    }

    /** Codes of the phone number button. */
    public OneTimeCodes phoneCodes() {
        return phoneCodes;
    }

    /** Session keys per app and user. */
    public SessionKeys sessionKeys() {
        return sessionKeys;
    }

    /** Encryption keys per app and user. */
    public UserKeys userKeys() {
        return userKeys;
    }

    /** Access tokens. */
    public AccessTokens tokens() {
        return tokens;
    }

    /** Who was when in which app. */
    public Visits visits() {
        return visits;
    }

    /** The encrypted data that was made for apps. */
    public EncryptedMessages encryptedMessages() {
        return encryptedMessages;
    }

    /** How risky users are. */
    public RiskRanks riskRanks() {
        return riskRanks;
    }

    /** What content is objected to. */
    public ContentRules contentRules() {
        return contentRules;
    }

    /** How often apps may call. */
    public Quotas quotas() {
        return quotas;
    }

    /** What users paid. */
    public PaidOrders orders() {
        return orders;
    }

    /** Templates of subscribe messages. */
    public Templates templates() {
        return templates;
    }

    /** Which messages users agreed to. */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /** What apps sent to users. */
    public SentMessages sentMessages() {
        return sentMessages;
    }

    /** The pages of apps. */
    public Pages pages() {
        return pages;
    }

    /** Who wrote to which app. */
    public CustomerTalks customerTalks() {
        return customerTalks;
    }

    /** The links and codes that open apps. */
    public Links links() {
        return links;
    }

    /** What merchants must do. */
    public TradeRules tradeRules() {
        return tradeRules;
    }

    /** How merchants are paid out. */
    public Settlements settlements() {
        return settlements;
    }

    /** The apps whose calls are encrypted and signed. */
    public SecuredApps securedApps() {
        return securedApps;
    }

    /** Where pushes go. */
    public PushOutlet outlet() {
        return outlet;
    }

    /** Sends pushes there from now on. */
    public void pushTo(PushOutlet newOutlet) {
        outlet = newOutlet;
    }
}
