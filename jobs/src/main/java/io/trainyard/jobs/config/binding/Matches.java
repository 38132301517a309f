package io.trainyard.jobs.config.binding;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The pattern of a text; of the keys, for a map; of the items, for a list of texts. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Matches {
    /** A regular expression for the whole text, in the dialect that Java and JSON Schema share. */
    String value();

    /** What such a text is, for the message: {@code expected …}. */
    String meaning();
}
