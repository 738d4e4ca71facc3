package io.miniplane.server.documentation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedDocumentTest {

    private static final Path COMMITTED = Path.of("src/main/resources/openapi.json");

    @TempDir
    Path directory;

    @Test
    void theCommittedDocumentIsUpToDate() throws IOException {
        new GeneratedFile(COMMITTED, ApiDocument.text()).checkOrWrite();
    }

    @Test
    void aDocumentThatWasEditedByHandIsNoticedWithTheCommandThatMendsIt() throws IOException {
        Path copy = directory.resolve("openapi.json");
        Files.writeString(copy, ApiDocument.text().replace("\"maxLength\" : 256", "\"maxLength\" : 257"));
        assertThatThrownBy(new GeneratedFile(copy, ApiDocument.text())::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(GeneratedFile.REMEDY);
    }

    @Test
    void aMissingDocumentIsNoticed() {
        assertThatThrownBy(new GeneratedFile(directory.resolve("none.json"), "text")::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("none.json");
    }
}
