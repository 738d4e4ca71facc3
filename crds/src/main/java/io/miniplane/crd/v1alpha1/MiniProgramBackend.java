package io.miniplane.crd.v1alpha1;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.DATE;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.INTEGER;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/**
 * The backend of one WeChat mini-program. Fields with a default in the schema are never null in an object that comes
 * from an API server, which fills them in.
 */
@Group("miniplane.io")
@Version("v1alpha1")
@Kind("MiniProgramBackend")
@JsonDeserialize(using = BackendReader.class)
@ShortNames("mpb")
@Categories({"all", "miniplane"})
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$')",
        message = "metadata.name must start with a letter, have at most 40 small letters, digits and '-', "
                + "and not end with '-': the names of everything that is made for it begin with it")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "APPID", jsonPath = ".spec.appId")
@AdditionalPrinterColumn(name = "API", jsonPath = ".status.api.ready")
@AdditionalPrinterColumn(name = "WORKERS", jsonPath = ".status.worker.readyReplicas", type = INTEGER)
@AdditionalPrinterColumn(name = "QUEUE", jsonPath = ".status.worker.queueLength", type = INTEGER)
@AdditionalPrinterColumn(name = "TIER", jsonPath = ".status.api.tier", type = INTEGER)
@AdditionalPrinterColumn(name = "KEY-AGE", jsonPath = ".status.keys.rotatedAt", type = DATE)
@AdditionalPrinterColumn(name = "AGE", jsonPath = ".metadata.creationTimestamp", type = DATE)
public final class MiniProgramBackend extends CustomResource<MiniProgramBackendSpec, MiniProgramBackendStatus>
        implements Namespaced {

    @JsonIgnore
    private transient List<String> unreadable = List.of();

    /**
     * Places of the spec, with what stands there, that these types can't read because the manifest is of a newer version of Miniplane. They
     * read as if they were left open, so an object that has some must never be written back.
     */
    @JsonIgnore
    public List<String> getUnreadable() {
        return unreadable;
    }

    /** Notes what could not be read; copies of an object need the notes of the original. */
    @JsonIgnore
    public void setUnreadable(List<String> places) {
        unreadable = List.copyOf(places);
    }
}
