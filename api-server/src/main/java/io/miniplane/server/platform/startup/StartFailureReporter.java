package io.miniplane.server.platform.startup;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one sentence on standard error why the server did not start, when the one who started it can cure it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartFailureReporter implements SpringBootExceptionReporter {

    private final List<Function<Throwable, Optional<String>>> explanations;

    StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
        this.explanations = List.of(
                PropertyExplanation::of,
                KeysetExplanation::of,
                RouteExplanation::of,
                new DatabaseExplanation(context)::of,
                PortExplanation::of);
    }

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> sentence = Causes.of(failure).stream()
                .flatMap(cause -> explanations.stream().map(explanation -> explanation.apply(cause)))
                .flatMap(Optional::stream)
                .findFirst();
        sentence.ifPresent(text -> System.err.println("Miniplane did not start: " + Objects.requireNonNull(text)));
        return sentence.isPresent();
    }
}
