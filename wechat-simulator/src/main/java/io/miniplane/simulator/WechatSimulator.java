package io.miniplane.simulator;

import io.miniplane.simulator.api.ApiFamily;
import io.miniplane.simulator.api.CodeApi;
import io.miniplane.simulator.api.ContentApi;
import io.miniplane.simulator.api.CustomerApi;
import io.miniplane.simulator.api.LinkApi;
import io.miniplane.simulator.api.LoginApi;
import io.miniplane.simulator.api.NetworkApi;
import io.miniplane.simulator.api.OrderApi;
import io.miniplane.simulator.api.PhoneApi;
import io.miniplane.simulator.api.RiskApi;
import io.miniplane.simulator.api.SessionApi;
import io.miniplane.simulator.api.ShippingApi;
import io.miniplane.simulator.api.SubscribeApi;
import io.miniplane.simulator.api.TemplateApi;
import io.miniplane.simulator.api.TokenApi;
import io.miniplane.simulator.api.UsageApi;
import io.miniplane.simulator.api.UserApi;
import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.control.ControlApi;
import io.miniplane.simulator.device.DeviceApi;
import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Faults;
import io.miniplane.simulator.http.RefusedCalls;
import io.miniplane.simulator.http.ReplyFormat;
import io.miniplane.simulator.http.RequestLog;
import io.miniplane.simulator.page.PageApi;
import io.miniplane.simulator.pay.PayApi;
import io.miniplane.simulator.pay.PaymentControlApi;
import io.miniplane.simulator.pay.Payments;
import io.miniplane.simulator.push.PushApi;
import io.miniplane.simulator.push.Pushes;
import io.miniplane.simulator.world.World;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.resources.LoopResources;

/** A running stand-in for the servers of WeChat. Nothing of it outlives {@link #close()}. */
public final class WechatSimulator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LoopResources loops;
    private final DisposableServer server;
    private final Control control;

    private WechatSimulator(LoopResources loops, DisposableServer server, Control control) {
        this.loops = loops;
        this.server = server;
        this.control = control;
    }

    /**
     * Starts a simulator and waits until it listens.
     *
     * @throws IllegalArgumentException when an appId or secret is malformed
     * @throws reactor.netty.ChannelBindException when the port is taken
     */
    public static WechatSimulator start(SimulatorOptions options) {
        World world = World.with(options.apps());
        LoopResources loops = LoopResources.create("wechat-simulator");
        Pushes pushes = new Pushes(world.clock(), loops);
        world.pushTo(pushes);
        Faults faults = new Faults();
        ReplyFormat format = new ReplyFormat();
        RequestLog log = new RequestLog();
        RefusedCalls refused = new RefusedCalls(world.clock(), world.tokens()::appOf);
        Payments payments = new Payments(world, loops);
        Control control = new Control(world, faults, format, log, pushes, payments);
        HttpServerRoutes routes = HttpServerRoutes.newRoutes();
        ApiRoutes api = new ApiRoutes(routes, world.clock(), log, refused, faults, format);
        families(world, refused).forEach(family -> family.register(api));
        new PayApi(world, payments).register(api);
        new PushApi(world, pushes).register(routes);
        new PaymentControlApi(payments).register(routes);
        new DeviceApi(control.device()).register(routes);
        new PageApi(world, control).register(routes);
        new ControlApi(control).register(routes);
        return serve(options, routes, control, loops);
    }

    private static List<ApiFamily> families(World world, RefusedCalls refused) {
        return List.of(
                new LoginApi(world),
                new TokenApi(world),
                new PhoneApi(world),
                new SessionApi(world),
                new ContentApi(world),
                new RiskApi(world),
                new UserApi(world),
                new SubscribeApi(world),
                new TemplateApi(world),
                new CustomerApi(world),
                new CodeApi(world),
                new LinkApi(world),
                new ShippingApi(world),
                new OrderApi(world),
                new UsageApi(world, refused),
                new NetworkApi(world));
    }

    private static WechatSimulator serve(
            SimulatorOptions options, HttpServerRoutes routes, Control control, LoopResources loops) {
        try {
            DisposableServer server = HttpServer.create()
                    .host(options.host())
                    .port(options.port())
                    .runOn(loops)
                    .handle(routes)
                    .bindNow(PATIENCE);
            WechatSimulator simulator = new WechatSimulator(loops, server, control);
            control.device().picturesAt(simulator.baseUri());
            return simulator;
        } catch (RuntimeException failed) {
            loops.dispose();
            throw failed;
        }
    }

    /** What a server gets as the base URL of WeChat, without a slash at the end. */
    public URI baseUri() {
        String host = server.host();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port());
    }

    /** Moves this simulator by hand. */
    public Control control() {
        return control;
    }

    /** Waits until the simulator ends. */
    void await() {
        server.onDispose().block();
    }

    /** Stops listening, drops the open connections and ends all threads. */
    @Override
    public void close() {
        control.pushes().close();
        control.payments().close();
        server.disposeNow(PATIENCE);
        loops.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
    }
}
