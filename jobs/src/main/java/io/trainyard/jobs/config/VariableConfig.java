package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import io.trainyard.jobs.config.binding.OptionValue;
import io.trainyard.jobs.config.binding.ShortForm;
import io.trainyard.jobs.config.binding.Variant;

/** The value of a variable of a deployed job's environment. */
@ShortForm(scalar = "value")
@Description("a value in clear, or the name of a secret that the platform keeps; a lone text is a value")
public sealed interface VariableConfig {
    /** A value that everyone may read. */
    @Variant("value")
    record Clear(
            @Description("the value, which everyone may read")
            OptionValue value) implements VariableConfig {}

    /** A value that only the platform knows. */
    @Variant("secret")
    record Secret(
            @Description("name of the secret where the platform keeps them, such as trainyard/hash-key")
            @Matches(
                    value = "[A-Za-z][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)*",
                    meaning = "the name of a secret, such as trainyard/hash-key")
            String secret)
            implements VariableConfig {}
}
