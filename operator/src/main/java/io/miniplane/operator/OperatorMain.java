package io.miniplane.operator;

import io.fabric8.kubernetes.client.Config;
import io.miniplane.operator.command.MiniplaneCommand;
import java.io.IOException;
import java.io.PrintWriter;
import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that turns each {@code MiniProgramBackend} into a running backend; with arguments, the command line {@code
 * miniplane}.
 */
public final class OperatorMain {

    private static final int WRONG_SETTING = 2;
    private static final int FAILED = 1;

    private OperatorMain() {}

    /**
     * Starts the operator, which works until the process is told to stop and takes its settings from the environment.
     *
     * @param arguments a command and its options; then that is done instead
     */
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            // Before anything logs: a command writes what it has to say, and nothing else.
            System.setProperty("log4j2.configurationFile", "classpath:log4j2-command.xml");
            exit(MiniplaneCommand.run(
                    new PrintWriter(System.out, true, System.out.charset()),
                    new PrintWriter(System.err, true, System.err.charset()),
                    arguments));
        }
        operate(LoggerFactory.getLogger(OperatorMain.class));
    }

    private static void operate(Logger log) {
        try {
            run(Settings.from(System.getenv()));
        } catch (Settings.WrongSettingException e) {
            log.error(e.getMessage());
            exit(WRONG_SETTING);
        } catch (IOException | RuntimeException e) {
            log.error("The operator can't start.", e);
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
