package io.trainyard.jobs.config.binding;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the shape of a file off a record: each component is a key, in snake case, with the annotations of this package.
 * A declaration that makes no sense is an {@link IllegalStateException} with the class and component.
 */
final class Shapes {
    private Shapes() {}

    static Shape of(Class<?> type) {
        if (type.isRecord()) {
            return group(type.asSubclass(Record.class));
        }
        if (type.isSealed()) {
            return oneOf(type);
        }
        throw new IllegalStateException(
                "Cannot read " + type + " from a file: neither a scalar, a record nor a sealed interface");
    }

    /** {@code earlyStopping} is written {@code early_stopping}. */
    static String key(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Shape.Group group(Class<? extends Record> type) {
        List<Shape.Field> fields =
                Arrays.stream(type.getRecordComponents()).map(Shapes::field).toList();
        return new Shape.Group(type, fields, shortKeys(type));
    }

    private static Shape.OneOf oneOf(Class<?> type) {
        Map<String, Shape.Group> groups = new LinkedHashMap<>();
        for (Class<?> choice : type.getPermittedSubclasses()) {
            Variant variant = Optional.ofNullable(choice.getAnnotation(Variant.class))
                    .orElseThrow(() -> new IllegalStateException(choice + " lacks @Variant"));
            groups.put(variant.value(), group(choice.asSubclass(Record.class)));
        }
        Optional<String> chooser =
                Optional.ofNullable(type.getAnnotation(ChosenBy.class)).map(ChosenBy::value);
        return new Shape.OneOf(type, chooser, groups, shortKeys(type));
    }

    private static Shape.Field field(RecordComponent component) {
        Optional<String> fallback =
                Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
        String description = Optional.ofNullable(component.getAnnotation(Description.class))
                .orElseThrow(() -> new IllegalStateException(
                        component.getDeclaringRecord() + "." + component.getName() + " lacks @Description"))
                .value();
        boolean optional = component.getType() == Optional.class;
        Type type = optional ? argument(component.getGenericType(), 0) : component.getGenericType();
        String key = Optional.ofNullable(component.getAnnotation(Key.class))
                .map(Key::value)
                .orElseGet(() -> key(component.getName()));
        return new Shape.Field(key, shape(type, component), optional, fallback, description);
    }

    private static Shape shape(Type type, AnnotatedElement component) {
        Shape.Limits limits = limits(component);
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() == List.class) {
            return new Shape.Listing(scalarOr(argument(type, 0), pattern(limits)), bounds(limits));
        }
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() == Map.class) {
            boolean columnNames = component.isAnnotationPresent(ColumnNames.class);
            Shape value = scalarOr(argument(type, 1), Shape.Limits.NONE);
            Optional<String> loneKey =
                    Optional.ofNullable(component.getAnnotation(LoneKey.class)).map(LoneKey::value);
            return new Shape.Table(
                    scalarOr(argument(type, 0), pattern(limits)), value, bounds(limits), columnNames, loneKey);
        }
        return scalarOr(type, limits);
    }

    /** Also a map within a map, whose entries carry no annotations of their own. */
    private static Shape scalarOr(Type type, Shape.Limits limits) {
        if (type instanceof ParameterizedType parameterized) {
            return shape(parameterized, Shapes.class);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return new Shape.Choice(constants(plain));
        }
        return ScalarType.of(plain)
                .<Shape>map(scalar -> new Shape.Single(scalar, limits))
                .orElseGet(() -> of(plain));
    }

    @SuppressWarnings("unchecked") // asSubclass loses the wildcard of Enum, which isEnum() vouches for
    private static Class<? extends Enum<?>> constants(Class<?> type) {
        return (Class<? extends Enum<?>>) type.asSubclass(Enum.class);
    }

    private static Shape.Limits limits(AnnotatedElement component) {
        Optional<Range> range = Optional.ofNullable(component.getAnnotation(Range.class));
        Optional<Shape.TextPattern> pattern = Optional.ofNullable(component.getAnnotation(Matches.class))
                .map(matches -> new Shape.TextPattern(matches.value(), matches.meaning()));
        return new Shape.Limits(
                range.map(Range::min).orElse(Shape.Limits.NONE.min()),
                range.map(Range::max).orElse(Shape.Limits.NONE.max()),
                pattern);
    }

    private static Shape.Limits bounds(Shape.Limits limits) {
        return new Shape.Limits(limits.min(), limits.max(), Optional.empty());
    }

    private static Shape.Limits pattern(Shape.Limits limits) {
        return new Shape.Limits(Shape.Limits.NONE.min(), Shape.Limits.NONE.max(), limits.pattern());
    }

    private static Shape.ShortKeys shortKeys(Class<?> type) {
        Optional<ShortForm> form = Optional.ofNullable(type.getAnnotation(ShortForm.class));
        return new Shape.ShortKeys(
                form.map(ShortForm::scalar).filter(key -> !key.isEmpty()),
                form.map(ShortForm::list).filter(key -> !key.isEmpty()));
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
