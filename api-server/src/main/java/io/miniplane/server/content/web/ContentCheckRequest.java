package io.miniplane.server.content.web;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.miniplane.server.content.application.CheckText.Draft;
import io.miniplane.server.content.application.ContentCheck.MediaFile;
import io.miniplane.server.platform.MaxCharacters;
import io.miniplane.server.wechat.ContentChecks;
import io.miniplane.server.wechat.ContentChecks.MediaType;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The body of a content check: a text, or the address of a picture or a sound. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ContentCheckRequest.Text.class, name = "text"),
    @JsonSubTypes.Type(value = ContentCheckRequest.Image.class, name = "image"),
    @JsonSubTypes.Type(value = ContentCheckRequest.Audio.class, name = "audio")
})
sealed interface ContentCheckRequest {

    /**
     * What follows the host has no fragment, for WeChat would not fetch it. No group repeats without end, because Java's regular expressions go
     * deeper on the stack each time.
     */
    String WEB_ADDRESS =
            "(?!.*%(?![0-9A-Fa-f]{2}))https?://([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.){1,32}[A-Za-z]{2,63}"
                    + "(:[0-9]{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*)?";

    int LONGEST_ADDRESS = 2048;
    int LONGEST_NAME = 64;

    /** A text; what is beside it helps WeChat to judge. */
    record Text(
            @NotBlank(message = "missing") @MaxCharacters(max = ContentChecks.Text.LONGEST)
            String content,

            @NotNull(message = "missing") Scene scene,

            @MaxCharacters(max = LONGEST_NAME) @Nullable String title,

            @MaxCharacters(max = LONGEST_NAME) @Nullable String nickname)
            implements ContentCheckRequest {

        Draft draft() {
            return new Draft(scene.ofWechat(), content, title, nickname);
        }

        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    /** A picture. */
    record Image(
            @NotNull(message = "missing")
            @Size(max = LONGEST_ADDRESS, message = "too-long")
            @Pattern(regexp = WEB_ADDRESS, message = "not-a-web-address")
            String url,

            @NotNull(message = "missing") Scene scene)
            implements ContentCheckRequest {

        MediaFile file() {
            return new MediaFile(MediaType.IMAGE, scene.ofWechat(), URI.create(url));
        }

        @Override
        public String toString() {
            return "Image[redacted]";
        }
    }

    /** A sound. */
    record Audio(
            @NotNull(message = "missing")
            @Size(max = LONGEST_ADDRESS, message = "too-long")
            @Pattern(regexp = WEB_ADDRESS, message = "not-a-web-address")
            String url,

            @NotNull(message = "missing") Scene scene)
            implements ContentCheckRequest {

        MediaFile file() {
            return new MediaFile(MediaType.AUDIO, scene.ofWechat(), URI.create(url));
        }

        @Override
        public String toString() {
            return "Audio[redacted]";
        }
    }
}
