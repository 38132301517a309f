package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates a client believes. */
public sealed interface Trust {
    /** The authorities that the Java platform trusts. */
    record Platform() implements Trust {}

    /** The certificates in the PEM file {@code file}, and no others. */
    record Certificates(Path file) implements Trust {}

    /** Anyone: whoever sits on the way can read and change everything, the credentials too. */
    record Anyone() implements Trust {}

    /** The TLS settings that this amounts to. */
    default SSLContext context() {
        try {
            if (this instanceof Certificates certificates) {
                return context(managers(certificates.file()));
            }
            return this instanceof Anyone ? context(new TrustManager[] {new Unquestioning()}) : SSLContext.getDefault();
        } catch (GeneralSecurityException | IOException e) {
            throw new RegistryException(
                    "Cannot use the TLS settings of MLflow, %s: %s; MLFLOW_TRACKING_SERVER_CERT_PATH must name a file of PEM certificates"
                            .formatted(this, e.getMessage()),
                    e);
        }
    }

    private static SSLContext context(TrustManager[] managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    private static TrustManager[] managers(Path file) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("server-" + trusted.size(), certificate);
            }
        }
        if (trusted.size() == 0) {
            throw new IOException("there is no certificate in it");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
