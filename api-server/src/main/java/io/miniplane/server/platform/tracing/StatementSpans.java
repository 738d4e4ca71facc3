package io.miniplane.server.platform.tracing;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.r2dbc.proxy.core.QueryExecutionInfo;
import io.r2dbc.proxy.observation.ObservationProxyExecutionListener;
import io.r2dbc.spi.ConnectionFactory;
import reactor.util.context.ContextView;

/** Observes the statements of requests and of handled events. Statements that nobody waits for, such as looks into a queue, would be traces of their own. */
final class StatementSpans extends ObservationProxyExecutionListener {

    StatementSpans(ObservationRegistry observations, ConnectionFactory connections, StatementConvention convention) {
        super(observations, connections, null, null);
        setQueryObservationConvention(convention);
    }

    @Override
    public void beforeQuery(QueryExecutionInfo statement) {
        ContextView context = statement.getValueStore().get(ContextView.class, ContextView.class);
        if (context != null && context.hasKey(ObservationThreadLocalAccessor.KEY)) {
            super.beforeQuery(statement);
        }
    }

    /** One event for each row would fill the span. */
    @Override
    public void eachQueryResult(QueryExecutionInfo row) {
        // Nothing is told of rows.
    }
}
