package io.trainyard.registry.file;

import io.trainyard.registry.Event;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.StoredText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The events of all models, as numbered files. */
final class EventLog {
    private final RegistryStorage storage;

    /** Events never change, so each is read once. */
    private final Map<String, Event> known = new ConcurrentHashMap<>();

    EventLog(RegistryStorage storage) {
        this.storage = storage;
    }

    /** The model's events in order. */
    List<Event> read(String model) throws IOException {
        List<Event> events = new ArrayList<>();
        for (String name : storage.list(folder(model))) {
            String path = path(model, events.size() + 1);
            if (!path.endsWith("/" + name)) {
                throw new RegistryException(
                        "Cannot read the history of model '%s': found '%s' where %s must be; restore it"
                                .formatted(model, name, storage.uri(path)));
            }
            events.add(event(path, events.size() + 1));
        }
        return events;
    }

    /** Returns false when another event took the number first. */
    boolean append(String model, Event event) throws IOException {
        byte[] text = EventJson.write(event).getBytes(StandardCharsets.UTF_8);
        return storage.createIfAbsent(path(model, event.number()), new ByteArrayInputStream(text));
    }

    private Event event(String path, int number) throws IOException {
        Event cached = known.get(path);
        if (cached != null) {
            return cached;
        }
        String uri = storage.uri(path);
        try (InputStream content = storage.read(path)) {
            Event event = EventJson.read(uri, StoredText.read(uri, content));
            if (event.number() != number) {
                throw new RegistryException(
                        "Cannot read %s: it says that it is event %d; restore it".formatted(uri, event.number()));
            }
            known.put(path, event);
            return event;
        }
    }

    private static String folder(String model) {
        return "models/" + model + "/events";
    }

    private static String path(String model, int number) {
        return "%s/%08d.json".formatted(folder(model), number);
    }
}
