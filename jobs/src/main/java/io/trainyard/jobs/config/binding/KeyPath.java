package io.trainyard.jobs.config.binding;

/** Where a value stands in the file, as in {@code register.promote_if[0].min}. */
record KeyPath(String text) {
    static final KeyPath ROOT = new KeyPath("");

    KeyPath key(String name) {
        return new KeyPath(text.isEmpty() ? name : text + "." + name);
    }

    KeyPath item(int index) {
        return new KeyPath(text + "[" + index + "]");
    }
}
