package io.miniplane.crd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFilesTest {

    @TempDir
    Path directory;

    @Test
    void theCommittedDefinitionIsUpToDate() throws IOException {
        new GeneratedFile(Path.of(Definition.FILE), Definition.text()).checkOrWrite();
    }

    @Test
    void theCommittedReferenceIsUpToDate() throws IOException {
        var page = new ReferencePage(Definition.schema()).markdown();
        new GeneratedFile(Definition.REPOSITORY.resolve("docs/crd-reference.md"), page).checkOrWrite();
    }

    @Test
    void aFileThatWasEditedByHandIsNoticedWithTheCommandThatMendsIt() throws IOException {
        var copy = directory.resolve(Definition.FILE);
        Files.writeString(copy, Definition.text().replace("maximum: 100", "maximum: 101"));
        assertThatThrownBy(new GeneratedFile(copy, Definition.text())::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(GeneratedFile.REMEDY);
    }

    @Test
    void aMissingFileIsNoticed() {
        assertThatThrownBy(new GeneratedFile(directory.resolve("none.md"), "text")::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("none.md");
    }
}
