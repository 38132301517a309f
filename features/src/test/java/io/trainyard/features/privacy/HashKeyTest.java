package io.trainyard.features.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HashKeyTest {

    private static final String SECRET = "a secret of twenty-four";

    @Test
    void hashesAreThoseOfRfc4231() {
        HashKey key = HashKey.of("what do ya want for nothing?".substring(0, 16));

        assertThat(key.hash("123"))
                .hasSize(64)
                .matches("[0-9a-f]+")
                .isEqualTo(HashKey.of("what do ya want ").hash("123"));
        assertThat(HashKey.of("\u000b".repeat(20)).hash("Hi There"))
                .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    @Test
    void aFingerprintTellsKeysApart() {
        assertThat(HashKey.of(SECRET).fingerprint())
                .hasSize(16)
                .isEqualTo(HashKey.of(SECRET).fingerprint())
                .isNotEqualTo(HashKey.of(SECRET + "x").fingerprint());
    }

    @Test
    void theSecretIsNotShown() {
        assertThat(HashKey.of(SECRET))
                .asString()
                .doesNotContain("secret")
                .contains(HashKey.of(SECRET).fingerprint());
    }

    @Test
    void shortSecretsAreRefusedAndNotShown() {
        assertThatThrownBy(() -> HashKey.of("hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the key in TRAINYARD_HASH_KEY has 7 characters, and at least 16 are needed")
                .hasMessageNotContaining("hunter2");
    }
}
