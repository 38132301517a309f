package io.trainyard.registry.encoding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names for encoded columns that XGBoost's and MLflow's formats take. */
final class ColumnNames {
    private ColumnNames() {}

    static List<String> of(List<Feature> features) {
        Set<String> taken = new LinkedHashSet<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (Feature feature : features) {
            for (String wanted : wanted(feature)) {
                taken.add(unique(taken, numbers, clean(wanted)));
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

    /** @param numbers where the search begins: many names may come down to the same one */
    private static String unique(Set<String> taken, Map<String, Integer> numbers, String name) {
        String unique = name;
        while (taken.contains(unique)) {
            unique = name + "_" + numbers.merge(name, 2, (last, two) -> last + 1);
        }
        return unique;
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
