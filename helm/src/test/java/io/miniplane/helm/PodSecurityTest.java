package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every pod keeps to the restricted standard, and can write nowhere but into volumes. */
class PodSecurityTest {

    @TempDir
    private Path directory;

    private static List<String> complaints(JsonNode pod) {
        JsonNode container = pod.at("/containers/0");
        return java.util.stream.Stream.of(
                        says(pod.at("/securityContext/runAsNonRoot").asBoolean(false), "runAsNonRoot"),
                        says(
                                pod.at("/securityContext/seccompProfile/type")
                                        .asString("")
                                        .equals("RuntimeDefault"),
                                "seccompProfile"),
                        says(
                                !container
                                        .at("/securityContext/allowPrivilegeEscalation")
                                        .asBoolean(true),
                                "allowPrivilegeEscalation"),
                        says(
                                container
                                        .at("/securityContext/capabilities/drop/0")
                                        .asString("")
                                        .equals("ALL"),
                                "capabilities"),
                        says(
                                container
                                        .at("/securityContext/readOnlyRootFilesystem")
                                        .asBoolean(false),
                                "readOnlyRootFilesystem"),
                        says(container.at("/resources/requests/memory").isString(), "requests.memory"),
                        says(container.at("/resources/limits/memory").isString(), "limits.memory"),
                        says(pod.path("containers").size() == 1 && !pod.has("initContainers"), "one container"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> says(boolean good, String complaint) {
        return good ? List.of() : List.of(complaint);
    }

    @Test
    void everyPodIsRestricted() {
        List<JsonNode> pods =
                Chart.copyIn(directory).render(Everything.VALUES).pods().toList();
        assertThat(pods)
                .hasSize(4)
                .allSatisfy(pod -> assertThat(complaints(pod)).isEmpty());
    }

    @Test
    void aPodThatMayMoreIsNoticed() {
        List<JsonNode> pods = Chart.copyIn(directory)
                .changed(
                        "templates/_parts.tpl",
                        text -> text.replace("runAsNonRoot: true", "runAsNonRoot: false")
                                .replace("drop: [ALL]", "drop: []"))
                .render(Everything.VALUES)
                .pods()
                .toList();
        assertThat(pods).anySatisfy(pod -> assertThat(complaints(pod)).containsExactly("runAsNonRoot", "capabilities"));
    }
}
