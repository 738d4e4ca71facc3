package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import io.javaoperatorsdk.operator.processing.dependent.Creator;
import io.javaoperatorsdk.operator.processing.dependent.Matcher.Result;
import io.javaoperatorsdk.operator.processing.dependent.Updater;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One object of a backend, applied server-side whenever the fields that the operator owns differ from what they should
 * be. Fields of others stay as they are, and an object that others made is never taken over.
 *
 * @param <R> kind of the object
 */
public abstract class OwnedObject<R extends HasMetadata> extends KubernetesDependentResource<R, MiniProgramBackend>
        implements Creator<R, MiniProgramBackend>, Updater<R, MiniProgramBackend> {

    private final UnaryOperator<String> objectName;
    private final OwnedFieldsMatcher<R> matcher = new OwnedFieldsMatcher<>();

    OwnedObject(Class<R> kind, UnaryOperator<String> objectName) {
        super(kind);
        this.objectName = objectName;
    }

    /** What the object should look like; fields that others decide are left out. */
    abstract R render(Backend backend);

    /** What to apply over an object that is there: the rendered one unless a kind keeps something of the live one. */
    R renderOver(R live, Backend backend) {
        return render(backend);
    }

    /** Whether a backend has the object; one that it had and no longer has is removed. */
    boolean isWanted(MiniProgramBackendSpec spec) {
        return true;
    }

    /** Whether a backend has the object in this pass. */
    boolean isWantedBy(Backend backend) {
        return isWanted(backend.spec());
    }

    /** Whether a backend has the object once all that is under way is over. */
    boolean isPlannedFor(Backend backend) {
        return isWanted(backend.spec());
    }

    /** Whether a change of a live object can matter to its backend. */
    boolean isNews(R now, R before) {
        return true;
    }

    /** Identifies the object of a backend. */
    final ResourceID idFor(MiniProgramBackend backend) {
        return new ResourceID(
                objectName.apply(backend.getMetadata().getName()),
                backend.getMetadata().getNamespace());
    }

    /** Applies the object if it differs, or removes it if it isn't wanted; says what was done. */
    final Optional<Change> apply(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        if (!isWantedBy(Backend.of(context))) {
            return remove(primary, context);
        }
        ReconcileResult<R> result = reconcile(primary, context);
        return switch (result.getSingleOperation()) {
            case NONE -> Optional.empty();
            case CREATED -> result.getSingleResource().map(made -> Change.of(made, Change.Act.CREATED));
            default -> result.getSingleResource().map(applied -> Change.of(applied, Change.Act.UPDATED));
        };
    }

    private Optional<Change> remove(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        Optional<R> live = getSecondaryResource(primary, context)
                .filter(object -> !object.isMarkedForDeletion())
                .filter(object -> isOwnedBy(primary, object));
        live.ifPresent(object -> context.getClient()
                .resource(object)
                .lockResourceVersion(object.getMetadata().getResourceVersion())
                .delete());
        return live.map(object -> Change.of(object, Change.Act.DELETED));
    }

    private static boolean isOwnedBy(MiniProgramBackend primary, HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(primary.getMetadata().getUid()));
    }

    /** What applying it would make of the object, as the API server says; nothing is changed. */
    final Optional<Planned> plan(Backend backend, KubernetesClient client) {
        R live = live(backend, client);
        if (!isPlannedFor(backend)) {
            return Optional.ofNullable(live)
                    .filter(object -> isOwnedBy(backend.resource(), object))
                    .map(object -> new Planned(object, null));
        }
        R desired = withOwner(live == null ? render(backend) : renderOver(live, backend), backend.resource());
        R after = client.resource(desired)
                .dryRun()
                .fieldManager(Backend.MANAGER)
                .forceConflicts()
                .serverSideApply();
        return Optional.of(new Planned(live, after));
    }

    /** The object as the API server has it. */
    final @Nullable R live(Backend backend, KubernetesClient client) {
        return client.resources(resourceType())
                .inNamespace(backend.namespace())
                .withName(idFor(backend.resource()).getName())
                .get();
    }

    /** Whether it is applied with all others, whenever they are. */
    boolean isAppliedWithOthers() {
        return true;
    }

    /** What the object should look like in this reconciliation, over the live one if there is one. */
    R renderIn(Context<MiniProgramBackend> context, @Nullable R live) {
        Backend backend = Backend.of(context);
        return live == null ? render(backend) : renderOver(live, backend);
    }

    @Override
    protected R desired(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return renderIn(context, null);
    }

    @Override
    protected ResourceID targetSecondaryResourceID(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return idFor(primary);
    }

    /** The object as last seen among those of backends, never one of the same name that others made. */
    @Override
    public Optional<R> getSecondaryResource(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return eventSource().flatMap(source -> source.get(idFor(primary)));
    }

    @Override
    public Result<R> match(R live, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        R desired = withOwner(renderIn(context, live), primary);
        return Result.computed(matcher.matches(live, desired, context), desired);
    }

    @Override
    public R create(R desired, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        withOwner(desired, primary);
        // A version that no object has makes the API server refuse to apply over an existing one.
        desired.getMetadata().setResourceVersion("1");
        try {
            return send(desired, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return restore(desired, e, primary, context);
        }
    }

    @Override
    public R update(R live, R desired, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return send(withOwner(desired, primary), context);
    }

    /** Takes back an object of ours that lost the label by which it is watched. */
    private R restore(
            R refused,
            KubernetesClientException conflict,
            MiniProgramBackend primary,
            Context<MiniProgramBackend> context) {
        R live = context.getClient().resource(refused).get();
        if (live == null) {
            throw conflict;
        }
        if (!isAppliedByUs(live, context) || isOfAnother(live, primary)) {
            throw new ForeignObjectException(live, primary.getMetadata().getName());
        }
        return update(live, renderIn(context, live), primary, context);
    }

    private static boolean isOfAnother(HasMetadata live, MiniProgramBackend primary) {
        return live.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController())
                        && !owner.getUid().equals(primary.getMetadata().getUid()));
    }

    private boolean isAppliedByUs(R live, Context<MiniProgramBackend> context) {
        String manager = context.getControllerConfiguration().fieldManager();
        return live.getMetadata().getManagedFields().stream()
                .anyMatch(entry -> manager.equals(entry.getManager()) && "Apply".equals(entry.getOperation()));
    }

    private R send(R desired, Context<MiniProgramBackend> context) {
        return context.getClient()
                .resource(desired)
                .fieldManager(context.getControllerConfiguration().fieldManager())
                .forceConflicts()
                .serverSideApply();
    }

    /** Makes the object go when the backend goes. */
    R withOwner(R desired, MiniProgramBackend primary) {
        desired.getMetadata().setOwnerReferences(List.of(ownerReference(primary)));
        return desired;
    }

    /** Names a backend as the owner of an object. */
    static OwnerReference ownerReference(MiniProgramBackend owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
