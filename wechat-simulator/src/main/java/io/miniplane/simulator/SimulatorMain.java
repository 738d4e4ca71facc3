package io.miniplane.simulator;

import io.miniplane.simulator.push.PushCallback;
import io.miniplane.simulator.push.PushEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.netty.ChannelBindException;

/** The simulator as a program. Settings come from the environment; a wrong one ends it with exit code 2. */
public final class SimulatorMain {

    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final String DEFAULT_PORT = "9090";
    private static final String DEFAULT_APPS = SimulatorOptions.TRIAL_APP_ID + "=" + SimulatorOptions.TRIAL_SECRET;

    private SimulatorMain() {}

    /** Runs until the process is told to stop. */
    public static void main(String[] args) {
        System.getProperties().putIfAbsent("log4j2.configurationFile", "classpath:log4j2-simulator.xml");
        try {
            run(options(System.getenv()), PushEnvironment.read(System.getenv()));
        } catch (ChannelBindException taken) {
            fail("Cannot listen on port " + taken.localPort() + ": set SIMULATOR_PORT to a free port.");
        } catch (IllegalArgumentException wrong) {
            fail(String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * Reads {@code SIMULATOR_HOST}, {@code SIMULATOR_PORT} and {@code SIMULATOR_APPS}.
     *
     * @throws IllegalArgumentException when one of them is wrong; the message never repeats a secret
     */
    static SimulatorOptions options(Map<String, String> environment) {
        return new SimulatorOptions(
                environment.getOrDefault("SIMULATOR_HOST", DEFAULT_HOST),
                port(environment.getOrDefault("SIMULATOR_PORT", DEFAULT_PORT)),
                apps(environment.getOrDefault("SIMULATOR_APPS", DEFAULT_APPS)));
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "SIMULATOR_PORT must be a number from 0 to 65535, not \"" + text + "\".", notANumber);
        }
    }

    private static Map<String, String> apps(String text) {
        Map<String, String> apps = new LinkedHashMap<>();
        for (String app : text.split(",", -1)) {
            int equals = app.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "SIMULATOR_APPS must be a list like wx0123456789abcdef=<secret>,wx…=<secret>.");
            }
            apps.put(app.substring(0, equals).strip(), app.substring(equals + 1).strip());
        }
        return apps;
    }

    private static void run(SimulatorOptions options, Optional<PushCallback> callback) {
        Logger log = LogManager.getLogger(SimulatorMain.class);
        WechatSimulator simulator = WechatSimulator.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(simulator, log), "stop"));
        String appId = options.apps().keySet().iterator().next();
        People.seed(simulator.control());
        callback.ifPresent(known -> simulator.control().pushes().configureUnchecked(appId, known));
        log.info(
                "WeChat is simulated at {} - open this address in a browser, or make a login code: curl -d '{\"appId\":\"{}\"}' {}/_control/login-codes",
                simulator.baseUri(),
                appId,
                simulator.baseUri());
        simulator.await();
    }

    private static void stop(WechatSimulator simulator, Logger log) {
        simulator.close();
        log.info("Stopped.");
        LogManager.shutdown();
    }

    private static void fail(String sentence) {
        System.err.println(sentence);
        System.exit(2);
    }
}
