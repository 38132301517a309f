package io.trainyard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How everything hostile ends: in one message that can be shown to anybody on any terminal. */
public final class Refusal {
    private static final int LONGEST = 1_500;

    private Refusal() {}

    /** Holds {@code call} to end in a message of ours that contains {@code message}. */
    public static void of(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Cannot ")
                .hasMessageContaining(message)
                .satisfies(refused -> requirePlain(refused.getMessage()));
    }

    /** Holds a message to be short, and on one line. */
    public static void requirePlain(String message) {
        assertThat(message).hasSizeLessThan(LONGEST);
        assertThat(message.chars()).as(message).noneMatch(Refusal::isObeyed);
    }

    private static boolean isObeyed(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    }
}
