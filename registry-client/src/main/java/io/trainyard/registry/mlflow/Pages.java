package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.registry.RegistryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what a server gives page by page. */
final class Pages {
    private Pages() {}

    /**
     * One page.
     *
     * @param next the token of the next one, empty at the end
     */
    record Page<T>(List<T> items, String next) {}

    /** Everything, from the first page, whose token is empty, to the last. */
    static <T> List<T> all(Function<Optional<String>, Page<T>> read) {
        List<T> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Page<T> page = read.apply(Optional.empty());
        items.addAll(page.items());
        while (!page.next().isEmpty()) {
            if (!seen.add(page.next())) {
                throw new RegistryException(
                        "Cannot read MLflow's answer page by page: it gives the page '%s' a second time"
                                .formatted(page.next()));
            }
            page = read.apply(Optional.of(page.next()));
            items.addAll(page.items());
        }
        return items;
    }

    /** Reads an answer that has its items as {@code field}. */
    static <T> Function<JsonNode, Page<T>> reader(String field, Function<JsonNode, T> item) {
        return answer -> {
            List<T> items = new ArrayList<>();
            answer.path(field).forEach(node -> items.add(item.apply(node)));
            return new Page<>(items, answer.path("next_page_token").asText());
        };
    }
}
