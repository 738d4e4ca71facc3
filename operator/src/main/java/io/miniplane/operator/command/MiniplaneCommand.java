package io.miniplane.operator.command;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.miniplane.operator.backend.BackendPlan;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
        name = "miniplane",
        description = "Looks after the backends of WeChat mini-programs on Kubernetes.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PlanCommand.class,
            StatusCommand.class,
            RotateCommand.class,
            CanaryCommand.Promote.class,
            CanaryCommand.Abort.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = MiniplaneCommand.Version.class)
public final class MiniplaneCommand implements Runnable {

    private static final int FAILED = 1;

    @Spec
    private @Nullable CommandSpec spec;

    private MiniplaneCommand() {}

    /** The version of the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"miniplane " + version().orElse("(not packaged)")};
        }
    }

    static Optional<String> version() {
        return Optional.ofNullable(MiniplaneCommand.class.getPackage().getImplementationVersion());
    }

    /**
     * Does what the arguments ask for and says what came of it.
     *
     * @return the exit code: 0 well, 2 the command found something, 1 it failed
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new MiniplaneCommand())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(MiniplaneCommand::misused)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("miniplane: " + sentence(failure) + ".");
                    return FAILED;
                })
                .execute(arguments);
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "Say what to do: plan, status, rotate, promote or abort");
    }

    private static int misused(ParameterException wrong, String[] arguments) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName(" ");
        wrong.getCommandLine()
                .getErr()
                .println("miniplane: %s. `%s --help` says how it is used."
                        .formatted(String.valueOf(wrong.getMessage()).replaceFirst("\\.$", ""), command));
        return FAILED;
    }

    private static String sentence(Exception failure) {
        return switch (failure) {
            case RefusedException refused -> String.valueOf(refused.getMessage());
            case BackendPlan.UnusableException unusable -> "Nothing would be made of it: " + unusable.getMessage();
            case KubernetesClientException refused
            when refused.getStatus() != null && refused.getStatus().getMessage() != null ->
                "The API server refused: "
                        + refused.getStatus().getMessage().strip().replaceFirst("\\.$", "");
            case KubernetesClientException unreachable ->
                "The API server can't be reached: " + unreachable.getMessage() + "; check the kubeconfig";
            default -> "It failed: " + failure;
        };
    }
}
