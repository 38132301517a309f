package io.trainyard.registry.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A value of a model file with its place in it, so that what is missing or of another kind is told by its place.
 *
 * @param place such as {@code learner.gradient_booster.model.trees[3]}
 */
record ModelField(String place, Object value) {
    static ModelField root(byte[] ubjson) {
        return new ModelField("", UbjsonReader.read(ubjson));
    }

    ModelField field(String name) {
        if (!(value instanceof Map<?, ?> fields)) {
            throw expected("an object");
        }
        String path = place.isEmpty() ? name : place + "." + name;
        Object found = fields.get(name);
        if (found == null) {
            throw new ModelFileException("it has no '%s'%s".formatted(path, ModelFileException.DAMAGED));
        }
        return new ModelField(path, found);
    }

    List<ModelField> elements() {
        if (!(value instanceof List<?> values)) {
            throw expected("a list");
        }
        List<ModelField> elements = new ArrayList<>(values.size());
        for (Object element : values) {
            elements.add(new ModelField("%s[%d]".formatted(place, elements.size()), element));
        }
        return elements;
    }

    String text() {
        if (!(value instanceof String text)) {
            throw expected("text");
        }
        return text;
    }

    List<String> texts() {
        return elements().stream().map(ModelField::text).toList();
    }

    /** XGBoost writes its parameters as text. */
    int number() {
        try {
            return Integer.parseInt(text());
        } catch (NumberFormatException e) {
            throw expected("a whole number");
        }
    }

    float[] floats(int length) {
        if (!(value instanceof float[] floats)) {
            throw expected("a list of floats");
        }
        requireLength(floats.length, length);
        return floats;
    }

    int[] wholes(int length) {
        int[] wholes = wholes();
        requireLength(wholes.length, length);
        return wholes;
    }

    int[] wholes() {
        if (value instanceof int[] ints) {
            return ints;
        }
        if (value instanceof long[] longs) {
            int[] ints = new int[longs.length];
            for (int i = 0; i < ints.length; i++) {
                ints[i] = narrow(longs[i]);
            }
            return ints;
        }
        List<ModelField> elements = elements();
        int[] ints = new int[elements.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = elements.get(i).whole();
        }
        return ints;
    }

    private int whole() {
        if (!(value instanceof Long whole)) {
            throw expected("a whole number");
        }
        return narrow(whole);
    }

    private int narrow(long number) {
        if (number != (int) number) {
            throw refused("the number %d is out of range".formatted(number));
        }
        return (int) number;
    }

    private void requireLength(int found, int wanted) {
        if (found != wanted) {
            throw refused("it has %d values, expected %d".formatted(found, wanted));
        }
    }

    private ModelFileException expected(String kind) {
        String found = value instanceof String text
                ? "'" + text + "'"
                : value.getClass().getSimpleName();
        return refused("expected %s and found %s".formatted(kind, found));
    }

    /** For what no XGBoost writes. */
    ModelFileException refused(String problem) {
        return unsupported(problem + ModelFileException.DAMAGED);
    }

    /** For what XGBoost may write and we do not evaluate; {@code problem} says what to do. */
    ModelFileException unsupported(String problem) {
        return new ModelFileException("%s: %s".formatted(place.isEmpty() ? "the model" : "'" + place + "'", problem));
    }
}
