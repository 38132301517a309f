package io.trainyard.registry.mlflow;

import io.trainyard.registry.Names;
import io.trainyard.registry.RegistryException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of models in Unity Catalog: catalog, schema and model, with a point between them. The catalog keeps names in small letters, so that
 * one with capitals would come back as another.
 */
final class CatalogName {
    private static final Pattern LEVELS = Pattern.compile("[^.]+\\.[^.]+\\.[^.]+");

    private CatalogName() {}

    static boolean isValid(String name) {
        return Names.isModel(name) && LEVELS.matcher(name).matches() && name.equals(name.toLowerCase(Locale.ROOT));
    }

    static void require(String name) {
        if (!isValid(Names.model(name))) {
            throw new RegistryException(
                    ("Cannot use '%s' as the name of a model in Unity Catalog: it takes catalog, schema and model, in small"
                                    + " letters; set register.model to such a name, as in main.ml.fraud")
                            .formatted(name));
        }
    }
}
