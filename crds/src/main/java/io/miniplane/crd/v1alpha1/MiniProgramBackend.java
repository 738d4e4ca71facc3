package io.miniplane.crd.v1alpha1;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.DATE;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.INTEGER;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * The backend of one WeChat mini-program. Fields with a default in the schema are never null in an object that comes
 * from an API server, which fills them in.
 */
@Group("miniplane.io")
@Version("v1alpha1")
@Kind("MiniProgramBackend")
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
        implements Namespaced {}
