package io.miniplane.server.platform.tasks;

import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The program as one that does a task: no port is open, nothing runs in the background, and it ends. */
public final class TaskProgram {

    private static final String ROLE = "--miniplane.role=";

    private TaskProgram() {}

    /** Whether the arguments name a task. */
    public static boolean isWanted(String... arguments) {
        return new DefaultApplicationArguments(arguments).containsOption(TaskRunner.OPTION);
    }

    /**
     * Does the task that the arguments name.
     *
     * @return the exit code: 0 when it is done, 1 when it failed or the program did not start, 2 when it was asked for in a way that makes no sense
     */
    public static int run(Class<?> program, String... arguments) {
        try (ConfigurableApplicationContext context = SpringApplication.run(program, inTheRole(arguments))) {
            return runIn(context, arguments);
        } catch (RuntimeException toldAtTheStart) {
            return TaskRunner.FAILED;
        }
    }

    /** Does the task that the arguments name within a program that was started in the role of a task, and leaves that running. */
    public static int runIn(ApplicationContext program, String... arguments) {
        return program.getBean(TaskRunner.class).run(new DefaultApplicationArguments(arguments));
    }

    private static String[] inTheRole(String... arguments) {
        return Stream.concat(
                        Arrays.stream(arguments).filter(argument -> !argument.startsWith(ROLE)),
                        Stream.of(ROLE + "task"))
                .toArray(String[]::new);
    }
}
