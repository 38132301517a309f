package io.trainyard.features.build;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.col;

import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;

/**
 * What examples carry until views are joined to them: their time and the keys of all entities, under names that no feature has.
 *
 * @param names of the carried columns by the columns of the examples' source
 */
record ViewKeys(List<View> views, Map<String, String> names) {

    private static final String PREFIX = "_entity_";
    private static final Pattern CARRIED = Pattern.compile(PREFIX + "[0-9]+");

    static ViewKeys of(List<View> views) {
        Map<String, String> names = new LinkedHashMap<>();
        views.stream()
                .flatMap(view -> view.entity().stream())
                .map(key -> key.example().toLowerCase(Locale.ROOT))
                .forEach(column -> names.putIfAbsent(column, PREFIX + names.size()));
        return new ViewKeys(views, names);
    }

    /** The columns to carry, over the rows of the examples' source; none without views. */
    List<Column> columns(TimedRows source) {
        return columns(source, source.time());
    }

    /** As {@link #columns(TimedRows)}, with another time than that of the rows. */
    List<Column> columns(TimedRows source, Optional<Column> moment) {
        List<Column> columns = new ArrayList<>();
        if (!views.isEmpty()) {
            moment.ifPresent(time -> columns.add(time.as(Examples.TIME)));
            names.forEach((column, name) ->
                    columns.add(col(quoted(source.columns().require("join %s".formatted(viewsBy(column)), column)))
                            .as(name)));
        }
        return columns;
    }

    /** The key of a view in terms of the carried columns. */
    List<EntityColumn> carried(View view) {
        return view.entity().stream()
                .map(key ->
                        new EntityColumn(key.column(), names.get(key.example().toLowerCase(Locale.ROOT))))
                .toList();
    }

    /** A text in which carried columns go by the names that the pipeline has for them. */
    String declared(String text) {
        Matcher carried = CARRIED.matcher(text);
        Map<String, String> declared = new HashMap<>();
        views.forEach(view -> view.entity()
                .forEach(key -> declared.put(names.get(key.example().toLowerCase(Locale.ROOT)), key.example())));
        return carried.replaceAll(
                found -> Matcher.quoteReplacement(declared.getOrDefault(found.group(), found.group())));
    }

    private String viewsBy(String column) {
        return views.stream()
                .filter(view ->
                        view.entity().stream().anyMatch(key -> key.example().equalsIgnoreCase(column)))
                .findFirst()
                .map(view -> "view '%s'".formatted(view.name()))
                .orElseThrow();
    }
}
