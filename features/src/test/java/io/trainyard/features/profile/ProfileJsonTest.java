package io.trainyard.features.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfileJsonTest {

    private static final Profile PROFILE = Samples.of(
            Samples.numbers("amount", 12.5, -3, 12.5, Double.NaN, 1e6, Double.NEGATIVE_INFINITY),
            Samples.texts("city", "Oslo", "Rome", "Oslo", "Köln", "", "Oslo"),
            new BooleanProfile("fraud", 6, 1, 2));

    @Test
    void aProfileIsStoredAsThis() throws IOException {
        assertThat(ProfileJson.write(PROFILE)).isEqualTo(golden("profile-1.json"));
    }

    @Test
    void whatWasStoredIsReadForEver() throws IOException {
        assertThat(ProfileJson.read(golden("profile-1.json"))).isEqualTo(PROFILE);
    }

    @Test
    void aProfileThatDoesNotKeepAllValuesIsReadBack() {
        SplittableRandom random = new SplittableRandom(1);
        Profile large = Samples.of(
                Samples.numbers("x", random.doubles(20_000).toArray()),
                Samples.texts(
                        "t", IntStream.range(0, 20_000).mapToObj(i -> "t" + i).toList()));

        assertThat(ProfileJson.read(ProfileJson.write(large))).isEqualTo(large);
    }

    @Test
    void valuesBeyondDoublesAreReadBack() {
        Profile ends = Samples.of(Samples.numbers("x", -Double.MAX_VALUE, Double.MAX_VALUE));

        assertThat(ProfileJson.read(ProfileJson.write(ends))).isEqualTo(ends);
    }

    @Test
    void whatIsNoProfileIsRefused() throws IOException {
        String golden = golden("profile-1.json");
        assertThatThrownBy(() -> ProfileJson.read("{\"format\":2}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A profile must be of format 1, but is of format 2; it is of another version, or no profile");
        assertThatThrownBy(() -> ProfileJson.read(golden.substring(0, 99)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A profile must be JSON, but cannot be read as that: ");
        assertThatThrownBy(() -> ProfileJson.read(golden.replace("\"trues\"", "\"lies\"")))
                .hasMessage("A profile lacks the field 'trues'; it was cut off or changed");
        assertThatThrownBy(() -> ProfileJson.read(golden.replace("\"boolean\"", "\"list\"")))
                .hasMessage(
                        "A profile's column 'fraud' is of kind 'list', which is none of number, date, timestamp, text and boolean");
        assertThatThrownBy(() -> ProfileJson.read(golden.replaceFirst("\"quantiles\":\"....", "\"quantiles\":\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A stored KLL sketch of doubles cannot be read; compute the profile anew: ");
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = ProfileJsonTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
