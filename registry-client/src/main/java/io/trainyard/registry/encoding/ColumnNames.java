package io.trainyard.registry.encoding;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names for encoded columns that XGBoost's and MLflow's formats take. */
final class ColumnNames {
    private ColumnNames() {}

    static List<String> of(List<Feature> features) {
        Set<String> taken = new LinkedHashSet<>();
        for (Feature feature : features) {
            for (String wanted : wanted(feature)) {
                addUnique(taken, clean(wanted));
            }
        }
        return List.copyOf(taken);
    }

    private static List<String> wanted(Feature feature) {
        if (!(feature instanceof Feature.OneHotFeature oneHot)) {
            return List.of(feature.name());
        }
        List<String> names = new ArrayList<>();
        for (String category : oneHot.categories()) {
            names.add(feature.name() + "=" + category);
        }
        return names;
    }

    private static void addUnique(Set<String> taken, String name) {
        String unique = name;
        for (int n = 2; !taken.add(unique); n++) {
            unique = name + "_" + n;
        }
    }

    private static String clean(String name) {
        StringBuilder clean = new StringBuilder(name.length());
        name.codePoints().map(c -> isRefused(c) ? '_' : c).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isRefused(int c) {
        return "[]<,".indexOf(c) >= 0
                || Character.isISOControl(c)
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.SURROGATE;
    }
}
