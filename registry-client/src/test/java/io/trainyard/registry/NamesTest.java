package io.trainyard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "card-fraud", "Card_Fraud.v2"})
    void models(String name) {
        assertThat(Names.model(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "../x", "a/b", "a b", "a:b", "ä", ".a"})
    void namesThatAreNoPathSegmentsAreNoModels(String name) {
        assertThatThrownBy(() -> Names.model(name))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot use '%s' as the name of a model: begin with a letter".formatted(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"champion", "c2", "very-last", "vx"})
    void aliases(String alias) {
        assertThat(Names.alias(alias)).isEqualTo(alias);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "v1", "v20"})
    void whatReadsLikeAVersionIsNoAlias(String alias) {
        assertThatThrownBy(() -> Names.alias(alias))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot use '%s' as an alias: it reads like a version; choose another, such as 'champion'"
                        .formatted(alias));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Champion", "1", "a@b", "a.b"})
    void otherNamesAreNoAliases(String alias) {
        assertThatThrownBy(() -> Names.alias(alias))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot use '%s' as an alias: begin with a small letter".formatted(alias));
    }
}
