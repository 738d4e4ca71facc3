package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is watched as compressed JSON, whole, and hands out a copy each time. As Java objects, most of which are empty maps for fields that nobody
 * knows, it takes several times the memory.
 *
 * @param <R> kind of the objects
 */
final class CompactStore<R extends HasMetadata> implements ItemStore<R> {

    private final Class<R> type;
    private final KubernetesSerialization json;
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    CompactStore(Class<R> type, KubernetesSerialization json) {
        this.type = type;
        this.json = json;
    }

    @Override
    public String getKey(R object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public @Nullable R put(String key, R object) {
        return unpacked(kept.put(key, packed(object)));
    }

    @Override
    public @Nullable R remove(String key) {
        return unpacked(kept.remove(key));
    }

    @Override
    public Stream<String> keySet() {
        return kept.keySet().stream();
    }

    @Override
    public Stream<R> values() {
        return kept.values().stream().map(this::read);
    }

    @Override
    public int size() {
        return kept.size();
    }

    @Override
    public @Nullable R get(String key) {
        return unpacked(kept.get(key));
    }

    @Override
    public boolean isFullState() {
        return true;
    }

    private byte[] packed(R object) {
        var bytes = new ByteArrayOutputStream();
        try (var compressed = new DeflaterOutputStream(bytes)) {
            compressed.write(json.asJson(object).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private @Nullable R unpacked(byte @Nullable [] bytes) {
        return bytes == null ? null : read(bytes);
    }

    private R read(byte[] bytes) {
        try (var plain = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return json.unmarshal(plain, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
