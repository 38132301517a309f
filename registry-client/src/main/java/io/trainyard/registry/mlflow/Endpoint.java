package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A server, and who one is there.
 *
 * @param uri without a slash at its end; it may have a path, where the server is behind a proxy
 */
public record Endpoint(URI uri, Credentials credentials) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    /**
     * Refuses an address that is none of http or https, one that carries a password, and credentials over plain http to
     * another machine, where everybody on the way could read them.
     */
    public Endpoint {
        requirePlain(uri);
        uri = URI.create(uri.toString().replaceAll("/+$", ""));
        if (isOpen(uri) && credentials.header().isPresent()) {
            throw new RegistryException(
                    ("Cannot send credentials to %s: over plain http everybody on the way can read them; use https, or"
                                    + " unset the credentials")
                            .formatted(uri));
        }
    }

    /** The endpoint at the address {@code address}. */
    public static Endpoint of(String address, Credentials credentials) {
        try {
            return new Endpoint(new URI(address.strip()), credentials);
        } catch (URISyntaxException e) {
            // Neither the address nor the exception is shown: both may hold a password.
            throw new RegistryException(
                    "Cannot use the address of MLflow: it is no URI; write it like https://mlflow.example.com");
        }
    }

    private static void requirePlain(URI uri) {
        if (uri.getRawUserInfo() != null
                || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
            throw new RegistryException("Cannot use the address of MLflow: it carries a user or password, which would"
                    + " show in logs; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
        }
        boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!isWeb || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new RegistryException(
                    "Cannot use '%s' as the address of MLflow: write it like https://mlflow.example.com"
                            .formatted(uri));
        }
    }

    private static boolean isOpen(URI uri) {
        return uri.getScheme().equals("http")
                && !LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
    }
}
