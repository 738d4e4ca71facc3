package io.miniplane.server.platform.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.stereotype.Component;

/** Finds the task that the arguments name, and waits for its end on the main thread, which has nothing else to do. */
@Component
final class TaskRunner {

    /** The exit code of a task that did its work. */
    static final int DONE = 0;

    /** The exit code of a task that began and failed; starting it again may help. */
    static final int FAILED = 1;

    /** The exit code of a task that was asked for in a way that makes no sense. */
    static final int REFUSED = 2;

    static final String OPTION = "task";

    private static final Logger LOG = LogManager.getLogger(TaskRunner.class);

    /** Spring Boot's own, which have no dot either. */
    private static final Set<String> OF_THE_FRAMEWORK = Set.of(OPTION, "debug", "trace");

    private final List<Task> tasks;
    private final Duration timeLimit;

    TaskRunner(ObjectProvider<Task> tasks, TaskSettings settings) {
        this.tasks = tasks.orderedStream().toList();
        this.timeLimit = settings.timeLimit();
    }

    /** Does the task and tells the exit code. */
    int run(ApplicationArguments arguments) {
        try {
            Task task = task(arguments);
            LOG.info(
                    "Task {} is done: {}",
                    task.name(),
                    task.run(options(task, arguments)).block(timeLimit));
            return DONE;
        } catch (TaskRefused refused) {
            System.err.println("Miniplane did not begin: " + refused.getMessage());
            return REFUSED;
        } catch (RuntimeException fault) {
            LOG.error("The task failed", fault);
            System.err.println(
                    "Miniplane did not end its task, the line of the log above says why: start it again, it goes on where it was.");
            return FAILED;
        }
    }

    private Task task(ApplicationArguments arguments) {
        List<String> names = Objects.requireNonNullElse(arguments.getOptionValues(OPTION), List.of());
        if (names.size() != 1) {
            throw new TaskRefused("name one task, such as --task=" + names() + ".");
        }
        return tasks.stream()
                .filter(task -> task.name().equals(names.getFirst()))
                .findFirst()
                .orElseThrow(() -> new TaskRefused("there is no task of that name, --task is one of " + names() + "."));
    }

    private static Map<String, String> options(Task task, ApplicationArguments arguments) {
        Map<String, String> options = new TreeMap<>();
        for (String name : arguments.getOptionNames()) {
            boolean isSetting = name.indexOf('.') >= 0 || OF_THE_FRAMEWORK.contains(name);
            List<String> values = Objects.requireNonNullElse(arguments.getOptionValues(name), List.of());
            if (task.options().contains(name) && values.size() == 1) {
                options.put(name, values.getFirst());
            } else if (!isSetting) {
                throw new TaskRefused("the task " + task.name() + " takes each of these once, with a value: "
                        + task.options().stream()
                                .sorted()
                                .map(each -> "--" + each)
                                .collect(Collectors.joining(", ")) + ".");
            }
        }
        return options;
    }

    private String names() {
        return tasks.stream().map(Task::name).sorted().collect(Collectors.joining(", "));
    }
}
