package io.trainyard.registry.file;

import io.trainyard.registry.Names;
import io.trainyard.registry.Sha256;

/**
 * The folder of a bundle, made of checked parts. Equal bundles share one.
 *
 * @param round how many versions with this digest had been discarded before: the files of one that comes back are not where others are just
 *     being removed
 */
record BundlePlace(String model, String digest, int round) {
    BundlePlace {
        Names.model(model);
        Sha256.checked(digest);
    }

    /** Of all bundles of a model. */
    static String folder(String model) {
        return "models/%s/bundles".formatted(Names.model(model));
    }

    String folder() {
        return folder(model) + "/" + name();
    }

    String name() {
        return round == 0 ? digest : digest + "-" + round;
    }
}
