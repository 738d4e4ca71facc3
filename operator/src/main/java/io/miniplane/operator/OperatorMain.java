package io.miniplane.operator;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program that turns each {@code MiniProgramBackend} into a running backend. */
public final class OperatorMain {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);
    private static final int WRONG_SETTING = 2;
    private static final int FAILED = 1;

    private OperatorMain() {}

    /** Starts the operator, which works until the process is told to stop. It takes its settings from the environment. */
    public static void main(String[] arguments) {
        try {
            run(Settings.from(System.getenv()));
        } catch (Settings.WrongSettingException e) {
            LOG.error(e.getMessage());
            exit(WRONG_SETTING);
        } catch (IOException | RuntimeException e) {
            LOG.error("The operator can't start.", e);
            exit(FAILED);
        }
    }

    private static void run(Settings settings) throws IOException {
        var program = new OperatorProgram(
                settings, Config.autoConfigure(null), () -> Runtime.getRuntime().halt(FAILED));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(program), "stop"));
        program.start();
    }

    private static void stop(OperatorProgram program) {
        program.close();
        LogManager.shutdown();
    }

    private static void exit(int status) {
        System.exit(status);
    }
}
