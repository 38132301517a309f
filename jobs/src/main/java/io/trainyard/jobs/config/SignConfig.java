package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.DataPath;
import io.trainyard.jobs.config.binding.Description;

/** The pair of keys of whoever trains, as OpenSSL writes them. */
@Description("a pair of keys of Ed25519 in PEM files of the driver's machine")
public record SignConfig(
        @Description("PEM file of the private key, in PKCS#8 form, without a password")
        DataPath privateKey,

        @Description("PEM file of the public key") DataPath publicKey) {}
