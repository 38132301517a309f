package io.trainyard.registry.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.encoding.Feature.CategoryFeature;
import io.trainyard.registry.encoding.Feature.NominalFeature;
import io.trainyard.registry.encoding.Feature.NumberFeature;
import io.trainyard.registry.encoding.Feature.OneHotFeature;
import io.trainyard.registry.encoding.Feature.StandardizedFeature;
import io.trainyard.registry.encoding.Target.NumberTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingTest {
    @Test
    void columnsAreNamedAfterFeaturesAndCategories() {
        Encoding encoding = encoding(
                new NumberFeature("Betrag_ä"),
                new CategoryFeature("city", List.of("a", "b")),
                new OneHotFeature("kind", List.of("x", "")),
                new StandardizedFeature("age", 0, 1),
                new NominalFeature("shop", List.of("a", "b")));

        assertThat(encoding.columns()).containsExactly("Betrag_ä", "city", "kind=x", "kind=", "age", "shop");
        assertThat(encoding.columnTypes()).containsExactly("q", "c", "q", "q", "q", "c");
        assertThat(encoding.width()).isEqualTo(6);
    }

    @Test
    void whatXgboostRefusesInANameIsAnUnderscore() {
        Encoding encoding = encoding(
                new NumberFeature("a[1]"),
                new NumberFeature("b<c"),
                new NumberFeature("d, e"),
                new NumberFeature("f\tg\u00a0h\u2028"),
                new OneHotFeature("i", List.of("[10, 20)")));

        assertThat(encoding.columns()).containsExactly("a_1_", "b_c", "d__e", "f_g_h_", "i=_10__20)");
    }

    @Test
    void namesThatBecomeEqualAreNumbered() {
        Encoding encoding = encoding(
                new NumberFeature("a b"),
                new NumberFeature("a_b"),
                new NumberFeature("a_b_2"),
                new NumberFeature("a,b"));

        assertThat(encoding.columns()).containsExactly("a_b", "a_b_2", "a_b_2_2", "a_b_3");
    }

    @Test
    void aFeatureComesOnceAndIsNotTheLabel() {
        assertThatThrownBy(() -> encoding(new NumberFeature("x"), new NumberFeature("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'x' is a feature twice, or a feature and the label");
        assertThatThrownBy(() -> encoding(new NumberFeature("y")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'y'");
    }

    @Test
    void aCategoryComesOnce() {
        assertThatThrownBy(() -> new CategoryFeature("city", List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("feature 'city' has the category 'a' twice");
    }

    @Test
    void theFingerprintFollowsTheOrderOfTheFeatures() {
        Encoding one = encoding(new NumberFeature("a"), new NumberFeature("b"));
        Encoding other = encoding(new NumberFeature("b"), new NumberFeature("a"));

        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
    }

    private static Encoding encoding(Feature... features) {
        return new Encoding(List.of(features), new NumberTarget("y"));
    }
}
