package io.trainyard.jobs.config.binding;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lets a lone value stand for the group: {@code split: hash} for {@code split: {by: hash}}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ShortForm {
    /** The key that a single scalar stands for; none when empty. */
    String scalar() default "";

    /** The key that a list stands for; none when empty. */
    String list() default "";
}
