package io.trainyard.jobs.config.binding;

import java.lang.invoke.MethodType;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a scalar of the file can be read as. */
enum ScalarType {
    TEXT(String.class, "a text"),
    TRUTH(boolean.class, "true or false"),
    INTEGER(int.class, "a whole number such as 40"),
    LONG_INTEGER(long.class, "a whole number such as 40"),
    NUMBER(double.class, "a number such as 0.2"),
    DURATION(Duration.class, "a duration such as 7 days, 20 minutes or 90 s"),
    CALENDAR_LENGTH(TemporalAmount.class, "a duration such as 7 days, 20 minutes or 90 s"),
    MOMENT(Instant.class, "a date or time such as 2018-08-08 or 2018-08-08 06:30"),
    ZONE(ZoneId.class, "a time zone such as UTC or Europe/Berlin"),
    PATH(DataPath.class, "a path or URI"),
    OPTION(OptionValue.class, "a text");

    private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?");

    private final Class<?> type;
    private final String expected;

    ScalarType(Class<?> type, String expected) {
        this.type = type;
        this.expected = expected;
    }

    /** The scalar that a record's component of this class is read from; empty for a class that is not one. */
    static Optional<ScalarType> of(Class<?> component) {
        return Arrays.stream(values())
                .filter(scalar -> scalar.type == component
                        || MethodType.methodType(scalar.type).wrap().returnType() == component)
                .findFirst();
    }

    /** What the file should hold, for {@code expected …, found …}. */
    String expected() {
        return expected;
    }

    /** Where a scalar is read: what a time without a zone and a path without a root mean. */
    record Surroundings(ZoneId zone, String folder) {}

    /** The value; empty when the text is no such thing. */
    Optional<?> parse(Value.Scalar scalar, Surroundings surroundings) {
        String text = scalar.text().orElseThrow();
        return switch (this) {
            case TEXT -> Optional.of(text).filter(t -> !t.isBlank());
            case TRUTH ->
                unquoted(scalar, t -> t.equals("true") || t.equals("false")).map(Boolean::valueOf);
            case INTEGER ->
                whole(scalar).filter(n -> n.bitLength() < Integer.SIZE).map(BigInteger::intValue);
            case LONG_INTEGER ->
                whole(scalar).filter(n -> n.bitLength() < Long.SIZE).map(BigInteger::longValue);
            case NUMBER ->
                unquoted(scalar, DECIMAL.asMatchPredicate())
                        .map(Double::valueOf)
                        .filter(Double::isFinite);
            case DURATION -> Durations.elapsed(text);
            case CALENDAR_LENGTH -> Durations.calendar(text);
            case MOMENT -> Moments.parse(text, surroundings.zone());
            case ZONE -> Moments.zone(text);
            case PATH ->
                Optional.of(text)
                        .filter(t -> !t.isBlank() && t.indexOf('\0') < 0)
                        .map(t -> DataPath.of(t, surroundings.folder()));
            case OPTION -> Optional.of(new OptionValue(scalar.written(), text));
        };
    }

    private static Optional<BigInteger> whole(Value.Scalar scalar) {
        return unquoted(scalar, WHOLE.asMatchPredicate()).map(BigInteger::new);
    }

    /** Quotes make a text of a number, as they do in JSON; but a variable may need them. */
    private static Optional<String> unquoted(Value.Scalar scalar, Predicate<String> form) {
        return scalar.text().filter(form).filter(text -> !scalar.quoted() || scalar.fromVariable());
    }
}
