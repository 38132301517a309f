package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.file.RegistryStorage;
import java.io.IOException;
import java.net.URI;
import java.util.function.Function;

/** Finds the folder that an artifact URI means. */
record BundleFolders(Artifacts artifacts, Function<URI, RegistryStorage> storages) {
    private static final String PROXY = "mlflow-artifacts";

    /** For clients that have no storage but the server. */
    static Function<URI, RegistryStorage> none() {
        return folder -> {
            throw new RegistryException(
                    ("Cannot reach the artifacts in %s: this server does not pass them on, and there is no storage for '%s:'"
                                    + " here; start the server with --serve-artifacts and a proxied artifact root")
                            .formatted(folder, folder.getScheme()));
        };
    }

    BundleFolder open(String uri) {
        URI folder = parsed(uri);
        return isProxied(folder)
                ? new ServerFolder(artifacts, root(folder))
                : new StorageFolder(storages.apply(folder));
    }

    /** Removes the folder with all that is in it, if it is there. */
    void delete(String uri) throws IOException {
        URI folder = parsed(uri);
        if (!isProxied(folder)) {
            storages.apply(folder).delete("");
        } else if (!artifacts.list(root(folder)).isEmpty()) {
            artifacts.delete(root(folder));
        }
    }

    private static boolean isProxied(URI folder) {
        return PROXY.equals(folder.getScheme());
    }

    private static String root(URI folder) {
        if (folder.getRawAuthority() != null) {
            throw new RegistryException(
                    "Cannot reach the artifacts in %s: they are on another server; begin with '%s:/'"
                            .formatted(folder, PROXY));
        }
        return ArtifactPath.checked(folder.getRawPath().replaceFirst("^/+", ""));
    }

    private static URI parsed(String uri) {
        URI parsed;
        try {
            parsed = URI.create(uri);
        } catch (IllegalArgumentException e) {
            throw new RegistryException("Cannot reach the artifacts in '%s': it is no URI".formatted(uri), e);
        }
        if (parsed.getScheme() == null || parsed.getRawPath() == null) {
            throw new RegistryException("Cannot reach the artifacts in '%s': it is no absolute URI".formatted(uri));
        }
        return parsed;
    }
}
