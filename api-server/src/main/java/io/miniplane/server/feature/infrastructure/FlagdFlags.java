package io.miniplane.server.feature.infrastructure;

import dev.openfeature.contrib.providers.flagd.Config;
import dev.openfeature.contrib.providers.flagd.FlagdOptions;
import dev.openfeature.contrib.providers.flagd.FlagdProvider;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.FlagEvaluationOptions;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.miniplane.server.feature.application.Flags;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Has flagd evaluate the flags of the file, within this process and behind the client of OpenFeature. */
final class FlagdFlags implements Flags, AutoCloseable {

    /** How long flagd may take to read what it is given at the start, twice this: nothing else is waited for. */
    private static final int START_MILLIS = 5_000;

    private final FlagFile file;
    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final Client client;
    private volatile @Nullable Thread changeWatcher;

    /** Waits until the flags are there; called by the thread that starts the server. */
    FlagdFlags(FlagFile file, EvaluationNotes notes) {
        this.file = file;
        api.addHooks(notes);
        api.setProviderAndWait(new FlagdProvider(FlagdOptions.builder()
                .resolverType(Config.Resolver.FILE)
                .offlineFlagSourcePath("flags")
                .customConnector(file)
                .deadline(START_MILLIS)
                .contextEnricher(metadata -> {
                    changeWatcher = Thread.currentThread();
                    return new ImmutableContext();
                })
                .build()));
        client = api.getClient();
    }

    @Override
    public boolean picksUsers(String name) {
        FlagDefinitions.Definition flag = file.current().flags().get(name);
        return flag != null && flag.picksUsers();
    }

    @Override
    public Mono<Boolean> isOn(String name, String openId) {
        return Mono.deferContextual(
                context -> Mono.just(client.getBooleanValue(name, false, user(openId), options(context))));
    }

    @Override
    public Flux<Setting> all(String openId) {
        return Flux.deferContextual(context -> Flux.fromIterable(
                        List.copyOf(file.current().flags().keySet()))
                .mapNotNull(
                        name -> setting(client.getObjectDetails(name, new Value(), user(openId), options(context)))));
    }

    /** Ends flagd's threads too, of which it would leave one waiting for ever. */
    @Override
    public void close() {
        api.shutdown();
        Thread watcher = changeWatcher;
        if (watcher != null) {
            watcher.interrupt();
        }
    }

    private static @Nullable Setting setting(FlagEvaluationDetails<Value> details) {
        String variant = details.getVariant();
        return details.getErrorCode() != null || variant == null
                ? null
                : new Setting(details.getFlagKey(), details.getValue().asObject(), variant);
    }

    private static ImmutableContext user(String openId) {
        return new ImmutableContext(openId);
    }

    private static FlagEvaluationOptions options(ContextView context) {
        return FlagEvaluationOptions.builder()
                .hookHints(Map.of(EvaluationNotes.SPAN, span(context)))
                .build();
    }

    private static Span span(ContextView context) {
        Observation observation = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        TracingContext tracing =
                observation == null ? null : observation.getContextView().<TracingContext>get(TracingContext.class);
        io.micrometer.tracing.Span span = tracing == null ? null : tracing.getSpan();
        return span == null ? Span.getInvalid() : OtelSpan.toOtel(span);
    }
}
